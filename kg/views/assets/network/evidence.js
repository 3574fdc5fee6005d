// What papers say of things, and names as buttons that select them.

// The sentence behind a claim, with subject and object marked, the paper if it is to be told, and how sure it is.
function evidence(claim, withoutPaper) {
  const marks = [[claim.subject, "subject"], [claim.object, "object"]]
    .filter(([id]) => things[id].kind !== "paper").map(([id, role]) => [things[id], role]);
  const sentence = claim.sentence === null ? null : data.sentences[claim.sentence];
  const others = (namedBy.get(claim.paper) || []).map((id) => things[id]);
  const paper = withoutPaper || claim.paper === null || NAMINGS.includes(claim.predicate) ? null : paperNamed(claim.paper);
  return make("div", { class: "evidence" }, quote(sentence, marks, others), paper, provenance(claim));
}

// A paper on one line, under a button that selects it.
function paperNamed(id) {
  return paperLine(thingButton(id), things[id].issued, things[id]);
}

function thingButton(id) {
  const { kind, label } = things[id];
  return make("button", { type: "button", class: `thing ${kind}`, "data-thing": id, title: oneLine(label, 120) }, swatch(kind), make("bdi", {}, label));
}
