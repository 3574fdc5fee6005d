// Tables travel as rows under a line of columns.

function record(columns, row) {
  return Object.fromEntries(columns.map((column, i) => [column, row[i]]));
}

// Adds to the list that a map holds under a key.
function put(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}
