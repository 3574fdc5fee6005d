// Search by name: a combobox over every label and alias, best match first, near misses when there is none.

const SUGGESTIONS = 12;
const NEAR = 5;

class Search {
  // index() gives the entries to search, at once or as a promise; sign(kind) makes the sign of a kind; choose(entry)
  // is called with what was taken.
  constructor(index, sign, choose) {
    const [input, listbox, status] = ["search", "suggestions", "status"].map((id) => document.getElementById(id));
    Object.assign(this, { input, listbox, status, index, sign, choose, found: [], active: -1, asked: 0 });
    input.addEventListener("input", () => this.suggest());
    input.addEventListener("focus", () => this.suggest());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // On mousedown, before the input loses the focus and the list closes.
    listbox.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
      event.preventDefault();
      input.focus();
    });
  }

  async suggest() {
    const asked = ++this.asked;
    const index = await this.index();
    if (asked !== this.asked) return;
    const wanted = searchable(this.input.value);
    const matching = wanted ? matches(index, wanted, SUGGESTIONS) : [];
    this.found = matching.length || !wanted ? matching : nearMisses(index, wanted, NEAR);
    this.active = this.found.length ? 0 : -1;
    const labels = this.found.map(({ thing }) => oneLine(thing.label, 90));
    const options = this.found.map(({ thing }, i) =>
      make("li", { role: "option", id: `suggestion-${i}`, "data-index": i, "aria-selected": "false" },
        this.sign(thing.kind), make("bdi", {}, labels[i]), make("span", { class: "quiet" }, KINDS[thing.kind][0])));
    const remark = !wanted || matching.length ? "" : this.found.length ? "Nothing of this name. Did you mean:" : "Nothing of this name";
    this.listbox.replaceChildren(...(remark ? [make("li", { class: "quiet remark", role: "presentation" }, remark)] : []), ...options);
    this.listbox.hidden = !wanted;
    this.status.textContent = !wanted ? "" : remark ? `${remark} ${labels.join(", ")}` : `${this.found.length} ${this.found.length === 1 ? "suggestion" : "suggestions"}`;
    this.input.setAttribute("aria-expanded", String(Boolean(wanted)));
    this.mark();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.found.length) {
      this.active = (this.active + steps[event.key] + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter" && this.active >= 0) this.take(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  mark() {
    [...this.listbox.querySelectorAll("[role=option]")].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === this.active));
      if (i === this.active) option.scrollIntoView({ block: "nearest" });
    });
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `suggestion-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  take(i) {
    const entry = this.found[i];
    this.input.value = "";
    this.close();
    this.choose(entry);
  }

  close() {
    this.asked += 1;
    this.listbox.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
