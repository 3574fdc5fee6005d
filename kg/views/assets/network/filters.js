// What the legend and the filters leave of the graph.
//
// state = { kinds: Set shown, predicates: Set shown, modality, task: id or null, since, until: year or null,
//           sure: 0 to 1, thing: id or null, edge: index or null, missing: a key or null }

const DRAWN_KINDS = ["model", "dataset", "paper"];

function everything() {
  return {
    kinds: new Set(DRAWN_KINDS),
    predicates: new Set(Object.keys(PREDICATES)),
    modality: null,
    task: null,
    since: null,
    until: null,
    sure: 0,
  };
}

function unfiltered(state) {
  return state.kinds.size === DRAWN_KINDS.length && state.predicates.size === Object.keys(PREDICATES).length
    && state.modality === null && state.task === null && !byClaim(state);
}

// Whether claims are chosen by what they are, not only things.
function byClaim({ since, until, sure }) {
  return since !== null || until !== null || sure > 0;
}

// Whether a claim is of the years and as sure as asked for; a paper of no known date is of no year.
function passes(state, claim) {
  const confidence = typeof claim.confidence === "number" ? claim.confidence : 1;
  return confidence >= state.sure && inYears(state, yearOf(claim.paper));
}

function inYears({ since, until }, year) {
  if (since === null && until === null) return true;
  return year !== null && (since === null || year >= since) && (until === null || year <= until);
}

// Ids of the nodes and indices of the edges that are left. All filters hold at once.
function left(state) {
  const told = byClaim(state) ? thingsTold(state) : null;
  const nodes = new Set();
  for (const { id } of data.nodes) {
    const { kind, concepts } = things[id];
    if (!state.kinds.has(kind)) continue;
    if (state.modality !== null && !concepts.includes(state.modality)) continue;
    if (state.task !== null && !concepts.includes(state.task)) continue;
    if (told !== null && !told.has(id)) continue;
    nodes.add(id);
  }
  const edges = new Set();
  for (const { id, from, to, predicate } of data.edges) {
    if (!state.predicates.has(predicate) || !nodes.has(from) || !nodes.has(to)) continue;
    if (told !== null && !claimsOfTriple.get(triple(from, predicate, to)).some((claim) => passes(state, claim))) continue;
    edges.add(id);
  }
  return { nodes, edges };
}

// Things of which a claim that passes tells; papers of the years also when nothing else does.
function thingsTold(state) {
  const told = new Set();
  for (const claim of claims) {
    if (!passes(state, claim)) continue;
    told.add(claim.subject).add(claim.object);
    if (claim.paper !== null) told.add(claim.paper);
  }
  if (!state.sure) data.nodes.forEach(({ id }) => things[id].kind === "paper" && inYears(state, yearOf(id)) && told.add(id));
  return told;
}

// Changes the filters so that a thing that was asked for is shown.
function reveal(state, id) {
  state.kinds.add(things[id].kind);
  for (const kind of ["modality", "task"]) {
    if (state[kind] !== null && !things[id].concepts.includes(state[kind])) state[kind] = null;
  }
  if (byClaim(state) && !thingsTold(state).has(id)) Object.assign(state, { since: null, until: null, sure: 0 });
  if (data.closed && nodeOf.has(id)) opened.add(nodeOf.get(id).community);
}
