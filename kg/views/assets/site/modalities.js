// Modality by task: how many papers, models or datasets there are for each pair, and where there are none.

const GAPS = 12;

async function showModalities(rest) {
  const [{ all, byKey }, known] = await Promise.all([names(), concepts()]);
  const { wider } = known;
  const [selection, query] = rest.split(";");
  const chosen = selection ? selection.split("&").map((key) => byKey.get(fromAddress(key))) : [];
  const asked = new URLSearchParams(query || "").get("count");
  const counting = ["model", "dataset"].includes(asked) ? asked : "paper";
  const suffix = counting === "paper" ? "" : `;count=${counting}`;
  const both = joined(all, known, counting);
  const rows = tree(all.filter(({ kind, id }) => kind === "modality" && both.totals.has(id)), both.totals, wider);
  const columns = all.filter(({ kind, id }) => kind === "task" && both.totals.has(id)).sort((a, b) => both.totals.get(b.id) - both.totals.get(a.id) || a.id - b.id);
  const content = [
    make("h1", {}, "Modality by task"),
    make("p", {}, `How many ${KINDS[counting][1]} ${counting === "paper" ? "there are for each pair" : "the papers of each pair name"}; select a number to list them. A wider modality or task counts what its narrower ones hold.`),
    make("div", { class: "controls" }, choice("Count", ["paper", "model", "dataset"].map((kind) => [kind, KINDS[kind][1]]), counting, (kind) => {
      location.assign(pageAddress("modalities", `${selection || ""}${kind === "paper" ? ";" : `;count=${kind}`}`));
    })),
  ];
  const listed = chosen.length === 2 && chosen.every((id) => id !== undefined) ? cellList(all, known, chosen) : null;
  const table_ = rows.length && columns.length ? taskTable(rows, columns, both, chosen, suffix, counting) : make("p", {}, "No paper here says both.");
  content.push(make("div", { class: listed ? "beside" : null }, table_, listed), gaps(all, both, wider, counting));
  // The table stays where it was scrolled to when a cell of it is chosen.
  const before = document.querySelector("#main .counts")?.parentElement;
  const [left, top] = before ? [before.scrollLeft, before.scrollTop] : [0, 0];
  const after = (main_) => main_.querySelector(".counts")?.parentElement.scrollTo(left, top);
  return { title: "Modality by task", wide: true, content, after, focus: listed ? "#cell" : null };
}

// Counts by pair of modality and task, by either alone, and of all that have both kinds: of papers, or of what the
// papers name.
function joined(all, { held, named }, counting) {
  const [pairs, totals, both] = [new Map(), new Map(), new Set()];
  const add = (sets, key, ids) => {
    if (!sets.has(key)) sets.set(key, new Set());
    ids.forEach((id) => sets.get(key).add(id));
  };
  for (const paper of all) {
    if (paper.kind !== "paper") continue;
    const counts = counting === "paper" ? [paper.id] : named[paper.id].filter((id) => all[id].kind === counting);
    if (!counts.length) continue;
    const [modalities, tasks] = ["modality", "task"].map((kind) => held[paper.id].filter((id) => all[id].kind === kind));
    if (modalities.length && tasks.length) counts.forEach((id) => both.add(id));
    for (const id of [...modalities, ...tasks]) add(totals, id, counts);
    for (const modality of modalities) for (const task of tasks) add(pairs, `${modality} ${task}`, counts);
  }
  const sizes = (sets) => new Map([...sets].map(([key, { size }]) => [key, size]));
  return { pairs: sizes(pairs), totals: sizes(totals), size: both.size };
}

