// The side panel: the graph as a whole, one thing, one edge, or one modality, task or metric.

// Sentences for one and the same claim that are shown at once.
const SENTENCES = 5;
// Rows of a table of results, at most.
const MOST_ROWS = 200;

// Children of the panel for a selection.
function panelFor(state, degree) {
  if (state.edge !== null) return edgePanel(data.edges[state.edge]);
  if (state.thing === null) return [...(state.missing === null ? [] : missingPanel(state.missing)), ...overview(degree)];
  return things[state.thing].kind in { model: 1, dataset: 1, paper: 1 } ? thingPanel(state.thing) : conceptPanel(state.thing, state);
}

function missingPanel(key) {
  return [make("h2", {}, NOTHING_HERE), make("p", {}, "This network has no ", make("code", { class: "address" }, oneLine(key, 120)), ".")];
}

function overview(degree) {
  const top = (kind) =>
    things.map((thing, id) => id).filter((id) => things[id].kind === kind && degree.get(id) > 0)
      .sort((a, b) => degree.get(b) - degree.get(a) || a - b);
  const links = (id) => make("span", { class: "quiet" }, `${degree.get(id).toLocaleString("en")} ${degree.get(id) === 1 ? "link" : "links"}`);
  const item = (id) => make("li", { class: "ranked" }, thingButton(id), links(id));
  return [
    make("h2", {}, "What this graph holds"),
    make("p", {}, "Select a model, dataset or paper to see what the papers say about it, or a line to read the sentence behind it."),
    bars("modality", "Papers by modality"),
    section("Most linked datasets", longList(top("dataset"), 6, item)),
    section("Most linked models", longList(top("model"), 6, item)),
    bars("task", "Papers by task"),
  ];
}

