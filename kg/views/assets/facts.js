// The page's data, indexed. Names and sentences in it are text from anywhere: they reach the page through
// text nodes and the canvas only, never as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const things = data.things;
data.nodes = data.nodes.map((row) => record(data.node_columns, row));
data.edges = data.edges.map((row, id) => ({ id, ...record(data.edge_columns, row) }));
const claims = data.claims.map((row) => record(data.claim_columns, row));
const results = data.results.map((row) => record(data.result_columns, row));

// Singular and plural.
const KINDS = {
  model: ["model", "models"],
  dataset: ["dataset", "datasets"],
  paper: ["paper", "papers"],
  modality: ["modality", "modalities"],
  task: ["task", "tasks"],
  metric: ["metric", "metrics"],
};

// Read from the subject, and from the object.
const PREDICATES = {
  trainedOn: ["trained on", "used to train"],
  basedOn: ["based on", "basis of"],
  derivedFrom: ["derived from", "source of"],
  builtWith: ["built with", "used to build"],
  evaluatedOn: ["evaluated on", "used to evaluate"],
  outperforms: ["outperforms", "outperformed by"],
  comparedWith: ["compared with", "compared with"],
  introduces: ["introduces", "introduced by"],
  uses: ["uses", "used by"],
  comparesWith: ["compares with", "compared in"],
  mentions: ["mentions", "mentioned by"],
};
const NAMINGS = ["introduces", "uses", "comparesWith", "mentions"];

const claimsOf = new Map();
const claimsOfTriple = new Map();
for (const claim of claims) {
  put(claimsOf, claim.subject, claim);
  if (claim.object !== claim.subject) put(claimsOf, claim.object, claim);
  put(claimsOfTriple, triple(claim.subject, claim.predicate, claim.object), claim);
}
const resultsOf = new Map();
for (const result of results) {
  for (const end of ["model", "dataset", "metric", "paper"]) {
    if (result[end] !== undefined && result[end] !== null) put(resultsOf, result[end], result);
  }
}
// What each paper names: in its sentences these names are looked for together, so that none is found in another.
const namedBy = new Map();
for (const claim of claims) if (NAMINGS.includes(claim.predicate)) put(namedBy, claim.subject, claim.object);
const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const byKey = new Map(things.map((thing, id) => [thing.key, id]));
const holders = new Map();
things.forEach((thing, id) => thing.concepts.forEach((concept) => put(holders, concept, id)));

function record(columns, row) {
  return Object.fromEntries(columns.map((column, i) => [column, row[i]]));
}

function put(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

// The year a paper came out, as far as known.
function yearOf(paper) {
  const found = paper === null || paper === undefined ? null : /^\d{4}/.exec(things[paper].issued || "");
  return found ? Number(found[0]) : null;
}

function triple(subject, predicate, object) {
  return `${subject} ${predicate} ${object}`;
}

function counted(number, kind) {
  return `${number.toLocaleString("en")} ${KINDS[kind][number === 1 ? 0 : 1]}`;
}

// A label for one line: marks that steer the direction of text and control characters are left out.
function oneLine(label, limit) {
  const plain = label.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  const letters = Array.from(plain.slice(0, 4 * limit));
  return letters.length > limit ? letters.slice(0, limit - 1).join("").trimEnd() + "…" : plain;
}

// A new element; children are elements or plain text.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
