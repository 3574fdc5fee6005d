// Ties the parts together: one state, changed by legend, search, map and panel, and shown by all of them.

const part = (id) => document.getElementById(id);
const MAP_NAME = "Map of the graph. Arrow keys move it, plus and minus zoom. Use the search to select.";
const state = { ...everything(), thing: null, edge: null, missing: null };
const degree = new Map(data.nodes.map((node) => [node.id, node.degree]));
const panel = part("panel");
const drawing = start();

function start() {
  if (data.renderer === "webgl" && !document.createElement("canvas").getContext("webgl2")) {
    part("notice").textContent = "This browser has no WebGL to draw with. A page written with --renderer canvas needs none.";
    part("notice").hidden = false;
    return null;
  }
  return new Drawing(part("map"), state, choose);
}

fillLegend((apply) => {
  apply(state);
  filtered();
});
let index = null;
new Search(() => (index ||= indexed(things, (thing, id) => degree.get(id) || 0)), swatch, ({ id }) => select({ thing: id }, true));
show(true);
if (drawing) drawing.fit(false);
if (location.hash.length > 1) follow(location.hash);

panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && button.dataset.thing !== undefined) select({ thing: Number(button.dataset.thing) }, true);
  if (button && button.dataset.kind !== undefined) filterBy(button.dataset.kind, button.dataset.filter === "" ? null : Number(button.dataset.filter));
});
part("closer").addEventListener("click", () => drawing?.zoom(1.5));
part("farther").addEventListener("click", () => drawing?.zoom(1 / 1.5));
part("fit").addEventListener("click", () => drawing?.fit(true));
part("close").addEventListener("click", () => {
  opened.clear();
  select({});
  filtered();
});
part("home").addEventListener("click", () => select({}));
addEventListener("popstate", () => follow(location.hash));
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement !== part("search")) select({});
});
const wide = matchMedia("(min-width: 900px)");
part("legend").open = wide.matches;
wide.addEventListener("change", () => (part("legend").open = wide.matches));

// What a click on the map asks for.
function choose(clicked) {
  if (clicked.community === undefined) return select(clicked);
  opened.add(clicked.community);
  show(true);
  drawing.moved = true;
  drawing.show([communities[clicked.community]], 1.2, true);
  part("status").textContent = `${communities[clicked.community].members.length} things opened`;
}

// Selects a thing or an edge, or nothing; moves the map there when asked to.
function select({ thing = null, edge = null }, fly = false) {
  Object.assign(state, { thing, edge, missing: null });
  const ends = edge === null ? [thing].filter((id) => degree.has(id)) : [data.edges[edge].from, data.edges[edge].to];
  const before = [addressOf({ ...state, thing: null, edge: null }), opened.size].join();
  ends.forEach((id) => reveal(state, id));
  if (edge !== null) state.predicates.add(data.edges[edge].predicate);
  show(before !== [addressOf({ ...state, thing: null, edge: null }), opened.size].join());
  if (thing !== null) part("status").textContent = `${oneLine(things[thing].label, 90)} selected`;
  remember(addressOf(state));
  if (fly && drawing && ends.length) drawing.flyTo();
}

// Shows only what has a modality or a task, or no longer only that.
function filterBy(kind, concept) {
  state[kind] = concept;
  filtered();
}

function filtered() {
  state.missing = null;
  show(true);
  remember(addressOf(state));
  if (drawing) drawing.fit(true);
}

// After Back, Forward, or an address typed in.
function follow(address) {
  Object.assign(state, stateOf(address));
  const ends = state.edge === null ? [state.thing].filter((id) => degree.has(id)) : [data.edges[state.edge].from, data.edges[state.edge].to];
  ends.forEach((id) => reveal(state, id));
  show(true);
  if (state.missing !== null) part("status").textContent = NOTHING_HERE;
  if (!drawing) return;
  if (ends.length) drawing.flyTo();
  else drawing.fit(true);
}

// Brings map, panel, legend and counts in line with the state.
function show(anew) {
  if (drawing) {
    if (anew) drawing.style();
    else drawing.mark();
  }
  // What had the focus is about to go: the panel keeps it, so that the next Tab goes on from here.
  if (panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
  panel.replaceChildren(...panelFor(state, degree).filter((child) => child));
  panel.scrollTop = 0;
  part("home").hidden = state.thing === null && state.edge === null;
  syncLegend(state, drawing ? drawing.left : left(state));
  if (drawing) part("notice").textContent = remark() || "";
  if (drawing) part("notice").hidden = remark() === null;
  part("close").hidden = !opened.size || !data.closed;
}

// For the console, and for whoever drives the page from outside.
window.graphPage = { data, state, drawing, network: drawing?.network, select, filterBy, follow, opened };
document.documentElement.dataset.ready = "true";