// Concepts of a kind by the number of papers that have them.
function bars(kind, heading) {
  const rows = things.map((thing, id) => id).filter((id) => things[id].kind === kind)
    .map((id) => [id, saidBy(id)]).filter(([, papers]) => papers)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (!rows.length) return null;
  const most = rows[0][1];
  const item = ([id, papers]) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(100 * papers) / most}%`;
    return make("li", { class: "bar-row" }, thingButton(id), make("span", { class: "track" }, bar), make("span", { class: "quiet" }, papers.toLocaleString("en")));
  };
  return section(heading, longList(rows, 8, item, { class: "bars" }));
}

// Papers that name the very concept; those of narrower ones are counted there.
function saidBy(concept) {
  return (claimsOf.get(concept) || []).filter((claim) => claim.object === concept && things[claim.subject].kind === "paper").length;
}

function heldBy(concept, kind) {
  return (holders.get(concept) || []).filter((id) => things[id].kind === kind);
}

function thingPanel(id) {
  const thing = things[id];
  const parts = heading(thing);
  if (thing.kind === "paper") parts.push(...paperFacts(thing, false));
  parts.push(...chips(thing));
  const own = claimsOf.get(id) || [];
  for (const predicate of Object.keys(PREDICATES)) {
    // A paper is named with what it names, under Papers, so that its claims stand first.
    if (thing.kind !== "paper" && NAMINGS.includes(predicate)) continue;
    for (const [side, other, words] of [["subject", "object", 0], ["object", "subject", 1]]) {
      const rows = own.filter((claim) => claim.predicate === predicate && claim[side] === id);
      if (rows.length) parts.push(relation(PREDICATES[predicate][words], rows, other));
    }
  }
  if (thing.kind === "paper") {
    const said = claims.filter((claim) => claim.paper === id && claim.predicate in PREDICATES && !NAMINGS.includes(claim.predicate));
    if (said.length) parts.push(section("What it claims", longList(said, 12, claimItem, { class: "claims" })));
  }
  parts.push(resultsTable(id));
  if (thing.kind !== "paper") parts.push(papersOf(own));
  return parts;
}

function heading(thing) {
  return [
    make("p", { class: "kind" }, swatch(thing.kind), KINDS[thing.kind][0]),
    make("h2", { class: "names", dir: "auto" }, make("bdi", {}, thing.label)),
    alsoCalled(thing),
  ];
}

function chips(thing) {
  return ["modality", "task", "metric"].map((kind) => {
    const found = thing.stated.filter((id) => things[id].kind === kind);
    if (!found.length) return null;
    return make("div", { class: "chips" }, make("span", { class: "quiet" }, `${KINDS[kind][1]} `), ...found.map(thingButton));
  });
}

// One predicate read from one side: the other thing, and what each paper says.
function relation(words, rows, other) {
  const groups = new Map();
  rows.forEach((claim) => put(groups, claim[other], claim));
  const item = ([id, said]) => make("li", {}, thingButton(id), ...said.slice(0, SENTENCES).map((claim) => evidence(claim)), furtherClaims(said));
  return section(words, longList([...groups], 12, item, { class: "claims" }));
}

// The sentences after the first few, on demand.
function furtherClaims(said) {
  const rest = said.slice(SENTENCES);
  return rest.length ? longList(rest, 0, (claim) => make("li", {}, evidence(claim))) : null;
}

function claimItem(claim) {
  const words = make("span", { class: "words" }, ` ${PREDICATES[claim.predicate][0]} `);
  return make("li", {}, thingButton(claim.subject), words, thingButton(claim.object), evidence(claim, true));
}

function edgePanel({ from, to, predicate }) {
  const said = claimsOfTriple.get(triple(from, predicate, to)) || [];
  return [
    make("p", { class: "kind" }, swatch(predicate), "what the papers say"),
    make("h2", { class: "sentence" }, thingButton(from), make("span", { class: "words" }, ` ${PREDICATES[predicate][0]} `), thingButton(to)),
    make("p", { class: "quiet" }, counted(new Set(said.map((claim) => claim.paper)).size, "paper")),
    longList(said, 12, (claim) => make("li", {}, evidence(claim), NAMINGS.includes(predicate) ? paperNamed(from) : null), { class: "claims" }),
  ];
}

function conceptPanel(id, state) {
  const { kind } = things[id];
  const active = state[kind] === id;
  const button = kind === "metric" ? null : make("button", { type: "button", class: "action", "data-kind": kind, "data-filter": active ? "" : id },
    active ? "Show others as well" : "Show only these on the map");
  const lists = ["dataset", "model", "paper"].map((kind) => {
    const found = heldBy(id, kind);
    if (!found.length) return null;
    return section(counted(found.length, kind), longList(found, 15, (other) => make("li", {}, thingButton(other))));
  });
  const narrower = (claimsOf.get(id) || []).filter((claim) => claim.predicate === "broader" && claim.object === id);
  const within = narrower.length
    ? make("div", { class: "chips" }, make("span", { class: "quiet" }, "with the narrower "), ...narrower.map((claim) => thingButton(claim.subject))) : null;
  return [...heading(things[id]), within, button, ...lists, resultsTable(id)];
}

// Reported numbers that name the thing, without the columns that would repeat it or hold nothing.
function resultsTable(id) {
  const rows = resultsOf.get(id) || [];
  if (!rows.length) return null;
  const columns = ["model", "metric", "text", "dataset", "condition"].filter((column) => rows.some((row) => row[column] !== null && row[column] !== id));
  const words = { text: "value" };
  const cell = (row, column) => {
    const value = row[column];
    if (column === "text") return make("td", { class: "number" }, asWritten(row));
    return make("td", { dir: "auto" }, typeof value === "number" ? things[value].label : value || "");
  };
  const line = (row) => make("tr", { title: row.sentence === null ? null : oneLine(data.sentences[row.sentence], 300) }, ...columns.map((column) => cell(row, column)));
  const head = make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, words[column] || column)));
  return section("Reported results", scroller("Reported results", make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows.slice(0, MOST_ROWS).map(line)))), rows.length > MOST_ROWS ? make("p", { class: "quiet" }, `and ${(rows.length - MOST_ROWS).toLocaleString("en")} more`) : null);
}

// The papers that name a thing, and how.
function papersOf(own) {
  const namings = own.filter((claim) => NAMINGS.includes(claim.predicate));
  if (!namings.length) return null;
  const item = (claim) => make("li", {}, make("span", { class: "quiet" }, PREDICATES[claim.predicate][1]), paperNamed(claim.subject),
    claim.sentence === null ? null : make("details", {}, make("summary", {}, "Sentence"), evidence(claim)));
  return section("Papers", longList(namings, 12, item, { class: "claims" }));
}

function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}
