// The page of a modality, task or metric: what has it. And results, on every page that has some.

async function conceptPage(thing) {
  const [{ all }, { holders, narrower, wider }, said] = await Promise.all([names(), concepts(), told(thing)]);
  const held = holders.get(thing.id) || [];
  const chips = [["wider", wider], ["narrower", narrower]].map(([words, found]) => found.has(thing.id)
    ? make("div", { class: "chips" }, make("span", { class: "quiet" }, words), ...found.get(thing.id).map((id) => thingLink(all[id], 60))) : null);
  const wide = narrower.has(thing.id) ? [make("p", { class: "quiet" }, `What follows counts narrower ${KINDS[thing.kind][1]} in.`)] : [];
  const lists = ["dataset", "model", "paper"].map((kind) => {
    const found = held.filter((id) => all[id].kind === kind).map((id) => all[id]);
    return found.length ? section(counted(found.length, kind), thingList(found)) : null;
  });
  const where = thing.kind === "modality" ? make("p", { class: "actions" }, make("a", { href: pageAddress("matrix", `modality=${encodeURIComponent(thing.key)}`) }, "Its datasets and models as a matrix")) : null;
  return { title: oneLine(thing.label, 80), content: [...heading(thing), ...chips, where, resultSection(thing, said, all), ...(lists.some((list) => list) ? wide : []), ...lists] };
}

// Things, those in most papers first, of papers the newest.
function thingList(found) {
  const sorted = [...found].sort((a, b) => b.papers - a.papers || (b.date || "").localeCompare(a.date || "") || a.id - b.id);
  return longList(sorted, 20, (thing) => make("li", {}, thingLink(thing, 160),
    make("span", { class: "quiet" }, thing.kind === "paper" ? ` ${thing.date || ""}` : ` ${counted(thing.papers, "paper")}`)), { class: "plain" });
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
