// The drawing on a canvas: vis-network with the places worked out beforehand, regions behind it and names before it.

const SHAPES = { model: "dot", dataset: "square", paper: "triangle" };
// From this number of edges on they are left out while the map moves.
const MANY_EDGES = 2000;

class Drawing extends Scene {
  // choose({ thing } | { edge } | { community } | {}) is called with what was clicked.
  constructor(container, state, choose) {
    super(state);
    this.container = container;
    this.nodes = new vis.DataSet(this.nodeItems());
    this.edges = new vis.DataSet(this.edgeItems());
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, { ...data.options, groups: this.groups() });
    const many = data.edges.length > MANY_EDGES;
    this.network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
    // vis-network puts its canvas before everything else in the order of the Tab key.
    const frame = container.querySelector(".vis-network");
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", MAP_NAME);
    this.network.on("beforeDrawing", (context) => this.plainly(context, () => this.drawRegions(context)));
    this.network.on("afterDrawing", (context) => this.drawOver(context));
    this.network.on("hoverNode", ({ node }) => this.hover(node));
    this.network.on("blurNode", () => this.hover(null));
    this.network.on("hoverEdge", () => (container.style.cursor = "pointer"));
    this.network.on("blurEdge", () => (container.style.cursor = ""));
    for (const event of ["dragStart", "zoom"]) this.network.on(event, () => (this.moved = true));
    this.network.on("click", ({ nodes, edges }) => {
      if (nodes.length) choose(communityOf(nodes[0]) === null ? { thing: nodes[0] } : { community: communityOf(nodes[0]) });
      else choose(typeof edges[0] === "number" ? { edge: edges[0] } : {});
    });
    new ResizeObserver(() => this.resized()).observe(container);
    onThemeChange(() => this.retheme());
  }

  resized() {
    this.network.setSize("100%", "100%");
    if (!this.moved) this.fit(false);
    this.network.redraw();
  }

  groups() {
    const group = (kind) => {
      const [background, border] = [this.theme[kind], this.theme.canvas];
      const strong = { background, border: this.theme.text };
      return [kind, { color: { background, border, highlight: strong, hover: strong } }];
    };
    return Object.fromEntries([...DRAWN_KINDS, "community"].map(group));
  }

  nodeItems() {
    const things_ = this.parts.nodes.map(({ id, x, y, size }) => ({ id, x, y, size, group: things[id].kind, shape: SHAPES[things[id].kind] }));
    const discs = this.parts.closed.map(({ id, x, y, radius, left: { length }, members }) => ({
      id: communityId(id), x, y, group: "community", shape: "dot",
      // As much of the disc as is left of its members.
      size: Math.round(radius * 0.94 * Math.sqrt(Math.max(length / members.length, 0.04))),
    }));
    return [...discs, ...things_];
  }

  edgeItems() {
    const claims_ = this.parts.edges.map(({ id, from, to, predicate, papers, bend }) => {
      const naming = NAMINGS.includes(predicate);
      const colour = this.theme[predicate];
      const item = { id, from, to, width: (1 + Math.log2(papers)) * (naming ? 1.2 : 3), color: { color: colour, highlight: colour, hover: colour, opacity: naming ? 0.65 : 0.9 } };
      if (DASHES[predicate]) item.dashes = DASHES[predicate];
      if (!naming) item.arrows = "to";
      if (bend) item.smooth = { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
      return item;
    });
    const colour = this.theme.uses;
    const ties = this.parts.ties.map(({ id, from, to, claims: count }) => ({ id, from, to, width: 2 + 5 * Math.log2(count), color: { color: colour, highlight: colour, hover: colour, opacity: 0.45 } }));
    return [...ties, ...claims_];
  }

  // Brings the map in line with legend and filters; only what changed is told to vis-network.
  style() {
    this.update();
    exchange(this.edges, this.edgeItems(), (old, item) => old.from === item.from && old.to === item.to && old.width === item.width);
    exchange(this.nodes, this.nodeItems(), (old, item) => old.size === item.size);
    this.mark();
  }

  // Brings the map in line with the selection.
  mark() {
    this.neighbours();
    const { thing, edge } = this.state;
    const nodes = thing !== null && this.drawn.has(thing) ? [thing] : [];
    this.network.setSelection({ nodes, edges: edge !== null && this.edges.get(edge) ? [edge] : [] }, { highlightEdges: false });
    this.network.redraw();
  }

  retheme() {
    this.theme = readTheme();
    this.network.setOptions({ groups: this.groups() });
    this.edges.update(this.edgeItems());
    this.network.redraw();
  }

  hover(node) {
    this.hovered = node;
    this.container.style.cursor = node === null ? "" : "pointer";
  }

  // Draws in pixels of the screen.
  plainly(context, draw) {
    const ratio = context.canvas.width / this.size().width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
    context.restore();
  }

  // A veil over everything, what is selected once more above it, and names.
  drawOver(context) {
    if (this.near !== null) {
      const { width, height } = this.size();
      this.plainly(context, () => {
        context.globalAlpha = 0.84;
        context.fillStyle = this.theme.canvas;
        context.fillRect(0, 0, width, height);
      });
      const { nodes, edges } = this.network.body;
      const lines = [...this.lit, ...this.parts.ties.filter(({ from, to }) => this.near.has(from) && this.near.has(to))]
        .map(({ id }) => edges[id]).filter((edge) => edge && edge.connected);
      lines.forEach((edge) => edge.draw(context));
      lines.forEach((edge) => edge.drawArrows(context));
      for (const id of this.near) if (nodes[id]) nodes[id].draw(context);
    }
    this.plainly(context, () => this.drawNames(context));
  }

  screen(x, y) {
    const at = this.network.canvasToDOM({ x, y });
    return [at.x, at.y];
  }

  scale() {
    return this.network.getScale();
  }

  size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  moveTo(position, scale, animate) {
    const animation = animate && !calm() ? { duration: 500, easingFunction: "easeInOutQuad" } : false;
    this.network.moveTo({ position, scale, animation });
  }

  zoom(factor) {
    this.moved = true;
    this.moveTo(this.network.getViewPosition(), this.scale() * factor, true);
  }
}

// What to say above the map; null when there is nothing to.
function remark() {
  return notice();
}

// Makes a data set hold these items, and tells it only of those that are new, changed or gone.
function exchange(set, items, alike) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  const gone = set.getIds().filter((id) => !wanted.has(id));
  const changed = items.filter((item) => {
    const old = set.get(item.id);
    return old === null || !alike(old, item);
  });
  if (gone.length) set.remove(gone);
  if (changed.length) set.update(changed);
}
