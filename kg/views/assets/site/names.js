// Every thing by number and by key, the links between things, and their concepts.

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
  hasModality: ["modality", "modality of"],
  hasTask: ["task", "task of"],
  reportsMetric: ["metric", "metric of"],
};
// Confidence below which a link is drawn as unsure.
const UNSURE = 0.5;
const NAMINGS = ["introduces", "uses", "comparesWith", "mentions"];
const CONCEPT_LINKS = ["hasModality", "hasTask", "reportsMetric"];

const once = {};

// { all: things by number, byKey: their numbers }
function names() {
  once.names ||= table("names").then((rows) => {
    const columns = ["key", "kind", "label", "aliases", "papers", "date", "part"];
    const all = rows.map((row, id) => ({ id, ...record(columns, row) }));
    return { all, byKey: new Map(all.map((thing) => [thing.key, thing.id])) };
  });
  return once.names;
}

// { rows, from, to, dependencies }: rows by the thing they begin and end at
function links() {
  once.links ||= table("links").then((data) => {
    const rows = data.rows.map(([subject, place, object, papers, confidence]) =>
      ({ subject, predicate: data.predicates[place], object, papers, confidence }));
    const [from, to] = [new Map(), new Map()];
    for (const row of rows) {
      put(from, row.subject, row);
      put(to, row.object, row);
    }
    return { rows, from, to, dependencies: new Set(data.dependencies) };
  });
  return once.links;
}

// { held: concepts by thing, holders: things by concept, narrower: concepts by the wider one }
function concepts() {
  once.concepts ||= table("concepts").then(({ held, broader }) => {
    const [holders, narrower, wider] = [new Map(), new Map(), new Map()];
    held.forEach((found, id) => found.forEach((concept) => put(holders, concept, id)));
    for (const [narrow, wide] of broader) {
      put(narrower, wide, narrow);
      put(wider, narrow, wide);
    }
    return { held, holders, narrower, wider };
  });
  return once.concepts;
}

const CLAIM = ["subject", "predicate", "object", "paper", "sentence", "method", "confidence"];
const RESULT = ["model", "dataset", "metric", "text", "gain", "condition", "paper", "sentence", "method", "confidence"];

// What is said of a thing: { claims, results, facts, papers }, sentences in their places.
async function told(thing) {
  if (thing.part < 0) return { claims: [], results: [], facts: {}, papers: {} };
  const part = await table(`part-${thing.part}`);
  const spelled = (said) => ({ ...said, sentence: said.sentence === null ? null : part.sentences[said.sentence] });
  const own = part.things[thing.id];
  return {
    claims: own.claims.map((row) => spelled(record(CLAIM, row))),
    results: own.results.map((row) => spelled(record(RESULT, row))),
    facts: own.facts || {},
    papers: part.papers,
  };
}
