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
    } }, `Show ${Math.min(items.length - first, 500).toLocaleString("en")} more${first ? ` of ${items.length.toLocaleString("en")}` : ""}`));
    list.append(row);
  }
  return list;
}
