// What papers say: sentences with the names in them marked, how sure the reading is, and the papers.

// A sentence, or that there is none; marks and others as in marked().
function quote(sentence, marks, others) {
  if (sentence === null) return make("p", { class: "quiet" }, "No sentence kept.");
  return make("blockquote", { dir: "auto" }, ...marked(sentence, marks, others));
}

// Pieces of a text: strings, and <mark> elements where a name stands by itself. marks = [[thing, role]]; the names
// of others are found too, and left as they are, so that no name is marked inside a longer one.
function marked(text, marks, others = []) {
  const roles = new Map();
  for (const [thing, role] of [...others.map((thing) => [thing, null]), ...marks]) {
    for (const name of [thing.label, ...(thing.aliases || [])]) if (name.trim() && name.length < 200) roles.set(folded(name), role);
  }
  if (!roles.size) return [text];
  // Longest first, so that a name is not cut short by another that begins it.
  const source = [...roles.keys()].sort((a, b) => b.length - a.length)
    .map((name) => name.split(" ").map(escaped).join("[\\s\\-–]+")).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, "giu");
  const pieces = [];
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    const end = found.index + found[0].length;
    // "Name-based" speaks of the name; "Name-2" and "Name-Large" are names of their own.
    const goesOn = /^[-–][\p{Lu}\p{N}]/u.test(text.slice(end, end + 3));
    const role = goesOn ? null : roles.get(folded(found[0]));
    pieces.push(text.slice(last, found.index), role ? make("mark", { class: role }, found[0]) : found[0]);
    last = end;
  }
  return [...pieces, text.slice(last)];
}

function folded(name) {
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

// A paper on one line: its title as an element that leads to it, its date, and where to read it.
function paperLine(title, date, paper) {
  const [address] = readingPlaces(paper);
  return make("p", { class: "paper-line" }, title, date ? ` ${date} ` : " ", address ? webLink(address, "read") : null);
}

// Date and authors, addresses and abstract of a paper, as far as known.
function paperFacts(paper, abstractOpen) {
  const line = [paper.issued, (paper.authors || []).join(", ")].filter((part) => part).join(" · ");
  const places = [...new Set([...readingPlaces(paper), ...(paper.links || [])])];
  return [
    line ? make("p", { class: "quiet names", dir: "auto" }, line) : null,
    places.length ? make("ul", { class: "plain" }, ...places.map((address) => make("li", {}, webLink(address)))) : null,
    paper.abstract ? make("details", { open: abstractOpen ? "" : null }, make("summary", {}, "Abstract"), make("p", { class: "prose", dir: "auto" }, paper.abstract)) : null,
  ];
}

// What a thing is called besides.
function alsoCalled({ aliases }) {
  return aliases && aliases.length ? make("p", { class: "quiet names", dir: "auto" }, `also ${aliases.join(", ")}`) : null;
}
