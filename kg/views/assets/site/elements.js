// Elements made from plain text. Names and sentences come from anywhere: they reach the page as text nodes and
// attribute values only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

// A new element; children are elements or plain text, and what is null or undefined is left out.
function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function draw(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

// A label for one line: marks that steer the direction of text and control characters are left out.
function oneLine(label, limit) {
  const plain = label.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  const letters = Array.from(plain.slice(0, 4 * limit));
  return letters.length > limit ? letters.slice(0, limit - 1).join("").trimEnd() + "…" : plain;
}

// Singular and plural of every kind of thing.
const KINDS = {
  model: ["model", "models"],
  dataset: ["dataset", "datasets"],
  paper: ["paper", "papers"],
  modality: ["modality", "modalities"],
  task: ["task", "tasks"],
  metric: ["metric", "metrics"],
  result: ["result", "results"],
};

function counted(number, kind) {
  return `${number.toLocaleString("en")} ${KINDS[kind][number === 1 ? 0 : 1]}`;
}

function dot(kind) {
  return make("span", { class: `dot ${kind}`, "aria-hidden": "true" });
}

// A thing's name as a link to its page.
function thingLink(thing, limit) {
  const label = make("bdi", {}, limit ? oneLine(thing.label, limit) : thing.label);
  if (alone) return make("span", { class: "thing" }, dot(thing.kind), label);
  return make("a", { class: `thing is-${thing.kind}`, href: addressOf(thing.key) }, dot(thing.kind), label);
}

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), ...children);
}

// A box around what may be wider than the window; the keyboard can scroll it.
function scroller(label, ...children) {
  return make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label }, ...children);
}

// A list, its first items at once and the rest on demand. Items are made when they are shown.
function longList(items, first, makeItem, attributes) {
  const list = make("ul", attributes, ...items.slice(0, first).map(makeItem));
  if (items.length > first) {
    const row = make("li", { class: "more" }, make("button", { type: "button", onclick: () => {
      const rest = items.slice(first, first + 500).map(makeItem);
      const left = longList(items.slice(first + 500), 0, makeItem);
      row.replaceWith(...rest, ...left.children);
      rest[0].querySelector("a, button, summary")?.focus();
    } }, first ? `Show ${Math.min(items.length - first, 500)} more of ${items.length}` : `Show ${Math.min(items.length, 500)} more`));
    list.append(row);
  }
  return list;
}

// A labelled choice of one of several.
function choice(label, options, value, change) {
  const select = make("select", { onchange: () => change(select.value) },
    ...options.map(([name, text]) => make("option", { value: name, selected: name === value ? "" : null }, text)));
  return make("label", { class: "choice" }, make("span", {}, label), select);
}
