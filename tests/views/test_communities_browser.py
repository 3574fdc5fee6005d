"""Graphs that are too large to be drawn node by node, and the renderer for large ones, in a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_graph_page_browser import click_at, complaints, node, panel, requests

from kg.graph import KnowledgeGraph
from kg.views import write_graph_page

By = pytest.importorskip("selenium.webdriver.common.by").By

NO_WEBGL = """
const whole = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : whole.call(this, kind, ...rest);
};
"""
PARTS = "const p = graphPage.drawing.parts; return [p.nodes.length, p.closed.length, p.ties.length]"


def test_a_graph_above_the_limit_is_communities_that_open_on_click(
    graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(write_graph_page(graph, tmp_path / "page.html", largest=(4, 100)))
    nodes, closed, _ = browser.execute_script(PARTS)
    assert (nodes, closed) == (0, 1)
    assert "8 things are too many to draw one by one" in browser.find_element(By.ID, "notice").text
    place = browser.execute_script("return graphPage.drawing.parts.closed[0]")
    click_at(browser, place["x"], place["y"])
    assert browser.execute_script(PARTS)[:2] == [8, 0]
    place = node(browser, "model/lungnet")
    click_at(browser, place["x"], place["y"])
    assert "The Lung Network was trained on Chest-9" in panel(browser)
    browser.find_element(By.ID, "close").click()
    assert browser.execute_script(PARTS)[:2] == [0, 1]
    assert complaints(browser) == []


def test_search_opens_the_community_of_what_it_finds(
    graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    for i in range(80):
        graph.nx.add_node(f"paper/p{i}", kind="paper", label=f"Paper {i}")
        graph.nx.add_node(f"model/m{i}", kind="model", label=f"Net {i}")
        graph.add_claim(f"paper/p{i}", "introduces", f"model/m{i}", f"paper/p{i}")
    browser = open_page(write_graph_page(graph, tmp_path / "page.html", largest=(50, 100)))
    before = browser.execute_script(PARTS)
    browser.find_element(By.ID, "search").send_keys("Net 77\n")
    after = browser.execute_script(PARTS)
    assert after[1] == before[1] - 1 and 0 < after[0] < 100
    drawn = "return graphPage.drawing.drawn.has(graphPage.state.thing)"
    assert browser.execute_script(drawn) is True


def test_webgl_draws_answers_clicks_and_asks_for_nothing(
    graph: KnowledgeGraph, tmp_path: Path, open_webgl: Callable[..., Any]
) -> None:
    page = write_graph_page(graph, tmp_path / "page.html", renderer="webgl")
    browser = open_webgl(page)
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    place = node(browser, "model/lungnet")
    click_at(browser, place["x"], place["y"])
    assert "The Lung Network was trained on Chest-9" in panel(browser)
    assert browser.current_url.endswith("#model/lungnet")
    browser.execute_script("graphPage.filterBy('modality', arguments[0])", node_number(browser, "MRI"))
    assert browser.execute_script("return graphPage.network.getGraph().order") < 8
    assert [url.split("#")[0] for url in requests(browser) if url.startswith(("http", "file"))] == [
        page.as_uri()
    ]
    assert [line for line in complaints(browser) if "SEVERE" in line or "Error" in line] == []


def test_webgl_opens_communities_too(
    graph: KnowledgeGraph, tmp_path: Path, open_webgl: Callable[..., Any]
) -> None:
    browser = open_webgl(write_graph_page(graph, tmp_path / "p.html", renderer="webgl", largest=(4, 100)))
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    place = browser.execute_script("return graphPage.drawing.parts.closed[0]")
    click_at(browser, place["x"] + place["radius"] / 2, place["y"])
    assert browser.execute_script(PARTS)[:2] == [8, 0]


def test_without_webgl_the_page_says_so_and_tells_all_the_same(
    graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    page = write_graph_page(graph, tmp_path / "page.html", renderer="webgl")
    without = open_page(page).execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": NO_WEBGL},
    )
    browser = open_page(page)
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", without)
    assert "no WebGL" in browser.find_element(By.ID, "notice").text
    browser.execute_script("graphPage.select({thing: arguments[0]}, true)", node_number(browser, "LungNet"))
    assert "The Lung Network was trained on Chest-9" in panel(browser)


def node_number(browser: Any, label: str) -> int:
    script = "return graphPage.data.things.findIndex((thing) => thing.label === arguments[0])"
    return int(browser.execute_script(script, label))
