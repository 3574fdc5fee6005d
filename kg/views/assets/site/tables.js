// Tables that sort by any column whose heading is pressed.

// Columns are { name, text, number, value(row), cell(row) }; a column without value does not sort. Sorted by
// { sort: name, down } to begin with, and told of a change by onsort. So many rows at first, the rest on demand.
function sortableTable(caption, columns, rows, { first = 100, sort = "", down = false, onsort = () => {} } = {}) {
  const body = make("tbody");
  const state = { sort, down, shown: first };
  const heads = columns.map((column) => make("th", { scope: "col", class: column.number ? "number" : null },
    column.value ? make("button", { type: "button", onclick: () => {
      Object.assign(state, { down: state.sort === column.name ? !state.down : Boolean(column.number), sort: column.name });
      onsort(state.sort, state.down);
      show();
    } }, column.text) : column.text));
  const more = make("p", {}, make("button", { type: "button", onclick: () => {
    state.shown += 500;
    show();
  } }, "Show more"));
  const show = () => {
    const by = columns.find((column) => column.name === state.sort && column.value);
    const sorted = by ? [...rows].sort((a, b) => compared(by.value(a), by.value(b), state.down)) : rows;
    body.replaceChildren(...sorted.slice(0, state.shown).map((row) => make("tr", {}, ...columns.map((column) =>
      make("td", { class: column.number ? "number" : null }, column.cell(row))))));
    heads.forEach((head, i) => {
      if (columns[i] === by) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    more.hidden = rows.length <= state.shown;
    more.firstChild.textContent = `Show more of ${rows.length.toLocaleString("en")}`;
  };
  show();
  const made = make("table", { class: "sortable" }, make("caption", { class: "away" }, caption), make("thead", {}, make("tr", {}, ...heads)), body);
  return make("div", {}, scroller(caption, made), more);
}

// Numbers by size and words by letter; what is neither known nor a number stands last whichever way.
function compared(a, b, down) {
  const [noA, noB] = [a, b].map((value) => value === "" || value === null || Number.isNaN(value));
  if (noA || noB) return Number(noA) - Number(noB);
  const order_ = typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
  return down ? -order_ : order_;
}
