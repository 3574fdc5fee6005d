// Datasets by models: which model was trained or evaluated on which dataset, as a grid or as a list.

const ROWS_AT_FIRST = 120;
const COLUMNS_AT_FIRST = 60;
const MATRIX = { view: "", show: "", modality: "", text: "", rows: "most", columns: "first", sort: "papers", down: "1" };

async function showMatrix(rest) {
  const [{ all, byKey }, { held, holders }, pairs] = await Promise.all([names(), concepts(), datasetPairs()]);
  const asked = Object.fromEntries([...new URLSearchParams(rest)].filter(([name]) => Object.hasOwn(MATRIX, name)));
  const state = { ...MATRIX, ...asked };
  // A grid needs room; in a narrow window a list is read better.
  const natural = matchMedia("(min-width: 700px)").matches ? "grid" : "list";
  const view = () => (["grid", "list"].includes(state.view) ? state.view : natural);
  const present = new Set(pairs.flatMap(({ dataset, model }) => [...held[dataset], ...held[model]]));
  const modalities = all.filter(({ kind, id }) => kind === "modality" && present.has(id))
    .sort((a, b) => holders.get(b.id).length - holders.get(a.id).length || a.id - b.id);
  const place = make("div");
  const told_ = make("p", { class: "quiet", role: "status" });
  const orders = make("div", { class: "controls orders" });
  const change = (name) => (value) => {
    state[name] = value;
    const changed = Object.entries(state).filter(([key, said]) => said && said !== MATRIX[key]);
    remember("matrix", changed.map(([key, said]) => `${key}=${encodeURIComponent(said)}`).join("&"));
    show();
  };
  const show = () => {
    const modality = byKey.get(state.modality) ?? null;
    const found = passing(pairs, all, held, { ...state, modality });
    const [datasets, models] = ["dataset", "model"].map((end) => new Set(found.map((pair) => pair[end])).size);
    told_.textContent = `${counted(datasets, "dataset")} and ${counted(models, "model")} in ${found.length.toLocaleString("en")} of ${pairs.length.toLocaleString("en")} pairs`;
    orders.hidden = view() === "list";
    place.replaceChildren(!found.length ? make("p", {}, "Nothing passes these filters.")
      : view() === "list" ? pairList(found, all, state, change) : grid(found, all, state));
  };
  const text = make("input", { type: "search", value: state.text, oninput: () => change("text")(text.value) });
  orders.append(
    choice("Datasets by", [["most", "most models"], ["papers", "most papers"], ["name", "name"]], state.rows, change("rows")),
    choice("Models by", [["first", "the datasets' order"], ["most", "most datasets"], ["papers", "most papers"], ["name", "name"]], state.columns, change("columns")));
  show();
  return { title: "Matrix", wide: true, content: [
    make("h1", {}, "Datasets by models"),
    make("p", {}, "Which model was ", make("b", { class: "glyph trainedOn" }, "T"), " trained or ", make("b", { class: "glyph evaluatedOn" }, "E"), " evaluated on which dataset, as far as the papers say. Select a mark to read the sentence."),
    make("div", { class: "controls" },
      choice("Show", [["", "trained or evaluated"], ["trainedOn", "trained on"], ["evaluatedOn", "evaluated on"], ["both", "both at once"]], state.show, change("show")),
      choice("Modality", [["", "any"], ...modalities.map(({ key, label }) => [key, oneLine(label, 50)])], state.modality, change("modality")),
      make("label", { class: "choice" }, make("span", {}, "Only names with"), text),
      choice("As", [["grid", "a grid"], ["list", "a list"]], view(), change("view"))),
    orders, told_, place,
  ] };
}

// The marks of a pair, as one button that opens its sentences.
function pairMarks(pair, all) {
  const found = Object.keys(USES).filter((predicate) => pair[predicate]);
  const words = `${oneLine(all[pair.model].label, 60)} ${found.map((predicate) => USES[predicate]).join(" and ")} ${oneLine(all[pair.dataset].label, 60)}, ${counted(pair.papers, "paper")}`;
  return make("button", { type: "button", class: "marks", title: words, onclick: () => showEvidence(pair.model, pair.dataset, found) },
    ...found.map((predicate) => make("b", { class: `glyph ${predicate}`, "aria-hidden": "true" }, predicate === "trainedOn" ? "T" : "E")),
    make("span", { class: "away" }, words));
}

