// Sentences with the names in them marked, papers, and links.

// The sentence behind a claim, with subject and object marked.
function quote(said, marks) {
  if (said.sentence === null) return make("p", { class: "quiet" }, "No sentence kept.");
  return make("blockquote", { dir: "auto" }, ...marked(data.sentences[said.sentence], marks, namedBy.get(said.paper) || []));
}

// Pieces of a text: strings, and <mark> elements where a name stands. marks = [{ id, role }]; the names of
// others are found too, and left as they are.
function marked(text, marks, others) {
  const roles = new Map();
  for (const { id, role } of [...others.map((id) => ({ id, role: null })), ...marks]) {
    for (const name of [things[id].label, ...(things[id].aliases || [])]) {
      if (name.trim()) roles.set(plain(name), role);
    }
  }
  if (!roles.size) return [text];
  // Longest first, so that a name is not cut short by another that begins it.
  const names = [...roles.keys()].filter((name) => name.length < 200).sort((a, b) => b.length - a.length);
  const source = names.map((name) => name.split(" ").map(escaped).join("[\\s\\-–]+")).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source || "(?!)"})(?![\\p{L}\\p{N}])`, "giu");
  const pieces = [];
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    pieces.push(text.slice(last, found.index));
    const role = roles.get(plain(found[0]));
    pieces.push(role ? make("mark", { class: role }, found[0]) : found[0]);
    last = found.index + found[0].length;
  }
  return [...pieces, text.slice(last)];
}

function plain(name) {
  return name.trim().toLowerCase().replace(/[\s\-–]+/g, " ");
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

// How sure, and by which rule.
function provenance(said) {
  const parts = [];
  if (typeof said.confidence === "number") parts.push(`confidence ${said.confidence.toFixed(2)}`);
  if (said.method) parts.push(`found by ${said.method}`);
  return parts.length ? make("p", { class: "quiet" }, parts.join(" · ")) : null;
}

// A paper on one line: its title as a button that selects it, its date, and where to read it.
function paperLine(id) {
  const paper = things[id];
  const [address] = addresses(paper);
  return make("p", { class: "paper-line" }, thingButton(id), paper.issued ? ` ${paper.issued} ` : " ", address ? link(address, "read") : null);
}

// Where a paper can be read: the page it came from, then what its identifiers resolve to.
function addresses(paper) {
  const found = [paper.url];
  if (paper.doi) found.push(`https://doi.org/${encodeURI(paper.doi)}`);
  if (paper.arxiv_id) found.push(`https://arxiv.org/abs/${encodeURI(paper.arxiv_id)}`);
  return [...new Set(found.filter((address) => address))];
}

// A link, if the address is one for the web; else the address as text.
function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    url = null;
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) return make("span", { class: "address" }, address);
  return make("a", { href: url.href, rel: "noopener noreferrer", target: "_blank", class: "address" }, text || address);
}

// A thing's name as a button that selects it.
function thingButton(id) {
  const { kind, label } = things[id];
  const name = make("bdi", {}, label);
  return make("button", { type: "button", class: `thing ${kind}`, "data-thing": id, title: oneLine(label, 120) }, swatch(kind), name);
}

// A long list, the first items at once and the rest on demand; item makes an element of each, if they are none yet.
function list(items, first, attributes, item = (element) => element) {
  const ul = make("ul", attributes || {}, ...items.slice(0, first).map(item));
  if (items.length > first) {
    const more = make("button", { type: "button", class: "more", onclick: () => {
      const rest = items.slice(first).map(item);
      more.parentElement.replaceWith(...rest);
      const next = rest[0].querySelector("button");
      if (next) next.focus();
    } }, `Show ${(items.length - first).toLocaleString("en")} more`);
    ul.append(make("li", {}, more));
  }
  return ul;
}
