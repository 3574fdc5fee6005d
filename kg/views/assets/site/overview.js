// The first page: what the graph holds, as figures and charts, and how to go on.

async function showOverview() {
  const { counts, years, top, sources, evidence: proven } = await table("overview");
  const tiles = ["paper", "model", "dataset", "modality", "task", "metric", "result"].map((kind) =>
    make("li", {}, make("b", {}, (counts[kind] || 0).toLocaleString("en")), ` ${KINDS[kind][counts[kind] === 1 ? 0 : 1]}`));
  const ways = [
    ["graph", "See the network", "Papers, models and datasets, laid out by field; select one to read what is said of it."],
    ["lineage", "Trace a lineage", "What a model or dataset comes from, and what was made from it, with the sentences that say so."],
    ["matrix", "Compare datasets and models", "Which model was trained or evaluated on which dataset."],
    ["modalities", "Find what is missing", "Which tasks are worked on in which modality, and where there is nothing."],
  ];
  const content = [
    make("h1", {}, "What this graph holds"),
    make("ul", { class: "tiles" }, ...tiles),
    counts.paper ? make("p", { class: "quiet" }, `Read out of ${counted(counts.paper, "paper")} by machine; ${(100 * proven).toFixed(0)} % of the statements carry the sentence that says so. ${dates(years)}`)
      : make("p", {}, "Nothing yet: build a graph from some papers, then write these pages again."),
    counts.paper ? make("p", { class: "remark" }, "Read by machine, relations and results are right about two times in three: ",
      alone ? "read the sentence" : make("a", { href: pageAddress("lineage") }, "read the sentence"), " behind one before you rely on it.") : null,
    alone ? null : make("ul", { class: "ways" }, ...ways.map(([page, name, text]) =>
      make("li", {}, make("a", { href: pageAddress(page) }, name), make("p", {}, text)))),
    make("div", { class: "charts" },
      yearChart(years),
      barChart("Papers by modality", top.modality, "paper", ownOnly("modalities")),
      barChart("Papers by task", top.task, "paper", ownOnly("tasks")),
      barChart("Datasets named in most papers", top.dataset, "paper"),
      barChart("Models named in most papers", top.model, "paper"),
      barChart("What most models and datasets are built upon", sources, null)),
  ];
  return { title: "Overview", content };
}

// What is said of dates where there are too few for a chart.
function dates(years) {
  const known = Object.keys(years).filter((year) => year !== "unknown");
  if (known.length > 1) return "";
  if (!known.length) return "No paper has a date.";
  return years.unknown ? `One date is known: ${counted(years[known[0]], "paper")} of ${known[0]}.` : `All are of ${known[0]}.`;
}

// Papers by year, a column a year; years without papers keep their place.
function yearChart(years) {
  const unknown = years.unknown || 0;
  const known = Object.keys(years).filter((year) => year !== "unknown").map(Number);
  if (known.length < 2) return null;
  const last = Math.max(...known);
  const first = Math.max(Math.min(...known), last - 29);
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const before = known.filter((year) => year < first).reduce((sum, year) => sum + years[year], 0);
  const most = Math.max(...all.map((year) => years[year] || 0));
  const [width, height, step] = [360, 150, 360 / all.length];
  const thick = Math.min(46, step * 0.72);
  const every = Math.ceil(all.length / 8);
  const bars = all.map((year, i) => {
    const count = years[year] || 0;
    const [tall, middle] = [(110 * count) / most, (i + 0.5) * step];
    return draw("g", {},
      draw("rect", { class: "column", x: middle - thick / 2, y: 128 - tall, width: thick, height: tall, rx: 2 }),
      count && step > 16 ? draw("text", { x: middle, y: 123 - tall, class: "count" }, count) : null,
      (last - year) % every === 0 ? draw("text", { x: middle, y: 145 }, year) : null);
  });
  const told = all.filter((year) => years[year]).map((year) => `${year}: ${years[year]}`).join(", ");
  const remarks = [[before, `before ${first}`], [unknown, "without a date"]].filter(([count]) => count).map(([count, words]) => `${count} ${words}`);
  return make("section", { class: "chart" }, make("h2", {}, "Papers by year"),
    draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Papers by year. ${told}` }, ...bars),
    remarks.length ? make("p", { class: "quiet" }, `and ${remarks.join(", ")}`) : null);
}

// How these counts differ from those of the page of modalities.
function ownOnly(kinds) {
  return `Narrower ${kinds} are counted by themselves, not under the wider one.`;
}

// Things as bars; rows are key, kind, label and count, and a remark says what is counted.
function barChart(title, rows, unit, remark = null) {
  if (!rows || !rows.length) return null;
  const most = rows[0][3];
  const items = rows.map(([key, kind, label, count]) => {
    const bar = make("span", { class: `bar ${kind}` });
    bar.style.width = `${(100 * count) / most}%`;
    return make("li", {}, thingLink({ key, label, kind }, 60),
      make("span", { class: "track", "aria-hidden": "true" }, bar),
      make("span", { class: "figure" }, count.toLocaleString("en"), unit ? make("span", { class: "away" }, ` ${KINDS[unit][count === 1 ? 0 : 1]}`) : null));
  });
  return make("section", { class: "chart" }, make("h2", {}, title), remark ? make("p", { class: "quiet" }, remark) : null, make("ul", { class: "bars" }, ...items));
}
