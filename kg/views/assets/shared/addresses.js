// Addresses: of things inside the pages, and of papers on the web.

// The key of a thing as a part of an address, and back.
function asAddress(key) {
  return key.split("/").map(encodeURIComponent).join("/");
}

function fromAddress(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Puts an address into the history, as a step of its own or instead of the last; a page inside a frame may have
// none to change.
function readdress(address, step) {
  try {
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    return;
  }
}

// A link, if the address is one for the web; else the address as text.
function webLink(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    url = null;
  }
  if (url === null || !["http:", "https:"].includes(url.protocol)) return make("span", { class: "address" }, address);
  return make("a", { href: url.href, rel: "noopener noreferrer", target: "_blank", class: "address" }, text || address);
}

// Where a paper can be read: the page it came from, then what its identifiers resolve to.
function readingPlaces(paper) {
  const found = [paper.url];
  if (paper.doi) found.push(`https://doi.org/${encodeURI(paper.doi)}`);
  if (paper.arxiv_id) found.push(`https://arxiv.org/abs/${encodeURI(paper.arxiv_id)}`);
  return [...new Set(found.filter((address) => address))];
}
