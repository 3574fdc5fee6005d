// Search by name: a combobox over every label and alias, best match first.

const SUGGESTIONS = 12;
// Near misses that are offered, and how like they are: the share of letter pairs in common, 0 to 1.
const NEAR = 4;
const LIKE = 0.45;

class Search {
  // choose(id) is called with the thing taken; degree ranks what matches equally well.
  constructor(input, listbox, status, degree, choose) {
    Object.assign(this, { input, listbox, status, choose, found: [], active: -1 });
    this.index = things.map((thing, id) => ({
      id,
      names: [thing.label, ...(thing.aliases || [])].map(searchable),
      weight: degree.get(id) || 0,
    }));
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

  suggest() {
    const wanted = searchable(this.input.value);
    this.found = wanted ? this.match(wanted) : [];
    const exact = this.found.length;
    if (wanted && !exact) this.found = this.near(wanted);
    this.active = this.found.length ? 0 : -1;
    this.listbox.replaceChildren(
      ...this.found.map((id, i) =>
        make("li", { role: "option", id: `suggestion-${i}`, "data-index": i, "aria-selected": "false" },
          swatch(things[id].kind), make("bdi", {}, oneLine(things[id].label, 90)), make("span", { class: "quiet" }, KINDS[things[id].kind][0])))
    );
    const said = !wanted || exact ? "" : this.found.length ? "Nothing of this name. Did you mean:" : "Nothing of this name";
    if (said) this.listbox.prepend(make("li", { class: "quiet", role: "presentation" }, said));
    this.listbox.hidden = !wanted;
    this.status.textContent = !wanted ? "" : exact ? `${exact} suggestions` : `${said} ${this.found.map((id) => oneLine(things[id].label, 90)).join(", ")}`;
    this.input.setAttribute("aria-expanded", String(Boolean(this.found.length)));
    this.mark();
  }

  match(wanted) {
    const scored = [];
    for (const { id, names, weight } of this.index) {
      const score = Math.max(...names.map((name) => closeness(name, wanted)));
      if (score > 0) scored.push({ id, score, weight });
    }
    scored.sort((a, b) => b.score - a.score || b.weight - a.weight || a.id - b.id);
    return scored.slice(0, SUGGESTIONS).map(({ id }) => id);
  }

  // The names most like one that nothing has.
  near(wanted) {
    const sought = pairs(wanted);
    const scored = [];
    for (const { id, names, weight } of this.index) {
      const score = Math.max(...names.map((name) => likeness(pairs(name.slice(0, 80)), sought)));
      if (score >= LIKE) scored.push({ id, score, weight });
    }
    scored.sort((a, b) => b.score - a.score || b.weight - a.weight || a.id - b.id);
    return scored.slice(0, NEAR).map(({ id }) => id);
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
    const id = this.found[i];
    this.input.value = oneLine(things[id].label, 90);
    this.close();
    this.choose(id);
  }

  close() {
    this.listbox.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
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

// Letters that follow each other in a name, its beginning and end counted.
function pairs(name) {
  const letters = Array.from(` ${name.replaceAll(" ", "")} `);
  return letters.slice(1).map((letter, i) => letters[i] + letter);
}

// Twice the pairs in common by all pairs (Dice, 1945).
function likeness(some, others) {
  const rest = new Map();
  for (const pair of others) rest.set(pair, (rest.get(pair) || 0) + 1);
  let common = 0;
  for (const pair of some) {
    const count = rest.get(pair) || 0;
    if (count) common += 1;
    if (count) rest.set(pair, count - 1);
  }
  return (2 * common) / (some.length + others.length || 1);
}
