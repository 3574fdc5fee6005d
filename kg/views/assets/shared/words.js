// What things and links are called, and text from anywhere cut to a line.

// Singular and plural of every kind of thing.
const KINDS = {
  model: ["model", "models"],
  dataset: ["dataset", "datasets"],
  paper: ["paper", "papers"],
  modality: ["modality", "modalities"],
  task: ["task", "tasks"],
  metric: ["metric", "metrics"],
  result: ["result", "results"],
};

// Read from the subject, and from the object.
const PREDICATES = {
  trainedOn: ["trained on", "used to train"],
  basedOn: ["based on", "basis of"],
  derivedFrom: ["derived from", "source of"],
  builtWith: ["built with", "used to build"],
  evaluatedOn: ["evaluated on", "used to evaluate"],
  outperforms: ["outperforms", "outperformed by"],
  comparedWith: ["compared with", "compared with"],
  introduces: ["introduces", "introduced by"],
  uses: ["uses", "used by"],
  comparesWith: ["compares with", "compared in"],
  mentions: ["mentions", "mentioned by"],
};
const NAMINGS = ["introduces", "uses", "comparesWith", "mentions"];

const NOTHING_HERE = "Nothing stands at this address";

function counted(number, kind) {
  return `${number.toLocaleString("en")} ${KINDS[kind][number === 1 ? 0 : 1]}`;
}

// A label for one line: marks that steer the direction of text and control characters are left out.
function oneLine(label, limit) {
  const plain = label.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  const letters = Array.from(plain.slice(0, 4 * limit));
  return letters.length > limit ? letters.slice(0, limit - 1).join("").trimEnd() + "…" : plain;
}

// The value of a result, a gain with its sign.
function asWritten({ text, gain }) {
  return (gain && !/^[+\-−]/.test(text) ? "+" : "") + text;
}
