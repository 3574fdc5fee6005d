// Lineage with nothing chosen: every model and dataset, by how much depends on it.

async function showLineages(rest) {
  const [{ all }, links_] = await Promise.all([names(), links()]);
  const wanted = new URLSearchParams(rest).get("text") || "";
  const rows = all.filter(({ kind }) => kind === "model" || kind === "dataset").map((thing) => ({
    thing,
    up: new Set(steps(links_, thing.id, true).map((row) => row.object)).size,
    down: new Set(steps(links_, thing.id, false).map((row) => row.subject)).size,
  })).sort((a, b) => b.down - a.down || b.up - a.up || b.thing.papers - a.thing.papers || a.thing.id - b.thing.id);
  const columns = [
    { name: "name", text: "name", value: ({ thing }) => thing.label.toLowerCase(), cell: ({ thing }) => thingLink(thing, 100) },
    { name: "kind", text: "kind", value: ({ thing }) => thing.kind, cell: ({ thing }) => thing.kind },
    { name: "down", text: "what depends on it", number: true, value: ({ down }) => down, cell: ({ down }) => down || "" },
    { name: "up", text: "what it depends on", number: true, value: ({ up }) => up, cell: ({ up }) => up || "" },
    { name: "papers", text: "papers", number: true, value: ({ thing }) => thing.papers, cell: ({ thing }) => thing.papers },
  ];
  const place = make("div");
  const told_ = make("p", { class: "quiet", role: "status" });
  const show = (text) => {
    const sought = searchable(text);
    const found = sought ? rows.filter(({ thing }) => [thing.label, ...thing.aliases].some((name) => closeness(searchable(name), sought))) : rows;
    told_.textContent = `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} models and datasets`;
    place.replaceChildren(sortableTable("Models and datasets", columns, found));
  };
  const input = make("input", { type: "search", value: wanted, oninput: () => {
    remember("lineage", input.value && !single ? `text=${encodeURIComponent(input.value)}` : "");
    show(input.value);
  } });
  show(wanted);
  return { title: "Lineage", content: [
    make("h1", {}, "Lineage"),
    make("p", {}, "Choose a model or dataset to see what it comes from and what was made from it. Figures count direct links."),
    make("div", { class: "controls" }, make("label", { class: "choice" }, make("span", {}, "Only names with"), input)), told_, place,
  ] };
}
