// Communities: where a graph is too large to be drawn node by node, its parts are discs that open.

const opened = new Set();
const communities = data.communities.map(([region, x, y, radius], id) => ({ id, region, x, y, radius, members: [] }));
for (const node of data.nodes) communities[node.community].members.push(node);
for (const { members } of communities) members.sort((a, b) => b.degree - a.degree || a.id - b.id);

// Lines between communities that are drawn, at most: the strongest.
const MOST_TIES = 400;

function isClosed(community) {
  return data.closed && !opened.has(community);
}

// What is drawn of the things and claims that are left: nodes, edges, closed communities, and ties that stand
// for the claims between what is closed and the rest.
function parts({ nodes, edges }) {
  const shown = data.nodes.filter((node) => nodes.has(node.id) && !isClosed(node.community));
  const closed = communities.filter(({ id }) => isClosed(id))
    .map((community) => ({ ...community, left: community.members.filter(({ id }) => nodes.has(id)) }))
    .filter(({ left }) => left.length);
  if (!data.closed) return { nodes: shown, edges: data.edges.filter(({ id }) => edges.has(id)), closed, ties: [] };
  const end = (id) => (isClosed(nodeOf.get(id).community) ? communityId(nodeOf.get(id).community) : id);
  const [open, ties] = [[], new Map()];
  for (const index of edges) {
    const [from, to] = [end(data.edges[index].from), end(data.edges[index].to)];
    if (typeof from === "number" && typeof to === "number") open.push(data.edges[index]);
    else if (from !== to) {
      const [a, b] = [from, to].sort((one, other) => (String(one) < String(other) ? -1 : 1));
      const id = `${a}-${b}`;
      if (!ties.has(id)) ties.set(id, { id, from: a, to: b, claims: 0 });
      ties.get(id).claims += 1;
    }
  }
  const strongest = [...ties.values()].sort((a, b) => b.claims - a.claims || (a.id < b.id ? -1 : 1));
  return { nodes: shown, edges: open, closed, ties: strongest.slice(0, MOST_TIES) };
}

function communityId(community) {
  return `c${community}`;
}

// The community that a drawn id stands for; null when it is a thing.
function communityOf(drawn) {
  return typeof drawn === "string" && drawn[0] === "c" ? Number(drawn.slice(1)) : null;
}

// Its best linked members, models and datasets first, and how many there are.
function communityName({ left }, limit) {
  const [first] = [...left.filter(({ id }) => things[id].kind !== "paper"), ...left];
  return left.length === 1 ? oneLine(things[first.id].label, limit) : `${oneLine(things[first.id].label, limit)} +${left.length - 1}`;
}

// What to say of it above the map; null when everything is drawn one by one.
function notice() {
  if (!data.closed) return null;
  const open = communities.length - communities.filter(({ id }) => isClosed(id)).length;
  const all = `${data.nodes.length.toLocaleString("en")} things are too many to draw one by one: they are in ${communities.length.toLocaleString("en")} communities.`;
  return open ? `${all} ${open} ${open === 1 ? "is" : "are"} open.` : `${all} Click a disc to open it, or search.`;
}
