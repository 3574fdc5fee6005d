// How near a name comes to what is typed.

// [{ thing, id, weight, forms, tight }]: things with their names as they are compared, with spaces and without;
// weight(thing, id) ranks what answers equally well.
function indexed(things, weight) {
  return things.map((thing, id) => {
    const forms = [thing.label, ...(thing.aliases || [])].map((name) => searchable(name.slice(0, 300)));
    const tight = forms.map((form) => form.replaceAll(" ", ""));
    return { thing, id, weight: weight(thing, id), forms, tight };
  });
}

// Entries whose name answers, best first.
function matches(index, wanted, limit) {
  const [scored, sought] = [[], wanted.replaceAll(" ", "")];
  for (const entry of index) {
    let score = 0;
    for (let i = 0; i < entry.forms.length; i++) score = Math.max(score, answers(entry.forms[i], entry.tight[i], wanted, sought));
    if (score > 0) scored.push({ entry, score });
  }
  return best(scored, limit);
}

// Entries whose name, or its beginning, is a few slips of the finger away.
function nearMisses(index, wanted, limit) {
  const sought = wanted.replaceAll(" ", "").slice(0, 40);
  const slips = Math.min(3, Math.floor(sought.length / 3));
  if (!slips) return [];
  const [scored, letters] = [[], lettersOf(sought)];
  for (const entry of index) {
    let least = slips + 1;
    for (const tight of entry.tight) {
      if (tight.length < sought.length - slips) continue;
      // Every letter that the name lacks is a slip: most names need no closer look.
      const [whole, beginning] = [tight.slice(0, sought.length + slips + 1), tight.slice(0, sought.length)];
      if (lacking(letters, lettersOf(whole)) > slips) continue;
      if (whole.length <= sought.length + slips) least = Math.min(least, distance(whole, sought, slips));
      least = Math.min(least, distance(beginning, sought, slips));
    }
    if (least <= slips) scored.push({ entry, score: -least });
  }
  return best(scored, limit);
}

// The letters of a word as bits; a few share one.
function lettersOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

function lacking(letters, others) {
  let count = 0;
  for (let rest = letters & ~others; rest; rest &= rest - 1) count += 1;
  return count;
}

function best(scored, limit) {
  scored.sort((a, b) => b.score - a.score || b.entry.weight - a.entry.weight || a.entry.id - b.entry.id);
  return scored.slice(0, limit).map(({ entry }) => entry);
}

// Letters to insert, drop, change or swap with the next (optimal string alignment); limit + 1 when it is more.
// Only places that far from the diagonal can matter.
function distance(a, b, limit) {
  let [before, row, next] = [[], Array.from({ length: b.length + 1 }, (_, j) => j), []];
  for (let i = 1; i <= a.length; i++) {
    const [first, last] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
    let least = (next[first - 1] = first > 1 ? limit + 1 : i);
    for (let j = first; j <= last; j++) {
      let cost = Math.min(row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), (j === i + limit ? limit : row[j]) + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      next[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[b.length], limit + 1);
}

// Lower case, without accents and punctuation, so that "unet" and "U-Net" are near each other.
function searchable(name) {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+]+/gu, " ").trim();
}

// How well a name answers: 5 the same, 4 the same but for spaces, 3 begins with it, 2 a word does, 1 holds it.
function closeness(name, wanted) {
  return answers(name, name.replaceAll(" ", ""), wanted, wanted.replaceAll(" ", ""));
}

function answers(name, tight, wanted, sought) {
  if (name === wanted) return 5;
  if (tight === sought) return 4;
  if (name.startsWith(wanted) || tight.startsWith(sought)) return 3;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) || tight.includes(sought) ? 1 : 0;
}
