// Labels that do not pile up: drawn in screen pixels, the best connected things first, each where it hides
// neither a node nor a label that is already there, and left out where there is no such place.

const LABEL = { size: 12, strong: 13, line: 15, short: 24, limit: 34, must: 60, pad: 4, cell: 64, area: 4200 };

// Boxes already taken, in a coarse grid so that a look-up meets only its neighbours.
class Taken {
  constructor(width, height) {
    Object.assign(this, { width, height });
    this.cells = new Map();
  }

  *around(box) {
    const [left, right] = [Math.floor(box.left / LABEL.cell), Math.floor(box.right / LABEL.cell)];
    const [top, bottom] = [Math.floor(box.top / LABEL.cell), Math.floor(box.bottom / LABEL.cell)];
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) yield `${x} ${y}`;
  }

  add(box) {
    for (const cell of this.around(box)) put(this.cells, cell, box);
  }

  // Whether a box leaves the canvas or meets one of another owner; labels have none, and with labelsOnly nothing else counts.
  meets(box, except, labelsOnly = false) {
    if (box.left < 0 || box.right > this.width || box.top < 0 || box.bottom > this.height) return true;
    for (const cell of this.around(box)) {
      for (const other of this.cells.get(cell) || []) {
        const apart =
          other.left > box.right || other.right < box.left || other.top > box.bottom || other.bottom < box.top;
        if (!apart && other.owner !== except && !(labelsOnly && other.owner !== null)) return true;
      }
    }
    return false;
  }
}

// Draws captions of regions and labels of nodes: the better a thing is linked the sooner, until there are as
// many as can be read on a canvas of this size.
//   spots:    [{ id, x, y, radius, text, strong, must, within }] in screen pixels, in order of importance
//   captions: [{ x, y, width, name, faint }], width being the room there is
function drawLabels(context, theme, captions, spots, width, height) {
  const taken = new Taken(width, height);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  // What the user asked for comes before everything else.
  for (const spot of spots) if (spot.must) drawLabel(context, theme, taken, spot);
  for (const caption of captions) drawCaption(context, theme, taken, caption);
  for (const { x, y, radius, id, within } of spots) {
    if (!within) taken.add({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, owner: id });
  }
  let room = Math.max((width * height) / LABEL.area, 12);
  for (const spot of spots) {
    if (!spot.must && spot.text && room > 0 && drawLabel(context, theme, taken, spot)) room -= 1;
  }
}

function drawLabel(context, theme, taken, spot) {
  const size = spot.strong ? LABEL.strong : LABEL.size;
  context.font = `${spot.strong || spot.must ? 600 : 400} ${size}px ${theme.font}`;
  const half = context.measureText(spot.text).width / 2 + LABEL.pad;
  const [aside, below] = [spot.radius + half + 2, spot.radius + size / 2 + 3];
  const places = spot.within ? [[0, 0], [0, size + 3], [0, -size - 3]] : [[0, below], [aside, 0], [-aside, 0], [0, -below]];
  const boxes = places.map(([dx, dy]) => {
    const [x, y] = [spot.x + dx, spot.y + dy];
    return { x, y, left: x - half, right: x + half, top: y - size / 2 - 1, bottom: y + size / 2 + 1, owner: null };
  });
  // A hub in the thick of its neighbours may hide one of them rather than go unnamed.
  const box = boxes.find((free) => !taken.meets(free, spot.id))
    || (spot.strong && boxes.find((free) => !taken.meets(free, spot.id, true)))
    || (spot.must && boxes[0]);
  if (!box) return false;
  taken.add(box);
  haloed(context, theme, spot.text, box.x, box.y, theme.text, 1);
  return true;
}

// The name of a region at its upper rim, on one line or two.
function drawCaption(context, theme, taken, caption) {
  const { x, y, width, name, faint } = caption;
  const lines = [[name], halves(name)].find((some) => some && fits(context, theme, taken, x, y, width, some));
  if (!lines) return;
  taken.add(captionBox(context, x, y, lines));
  lines.forEach((line, i) => haloed(context, theme, line, x, y + i * LABEL.line, theme.muted, faint ? 0.5 : 1));
}

function fits(context, theme, taken, x, y, width, lines) {
  context.font = `700 13px ${theme.font}`;
  const box = captionBox(context, x, y, lines);
  return box.right - box.left <= width && !taken.meets(box);
}

function captionBox(context, x, y, lines) {
  const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + LABEL.pad;
  return { left: x - half, right: x + half, top: y - 8, bottom: y + 8 + (lines.length - 1) * LABEL.line, owner: null };
}

// A name cut at the space nearest to its middle; null when it has none.
function halves(name) {
  const spaces = [...name].map((letter, i) => (letter === " " ? i : -1)).filter((i) => i > 0);
  if (!spaces.length) return null;
  const cut = spaces.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  return [name.slice(0, cut), name.slice(cut + 1)];
}

function haloed(context, theme, text, x, y, colour, alpha) {
  context.globalAlpha = alpha;
  context.textAlign = "center";
  context.lineWidth = 3.5;
  context.strokeStyle = theme.canvas;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
  context.globalAlpha = 1;
}
