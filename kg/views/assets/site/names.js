// Every thing by number and by key, the links between things, and their concepts.

// Confidence below which a link is drawn as unsure.
const UNSURE = 0.5;
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

// The names as the search takes them, those in most papers first.
function searchIndex() {
  once.index ||= names().then(({ all }) => indexed(all, ({ papers }) => papers));
  return once.index;
}

// { rows, from, to, dependencies }: rows by the thing they begin and end at. A row is a copy when all its papers
// state it of a copy of their own; stated holds the numbers of its papers where copies are near, else nothing.
function links() {
  once.links ||= table("links").then((data) => {
    const rows = data.rows.map(([subject, place, object, papers, confidence]) =>
      ({ subject, predicate: data.predicates[place], object, papers, confidence, copy: false, stated: [] }));
    for (const place of data.copies) rows[place].copy = true;
    for (const [place, papers] of data.stated) rows[place].stated = papers;
    const [from, to] = [new Map(), new Map()];
    for (const row of rows) {
      put(from, row.subject, row);
      put(to, row.object, row);
    }
    return { rows, from, to, dependencies: new Set(data.dependencies) };
  });
  return once.links;
}

// { held: concepts by thing, named: models and datasets by paper, holders: things by concept, narrower: concepts
// by the wider one, wider: by the narrower one }
function concepts() {
  once.concepts ||= table("concepts").then(({ held, named, broader }) => {
    const [holders, narrower, wider] = [new Map(), new Map(), new Map()];
    held.forEach((found, id) => found.forEach((concept) => put(holders, concept, id)));
    for (const [narrow, wide] of broader) {
      put(narrower, wide, narrow);
      put(wider, narrow, wide);
    }
    return { held, named, holders, narrower, wider };
  });
  return once.concepts;
}

// What stands under a concept, or a pair of them, are the papers that have them and what these name, by whichever
// way: how many of those papers name it says more there than how many do in the whole graph.
function underConcepts(all, { held, named }, wanted) {
  const counts = new Map();
  for (const paper of all) {
    if (paper.kind !== "paper" || !wanted.every((concept) => held[paper.id].includes(concept))) continue;
    for (const id of [paper.id, ...named[paper.id]]) counts.set(id, (counts.get(id) || 0) + 1);
  }
  return ["dataset", "model", "paper"].map((kind) => ({ kind, found: [...counts].filter(([id]) => all[id].kind === kind).map(([id, papers]) => ({ thing: all[id], papers })) }))
    .filter(({ found }) => found.length);
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
