// Ties the parts together: one state, changed by legend, search, map and panel, and shown by all of them.

const state = {
  kinds: new Set(["model", "dataset", "paper"]),
  predicates: new Set(Object.keys(PREDICATES)),
  concept: null,
  thing: null,
  edge: null,
};
const degree = new Map(data.nodes.map((node) => [node.id, node.degree]));
const part = (id) => document.getElementById(id);
const drawing = new Drawing(part("map"), state);
const panel = part("panel");

fillLegend();
fillFilter();
new Search(part("search"), part("suggestions"), part("status"), degree, (id) => select({ thing: id }, true));
show();
drawing.fit(false);
followAddress();

drawing.network.on("click", ({ nodes, edges }) => {
  if (nodes.length) select({ thing: nodes[0] });
  else if (edges.length) select({ edge: edges[0] });
  else select({});
});
panel.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && button.dataset.thing !== undefined) select({ thing: Number(button.dataset.thing) }, true);
  if (button && button.dataset.filter !== undefined) filterBy(button.dataset.filter === "" ? null : Number(button.dataset.filter));
});
part("closer").addEventListener("click", () => drawing.zoom(1.5));
part("farther").addEventListener("click", () => drawing.zoom(1 / 1.5));
part("fit").addEventListener("click", () => drawing.fit(true));
part("home").addEventListener("click", () => select({}));
addEventListener("hashchange", followAddress);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement !== part("search")) select({});
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
    event.preventDefault();
    part("search").focus();
  }
});
const wide = matchMedia("(min-width: 900px)");
part("legend").open = wide.matches;
wide.addEventListener("change", () => (part("legend").open = wide.matches));

// Selects a thing or an edge, or nothing; moves the map there when asked to.
function select({ thing = null, edge = null }, fly = false) {
  Object.assign(state, { thing, edge });
  const drawn = thing !== null && degree.has(thing);
  if (drawn) reveal(thing);
  show();
  part("status").textContent = thing === null ? "" : `${oneLine(things[thing].label, 90)} selected`;
  remember(thing === null ? "#" : `#${encodeURI(things[thing].key)}`);
  if (drawn) drawing.network.selectNodes([thing], false);
  else if (edge !== null) drawing.network.setSelection({ nodes: [], edges: [edge] });
  else drawing.network.unselectAll();
  if (fly && drawn) drawing.flyTo([...drawing.shown.near]);
}

// Puts the selection into the address; a page inside a frame may have none of its own to change.
function remember(address) {
  try {
    history.replaceState(null, "", address);
  } catch {
    return;
  }
}

// A thing that was asked for is shown, whatever the legend and the filter say.
function reveal(id) {
  state.kinds.add(things[id].kind);
  if (state.concept !== null && !things[id].concepts.includes(state.concept)) state.concept = null;
}

function filterBy(concept) {
  state.concept = concept;
  show();
  drawing.fit(true);
}

// Brings map, panel, legend and counts in line with the state.
function show() {
  drawing.style();
  // What had the focus is about to go: the panel keeps it, so that the next Tab goes on from here.
  if (panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
  panel.replaceChildren(...panelFor(state, degree).filter((child) => child));
  panel.scrollTop = 0;
  part("home").hidden = state.thing === null && state.edge === null;
  document.querySelectorAll("#legend input[data-kind]").forEach((box) => (box.checked = state.kinds.has(box.dataset.kind)));
  const filter = part("filter");
  if (state.concept !== null && !filter.querySelector(`option[value="${state.concept}"]`)) {
    filter.append(make("option", { value: state.concept }, things[state.concept].label));
  }
  filter.value = state.concept === null ? "" : String(state.concept);
  part("shown").textContent = `${drawing.shown.nodes.length} of ${data.nodes.length} nodes and ${drawing.shown.edges} of ${data.edges.length} links shown`;
}

function fillLegend() {
  const present = new Set(data.edges.map((edge) => edge.predicate));
  const count = (kind) => data.nodes.filter(({ id }) => things[id].kind === kind).length;
  const row = (name, text, set, attributes) => {
    const box = make("input", { type: "checkbox", checked: "", ...attributes });
    box.addEventListener("change", () => {
      if (box.checked) set.add(name);
      else set.delete(name);
      show();
    });
    return make("label", {}, box, swatch(name), text);
  };
  part("kinds").append(...["model", "dataset", "paper"].map((kind) => row(kind, `${KINDS[kind][1]} (${count(kind)})`, state.kinds, { "data-kind": kind })));
  for (const [name, [words]] of Object.entries(PREDICATES)) {
    if (!present.has(name)) continue;
    part(NAMINGS.includes(name) ? "namings" : "relations").append(row(name, words, state.predicates, { "data-predicate": name }));
  }
  for (const id of ["relations", "namings"]) part(id).hidden = !part(id).querySelector("input");
}

function fillFilter() {
  const filter = part("filter");
  for (const kind of ["modality", "task"]) {
    const options = things.map((thing, id) => id).filter((id) => things[id].kind === kind && holders.has(id))
      .sort((a, b) => heldBy(b, "paper").length - heldBy(a, "paper").length || a - b)
      .map((id) => make("option", { value: id }, `${oneLine(things[id].label, 40)} (${heldBy(id, "paper").length})`));
    if (options.length) filter.append(make("optgroup", { label: KINDS[kind][1] }, ...options));
  }
  filter.addEventListener("change", () => filterBy(filter.value === "" ? null : Number(filter.value)));
}

// The address names what is selected, so that it can be shared: #dataset/mimic-cxr
function followAddress() {
  let key = "";
  try {
    key = decodeURI(location.hash.slice(1));
  } catch {
    return;
  }
  const id = byKey.get(key);
  if (id !== undefined && id !== state.thing) select({ thing: id }, true);
}

// For the console, and for whoever drives the page from outside.
window.graphPage = { data, state, network: drawing.network, select, filterBy };
document.documentElement.dataset.ready = "true";
