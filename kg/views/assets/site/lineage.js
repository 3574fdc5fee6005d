// What a thing depends on, and what depends on it, at any depth, out of the table of links. What kg/lineage does in
// Python for one thing that was asked for, these pages do for whichever is opened.

// What is reached from a root along dependencies, up to what it depends on or down from it: { depth: steps to each,
// nearest first; followed: rows by the thing they lead on from; left: rows not followed, of another copy }
function traced(links_, root, up) {
  const depth = new Map([[root, 0]]);
  const [followed, arrivals] = [new Map(), new Map()];
  let left = 0;
  for (const [id, away] of depth) {
    const all = steps(links_, id, up);
    const rows = all.filter((row) => sameCopy(arrivals.get(id), row, up));
    followed.set(id, rows);
    left += all.length - rows.length;
    for (const row of rows) {
      const next = up ? row.object : row.subject;
      put(arrivals, next, row);
      if (!depth.has(next)) depth.set(next, away + 1);
    }
  }
  depth.delete(root);
  return { depth, followed, left };
}

// Whether a row is of the copy by which its thing was reached; of the root any is. What a paper says of its own copy
// of a model is told of the model, and of what the same paper made of it.
function sameCopy(arrivals, row, up) {
  return !arrivals || arrivals.some((before) => !(up ? row : before).copy || row.stated.some((paper) => before.stated.includes(paper)));
}

// One step: the rows that say so, those of most papers first.
function steps({ from, to, dependencies }, id, up) {
  const rows = ((up ? from : to).get(id) || []).filter(({ predicate, subject, object }) => dependencies.has(predicate) && subject !== object);
  return rows.sort((a, b) => b.papers - a.papers || b.confidence - a.confidence || a.subject - b.subject || a.object - b.object);
}

// What to draw of a lineage: { columns, edges, hidden }. Columns number the things from left (depended on) to
// right; a thing stands one column beyond the farthest of those between it and the root. In each generation at
// most so many are shown; hidden counts the others.
function layeredLineage(links_, root, most) {
  const columns = new Map([[root, 0]]);
  const edges = new Set();
  const hidden = { up: 0, down: 0 };
  for (const up of [true, false]) {
    const found = traced(links_, root, up);
    const shown = nearest(found, root, up, most);
    hidden[up ? "up" : "down"] = found.depth.size - (shown.size - 1);
    for (const [id, level] of longestWays(found, root, up, shown)) {
      if (!columns.has(id)) columns.set(id, up ? -level : level);
    }
    for (const id of shown) {
      for (const row of found.followed.get(id)) if (shown.has(row.subject) && shown.has(row.object)) edges.add(row);
    }
  }
  // In a circle a thing may stand on the other side of the root than its level says: close the empty columns.
  const taken = [...new Set(columns.values())].sort((a, b) => a - b);
  for (const [id, level] of columns) columns.set(id, taken.indexOf(level) - taken.indexOf(0));
  return { columns, edges: [...edges], hidden };
}

function nearest({ followed }, root, up, most) {
  const shown = new Set([root]);
  let generation = [root];
  while (generation.length) {
    const weight = new Map();
    for (const id of generation) {
      for (const row of followed.get(id)) {
        const next = up ? row.object : row.subject;
        if (!shown.has(next)) weight.set(next, (weight.get(next) || 0) + row.papers + 0.01 * followed.get(next).length);
      }
    }
    generation = [...weight.keys()].sort((a, b) => weight.get(b) - weight.get(a) || a - b).slice(0, most);
    generation.forEach((id) => shown.add(id));
  }
  return shown;
}

// The longest way from the root to each thing. Where things depend on each other in a circle, only links that lead
// farther from the root count (by fewest steps, then by number).
function longestWays({ followed, depth }, root, up, shown) {
  const away = (id) => (id === root ? 0 : depth.get(id));
  const neighbours = (id) => [...new Set(followed.get(id).map((row) => (up ? row.object : row.subject)))].filter((other) => shown.has(other));
  const next = new Map([...shown].map((id) => [id, neighbours(id)]));
  const farther = (id, other) => away(other) > away(id) || (away(other) === away(id) && other > id);
  const counting = new Map([...next].map(([id, others]) => [id, others.filter((other) => farther(id, other) || !leads(next, other, id))]));
  const level = new Map([[root, 0]]);
  for (const id of sourcesFirst(counting, root)) {
    for (const other of counting.get(id)) level.set(other, Math.max(level.get(other) || 0, level.get(id) + 1));
  }
  return level;
}

// Whether there is a way from one thing to another.
function leads(next, from, to) {
  const seen = new Set([from]);
  for (const id of seen) {
    if (id === to) return true;
    next.get(id).forEach((other) => seen.add(other));
  }
  return false;
}

// What is reached from the root in a graph without circles, each thing after all that lead to it.
function sourcesFirst(next, root) {
  const order_ = [];
  const seen = new Set([root]);
  const stack = [[root, [...next.get(root)]]];
  while (stack.length) {
    const [id, left] = stack.at(-1);
    if (!left.length) {
      stack.pop();
      order_.push(id);
      continue;
    }
    const other = left.pop();
    if (seen.has(other)) continue;
    seen.add(other);
    stack.push([other, [...next.get(other)]]);
  }
  return order_.reverse();
}