function pairList(found, all, state, change) {
  const columns = [
    ...["dataset", "model"].map((end) => ({ name: end, text: end, value: (pair) => all[pair[end]].label.toLowerCase(), cell: (pair) => thingLink(all[pair[end]], 80) })),
    { name: "marks", text: "trained, evaluated", value: (pair) => (pair.trainedOn ? 2 : 0) + (pair.evaluatedOn ? 1 : 0), number: true, cell: (pair) => pairMarks(pair, all) },
    { name: "papers", text: "papers", number: true, value: (pair) => pair.papers, cell: (pair) => pair.papers },
  ];
  const onsort = (sort, down) => {
    Object.assign(state, { sort, down: down ? "1" : "0" });
    change("sort")(sort);
  };
  return sortableTable("Datasets and models", columns, found, { sort: state.sort, down: state.down === "1", onsort });
}

function grid(found, all, state, rowLimit = ROWS_AT_FIRST, columnLimit = COLUMNS_AT_FIRST) {
  const datasets = ranked(found, "dataset", state.rows, all);
  // The first dataset that each model is on: in this order the marks gather near the diagonal.
  const line_ = new Map(datasets.map((id, i) => [id, i]));
  const first = new Map();
  for (const { dataset, model } of found) first.set(model, Math.min(first.get(model) ?? Infinity, line_.get(dataset)));
  const columnsAll = ranked(found, "model", state.columns, all, first);
  const columns = columnsAll.slice(0, columnLimit);
  const place = new Map(columns.map((id, i) => [id, i]));
  const cells = new Map(found.map((pair) => [`${pair.dataset} ${pair.model}`, pair]));
  const head = make("tr", {}, make("th", { class: "corner", scope: "col" }, make("span", { class: "away" }, "dataset")),
    ...columns.map((id) => make("th", { scope: "col", class: "up" }, make("div", {}, thingLink(all[id], 26)))));
  const rows = datasets.slice(0, rowLimit).map((dataset) => make("tr", {}, make("th", { scope: "row" }, thingLink(all[dataset], 34)),
    ...columns.map((model) => {
      const pair = cells.get(`${dataset} ${model}`);
      return make("td", {}, pair ? pairMarks(pair, all) : null);
    })));
  const box = make("div");
  const again = (rowsWanted, columnsWanted) => () => box.replaceWith(grid(found, all, state, rowsWanted, columnsWanted));
  const more = [];
  if (columnsAll.length > columnLimit) more.push(make("button", { type: "button", onclick: again(rowLimit, columnLimit + 150) }, `More models (${place.size} of ${columnsAll.length} shown)`));
  if (datasets.length > rowLimit) more.push(make("button", { type: "button", onclick: again(rowLimit + 300, columnLimit) }, `More datasets (${rowLimit} of ${datasets.length} shown)`));
  box.append(more.length ? make("p", { class: "buttons" }, ...more) : "",
    make("div", { class: "scroll grid", tabindex: 0, role: "group", "aria-label": "Datasets by models" },
      make("table", { class: "grid" }, make("caption", { class: "away" }, "Datasets in rows, models in columns"), make("thead", {}, head), make("tbody", {}, ...rows))));
  return box;
}

// One end of the pairs in the order asked for.
function ranked(found, end, by, all, before = new Map()) {
  const count = new Map();
  for (const pair of found) count.set(pair[end], (count.get(pair[end]) || 0) + 1);
  const weights = { first: (id) => -before.get(id), most: (id) => count.get(id), papers: (id) => all[id].papers, name: () => 0 };
  const weight = by === "first" && !before.size ? weights.most : weights[by] || weights.most;
  return [...count.keys()].sort((a, b) => weight(b) - weight(a) || (by === "name" ? 0 : count.get(b) - count.get(a)) || all[a].label.localeCompare(all[b].label, "en", { numeric: true }) || a - b);
}
