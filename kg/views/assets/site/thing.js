// The page of one model, dataset or paper: its lineage, what papers say of it, results, and the papers.

const CLAIM_ORDER = ["trainedOn", "basedOn", "derivedFrom", "builtWith", "evaluatedOn", "outperforms", "comparedWith"];

async function showThing(key) {
  const [{ all, byKey }, links_] = await Promise.all([names(), links()]);
  const id = byKey.get(key);
  if (id === undefined) return unknownThing(key);
  const thing = all[id];
  if (!["model", "dataset", "paper"].includes(thing.kind)) return conceptPage(thing);
  const said = await told(thing);
  const content = [...heading(thing), ...(thing.kind === "paper" ? paperFacts(said.facts, true) : []), ...conceptChips(thing, said, all)];
  if (thing.kind === "paper") content.push(...paperSections(thing, said, all));
  else content.push(...lineageSections(thing, all, links_), ...relations(thing, said, all), resultSection(thing, said, all), papersOf(thing, said, all));
  content.push(conceptSentences(thing, said, all));
  return { title: oneLine(thing.label, 80), content, after: (main) => main.querySelectorAll("figure.lineage").forEach(centre) };
}

async function unknownThing(key) {
  const name = key.split("/").slice(1).join("/") || key;
  const index = await searchIndex();
  const wanted = searchable(name);
  const near = wanted ? [...new Set([...matches(index, wanted, NEAR), ...nearMisses(index, wanted, NEAR)])].slice(0, NEAR) : [];
  const content = [make("h1", {}, NOTHING_HERE), make("p", {}, "This graph has no ", make("code", {}, oneLine(key, 120)), ".")];
  if (near.length) content.push(section("Did you mean", make("ul", { class: "plain" }, ...near.map(({ thing }) => make("li", {}, thingLink(thing, 120), " ", make("span", { class: "quiet" }, thing.kind))))));
  return { title: "Not found", content };
}

function heading(thing) {
  const network = ["model", "dataset", "paper"].includes(thing.kind) ? make("p", { class: "actions" },
    make("a", { href: pageAddress("graph", asAddress(thing.key)) }, "Show in the network")) : null;
  return [
    make("p", { class: "kind" }, dot(thing.kind), KINDS[thing.kind][0], thing.kind === "paper" ? null : ` · named in ${counted(thing.papers, "paper")}`),
    make("h1", { class: "names", dir: "auto" }, make("bdi", {}, thing.label)),
    alsoCalled(thing), network,
  ];
}

function lineageSections(thing, all, links_) {
  const drawing = lineageDrawing(links_, all, thing.id);
  const sides = [true, false].map((way) => traced(links_, thing.id, way));
  const [up, down] = sides.map(({ depth }) => depth);
  if (!drawing) return [section("Lineage", make("p", {}, "No paper here says what it depends on, or what depends on it."))];
  const circle = [...up.keys()].filter((id) => down.has(id));
  const self = (links_.from.get(thing.id) || []).some((row) => row.object === thing.id && links_.dependencies.has(row.predicate));
  const words = [[up, (count) => `It depends on ${count} ${count === 1 ? "thing" : "things"}`, "It depends on nothing that is known."],
    [down, (count) => `${count} ${count === 1 ? "thing depends" : "things depend"} on it`, "Nothing that is known depends on it."]].map(([found, counts, none]) => found.size
    ? make("details", {}, make("summary", {}, `${counts(found.size)}${Math.max(...found.values()) > 1 ? `, up to ${Math.max(...found.values())} steps away` : ""}`),
      longList([...found.keys()], 100, (id) => make("li", {}, thingLink(all[id], 100), make("span", { class: "quiet" }, ` ${found.get(id) === 1 ? "directly" : `${found.get(id)} steps away`}`)), { class: "plain" }))
    : make("p", { class: "quiet" }, none));
  const warning = circle.length || self ? make("p", { class: "remark" },
    circle.length ? `The lineage goes in a circle, through ${circle.slice(0, 3).map((id) => oneLine(all[id].label, 40)).join(", ")}: some paper was misread, or two things share a name.` : "It is said to depend on itself: some paper was misread, or two things share a name.") : null;
  const left = sides.reduce((sum, side) => sum + side.left, 0);
  const copies = left ? make("p", { class: "quiet" }, `${left} ${left === 1 ? "link is" : "links are"} not followed: ${left === 1 ? "it is" : "they are"} of another copy of a model, trained by a paper for itself.`) : null;
  return [section("Lineage", drawing, warning, ...words, copies)];
}

