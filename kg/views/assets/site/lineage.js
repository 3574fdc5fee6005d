// What a thing depends on, and what depends on it, at any depth, out of the table of links.

// Things reached from a root along dependencies, nearest first: up to what it depends on, or down from it.
function reached(links_, root, up) {
  const depth = new Map([[root, 0]]);
  const waiting = [root];
  for (let i = 0; i < waiting.length; i++) {
    for (const row of steps(links_, waiting[i], up)) {
      const next = up ? row.object : row.subject;
      if (!depth.has(next)) {
        depth.set(next, depth.get(waiting[i]) + 1);
        waiting.push(next);
      }
    }
  }
  depth.delete(root);
  return depth;
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
    const shown = nearest(links_, root, up, most);
    hidden[up ? "up" : "down"] = reached(links_, root, up).size - (shown.size - 1);
    for (const [id, level] of longestWays(links_, root, up, shown)) {
      if (!columns.has(id)) columns.set(id, up ? -level : level);
    }
    for (const id of shown) {
      for (const row of steps(links_, id, up)) if (shown.has(row.subject) && shown.has(row.object)) edges.add(row);
    }
  }
  // In a circle a thing may stand on the other side of the root than its level says: close the empty columns.
  const taken = [...new Set(columns.values())].sort((a, b) => a - b);
  for (const [id, level] of columns) columns.set(id, taken.indexOf(level) - taken.indexOf(0));
  return { columns, edges: [...edges], hidden };
}

function nearest(links_, root, up, most) {
  const shown = new Set([root]);
  let generation = [root];
  while (generation.length) {
    const weight = new Map();
    for (const id of generation) {
      for (const row of steps(links_, id, up)) {
        const next = up ? row.object : row.subject;
        if (!shown.has(next)) weight.set(next, (weight.get(next) || 0) + row.papers + 0.01 * steps(links_, next, up).length);
      }
    }
    generation = [...weight.keys()].sort((a, b) => weight.get(b) - weight.get(a) || a - b).slice(0, most);
    generation.forEach((id) => shown.add(id));
  }
  return shown;
}

// The longest way from the root to each thing. Where things depend on each other in a circle, only links that lead
// farther from the root count (by fewest steps, then by number).
function longestWays(links_, root, up, shown) {
  const depth = reached(links_, root, up);
  depth.set(root, 0);
  const neighbours = (id) => [...new Set(steps(links_, id, up).map((row) => (up ? row.object : row.subject)))].filter((other) => shown.has(other));
  const next = new Map([...shown].map((id) => [id, neighbours(id)]));
  const farther = (id, other) => depth.get(other) > depth.get(id) || (depth.get(other) === depth.get(id) && other > id);
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
