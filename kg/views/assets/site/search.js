// Search by name: a combobox over every label and alias, best match first, near misses when there is none.

const SUGGESTIONS = 12;

class Search {
  constructor(input, listbox, status) {
    Object.assign(this, { input, listbox, status, found: [], active: -1, asked: 0 });
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
  }

  async suggest() {
    const asked = ++this.asked;
    const index = await searchIndex();
    if (asked !== this.asked) return;
    const wanted = searchable(this.input.value);
    const matching = wanted ? matches(index, wanted, SUGGESTIONS) : [];
    const near = wanted && !matching.length ? nearMisses(index, wanted, 5) : [];
    this.found = matching.length ? matching : near;
    this.active = matching.length ? 0 : -1;
    const options = this.found.map((thing, i) =>
      make("li", { role: "option", id: `suggestion-${i}`, "data-index": i, "aria-selected": "false" },
        dot(thing.kind), make("bdi", {}, oneLine(thing.label, 90)), make("span", { class: "quiet" }, KINDS[thing.kind][0])));
    const remark = !wanted || matching.length ? "" : near.length ? "Nothing of this name. Did you mean" : "Nothing of this name";
    this.listbox.replaceChildren(...(remark ? [make("li", { class: "quiet remark", role: "presentation" }, remark)] : []), ...options);
    this.listbox.hidden = !wanted;
    this.status.textContent = !wanted ? "" : remark ? `${remark}${near.length ? ` ${near[0].label}?` : ""}` : `${this.found.length} suggestions`;
    this.input.setAttribute("aria-expanded", String(Boolean(wanted)));
    this.mark();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.found.length) {
      this.active = (Math.max(this.active, event.key === "ArrowUp" ? 0 : -1) + steps[event.key] + this.found.length) % this.found.length;
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
    const thing = this.found[i];
    this.input.value = "";
    this.close();
    location.assign(addressOf(thing.key));
  }

  close() {
    this.asked += 1;
    this.listbox.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// [{ thing, forms }]: names as they are compared
function searchIndex() {
  once.index ||= names().then(({ all }) => all.map((thing) => ({
    thing,
    forms: [thing.label, ...thing.aliases].map((name) => searchable(name.slice(0, 300))),
  })));
  return once.index;
}

function matches(index, wanted, limit) {
  const scored = [];
  for (const { thing, forms } of index) {
    const score = Math.max(...forms.map((form) => closeness(form, wanted)));
    if (score > 0) scored.push({ thing, score });
  }
  scored.sort((a, b) => b.score - a.score || b.thing.papers - a.thing.papers || a.thing.id - b.thing.id);
  return scored.slice(0, limit).map(({ thing }) => thing);
}

// Things whose name, or its beginning, is a few slips of the finger away.
function nearMisses(index, wanted, limit) {
  const sought = wanted.replaceAll(" ", "").slice(0, 40);
  const slips = Math.min(3, Math.floor(sought.length / 3));
  if (!slips) return [];
  const scored = [];
  for (const { thing, forms } of index) {
    let least = slips + 1;
    for (const form of forms) {
      const tight = form.replaceAll(" ", "");
      for (const candidate of [tight, tight.slice(0, sought.length)]) {
        if (Math.abs(candidate.length - sought.length) <= slips) least = Math.min(least, distance(candidate, sought, slips));
      }
    }
    if (least <= slips) scored.push({ thing, least });
  }
  scored.sort((a, b) => a.least - b.least || b.thing.papers - a.thing.papers || a.thing.id - b.thing.id);
  return scored.slice(0, limit).map(({ thing }) => thing);
}

// Letters to insert, drop, change or swap with the next (optimal string alignment); limit + 1 when it is more.
function distance(a, b, limit) {
  let [before, row] = [null, Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(changed, row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [before, row] = [row, next];
  }
  return Math.min(row[b.length], limit + 1);
}

// Lower case, without accents and punctuation, so that "unet" and "U-Net" are near each other.
function searchable(name) {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+]+/gu, " ").trim();
}

// How well a name answers: 5 the same, 4 the same but for spaces, 3 begins with it, 2 a word does, 1 holds it.
function closeness(name, wanted) {
  if (name === wanted) return 5;
  const [tight, sought] = [name.replaceAll(" ", ""), wanted.replaceAll(" ", "")];
  if (tight === sought) return 4;
  if (name.startsWith(wanted) || tight.startsWith(sought)) return 3;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) || tight.includes(sought) ? 1 : 0;
}
