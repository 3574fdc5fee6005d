// The page's data, indexed.

const data = JSON.parse(document.getElementById("data").textContent);
const things = data.things;
data.nodes = data.nodes.map((row) => record(data.node_columns, row));
data.edges = data.edges.map((row, id) => ({ id, ...record(data.edge_columns, row) }));
const claims = data.claims.map((row) => record(data.claim_columns, row));
const results = data.results.map((row) => record(data.result_columns, row));

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

// The year a paper came out, as far as known.
function yearOf(paper) {
  const found = paper === null || paper === undefined ? null : /^\d{4}/.exec(things[paper].issued || "");
  return found ? Number(found[0]) : null;
}

function triple(subject, predicate, object) {
  return `${subject} ${predicate} ${object}`;
}
