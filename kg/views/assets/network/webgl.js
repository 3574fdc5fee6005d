// The drawing with WebGL: sigma.js for nodes and edges, plain canvases beneath for regions and above for names.

// From this number of edges on they have no arrows, cannot be clicked and are left out while the map moves; what
// papers name is drawn for the selection alone, and then nothing else is.
const MANY_EDGES = 40000;

class Drawing extends Scene {
  // choose({ thing } | { edge } | { community } | {}) is called with what was clicked.
  constructor(container, state, choose) {
    super(state);
    this.container = container;
    this.network = new Sigma(this.graph(), container, {
      renderLabels: false,
      renderEdgeLabels: false,
      enableEdgeEvents: data.edges.length < MANY_EDGES,
      hideEdgesOnMove: data.edges.length >= MANY_EDGES,
      zIndex: true,
      // Everything has its size on the map, as on the canvas.
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      minEdgeThickness: 0.5,
      maxCameraRatio: 4,
      minCameraRatio: 0.002,
      defaultDrawNodeHover: () => {},
      allowInvalidContainer: true,
      nodeReducer: (id, node) => this.litNode(id, node),
      edgeReducer: (id, edge) => this.litEdge(id, edge),
    });
    this.network.setCustomBBox(wholeBox());
    this.network.createCanvas("regions", { beforeLayer: "edges" });
    this.network.createCanvas("names", { beforeLayer: "mouse" });
    container.tabIndex = 0;
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", MAP_NAME);
    container.addEventListener("keydown", (event) => this.key(event));
    this.network.on("afterRender", () => this.drawAround());
    this.network.on("resize", () => this.moved || this.fit(false));
    this.network.on("clickNode", ({ node }) => choose(communityOf(node) === null ? { thing: Number(node) } : { community: communityOf(node) }));
    this.network.on("clickEdge", ({ edge }) => choose(/^\d+$/.test(edge) ? { edge: Number(edge) } : {}));
    this.network.on("clickStage", ({ event }) => choose(this.closedAt(event)));
    this.network.on("enterNode", ({ node }) => this.hover(communityOf(node) === null ? Number(node) : node));
    this.network.on("leaveNode", () => this.hover(null));
    this.network.on("enterEdge", () => (container.style.cursor = "pointer"));
    this.network.on("leaveEdge", () => (container.style.cursor = ""));
    for (const event of ["mousedown", "wheel", "touchstart"]) container.addEventListener(event, () => (this.moved = true), { passive: true });
    onThemeChange(() => {
      this.theme = readTheme();
      this.style();
    });
  }

  // In sigma the second axis points up.
  graph() {
    this.least ||= leastSize(this.container);
    const graph = new graphology.MultiDirectedGraph();
    for (const { id, x, y, size } of this.parts.nodes) {
      graph.addNode(String(id), { x, y: -y, size: Math.max(size, this.least), color: this.theme[things[id].kind] });
    }
    for (const { id, x, y } of this.parts.closed) graph.addNode(communityId(id), { x, y: -y, size: 1, color: this.theme.community });
    for (const { id, from, to, claims: count } of this.parts.ties) {
      graph.addEdgeWithKey(`t${id}`, String(from), String(to), { type: "line", size: 2 + 5 * Math.log2(count), color: this.theme.uses });
    }
    for (const { id, from, to, predicate, papers } of this.parts.edges) {
      const naming = NAMINGS.includes(predicate);
      const size = (naming ? 1.2 : 3) * (1 + Math.log2(papers));
      graph.addEdgeWithKey(String(id), String(from), String(to), { type: naming || data.edges.length >= MANY_EDGES ? "line" : "arrow", size, naming, color: this.theme[predicate] });
    }
    return graph;
  }

  style() {
    this.update();
    this.network.setGraph(this.graph());
  }

  mark() {
    this.neighbours();
    this.network.refresh({ skipIndexation: true });
  }

  litNode(id, node) {
    if (this.near === null) return node;
    const lit = this.near.has(communityOf(id) === null ? Number(id) : id);
    if (!lit) return { ...node, color: mixed(node.color, this.theme.canvas, 0.86) };
    return { ...node, zIndex: 1, size: node.size * (Number(id) === this.state.thing ? 1.6 : 1.15) };
  }

