"""The network page beside plain pyvis on the same graph: written, and opened in Chromium; part of ``all.py``.

pyvis is used as its documentation shows: nodes and edges added one by one, ``generate_html`` with everything
in the file, its layout left to the browser. It gets what the network page draws (papers, models, datasets and
the claims between them) with the labels, and none of the sentences, filters and concepts. A page counts as
open when its network is drawn and stands still: ours says so; pyvis's when its bar of progress is full.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from comparisons import Comparison, medians, seconds, tell
from dealt import deal

from kg.graph import KnowledgeGraph
from kg.link import link
from kg.papers import papers_or_records
from kg.views import write_graph_page
from kg.views.skeleton import skeleton

__all__ = ["measure"]

PEER = "pyvis"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    # pyvis's page asks for style sheets from the network: they fail at once, here and everywhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
)
OURS_IS_OPEN = "return document.documentElement.dataset.ready === 'true'"
PYVIS_IS_OPEN = """
const bar = document.getElementById('text');  // there are none up to 100 nodes
return document.readyState === 'complete' && (!bar || bar.innerHTML === '100%');
"""


def measure(
    inputs: Sequence[Path], sizes: Sequence[int], repeat: int, limit: float, folder: Path
) -> list[Comparison]:
    """Pages of graphs of so many papers, dealt from the given ones.

    Args:
        inputs: papers to deal.
        sizes: papers of each graph.
        repeat: runs of each; the median counts.
        limit: seconds that a page of pyvis has to open.
        folder: where the pages go.
    """
    templates = list(papers_or_records(inputs))
    found = []
    for size in sizes:
        tell(f"view: the pages of {size:,} papers")
        graph = link(deal(templates, size))
        ours, theirs = folder / f"{size}.html", folder / f"{size}-pyvis.html"
        drawn = skeleton(graph)
        what = f"{size:,} papers, {len(drawn):,} nodes, {drawn.number_of_edges():,} edges"
        writing = medians(
            {
                "ours": partial(seconds, partial(write_graph_page, graph, ours)),
                PEER: partial(seconds, partial(_write_pyvis, graph, theirs)),
            },
            repeat,
        )
        found.append(Comparison("view", f"{what}: written", writing["ours"], PEER, writing[PEER]))
        found += _opened(what, ours, theirs, repeat, limit)
    return found


def _write_pyvis(graph: KnowledgeGraph, path: Path) -> None:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    drawn = skeleton(graph)
    for node, attributes in drawn.nodes(data=True):
        network.add_node(node, label=graph.nx.nodes[node]["label"], group=attributes["kind"])
    for subject, object_, attributes in drawn.edges(data=True):
        network.add_edge(subject, object_, title=attributes["predicate"])
    path.write_text(network.generate_html(), encoding="utf-8")


def _opened(what: str, ours: Path, theirs: Path, repeat: int, limit: float) -> list[Comparison]:
    """Both pages in Chromium; nothing where there is none."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        tell("view: no chromium and chromedriver, so no page is opened")
        return []
    tell(f"view: {what}, opened in Chromium")

    def opening(page: Path, is_open: str) -> Callable[[], float]:
        return lambda: _open(browser, driver, page, is_open, limit)

    runs = {"ours": opening(ours, OURS_IS_OPEN), PEER: opening(theirs, PYVIS_IS_OPEN)}
    first = {name: run() for name, run in runs.items()}
    taken = first if first[PEER] >= limit else medians(runs, repeat)
    if taken["ours"] >= limit:
        raise RuntimeError(f"{ours} does not open within {limit:g} s")
    stopped = taken[PEER] >= limit
    return [Comparison("view", f"{what}: opened", taken["ours"], PEER, taken[PEER], at_least=stopped)]


def _open(browser: str, driver: str, page: Path, is_open: str, limit: float) -> float:
    """Seconds until a page stands in a fresh browser, the limit if it does not by then."""
    from selenium import webdriver
    from selenium.common.exceptions import TimeoutException
    from selenium.webdriver.support.ui import WebDriverWait

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = browser
        options.page_load_strategy = "none"
        for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1200,800"):
            options.add_argument(flag)
        chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        try:
            chrome.set_script_timeout(limit)
            start = perf_counter()
            chrome.get(page.as_uri())
            try:
                waiting = WebDriverWait(chrome, limit, poll_frequency=0.02)
                waiting.until(lambda shown: shown.execute_script(is_open))
            except TimeoutException:
                return limit
            return min(limit, perf_counter() - start)
        finally:
            chrome.quit()
