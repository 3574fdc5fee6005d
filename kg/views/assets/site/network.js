// The network inside the page that holds all: a document of its own in a frame.

async function showNetwork(rest) {
  const text = await table("network");
  const frame = make("iframe", { title: "The network", class: "network" });
  frame.srcdoc = text;
  // The frame has no address of its own: what to select is told to it when it is there.
  frame.addEventListener("load", () => {
    if (rest) frame.contentWindow.graphPage?.follow(`#${rest}`);
  });
  return { title: "Network", wide: true, content: [make("h1", { class: "away" }, "Network"), frame] };
}
