// Sentences with the names in them marked, the papers they stand in, and how sure the reading is.

// What one paper says: marks are the things whose names to mark, by role.
function evidence(said, papers, all, marks) {
  const sentence = said.sentence === null
    ? make("p", { class: "quiet" }, "No sentence kept.")
    : make("blockquote", { dir: "auto" }, ...marked(said.sentence, marks));
  return make("div", { class: "evidence" }, sentence,
    said.paper === null ? null : paperLine(all[said.paper], papers[said.paper] || {}), provenance(said));
}

function ofClaim(said, papers, all) {
  const ends = [[all[said.subject], "subject"], [all[said.object], "object"]].filter(([thing]) => thing.kind !== "paper");
  return evidence(said, papers, all, ends);
}

// Pieces of a text: strings, and <mark> elements where a name stands by itself.
function marked(text, marks) {
  const roles = new Map();
  for (const [thing, role] of marks) {
    for (const name of [thing.label, ...thing.aliases]) if (name.trim() && name.length < 200) roles.set(folded(name), role);
  }
  if (!roles.size) return [text];
  // Longest first, so that a name is not cut short by another that begins it.
  const source = [...roles.keys()].sort((a, b) => b.length - a.length)
    .map((name) => name.split(" ").map(escaped).join("[\\s\\-–]+")).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}]|[-–]\\p{Lu}|[-–]\\p{N})`, "giu");
  const pieces = [];
  let last = 0;
  for (const found of text.matchAll(pattern)) {
    pieces.push(text.slice(last, found.index), make("mark", { class: roles.get(folded(found[0])) }, found[0]));
    last = found.index + found[0].length;
  }
  return [...pieces, text.slice(last)];
}

function folded(name) {
  return name.trim().toLowerCase().replace(/[\s\-–]+/g, " ");
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

// A paper on one line: its title, its date, and where to read it.
function paperLine(thing, paper) {
  const [address] = readingPlaces(paper);
  return make("p", { class: "paper-line" }, thingLink(thing, 160), thing.date ? ` ${thing.date} ` : " ",
    address ? webLink(address, "read") : null);
}

function provenance(said) {
  const parts = [];
  if (typeof said.confidence === "number") parts.push(`confidence ${said.confidence.toFixed(2)}`);
  if (said.method) parts.push(`found by ${said.method}`);
  return parts.length ? make("p", { class: "quiet" }, parts.join(" · ")) : null;
}

// Shows in a window what the papers say of two things; predicates are those to tell, or all.
async function showEvidence(subject, object, predicates) {
  const { all } = await names();
  const { claims, papers } = await told(all[subject]);
  const said = claims.filter((claim) => claim.subject === subject && claim.object === object && predicates.includes(claim.predicate));
  const parts = predicates.map((predicate) => {
    const own = said.filter((claim) => claim.predicate === predicate);
    if (!own.length) return null;
    const title = make("h3", {}, thingLink(all[subject], 60), ` ${PREDICATES[predicate][0]} `, thingLink(all[object], 60));
    return make("div", {}, title, longList(own, 20, (claim) => make("li", {}, ofClaim(claim, papers, all)), { class: "claims" }));
  });
  const window_ = document.getElementById("evidence");
  document.getElementById("evidence-body").replaceChildren(
    make("h2", { id: "evidence-title" }, "What the papers say"), ...parts.filter((part) => part));
  if (!window_.open) window_.showModal();
}
