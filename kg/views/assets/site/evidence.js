// What papers say of things, one below the other or in a window.

// What one paper says: marks are the things whose names to mark, by role.
function evidence(said, papers, all, marks) {
  return make("div", { class: "evidence" }, quote(said.sentence, marks),
    said.paper === null ? null : paperNamed(all[said.paper], papers[said.paper] || {}), provenance(said));
}

function ofClaim(said, papers, all) {
  const ends = [[all[said.subject], "subject"], [all[said.object], "object"]].filter(([thing]) => thing.kind !== "paper");
  return evidence(said, papers, all, ends);
}

// Shows in a window what the papers say of two things; predicates are those to tell, or all.
async function showEvidence(subject, object, predicates) {
  const { all } = await names();
  const { claims, papers } = await told(all[subject]);
  const said = claims.filter((claim) => claim.subject === subject && claim.object === object && predicates.includes(claim.predicate));
  const parts = predicates.map((predicate) => {
    const own = said.filter((claim) => claim.predicate === predicate);
    if (!own.length) return null;
    const title = make("h3", {}, thingLink(all[subject], 60), ` ${PREDICATES[predicate][0]} `, thingLink(all[object], 60));
    return make("div", {}, title, longList(own, 20, (claim) => make("li", {}, ofClaim(claim, papers, all)), { class: "claims" }));
  });
  const window_ = document.getElementById("evidence");
  document.getElementById("evidence-body").replaceChildren(
    make("h2", { id: "evidence-title" }, "What the papers say"), ...parts.filter((part) => part));
  if (!window_.open) window_.showModal();
}
