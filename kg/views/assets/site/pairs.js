// Pairs of a dataset and a model that was trained or evaluated on it.

const USES = { trainedOn: "trained on", evaluatedOn: "evaluated on" };

// [{ dataset, model, trainedOn, evaluatedOn, papers }], the two as rows of the table of links or undefined
async function datasetPairs() {
  const { rows } = await links();
  const pairs = new Map();
  for (const row of rows) {
    if (!(row.predicate in USES)) continue;
    const key = `${row.object} ${row.subject}`;
    if (!pairs.has(key)) pairs.set(key, { dataset: row.object, model: row.subject });
    pairs.get(key)[row.predicate] = row;
  }
  return [...pairs.values()].map((pair) => ({ ...pair, papers: Math.max(pair.trainedOn?.papers || 0, pair.evaluatedOn?.papers || 0) }));
}

// Those that pass: show is "", "trainedOn", "evaluatedOn" or "both"; modality a concept or null; text in a name.
function passing(pairs, all, held, { show, modality, text }) {
  const sought = searchable(text);
  const named = new Map();
  const matches_ = (id) => {
    if (!named.has(id)) named.set(id, [all[id].label, ...all[id].aliases].some((name) => closeness(searchable(name), sought) > 0));
    return named.get(id);
  };
  return pairs.filter((pair) =>
    (show === "both" ? pair.trainedOn && pair.evaluatedOn : !show || pair[show]) &&
    (modality === null || held[pair.dataset].includes(modality) || held[pair.model].includes(modality)) &&
    (!sought || matches_(pair.dataset) || matches_(pair.model)));
}
