// The drawing: vis-network with the places worked out beforehand, regions behind it and labels before it.
//
// state = { kinds: Set shown, predicates: Set shown, concept: id or null, thing: id or null, edge: index or null }

// From this number of links on a model or dataset is named from afar.
const HUB = 6;

class Drawing {
  constructor(container, state) {
    this.state = state;
    this.theme = readTheme();
    this.shown = { nodes: [], edges: [] };
    this.hovered = null;
    this.nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, label: undefined })));
    this.edges = new vis.DataSet(data.edges.map((edge, id) => ({ ...edge, id })));
    this.byDegree = [...data.nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);
    this.style();
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, {
      ...data.options,
      groups: this.groups(),
    });
    // vis-network puts its canvas before everything else in the order of the Tab key.
    const frame = container.querySelector(".vis-network");
    this.canvas = frame.querySelector("canvas");
    frame.tabIndex = 0;
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", "Map of the graph. Arrow keys move it, plus and minus zoom. Use the search to select.");
    this.network.on("beforeDrawing", (context) => this.drawRegions(context));
    this.network.on("afterDrawing", (context) => this.drawText(context));
    this.network.on("hoverNode", ({ node }) => this.hover(container, node));
    this.network.on("blurNode", () => this.hover(container, null));
    this.network.on("hoverEdge", () => (container.style.cursor = "pointer"));
    this.network.on("blurEdge", () => (container.style.cursor = ""));
    onThemeChange(() => this.retheme());
  }

  groups() {
    const group = (kind) => {
      const [background, border] = [this.theme[kind], this.theme.canvas];
      const strong = { background, border: this.theme.text };
      return { color: { background, border, highlight: strong, hover: strong } };
    };
    return Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, group(kind)]));
  }

  retheme() {
    this.theme = readTheme();
    this.network.setOptions({ groups: this.groups() });
    this.style();
    this.network.redraw();
  }

  hover(container, node) {
    this.hovered = node;
    container.style.cursor = node === null ? "" : "pointer";
  }

  // Which nodes and edges the legend and the filter leave.
  visible() {
    const { kinds, predicates, concept } = this.state;
    const node = (id) =>
      kinds.has(things[id].kind) && (concept === null || things[id].concepts.includes(concept));
    const edge = ({ from, to, predicate }) => predicates.has(predicate) && node(from) && node(to);
    return { node, edge };
  }

  // Brings what is shown, dimmed and highlighted in line with the state.
  style() {
    const { thing, edge: chosen } = this.state;
    const { node, edge } = this.visible();
    const near = this.near(edge);
    this.nodes.update(
      data.nodes.map(({ id }) => ({ id, hidden: !node(id), opacity: near === null || near.has(id) ? 1 : 0.14 }))
    );
    this.edges.update(
      data.edges.map((row, id) => {
        const lit = near === null || (chosen === null ? row.from === thing || row.to === thing : id === chosen);
        const naming = NAMINGS.includes(row.predicate);
        return {
          id,
          hidden: !edge(row),
          width: row.width * (naming ? 1.2 : 3) * (near !== null && lit ? 1.4 : 1),
          dashes: DASHES[row.predicate] || false,
          arrows: { to: { enabled: !naming } },
          color: { color: this.theme[row.predicate], highlight: this.theme[row.predicate], hover: this.theme[row.predicate], opacity: lit ? (naming ? 0.65 : 0.9) : 0.1 },
        };
      })
    );
    this.shown = {
      nodes: data.nodes.filter(({ id }) => node(id)).map(({ id }) => id),
      edges: data.edges.filter(edge).length,
      near,
    };
  }

  // What stays bright: the selection and its neighbours, or everything (null).
  near(edgeShown) {
    const { thing, edge } = this.state;
    if (edge !== null) return new Set([data.edges[edge].from, data.edges[edge].to]);
    if (thing === null || !(things[thing].kind in { model: 1, dataset: 1, paper: 1 })) return null;
    const near = new Set([thing]);
    for (const row of data.edges.filter(edgeShown)) {
      if (row.from === thing) near.add(row.to);
      if (row.to === thing) near.add(row.from);
    }
    return near;
  }

  drawRegions(context) {
    const populated = new Set(this.shown.nodes.map((id) => data.nodes[this.row(id)].region));
    data.regions.forEach((region, i) => {
      if (!populated.has(i)) return;
      context.beginPath();
      context.arc(region.x, region.y, region.radius, 0, 2 * Math.PI);
      context.fillStyle = this.theme.region;
      context.fill();
      context.lineWidth = 1 / this.network.getScale();
      context.strokeStyle = this.theme["region-line"];
      context.stroke();
    });
    this.populated = populated;
  }

  row(id) {
    this.rows ||= new Map(data.nodes.map((node, i) => [node.id, i]));
    return this.rows.get(id);
  }

  drawText(context) {
    const canvas = context.canvas;
    const [scale, centre] = [this.network.getScale(), this.network.getViewPosition()];
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const screen = (x, y) => [(x - centre.x) * scale + width / 2, (y - centre.y) * scale + height / 2];
    const shown = new Set(this.shown.nodes);
    const near = this.shown.near;
    const spots = [];
    for (const node of this.byDegree) {
      if (!shown.has(node.id)) continue;
      const [x, y] = screen(node.x, node.y);
      if (x < -80 || y < -30 || x > width + 80 || y > height + 30) continue;
      const bright = near !== null && near.has(node.id);
      const must = node.id === this.hovered || node.id === this.state.thing || (bright && this.state.edge !== null);
      const { label, kind } = things[node.id];
      // Titles of papers are long and small things many: they are named up close, or when asked for.
      const far = kind === "paper" ? near !== null || scale < 1.1 : node.size * scale < 2 && node.degree < HUB;
      if (far && !must && !bright) {
        spots.push({ id: node.id, x, y, radius: node.size * scale, text: "" });
        continue;
      }
      spots.push({
        id: node.id, x, y, must,
        radius: node.size * scale,
        text: oneLine(label, node.id === this.hovered ? LABEL.must : scale < 0.6 ? LABEL.short : LABEL.limit),
        strong: kind !== "paper" && (bright || node.degree >= HUB),
        faint: near !== null && !bright,
      });
    }
    if (near !== null) spots.sort((a, b) => near.has(b.id) - near.has(a.id));
    const captions = data.regions
      .map((region, i) => ({ region, i }))
      .filter(({ i }) => this.populated.has(i))
      .map(({ region }) => {
        const [x, y] = screen(region.x, region.y - region.radius);
        const name = region.modality === null ? "No modality named" : oneLine(things[region.modality].label, 40);
        return { x, y: y + 14, width: 2.8 * region.radius * scale, name, faint: near !== null };
      });
    const ratio = canvas.width / width;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawLabels(context, this.theme, captions, spots, width);
    context.restore();
  }

  // Shows all that is visible, with room for labels at the sides; regions shown whole when nothing is hidden.
  fit(animate) {
    const discs = this.shown.nodes.length === data.nodes.length
      ? data.regions
      : this.shown.nodes.map((id) => ({ ...data.nodes[this.row(id)], radius: 40 }));
    if (!discs.length) return;
    const [left, right] = [Math.min(...discs.map((d) => d.x - d.radius)), Math.max(...discs.map((d) => d.x + d.radius))];
    const [top, bottom] = [Math.min(...discs.map((d) => d.y - d.radius)), Math.max(...discs.map((d) => d.y + d.radius))];
    const canvas = this.canvas;
    const scale = Math.min((canvas.clientWidth - 36) / (right - left), (canvas.clientHeight - 24) / (bottom - top), 1.2);
    this.network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: animate && motion() });
  }

  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: motion() });
  }

  flyTo(ids) {
    if (ids.length === 1) {
      this.network.focus(ids[0], { scale: Math.max(this.network.getScale(), 1), animation: motion() });
    } else {
      this.network.fit({ nodes: ids, maxZoomLevel: 1.2, animation: motion() });
    }
  }
}

function motion() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return calm ? false : { duration: 500, easingFunction: "easeInOutQuad" };
}
