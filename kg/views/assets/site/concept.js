// The page of a modality, task or metric: what has it. And results, on every page that has some.

async function conceptPage(thing) {
  const [{ all }, known, said] = await Promise.all([names(), concepts(), told(thing)]);
  const { narrower, wider } = known;
  const chips = [["wider", wider], ["narrower", narrower]].map(([words, found]) => found.has(thing.id)
    ? make("div", { class: "chips" }, make("span", { class: "quiet" }, words), ...found.get(thing.id).map((id) => thingLink(all[id], 60))) : null);
  const lists = underConcepts(all, known, [thing.id]).map(({ kind, found }) => section(counted(found.length, kind), thingList(found)));
  const words = `What follows are the papers that have this ${KINDS[thing.kind][0]} and what they name, with the number of those papers.${narrower.has(thing.id) ? ` Narrower ${KINDS[thing.kind][1]} are counted in.` : ""}`;
  const where = thing.kind === "modality" ? make("p", { class: "actions" }, make("a", { href: pageAddress("matrix", `modality=${encodeURIComponent(thing.key)}`) }, "Its datasets and models as a matrix")) : null;
  return { title: oneLine(thing.label, 80), content: [...heading(thing), ...chips, where, resultSection(thing, said, all), lists.length ? make("p", { class: "quiet" }, words) : null, ...lists] };
}

// Things with numbers of papers, those of most first, of papers the newest.
function thingList(found) {
  const sorted = [...found].sort((a, b) => b.papers - a.papers || (b.thing.date || "").localeCompare(a.thing.date || "") || a.thing.id - b.thing.id);
  return longList(sorted, 20, ({ thing, papers }) => make("li", {}, thingLink(thing, 160),
    make("span", { class: "quiet" }, thing.kind === "paper" ? ` ${thing.date || ""}` : ` ${counted(papers, "paper")}`)), { class: "plain" });
}

// Reported numbers that name the thing, without the columns that would repeat it or hold nothing.
function resultSection(thing, said, all) {
  if (!said.results.length) return null;
  const label = (id) => (typeof id === "number" ? thingLink(all[id], 60) : "");
  const sorting = (id) => (typeof id === "number" ? all[id].label.toLowerCase() : "");
  const columns = [
    ...["model", "dataset", "metric"].map((end) => ({ name: end, text: end, value: (row) => sorting(row[end]), cell: (row) => label(row[end]), used: (row) => typeof row[end] === "number" && row[end] !== thing.id })),
    { name: "value", text: "value", number: true, value: (row) => Number.parseFloat(row.text), cell: asWritten, used: () => true },
    { name: "condition", text: "condition", value: (row) => row.condition || "", cell: (row) => make("span", { dir: "auto" }, row.condition || ""), used: (row) => row.condition },
    { name: "paper", text: "paper", value: (row) => sorting(row.paper), cell: (row) => label(row.paper), used: (row) => typeof row.paper === "number" && row.paper !== thing.id },
    { name: "sentence", text: "sentence", cell: (row) => (row.sentence === null ? "" : make("details", {}, make("summary", {}, "read"), make("blockquote", { dir: "auto" }, row.sentence), provenance(row))), used: (row) => row.sentence !== null },
  ].filter(({ used }) => said.results.some(used));
  return section("Reported results", sortableTable("Reported results", columns, said.results, { first: 50 }));
}
