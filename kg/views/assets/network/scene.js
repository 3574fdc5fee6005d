// What both renderers share: what is drawn, what is lit, where names stand, and what "all" is.
// A renderer extends it with: screen(x, y) → pixels, scale(), size(), paint(), moveTo(place, scale, animate).

// From this number of links on a model or dataset has a strong name.
const HUB = 6;
// How near the view comes to what is selected: names keep their size, so that they stand apart the nearer it is.
const CLOSEST = 2;
// Share of a region's things that must be left for it to be shown whole.
const WHOLE = 0.1;
// Pixels that the buttons beneath a narrow map take.
const BUTTONS = 44;
// Pixels that the notice above it takes, where there is one.
const NOTICE = 50;

class Scene {
  constructor(state) {
    this.state = state;
    this.theme = readTheme();
    this.hovered = null;
    this.moved = false;
    this.byDegree = [...data.nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);
    this.update();
  }

  // After a filter or a community changed.
  update() {
    this.left = left(this.state);
    this.parts = parts(this.left);
    this.drawn = new Set(this.parts.nodes.map(({ id }) => id));
    this.regions = new Set();
    for (const id of this.left.nodes) this.regions.add(communities[nodeOf.get(id).community].region);
    this.neighbours();
  }

  // After the selection changed: what stays bright, or everything (null).
  neighbours() {
    const { thing, edge } = this.state;
    this.near = null;
    this.lit = [];
    const ends = edge === null ? null : data.edges[edge];
    if (ends !== null) {
      this.near = new Set([ends.from, ends.to]);
      this.lit = [ends];
    } else if (thing !== null && nodeOf.has(thing)) {
      this.near = new Set([thing]);
      this.lit = this.parts.edges.filter(({ from, to }) => from === thing || to === thing);
      for (const { from, to } of [...this.lit, ...this.parts.ties]) {
        if (from === thing) this.near.add(to);
        if (to === thing) this.near.add(from);
      }
    }
  }

  drawRegions(context) {
    context.lineWidth = 1;
    data.regions.forEach((region, i) => this.regions.has(i) && this.disc(context, region, "region"));
    for (const { id, region, ...place } of communities) {
      if (data.closed && !isClosed(id) && this.regions.has(region)) this.disc(context, place, "canvas");
    }
  }

  disc(context, { x, y, radius }, fill) {
    const [left, top] = this.screen(x, y);
    context.beginPath();
    context.arc(left, top, radius * this.scale(), 0, 2 * Math.PI);
    context.fillStyle = this.theme[fill];
    context.fill();
    context.strokeStyle = this.theme["region-line"];
    context.stroke();
  }

  drawNames(context) {
    const { width, height } = this.size();
    drawLabels(context, this.theme, this.captions(), this.spots(width, height), width, height);
  }

  captions() {
    return data.regions.map((region, i) => ({ region, i })).filter(({ i }) => this.regions.has(i)).map(({ region }) => {
      const [x, y] = this.screen(region.x, region.y - region.radius);
      return { x, y: y + 14, width: 2.8 * region.radius * this.scale(), name: regionName(region), faint: this.near !== null };
    });
  }

  spots(width, height) {
    const scale = this.scale();
    const inside = (x, y, margin) => x > -margin && y > -margin && x < width + margin && y < height + margin;
    const spots = [];
    for (const community of this.parts.closed) {
      const [x, y] = this.screen(community.x, community.y);
      const id = communityId(community.id);
      const room = Math.floor((community.radius * scale) / 3.2);
      if (!inside(x, y, community.radius * scale) || (this.near !== null && !this.near.has(id))) continue;
      spots.push({ id, x, y, radius: 0, within: true, must: id === this.hovered,
        weight: community.left.length, text: communityName(community, id === this.hovered ? LABEL.must : Math.max(room, 12)) });
    }
    spots.sort((a, b) => b.weight - a.weight);
    for (const node of this.byDegree) {
      if (!this.drawn.has(node.id)) continue;
      const [x, y] = this.screen(node.x, node.y);
      if (!inside(x, y, 80)) continue;
      const bright = this.near !== null && this.near.has(node.id);
      const must = node.id === this.hovered || node.id === this.state.thing || (bright && this.state.edge !== null);
      const { label, kind } = things[node.id];
      // Titles of papers are long: they are named up close, or when asked for.
      const named = must || bright || (this.near === null && (kind !== "paper" || scale >= 1.1));
      spots.push({
        id: node.id, x, y, must,
        radius: this.radius(node),
        text: named ? oneLine(label, node.id === this.hovered ? LABEL.must : scale < 0.6 ? LABEL.short : LABEL.limit) : "",
        strong: kind !== "paper" && (bright || node.degree >= HUB),
      });
    }
    if (this.near !== null) spots.sort((a, b) => this.near.has(b.id) - this.near.has(a.id));
    return spots;
  }

  radius(node) {
    return node.size * this.scale();
  }

  // Shows all that is left, with room for names at the sides; a region whole unless it is nearly empty.
  fit(animate) {
    this.moved = false;
    const shares = data.regions.map(() => ({ left: 0, all: 0 }));
    for (const { id, community } of data.nodes) {
      const share = shares[communities[community].region];
      share.all += 1;
      share.left += this.left.nodes.has(id);
    }
    const whole = new Set(data.regions.keys());
    shares.forEach(({ left, all }, i) => left < all * WHOLE && whole.delete(i));
    const spots = this.parts.nodes.filter(({ community }) => !whole.has(communities[community].region)).map(({ x, y }) => ({ x, y, radius: 60 }));
    const closed = this.parts.closed.filter(({ region }) => !whole.has(region));
    this.show([...data.regions.filter((region, i) => whole.has(i)), ...closed, ...spots], 1.2, animate);
  }

  show(discs, closest, animate) {
    if (!discs.length) return;
    const edge = (pick, side) => discs.reduce((most, disc) => Math[pick](most, side(disc)), pick === "min" ? Infinity : -Infinity);
    const [left, right] = [edge("min", (d) => d.x - d.radius), edge("max", (d) => d.x + d.radius)];
    const [top, bottom] = [edge("min", (d) => d.y - d.radius), edge("max", (d) => d.y + d.radius)];
    const { width, height } = this.size();
    const [above, beneath] = [remark() === null ? 0 : NOTICE, width < 500 ? BUTTONS : 0];
    const scale = Math.min((width - 36) / (right - left), (height - 24 - above - beneath) / (bottom - top), closest);
    if (scale > 0) this.moveTo({ x: (left + right) / 2, y: (top + bottom + (beneath - above) / scale) / 2 }, scale, animate);
  }

  // Moves to what is selected and its neighbours, but for those that are far off.
  flyTo() {
    this.moved = true;
    const discs = [...this.near].map((id) => (communityOf(id) === null ? { ...nodeOf.get(id), radius: 70 } : communities[communityOf(id)]));
    const { thing } = this.state;
    const middle = thing === null ? null : nodeOf.get(thing);
    const away = ({ x, y }) => Math.hypot(x - middle.x, y - middle.y);
    const usual = middle === null ? Infinity : discs.map(away).sort((a, b) => a - b)[Math.floor(discs.length / 2)];
    const around = middle === null ? discs : discs.filter((disc) => away(disc) <= Math.max(4 * usual, 300));
    this.show(around, CLOSEST, true);
  }
}

function regionName({ modality, several, share }) {
  if (modality === null) return several ? "Several modalities" : "No modality named";
  const name = oneLine(things[modality].label, 40);
  return share < 1 ? `mostly ${name}` : name;
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