// Modalities with the narrower ones under the wider, [thing, depth], those of most things first.
function tree(modalities, totals, wider) {
  const known = new Set(modalities.map(({ id }) => id));
  const parent = (id) => (wider.get(id) || []).find((wide) => known.has(wide));
  const children = new Map();
  for (const thing of modalities) put(children, parent(thing.id), thing);
  const placed_ = [];
  const visit = (above, depth) => {
    const found = (children.get(above) || []).sort((a, b) => totals.get(b.id) - totals.get(a.id) || a.id - b.id);
    children.delete(above);
    for (const thing of found) {
      placed_.push([thing, depth]);
      visit(thing.id, depth + 1);
    }
  };
  visit(undefined, 0);
  return placed_;
}

function taskTable(rows, columns, { pairs, totals }, chosen, suffix, counting) {
  const most = Math.max(1, ...pairs.values());
  const head = make("tr", {}, make("th", { class: "corner", scope: "col" }, make("span", { class: "away" }, "modality")),
    ...columns.map((task) => make("th", { scope: "col", class: "up" }, make("div", {}, thingLink(task, 27)))));
  const body = rows.map(([modality, depth]) => {
    const name = make("th", { scope: "row" }, thingLink(modality, 40), make("span", { class: "quiet" }, ` ${totals.get(modality.id)}`));
    name.style.setProperty("--depth", depth);
    return make("tr", {}, name, ...columns.map((task) => {
      const count = pairs.get(`${modality.id} ${task.id}`) || 0;
      if (!count) return make("td", { class: "gap" }, make("span", { "aria-label": "none" }, "·"));
      const here = chosen[0] === modality.id && chosen[1] === task.id;
      const words = `${counted(count, counting)}: ${oneLine(modality.label, 60)}, ${oneLine(task.label, 60)}`;
      const link = make("a", { href: pageAddress("modalities", `${asAddress(modality.key)}&${asAddress(task.key)}${suffix}`), "aria-label": words, title: words, "aria-current": here ? "true" : null }, count);
      const cell = make("td", { class: "heat" }, link);
      cell.style.setProperty("--heat", `${Math.round(8 + 52 * Math.sqrt(count / most))}%`);
      return cell;
    }));
  });
  return make("div", { class: "scroll grid", tabindex: 0, role: "group", "aria-label": "Modality by task" },
    make("table", { class: "grid counts" }, make("caption", { class: "away" }, "Modalities in rows, tasks in columns"), make("thead", {}, head), make("tbody", {}, ...body)));
}

function cellList(all, known, [modality, task]) {
  const lists = underConcepts(all, known, [modality, task]).map(({ kind, found }) => make("div", {}, make("h3", {}, counted(found.length, kind)), thingList(found)));
  return make("section", { class: "cell", id: "cell", tabindex: -1, "aria-label": `${all[modality].label}, ${all[task].label}` },
    make("h2", {}, thingLink(all[modality], 60), " · ", thingLink(all[task], 60)), ...lists);
}

// Pairs that no paper joins although both ends are common: more would be expected if the two had nothing to do
// with each other. Wider modalities are left out, since their narrower ones say the same more exactly.
function gaps(all, { pairs, totals, size }, wider, counting) {
  const wide = new Set([...wider.values()].flat());
  const alone = (kind) => [...totals.keys()].filter((id) => all[id].kind === kind && !wide.has(id));
  const missing = [];
  for (const modality of alone("modality")) {
    for (const task of alone("task")) {
      const expected = (totals.get(modality) * totals.get(task)) / Math.max(size, 1);
      if (!pairs.has(`${modality} ${task}`) && expected >= 1) missing.push({ modality, task, expected });
    }
  }
  missing.sort((a, b) => b.expected - a.expected || a.modality - b.modality || a.task - b.task);
  if (!missing.length) return null;
  return section("What is missing", make("p", {}, `Both are common here, and there is nothing for the two together. The figure is how many ${KINDS[counting][1]} would join them by chance.`),
    longList(missing, GAPS, ({ modality, task, expected }) => make("li", {}, thingLink(all[modality], 60), " · ", thingLink(all[task], 60), make("span", { class: "quiet" }, ` ${expected.toFixed(1)}`)), { class: "plain" }));
}
