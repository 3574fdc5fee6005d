// The legend, which filters by what it explains, and the filters beneath it.

// change(apply) is called with what a control does to the state.
function fillLegend(change) {
  const present = new Set(data.edges.map((edge) => edge.predicate));
  const count = (kind) => data.nodes.filter(({ id }) => things[id].kind === kind).length;
  const row = (name, text, set, attributes) => {
    const box = make("input", { type: "checkbox", checked: "", ...attributes });
    box.addEventListener("change", () => change((state) => (box.checked ? state[set].add(name) : state[set].delete(name))));
    return make("label", {}, box, swatch(name), text);
  };
  part("kinds").append(...DRAWN_KINDS.map((kind) => row(kind, `${KINDS[kind][1]} (${count(kind).toLocaleString("en")})`, "kinds", { "data-kind": kind })));
  for (const [name, [words]] of Object.entries(PREDICATES)) {
    if (!present.has(name)) continue;
    part(NAMINGS.includes(name) ? "namings" : "relations").append(row(name, words, "predicates", { "data-predicate": name }));
  }
  for (const id of ["relations", "namings"]) part(id).hidden = !part(id).querySelector("input");
  for (const kind of ["modality", "task"]) fillConcepts(kind, change);
  fillYears(change);
  part("sure").addEventListener("input", () => (part("surely").textContent = sureWords(Number(part("sure").value))));
  part("sure").addEventListener("change", () => change((state) => (state.sure = Number(part("sure").value))));
  part("clear").addEventListener("click", () => change((state) => Object.assign(state, everything())));
}

function fillConcepts(kind, change) {
  const select = part(kind);
  const papers = (id) => heldBy(id, "paper").length;
  const found = things.map((thing, id) => id).filter((id) => things[id].kind === kind && holders.has(id));
  found.sort((a, b) => papers(b) - papers(a) || a - b);
  select.append(...found.map((id) => make("option", { value: id }, `${oneLine(things[id].label, 40)} (${papers(id).toLocaleString("en")})`)));
  select.addEventListener("change", () => change((state) => (state[kind] = select.value === "" ? null : Number(select.value))));
}

function fillYears(change) {
  const years = data.nodes.filter(({ id }) => things[id].kind === "paper").map(({ id }) => yearOf(id)).filter((year) => year !== null);
  const all = [...new Set(years)].sort((a, b) => a - b);
  part("years").hidden = !all.length;
  for (const end of ["since", "until"]) {
    const select = part(end);
    select.append(...all.map((year) => make("option", { value: year }, String(year))));
    select.addEventListener("change", () => change((state) => {
      state[end] = select.value === "" ? null : Number(select.value);
      // A span that ends before it begins: the end just chosen is the one meant.
      if (state.since !== null && state.until !== null && state.since > state.until) state[end === "since" ? "until" : "since"] = null;
    }));
  }
}

function sureWords(sure) {
  return sure ? `${sure.toFixed(2)} or more` : "any";
}

// Brings legend and filters in line with the state.
function syncLegend(state, shown) {
  for (const [set, attribute] of [["kinds", "kind"], ["predicates", "predicate"]]) {
    document.querySelectorAll(`#legend input[data-${attribute}]`).forEach((box) => (box.checked = state[set].has(box.dataset[attribute])));
  }
  for (const kind of ["modality", "task", "since", "until"]) {
    const [select, value] = [part(kind), state[kind] === null ? "" : String(state[kind])];
    if (value && ![...select.options].some((option) => option.value === value)) {
      const text = kind in KINDS ? oneLine(things[state[kind]].label, 40) : value;
      select.append(make("option", { value }, text));
    }
    select.value = value;
  }
  part("sure").value = String(state.sure);
  part("surely").textContent = sureWords(state.sure);
  part("clear").hidden = unfiltered(state);
  const of = (number, all) => `${number.toLocaleString("en")} of ${all.toLocaleString("en")}`;
  part("shown").textContent = `${of(shown.nodes.size, data.nodes.length)} nodes and ${of(shown.edges.size, data.edges.length)} links shown`;
  if (!shown.nodes.size && data.nodes.length) part("shown").textContent += ": nothing has all of this.";
}
