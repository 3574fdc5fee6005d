// Shows what the address asks for, now and whenever it changes.

const main = document.getElementById("main");
let turn = 0;

async function show() {
  const mine = ++turn;
  document.getElementById("evidence").close();
  const { page, rest } = whereTo();
  let shown;
  try {
    shown = await VIEWS[page](rest);
  } catch (error) {
    console.error(error);
    shown = { title: "Error", content: [make("h1", {}, "This cannot be shown"), make("p", { role: "alert" }, String(error.message))] };
  }
  if (mine !== turn) return;
  document.title = `${shown.title} · ${shell.title}`;
  main.classList.toggle("wide", Boolean(shown.wide));
  main.replaceChildren(...shown.content.flat().filter((child) => child));
  for (const link of document.querySelectorAll("#pages a")) {
    if (link.dataset.page === page) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  shown.after?.(main);
  // After a step inside the page the keyboard and the screen reader go on where the new content begins.
  const begin = (shown.focus && main.querySelector(shown.focus)) || main;
  if (mine > 1 || shown.focus) begin.focus({ preventScroll: true });
  const top = begin.getBoundingClientRect().top;
  if (begin !== main && (top < 0 || top > 0.7 * innerHeight)) begin.scrollIntoView();
  else if (mine > 1 && begin === main) scrollTo(0, 0);
  document.documentElement.dataset.ready = "true";
}

const VIEWS = {
  index: showOverview,
  summary: showOverview,
  graph: showNetwork,
  lineage: (rest) => (!rest || rest.startsWith("text=") ? showLineages(rest) : showThing(fromAddress(rest))),
  matrix: showMatrix,
  modalities: showModalities,
};

if (alone) document.querySelectorAll("nav, .search").forEach((part) => part.remove());
else document.getElementById("pages").append(...Object.entries(PAGES).map(([page, name]) =>
  make("li", {}, make("a", { href: pageAddress(page), "data-page": page }, name))));
if (!alone) new Search(searchIndex, dot, ({ thing }) => location.assign(addressOf(thing.key)));
// On paper nothing can be opened.
addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((part) => (part.open = true)));
addEventListener("hashchange", show);
show();