  litEdge(id, edge) {
    const many = data.edges.length >= MANY_EDGES;
    if (this.near === null) return many && edge.naming ? { ...edge, hidden: true } : edge;
    if (this.bright?.of !== this.lit) this.bright = Object.assign(new Set(this.lit.map((row) => String(row.id))), { of: this.lit });
    if (this.bright.has(id)) return { ...edge, zIndex: 1, size: edge.size * 1.5 };
    return many ? { ...edge, hidden: true } : { ...edge, color: mixed(edge.color, this.theme.canvas, 0.9) };
  }

  hover(node) {
    this.hovered = node;
    this.container.style.cursor = node === null ? "" : "pointer";
    this.drawAround();
  }

  drawAround() {
    this.sheet("regions", (context) => {
      this.drawRegions(context);
      for (const { x, y, radius } of this.parts.closed) this.disc(context, { x, y, radius: radius * 0.94 }, "community");
    });
    this.sheet("names", (context) => this.drawNames(context));
  }

  // Draws anew on one of the canvases around the network.
  sheet(name, draw) {
    const canvas = this.network.getCanvases()[name];
    const { width, height } = this.size();
    const ratio = devicePixelRatio || 1;
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== tall) Object.assign(canvas, { width: wide, height: tall });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context);
  }

  closedAt(event) {
    const at = this.parts.closed.find(({ x, y, radius }) => {
      const [left, top] = this.screen(x, y);
      return Math.hypot(left - event.x, top - event.y) < radius * this.scale();
    });
    return at ? { community: at.id } : {};
  }

  key(event) {
    const step = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, -40], ArrowDown: [0, 40] }[event.key];
    if (step) {
      const { width, height } = this.size();
      this.moved = true;
      this.network.getCamera().setState(this.network.viewportToFramedGraph({ x: width / 2 + step[0], y: height / 2 + step[1] }));
    } else if (event.key === "+" || event.key === "=") this.zoom(1.3);
    else if (event.key === "-") this.zoom(1 / 1.3);
    else return;
    event.preventDefault();
  }

  screen(x, y) {
    const at = this.network.graphToViewport({ x, y: -y });
    return [at.x, at.y];
  }

  radius(node) {
    return Math.max(node.size, this.least) * this.scale();
  }

  // Pixels of the screen a unit of the page.
  scale() {
    return (this.screen(1000, 0)[0] - this.screen(0, 0)[0]) / 1000;
  }

  size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  moveTo({ x, y }, scale, animate) {
    const camera = this.network.getCamera();
    const place = this.network.viewportToFramedGraph(this.network.graphToViewport({ x, y: -y }));
    const target = { x: place.x, y: place.y, ratio: (camera.ratio * this.scale()) / scale };
    if (animate && !calm()) camera.animate(target, { duration: 500 });
    else camera.setState(target);
  }

  zoom(factor) {
    const camera = this.network.getCamera();
    this.moved = true;
    if (calm()) camera.setState({ ratio: camera.ratio / factor });
    else camera.animate({ ratio: camera.ratio / factor }, { duration: 200 });
  }
}

// What to say above the map; null when there is nothing to.
function remark() {
  if (data.edges.length < MANY_EDGES || data.closed) return notice();
  return `${data.edges.length.toLocaleString("en")} lines: those that lead from papers are drawn for what is selected.`;
}

// What the whole map covers, so that filters do not move it.
function wholeBox() {
  const span = (side) => [Math.min(...data.regions.map((r) => side(r) - r.radius)), Math.max(...data.regions.map((r) => side(r) + r.radius))];
  return data.regions.length ? { x: span((r) => r.x), y: span((r) => -r.y) } : { x: [-1, 1], y: [-1, 1] };
}

// The size, in units of the page, of what is to be seen as a dot when the whole map is.
function leastSize({ clientWidth, clientHeight }) {
  const { x, y } = wholeBox();
  return 1.1 * Math.max((x[1] - x[0]) / (clientWidth || 1), (y[1] - y[0]) / (clientHeight || 1));
}

// A colour of the theme on its way to another one; both as #rrggbb.
function mixed(from, to, share) {
  const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(1), 16));
  const part = (shift) => Math.round(((a >> shift) & 255) * (1 - share) + ((b >> shift) & 255) * share);
  return `#${((part(16) << 16) | (part(8) << 8) | part(0)).toString(16).padStart(6, "0")}`;
}
