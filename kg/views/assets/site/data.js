// Tables of data: out of the page itself when they stand in it, else from the file beside it. A page opened
// from disk may not fetch, but it may load a script, which then hands over what it holds.

const tables = new Map();
const awaited = new Map();

window.kgPages = {
  arrived: (name, table) => awaited.get(name)?.(table),
};

// A promise of the table; of each one only one is made.
function table(name) {
  if (!tables.has(name)) tables.set(name, fetched(name));
  return tables.get(name);
}

function fetched(name) {
  const inside = document.getElementById(`data-${name}`);
  if (inside) return Promise.resolve(JSON.parse(inside.textContent));
  return new Promise((arrive, fail) => {
    awaited.set(name, arrive);
    const script = make("script", { src: `data/${name}.js` });
    script.addEventListener("load", () => {
      script.remove();
      awaited.delete(name);
      fail(new Error(`data/${name}.js is broken: write the pages again`));
    });
    script.addEventListener("error", () =>
      fail(new Error(`data/${name}.js is missing: keep the pages together with the folder "data" that was written with them`)));
    document.head.append(script);
  });
}