// By predicate and side: the other thing, and what each paper says.
function relations(thing, said, all) {
  const found = [];
  for (const predicate of CLAIM_ORDER) {
    for (const [side, other, words] of [["subject", "object", 0], ["object", "subject", 1]]) {
      const groups = new Map();
      said.claims.filter((claim) => claim.predicate === predicate && claim[side] === thing.id).forEach((claim) => put(groups, claim[other], claim));
      if (!groups.size) continue;
      const items = [...groups].sort((a, b) => b[1].length - a[1].length);
      const title = PREDICATES[predicate][words];
      found.push(section(`${title[0].toUpperCase()}${title.slice(1)}`, longList(items, 12, ([id, claims]) =>
        make("li", {}, make("p", {}, thingLink(all[id], 160)), ...claims.map((claim) => ofClaim(claim, said.papers, all))), { class: "claims" })));
    }
  }
  return found;
}

function conceptChips(thing, { claims }, all) {
  return ["modality", "task", "metric"].map((kind) => {
    const own = claims.filter((claim) => claim.subject === thing.id && CONCEPT_LINKS.includes(claim.predicate) && all[claim.object].kind === kind);
    const found = [...new Set(own.map((claim) => claim.object))];
    return found.length ? make("div", { class: "chips" }, make("span", { class: "quiet" }, KINDS[kind][found.length === 1 ? 0 : 1]), ...found.map((id) => thingLink(all[id], 60))) : null;
  });
}

function conceptSentences(thing, said, all) {
  const own = said.claims.filter((claim) => claim.subject === thing.id && CONCEPT_LINKS.includes(claim.predicate));
  if (!own.length) return null;
  return section("Where modality, task and metric are said", make("details", {}, make("summary", {}, `Sentences (${own.length})`),
    longList(own, 20, (claim) => make("li", {}, make("p", {}, thingLink(all[claim.object], 80)), ofClaim(claim, said.papers, all)), { class: "claims" })));
}

function papersOf(thing, said, all) {
  const namings = said.claims.filter((claim) => claim.object === thing.id && NAMINGS.includes(claim.predicate));
  if (!namings.length) return null;
  const item = (claim) => make("li", {}, make("span", { class: "quiet" }, PREDICATES[claim.predicate][1]), paperNamed(all[claim.subject], said.papers[claim.subject] || {}),
    claim.sentence === null ? null : make("details", {}, make("summary", {}, "Sentence"), quote(claim.sentence, [[thing, "object"]]), provenance(claim)));
  return section("Papers", longList(namings, 20, item, { class: "claims" }));
}

function paperSections(paper, said, all) {
  const named = said.claims.filter((claim) => claim.subject === paper.id && NAMINGS.includes(claim.predicate));
  const claimed = said.claims.filter((claim) => CLAIM_ORDER.includes(claim.predicate));
  const groups = new Map();
  named.forEach((claim) => put(groups, claim.predicate, claim.object));
  return [
    groups.size ? section("Models and datasets it names", ...[...groups].map(([predicate, ids]) =>
      make("div", { class: "chips" }, make("span", { class: "quiet" }, PREDICATES[predicate][0]), ...ids.map((id) => thingLink(all[id], 80))))) : null,
    claimed.length ? section("What it claims", longList(claimed, 20, (claim) => make("li", {},
      make("p", {}, thingLink(all[claim.subject], 80), make("span", { class: "quiet" }, ` ${PREDICATES[claim.predicate][0]} `), thingLink(all[claim.object], 80)),
      evidence({ ...claim, paper: null }, said.papers, all, [[all[claim.subject], "subject"], [all[claim.object], "object"]])), { class: "claims" })) : null,
    resultSection(paper, said, all),
  ];
}
