// Places for the boxes of a layered drawing, after Sugiyama, Tagawa and Toda, "Methods for visual understanding of
// hierarchical system structures", 1981: long edges get a bend in each column they pass, and boxes are ordered by
// the mean place of their neighbours. kg/views/columns.py places the one drawing of kg lineage, which needs no script;
// here the places would have to be stored with every thing, and drawn anew when more of them are asked for.

const BOX = { width: 196, height: 34, across: 76, between: 12, bend: 14, under: 14 };

// { boxes: id → { x, y }, ways: edge → points, lows: edge → y, width, height }; x and y are the middle of a box, lows
// how far down the edges run that lead back, beneath all boxes between.
function placed(columns, edges) {
  const least = Math.min(...columns.values());
  const lanes = [];
  const entry = (column, id) => {
    const made = { id, column, near: [[], []], y: 0, size: id === null ? BOX.bend : BOX.height };
    (lanes[column] ||= []).push(made);
    return made;
  };
  const boxes = new Map([...columns].map(([id, column]) => [id, entry(column - least, id)]));
  const ways = new Map();
  const join = (a, b) => {
    a.near[1].push(b);
    b.near[0].push(a);
  };
  const drawn = new Map();
  for (const edge of edges) {
    const [source, target] = [boxes.get(edge.object), boxes.get(edge.subject)];
    const pair = `${edge.object} ${edge.subject}`;
    // A second edge between the same two boxes takes the way of the first.
    if (drawn.has(pair)) {
      ways.set(edge, drawn.get(pair));
      continue;
    }
    const way = [source];
    for (let column = source.column + 1; column < target.column; column++) way.push(entry(column, null));
    way.push(target);
    if (source.column < target.column) way.slice(1).forEach((next, i) => join(way[i], next));
    ways.set(edge, way);
    drawn.set(pair, way);
  }
  for (let sweep = 0; sweep < 8; sweep++) order(lanes, sweep % 2);
  const height = stack(lanes);
  const low = (a, b) => Math.max(...lanes.slice(b.column, a.column + 1).flat().map((one) => one.y + one.size / 2)) + BOX.under;
  const lows = new Map([...ways].map(([edge, way]) => [edge, [way[0], way.at(-1)]])
    .filter(([, [source, target]]) => source.column >= target.column).map(([edge, ends]) => [edge, low(...ends)]));
  const x = (column) => column * (BOX.width + BOX.across) + BOX.width / 2 + 8;
  const point = (one) => ({ x: x(one.column), y: one.y });
  return {
    boxes: new Map([...boxes].map(([id, one]) => [id, point(one)])),
    ways: new Map([...ways].map(([edge, way]) => [edge, way.map(point)])),
    lows,
    width: x(lanes.length - 1) + BOX.width / 2 + 8,
    height: Math.max(height, ...[...lows.values()].map((y) => y + BOX.under)),
  };
}

// Orders each column by the mean place of the neighbours in the column before it, or behind it.
function order(lanes, behind) {
  const columns = lanes.map((lane, i) => i);
  lanes.forEach((lane) => lane.forEach((one, i) => (one.rank = (i + 0.5) / lane.length)));
  for (const column of behind ? columns.reverse() : columns) {
    const lane = lanes[column];
    for (const one of lane) {
      const near = one.near[behind];
      one.wish = near.length ? near.reduce((sum, other) => sum + other.rank, 0) / near.length : one.rank;
    }
    lane.sort((a, b) => a.wish - b.wish || (a.id ?? -1) - (b.id ?? -1));
    lane.forEach((one, i) => (one.rank = (i + 0.5) / lane.length));
  }
}

// Gives each box its height on the page: near to its neighbours, with room between the boxes of a column.
function stack(lanes) {
  for (const lane of lanes) settle(lane, lane.map(() => 0));
  for (let round = 0; round < 6; round++) {
    for (const lane of round % 2 ? [...lanes].reverse() : lanes) {
      const wishes = lane.map((one) => {
        const near = [...one.near[0], ...one.near[1]];
        return near.length ? near.reduce((sum, other) => sum + other.y, 0) / near.length : one.y;
      });
      settle(lane, wishes);
    }
  }
  const all = lanes.flat();
  const top = Math.min(...all.map((one) => one.y - one.size / 2)) - 10;
  all.forEach((one) => (one.y -= top));
  return Math.max(...all.map((one) => one.y + one.size / 2)) + 10;
}

// Nearest places to those wished for that keep the order and the room between (pools of adjacent violators).
function settle(lane, wishes) {
  let offset = 0;
  const pools = [];
  lane.forEach((one, i) => {
    if (i) offset += (lane[i - 1].size + one.size) / 2 + BOX.between;
    one.offset = offset;
    pools.push({ sum: wishes[i] - offset, count: 1 });
    while (pools.length > 1 && mean(pools.at(-2)) > mean(pools.at(-1))) {
      const last = pools.pop();
      pools.at(-1).sum += last.sum;
      pools.at(-1).count += last.count;
    }
  });
  let i = 0;
  for (const pool of pools) for (let left = pool.count; left > 0; left--, i++) lane[i].y = mean(pool) + lane[i].offset;
}

function mean({ sum, count }) {
  return sum / count;
}
