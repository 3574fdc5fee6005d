// Elements that only these pages have.

function dot(kind) {
  return make("span", { class: `dot ${kind}`, "aria-hidden": "true" });
}

// A thing's name as a link to its page.
function thingLink(thing, limit) {
  const label = make("bdi", {}, limit ? oneLine(thing.label, limit) : thing.label);
  if (alone) return make("span", { class: "thing" }, dot(thing.kind), label);
  return make("a", { class: `thing is-${thing.kind}`, href: addressOf(thing.key) }, dot(thing.kind), label);
}

// A paper on one line, under the name that leads to its page.
function paperNamed(thing, paper) {
  return paperLine(thingLink(thing, 160), thing.date, paper);
}

function section(title, ...children) {
  return make("section", {}, make("h2", {}, title), ...children);
}

// A labelled choice of one of several.
function choice(label, options, value, change) {
  const select = make("select", { onchange: () => change(select.value) },
    ...options.map(([name, text]) => make("option", { value: name, selected: name === value ? "" : null }, text)));
  return make("label", { class: "choice" }, make("span", {}, label), select);
}
