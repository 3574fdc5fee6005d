// A lineage as a layered drawing, left to right: what the thing depends on, the thing, what depends on it.

const MOST = 12;
const COPIED = "a copy of that paper's own";
// By the classes of a link, the first that it has.
const DASHES = { "copy unsure": "7 3 2 3", copy: "7 4", unsure: "2 3", builtWith: "10 3 2 3" };

// The drawing with its legend; null when nothing is known either way.
function lineageDrawing(links_, all, root, most = MOST) {
  const { columns, edges, hidden } = layeredLineage(links_, root, most);
  if (columns.size === 1) return null;
  const { boxes, ways, lows, width, height } = placed(columns, edges);
  const between = new Map();
  const lines = edges.map((edge) => {
    const pair = `${edge.object} ${edge.subject}`;
    between.set(pair, (between.get(pair) ?? -1) + 1);
    return line(edge, all, ways.get(edge), between.get(pair) * 7, lows.get(edge));
  });
  const nodes = [...columns.keys()].sort((a, b) => columns.get(a) - columns.get(b) || boxes.get(a).y - boxes.get(b).y)
    .map((id) => box(all[id], boxes.get(id), id === root, columns.get(id)));
  const svg = draw("svg", { viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, width: Math.ceil(width), height: Math.ceil(height), role: "group", "aria-label": "Drawing of the lineage, oldest on the left" }, ...lines, ...nodes);
  svg.style.minWidth = `${Math.round(0.8 * width)}px`;
  const figure = make("figure", { class: "lineage" });
  const unsure = edges.some((edge) => edge.confidence < UNSURE);
  const copies = edges.some((edge) => edge.copy);
  const present = [...links_.dependencies].filter((predicate) => edges.some((edge) => edge.predicate === predicate));
  const left = hidden.up + hidden.down;
  figure.append(
    make("div", { class: "ends", "aria-hidden": "true" }, make("span", {}, "← depends on"), make("span", {}, "what depends on it →")),
    scroller("Lineage, wider than the window perhaps", svg),
    make("figcaption", {}, ...present.map((predicate) => make("span", { class: "key" }, sample(predicate), PREDICATES[predicate][1])),
      unsure ? make("span", { class: "key" }, sample("unsure"), `confidence below ${UNSURE}`) : null,
      copies ? make("span", { class: "key" }, sample("copy"), `said of ${COPIED}`) : null,
      make("span", { class: "quiet" }, "Arrows lead from a source to what was made with it; select one to read why.")),
  );
  if (left) {
    const parts = [[hidden.up, "that it depends on"], [hidden.down, "that depend on it"]].filter(([count]) => count).map(([count, words]) => `${count} more ${words}`);
    figure.append(make("p", {}, `${parts.join(" and ")} ${left === 1 ? "is" : "are"} not drawn. `,
      make("button", { type: "button", onclick: () => {
        const whole = lineageDrawing(links_, all, root, Infinity);
        figure.replaceWith(whole);
        centre(whole);
        whole.querySelector(".scroll").focus();
      } }, "Draw all")));
  }
  return figure;
}

// Scrolls a drawing that is wider than its place so that the thing itself is in the middle.
function centre(figure) {
  const [place, root] = [figure.querySelector(".scroll"), figure.querySelector(".box.root")];
  if (!place || !root) return;
  const [outer, inner] = [place.getBoundingClientRect(), root.getBoundingClientRect()];
  place.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}

function box(thing, { x, y }, root, column) {
  const link = make("a", { class: `box ${thing.kind}${root ? " root" : ""}`, href: addressOf(thing.key), title: oneLine(thing.label, 200), "aria-current": root ? "true" : null },
    dot(thing.kind), make("bdi", {}, oneLine(thing.label, 60)),
    make("span", { class: "away" }, `, ${thing.kind}${column < 0 ? `, depended on, ${-column} back` : column > 0 ? `, depends on it, ${column} on` : ""}`));
  return draw("foreignObject", { x: x - BOX.width / 2, y: y - BOX.height / 2, width: BOX.width, height: BOX.height }, link);
}

function line(edge, all, way, shift, low) {
  const points = way.map(({ x, y }) => ({ x, y: y + shift }));
  const [start, end] = [points[0], points.at(-1)];
  const forward = start.x < end.x;
  const path = forward ? ahead(points) : back(start, end, low);
  const tip = { x: forward ? end.x - BOX.width / 2 : end.x, y: forward ? end.y : end.y + BOX.height / 2 };
  const head = forward ? `M${tip.x - 8} ${tip.y - 4.5} L${tip.x} ${tip.y} L${tip.x - 8} ${tip.y + 4.5} Z`
    : `M${tip.x - 4.5} ${tip.y + 8} L${tip.x} ${tip.y} L${tip.x + 4.5} ${tip.y + 8} Z`;
  const words = `${oneLine(all[edge.subject].label, 80)} ${PREDICATES[edge.predicate][0]} ${oneLine(all[edge.object].label, 80)}, ${counted(edge.papers, "paper")}, confidence ${edge.confidence.toFixed(2)}${edge.copy ? `, ${COPIED}` : ""}${forward ? "" : ", in a circle"}`;
  const unsure = edge.confidence < UNSURE;
  const marks = [edge.copy ? "copy" : "", unsure ? "unsure" : ""].filter((mark) => mark).join(" ");
  const open = () => showEvidence(edge.subject, edge.object, [edge.predicate]);
  return draw("g", { class: `link ${edge.predicate} ${marks}`.trim(), role: "button", tabindex: 0, "aria-label": words, onclick: open, onkeydown: (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  } },
    draw("title", {}, words),
    draw("path", { d: path, class: "reach" }),
    draw("path", { d: path, class: "stroke", "stroke-width": unsure ? 1 : Math.min(1.5 + Math.log2(edge.papers), 6), "stroke-dasharray": DASHES[marks] || DASHES[edge.predicate] || null }),
    draw("path", { d: head, class: "head" }));
}

// A curve through the bends, level where it leaves a box and where it arrives.
function ahead(points) {
  const ends = points.map(({ x, y }, i) => ({ y, from: x + BOX.width / 2, to: i < points.length - 1 ? x - BOX.width / 2 : x - BOX.width / 2 - 6 }));
  let path = `M${ends[0].from} ${ends[0].y}`;
  for (let i = 1; i < ends.length; i++) {
    const middle = (ends[i - 1].from + ends[i].to) / 2;
    path += ` C${middle} ${ends[i - 1].y} ${middle} ${ends[i].y} ${ends[i].to} ${ends[i].y}`;
    if (i < ends.length - 1) path += ` H${ends[i].from}`;
  }
  return path;
}

// A link that leads back, under the boxes: the lineage goes in a circle.
function back(start, end, low) {
  const [from, to] = [start.y + BOX.height / 2, end.y + BOX.height / 2 + 7];
  // A curve of this kind comes three quarters as far down as what draws it.
  const depth = Math.min(from, to) + (low - Math.min(from, to)) / 0.75;
  return `M${start.x} ${from} C${start.x} ${depth} ${end.x} ${depth} ${end.x} ${to}`;
}

function sample(predicate) {
  return draw("svg", { viewBox: "0 0 26 10", width: 26, height: 10, class: `link ${predicate}`, "aria-hidden": "true" },
    draw("path", { d: "M0 5 H20", class: "stroke", "stroke-width": predicate === "unsure" ? 1 : 2, "stroke-dasharray": DASHES[predicate] || null }),
    draw("path", { d: "M18 1 L26 5 L18 9 Z", class: "head" }));
}
