// Sets YASGUI up for this server alone: its endpoint, prefixes and terms, and links that stay here.
"use strict";

(() => {
  const root = new URL("../", document.currentScript.src).href;
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const { Yasqe, Yasr } = Yasgui;
  const endpoint = `${root}sparql`;
  const site = { root, kind, link, short };

  // YASGUI's own completions ask servers elsewhere.
  Yasqe.defaults.autocompleters = ["variables"];
  const lines = Object.entries(settings.prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`);
  Yasqe.forkAutocompleter("prefixes", { name: "prefixes", get: lines.sort(), persistenceId: undefined });
  for (const name of ["property", "class"]) {
    Yasqe.forkAutocompleter(name, { name, get: settings.terms[name], bulk: true, persistenceId: undefined });
  }
  // What a link shares is the query; the rest of YASGUI's settings is the same for everyone here.
  Yasgui.Tab.prototype.getShareableLink = function () {
    const shared = { query: this.getQuery(), tabTitle: this.getName() };
    const plugin = this.getPersistedJson().yasr.settings.selectedPlugin;
    if (plugin && plugin !== "table") shared.outputFormat = plugin;
    return `${location.origin}${location.pathname}#${encode(shared)}`;
  };

  class LinkedTable extends Yasr.plugins.table {
    constructor(yasr) {
      super(yasr);
      this.persistentConfig = { compact: true };
    }

    // The table works with markup; every value becomes the text that it is.
    getColumns() {
      const plain = (kind) => !kind || kind === "filter" || kind === "sort";
      return super.getColumns().map((column) => ({
        ...column,
        render: (term, kind, ...rest) =>
          plain(kind) && term && term.value !== undefined ? escaped(term.value) : column.render(term, kind, ...rest),
      }));
    }

    formatLiteral(term) {
      const language = term["xml:lang"] ? ` <sup>@${escaped(term["xml:lang"])}</sup>` : "";
      const type = term.datatype && !this.persistentConfig.compact ? ` <sup>${escaped(short(term.datatype))}</sup>` : "";
      return escaped(term.value) + language + type;
    }

    getUriLinkFromBinding(binding) {
      const address = link(binding.value);
      const place = document.createElement(address ? "a" : "span");
      place.className = "iri";
      place.textContent = short(binding.value);
      place.title = binding.value;
      if (address) {
        place.href = address;
        place.target = "_blank";
        place.rel = "noopener noreferrer";
      }
      return place.outerHTML;
    }
  }
  Yasr.registerPlugin("table", LinkedTable);
  Yasr.registerPlugin("graph", drawingPlugin(site));
  Yasr.defaults.pluginOrder = ["table", "graph", "response"];

  const shared = readShared();
  const yasgui = new Yasgui(document.getElementById("editor"), {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    autofocus: false,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: { value: settings.first, collapsePrefixesOnLoad: true },
    yasr: { prefixes: settings.prefixes, maxPersistentResponseSize: 0 },
  });
  for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);
  yasgui.on("tabSelect", (_, id) => yasgui.getTab(id).setEndpoint(endpoint));
  yasgui.on("tabAdd", (_, id) => setTimeout(() => yasgui.getTab(id) && yasgui.getTab(id).setEndpoint(endpoint)));

  if (settings.opened) open(settings.opened.name, settings.opened.sparql);
  else if (!shared) run();

  for (const place of document.querySelectorAll("a.example")) {
    place.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(place.dataset.example, settings.examples[place.dataset.example]);
    });
  }
  addEventListener("hashchange", () => location.hash.includes("query=") && location.reload());
  nameControls();
  downloads();
  document.documentElement.dataset.ready = "true";
  window.editorPage = { yasgui, site };

  // A query in a tab of its own, or in the one that holds it already; what somebody typed stays in its tab.
  function open(name, query) {
    const held = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === query);
    if (held) yasgui.selectTabId(held.getId());
    else yasgui.addTab(true, { name, yasqe: { value: query }, requestConfig: { endpoint } });
    run();
    document.getElementById("editor").scrollIntoView({ block: "nearest" });
  }

  function run() {
    yasgui.getTab().query().catch(() => {}); // the answer's place shows what was wrong
  }

  // Of a shared link the query, its title and the view are taken; it cannot make this page ask elsewhere.
  function readShared() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (!given.has("query")) return false;
    const kept = { query: given.get("query") };
    if (given.get("tabTitle")) kept.tabTitle = given.get("tabTitle").slice(0, 60);
    if (["table", "graph", "response"].includes(given.get("outputFormat"))) kept.outputFormat = given.get("outputFormat");
    history.replaceState(null, "", `#${encode(kept)}`);
    return true;
  }

  function encode(parts) {
    return Object.entries(parts)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&");
  }

  function escaped(text) {
    const place = document.createElement("span");
    place.textContent = text;
    return place.innerHTML;
  }

  // The page of a thing of the graph, the explanation of a term of ours, or a web address itself.
  function link(iri) {
    const ours = "https://w3id.org/biomed-kg/ontology#";
    if (iri.startsWith(settings.base)) {
      const rest = iri.slice(settings.base.length);
      return /^[\w.~/%-]+$/.test(rest) ? `${root}id/${rest}` : `${root}id?iri=${encodeURIComponent(iri)}`;
    }
    if (iri.startsWith(ours)) return `${root}ontology#${encodeURIComponent(iri.slice(ours.length))}`;
    return /^https?:\/\/[^/?#\s]/i.test(iri) ? iri : "";
  }

  function kind(iri) {
    return iri.startsWith(settings.base) ? iri.slice(settings.base.length).split("/")[0] : "";
  }

  function short(iri) {
    let best = iri;
    for (const [prefix, namespace] of Object.entries(settings.prefixes)) {
      const name = `${prefix}:${iri.slice(namespace.length)}`;
      if (iri.startsWith(namespace) && iri.length > namespace.length && name.length < best.length) best = name;
    }
    return best;
  }

  // Names and states for assistive technology, which YASGUI leaves out.
  function nameControls() {
    const editor = document.getElementById("editor");
    const set = (selector, attribute, value) => {
      for (const element of editor.querySelectorAll(selector)) {
        if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
      }
    };
    const name = () => {
      set(".yasqe textarea", "aria-label", "SPARQL query");
      set(".tableSizer", "aria-label", "Rows a page");
      set(".tabsList .addTab", "role", "tab");
      set(".yasr_btn.disabled", "aria-disabled", "true");
      set(".yasr_btn:not(.disabled)", "aria-disabled", "false");
    };
    name();
    new MutationObserver(name).observe(editor, { childList: true, subtree: true, attributeFilter: ["class"] });
  }

  // The query without the limit that this page gave it for its table.
  function unlimited(query) {
    const lines = query.split("\n");
    return lines.filter((line) => !(/^LIMIT \d+ /.test(line) && line.trimEnd().endsWith(settings.shown))).join("\n");
  }

  // The whole answer as a file, in any of the endpoint's formats, whatever the view shows.
  function downloads() {
    const forms = {
      select: { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: "application/sparql-results+json", XML: "application/sparql-results+xml" },
      construct: { Turtle: "text/turtle", "N-Triples": "application/n-triples", "JSON-LD": "application/ld+json", "RDF/XML": "application/rdf+xml" },
    };
    const endings = { CSV: "csv", TSV: "tsv", JSON: "json", XML: "xml", Turtle: "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF/XML": "rdf" };
    const form = document.getElementById("download");
    const status = document.getElementById("download-status");
    const show = () => {
      const editor = yasgui.getTab() && yasgui.getTab().getYasqe();
      if (!editor) return;
      const graph = ["CONSTRUCT", "DESCRIBE"].includes(editor.getQueryType());
      const buttons = Object.entries(forms[graph ? "construct" : "select"]).map(([label, type]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        button.addEventListener("click", () => save(label, type));
        return button;
      });
      form.querySelector(".buttons").replaceChildren(...buttons);
      form.hidden = false;
    };
    const save = async (label, type) => {
      status.textContent = "…";
      try {
        const tab = yasgui.getTab();
        const body = new URLSearchParams({ query: unlimited(tab.getYasqe().getValue()) });
        const answer = await fetch(endpoint, { method: "POST", headers: { Accept: type }, body });
        if (!answer.ok) throw new Error((await answer.text()).trim().split("\n")[0] || answer.statusText);
        const place = document.createElement("a");
        place.href = URL.createObjectURL(await answer.blob());
        place.download = `${tab.getName().replace(/[^\w-]+/g, "-") || "answer"}.${endings[label]}`;
        place.click();
        setTimeout(() => URL.revokeObjectURL(place.href), 60000);
        status.textContent = "";
      } catch (error) {
        status.textContent = error.message;
      }
    };
    yasgui.on("queryResponse", show);
    yasgui.on("tabSelect", () => setTimeout(show));
    show();
  }
})();
