// What is selected and filtered stands in the address, so that it can be shared and Back undoes a step:
// #dataset/mimic-cxr, #model/a?link=trainedOn&to=dataset/b, #?modality=modality/ct&since=2023

function addressOf(state) {
  const rest = [];
  const say = (name, value) => rest.push(`${name}=${value}`);
  let key = "";
  if (state.edge !== null) {
    const { from, to, predicate } = data.edges[state.edge];
    key = asAddress(things[from].key);
    say("link", predicate);
    say("to", asAddress(things[to].key));
  } else if (state.thing !== null) key = asAddress(things[state.thing].key);
  for (const kind of ["modality", "task"]) if (state[kind] !== null) say(kind, asAddress(things[state[kind]].key));
  for (const end of ["since", "until"]) if (state[end] !== null) say(end, state[end]);
  if (state.sure) say("sure", state.sure);
  const hidden = [...DRAWN_KINDS.filter((kind) => !state.kinds.has(kind)), ...Object.keys(PREDICATES).filter((name) => !state.predicates.has(name))];
  if (hidden.length) say("hide", hidden.join(","));
  return `#${key}${rest.length ? `?${rest.join("&")}` : ""}`;
}

// The state an address asks for; what it names and is not there is left out, the thing itself kept as missing.
function stateOf(address) {
  const [path, query] = cut(address.replace(/^#/, ""), "?");
  const asked = new Map(query.split("&").map((pair) => cut(pair, "=")));
  const key = fromAddress(path);
  const thing = byKey.get(key) ?? null;
  const state = { ...everything(), thing, edge: null, missing: thing === null && key ? key : null };
  for (const kind of ["modality", "task"]) {
    const id = byKey.get(fromAddress(asked.get(kind) || ""));
    if (id !== undefined && things[id].kind === kind) state[kind] = id;
  }
  for (const end of ["since", "until"]) if (/^\d{4}$/.test(asked.get(end))) state[end] = Number(asked.get(end));
  const sure = Number(asked.get("sure"));
  if (sure > 0 && sure <= 1) state.sure = sure;
  for (const name of (asked.get("hide") || "").split(",")) [state.kinds, state.predicates].forEach((set) => set.delete(name));
  const other = byKey.get(fromAddress(asked.get("to") || ""));
  const edge = data.edges.findIndex(({ from, to, predicate }) => from === thing && to === other && predicate === asked.get("link"));
  return edge < 0 ? state : { ...state, thing: null, edge };
}

// Makes an address a new step of the history.
function remember(address) {
  if (address !== (location.hash || "#")) readdress(address, true);
}

function cut(text, at) {
  const place = text.indexOf(at);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}
