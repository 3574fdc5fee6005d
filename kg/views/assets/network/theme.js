// Colours live in the style sheet; the canvas reads them from there, in light, in dark and on paper.

const DASHES = {
  builtWith: [7, 5],
  evaluatedOn: [7, 5],
  comparedWith: [2, 4],
  comparesWith: [2, 4],
  mentions: [2, 4],
};

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const theme = { font: style.getPropertyValue("--font").trim() };
  for (const name of ["canvas", "text", "muted", "region", "region-line", "accent", "community"]) theme[name] = read(name);
  for (const name of [...Object.keys(KINDS), ...Object.keys(PREDICATES)]) theme[name] = read(name);
  return theme;
}

function onThemeChange(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("print");
    redraw();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("print");
    redraw();
  });
}

// A small picture of a kind of node or edge for the legend, in the shapes and dashes of the canvas.
function swatch(name) {
  const svg = draw("svg", { viewBox: "0 0 24 14", class: `swatch ${name}`, "aria-hidden": "true" });
  const add = (tag, attributes) => svg.append(draw(tag, attributes));
  const webgl = data.renderer === "webgl";
  if (name === "model" || (webgl && DRAWN_KINDS.includes(name))) add("circle", { cx: 12, cy: 7, r: 5.5, class: "body" });
  else if (name === "dataset") add("rect", { x: 7, y: 2, width: 10, height: 10, class: "body" });
  else if (name === "paper") add("path", { d: "M12 1.5 L18 12.5 H6 Z", class: "body" });
  else if (name in PREDICATES) {
    const dashes = (webgl ? [] : DASHES[name] || []).map((length) => length * 0.55).join(" ");
    const arrow = !NAMINGS.includes(name);
    add("line", { x1: 1, y1: 7, x2: arrow ? 18 : 23, y2: 7, "stroke-dasharray": dashes });
    if (arrow) add("path", { d: "M17 3.5 L23 7 L17 10.5 Z", class: "body" });
  } else add("rect", { x: 7, y: 2, width: 10, height: 10, rx: 5, class: "body" });
  return svg;
}
