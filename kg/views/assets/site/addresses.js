// Where things stand: a page has a file of its own, or in the page that holds all a part of the address.

const PAGES = {
  index: "Overview",
  graph: "Network",
  lineage: "Lineage",
  matrix: "Matrix",
  modalities: "Modalities",
};
const shell = document.body.dataset;
const single = shell.page === "";
// A summary leads nowhere: it has no other pages beside it.
const alone = shell.page === "summary";

// The address of a page; rest says what it shows.
function pageAddress(page, rest) {
  if (!single) return `${page}.html${rest ? `#${rest}` : ""}`;
  if (page === "lineage" && rest) return `#${rest}`;
  return `#${page}${rest ? `?${rest}` : ""}`;
}

// The address of a thing, which can be shared: lineage.html#dataset/mimic-cxr
function addressOf(key) {
  return pageAddress("lineage", asAddress(key));
}

// The page that the address asks for, and what of it.
function whereTo() {
  const fragment = location.hash.slice(1);
  if (!single) return { page: shell.page, rest: fragment };
  const [page, rest] = [fragment.split("?")[0], fragment.slice(fragment.split("?")[0].length + 1)];
  if (Object.hasOwn(PAGES, page)) return { page, rest };
  return fragment ? { page: "lineage", rest: fragment } : { page: "index", rest: "" };
}

// Puts what a page shows into its address, without a new step in the history.
function remember(page, rest) {
  readdress(pageAddress(page, rest) || "#");
}
