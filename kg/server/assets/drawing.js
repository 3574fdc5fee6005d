// Draws an answer as a graph: a plug-in of YASGUI's result view. Names come from texts that nobody vouches for;
// they reach the page as text nodes and on the canvas only.
"use strict";

const DRAWN = 300; // joints, beyond which a drawing is a hairball
const SHAPES = { model: "dot", dataset: "square", paper: "triangle" };
const JOINTS = ["predicate", "property", "p"]; // columns that name the joint rather than a thing
const LABELS = [
  "http://www.w3.org/2000/01/rdf-schema#label",
  "http://www.w3.org/2004/02/skos/core#prefLabel",
  "http://schema.org/name",
];

// The nodes and edges of an answer: the triples of a CONSTRUCT whose object is a thing, or the first two columns of
// a SELECT that hold things, named by the columns that are called like them with "Name" or "Label" at the end.
function drawable(results) {
  const rows = (results && results.getBindings()) || [];
  const variables = (results && results.getVariables()) || [];
  const thing = (term) => term && (term.type === "uri" || term.type === "bnode");
  const columns = variables.filter((name) => thing((rows.find((row) => row[name]) || {})[name]));
  const joint = columns.find((name) => JOINTS.includes(name));
  const isTriples = ["subject", "predicate", "object"].every((name, place) => variables[place] === name);
  const [from, to] = isTriples ? ["subject", "object"] : columns.filter((name) => name !== joint);
  const names = new Map();
  const edges = new Map();
  if (!from || !to) return { names, edges: [], count: 0 };
  for (const row of rows) {
    if (isTriples && row.object.type === "literal" && LABELS.includes(row.predicate.value)) {
      names.set(row.subject.value, row.object.value);
    }
    for (const end of [from, to]) {
      const label = row[`${end}Name`] || row[`${end}Label`];
      if (row[end] && label) names.set(row[end].value, label.value);
    }
    if (!thing(row[from]) || !thing(row[to])) continue;
    const edge = { from: row[from].value, to: row[to].value, joint: joint && row[joint] ? row[joint].value : "" };
    edges.set(`${edge.from} ${edge.joint} ${edge.to}`, edge);
  }
  return { names, edges: [...edges.values()], count: edges.size };
}

// Loads vis-network, which only a drawing needs, from this server.
let loading;
function loadNetwork(root) {
  loading ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}static/vis-network.js`;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error("the script that draws could not be loaded")));
    document.head.append(script);
  });
  return loading;
}

// The plug-in, given what it must know of the page: `root`, and `link(iri)` and `short(iri)`.
function drawingPlugin(site) {
  return class Drawing {
    constructor(yasr) {
      this.yasr = yasr;
      this.label = "Graph";
      this.priority = 5;
      this.config = {};
    }

    canHandleResults() {
      return drawable(this.yasr.results).count > 0;
    }

    initialize() {
      return loadNetwork(site.root);
    }

    getIcon() {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", "0 0 20 20");
      svg.setAttribute("aria-hidden", "true");
      const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
      shape.setAttribute("d", "M5 2a3 3 0 0 1 2.9 3.8l4.7 4.7a3 3 0 1 1-1.4 1.4L6.500 7.200A3 3 0 1 1 5 2z");
      svg.append(shape);
      const box = document.createElement("div");
      box.className = "svgImg";
      box.append(svg);
      return box;
    }

    draw() {
      const { names, edges, count } = drawable(this.yasr.results);
      const style = getComputedStyle(document.documentElement);
      const colour = (name) => style.getPropertyValue(`--${name}`).trim();
      const drawn = edges.slice(0, DRAWN);
      const ids = [...new Set(drawn.flatMap((edge) => [edge.from, edge.to]))];
      const nodes = ids.map((iri) => {
        const kind = site.kind(iri);
        const tint = colour(kind) || colour("muted");
        return {
          id: iri,
          label: shorten(names.get(iri) || site.short(iri)),
          shape: SHAPES[kind] || "hexagon",
          color: { background: tint, border: tint, highlight: { background: tint, border: colour("accent") } },
        };
      });
      const box = document.createElement("div");
      box.className = "drawing";
      box.setAttribute("role", "img");
      box.setAttribute("aria-label", `${ids.length} things, ${drawn.length} joints; the table tells the same`);
      const note = document.createElement("p");
      note.className = "drawing-note";
      note.setAttribute("role", "status");
      const said = count > drawn.length ? `The first ${DRAWN} of ${count.toLocaleString("en")} joints. ` : "";
      note.textContent = `${said}Select a thing to get to its page.`;
      this.yasr.resultsEl.append(box, note);
      const font = { color: colour("text"), face: colour("font"), size: 13, strokeWidth: 3, strokeColor: colour("canvas") };
      this.network = new vis.Network(
        box,
        { nodes, edges: drawn.map((edge, id) => ({ id, from: edge.from, to: edge.to, label: edge.joint && site.short(edge.joint) })) },
        {
          autoResize: true,
          layout: { randomSeed: 7, improvedLayout: ids.length < 150 },
          nodes: { size: 9, font },
          edges: {
            arrows: { to: { enabled: true, scaleFactor: 0.5 } },
            color: { color: colour("uses"), highlight: colour("accent") },
            font: { ...font, size: 11, color: colour("muted") },
          },
          physics: { solver: "forceAtlas2Based", stabilization: { iterations: 200 } },
        },
      );
      this.network.once("stabilized", () => this.network && this.network.setOptions({ physics: false }));
      this.network.on("selectNode", (event) => {
        const iri = event.nodes[0];
        const address = site.link(iri);
        const place = document.createElement(address ? "a" : "span");
        place.textContent = names.get(iri) || site.short(iri);
        if (address) place.href = address;
        note.replaceChildren(place);
      });
    }

    destroy() {
      if (this.network) this.network.destroy();
      this.network = undefined;
    }

    download(name) {
      const canvas = this.yasr.resultsEl.querySelector("canvas");
      if (!canvas) return undefined;
      return {
        getData: () => canvas.toDataURL("image/png"),
        contentType: "image/png",
        title: "Download the drawing",
        filename: `${name || "graph"}.png`,
      };
    }
  };
}

// A label for one line, without marks that steer the direction of text.
function shorten(label) {
  const plain = label.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  const letters = Array.from(plain.slice(0, 200));
  return letters.length > 40 ? `${letters.slice(0, 39).join("").trimEnd()}…` : plain;
}
