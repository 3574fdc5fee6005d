"""Filters of the network page in a browser: all hold at once, the map follows, and Back undoes a step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_graph_page_browser import choose, click_at, complaints, node, panel, shown, slide

from kg.graph import KnowledgeGraph
from kg.views import write_graph_page

By = pytest.importorskip("selenium.webdriver.common.by").By

OUT_OF_SIGHT = """
const box = document.getElementById('map').getBoundingClientRect();
return graphPage.drawing.parts.nodes.filter(({x, y}) => {
  const [left, top] = graphPage.drawing.screen(x, y);
  return left < 0 || top < 0 || left > box.width || top > box.height;
}).length;
"""
REGIONS_CUT = """
const box = document.getElementById('map').getBoundingClientRect();
return graphPage.data.regions.filter(({x, y, radius}) => {
  const [left, top] = graphPage.drawing.screen(x, y);
  const reach = radius * graphPage.drawing.scale();
  return left < reach || top < reach || left + reach > box.width || top + reach > box.height;
}).length;
"""


@pytest.fixture
def page(graph: KnowledgeGraph, tmp_path: Path) -> Path:
    """The usual graph with two tasks: segmentation in both papers on X-ray, detection in the one on MRI."""
    for task in ("segmentation", "detection"):
        graph.nx.add_node(f"task/{task}", kind="task", label=task.title())
    for paper, task in (("one", "segmentation"), ("three", "segmentation"), ("two", "detection")):
        graph.add_claim(f"paper/{paper}", "hasTask", f"task/{task}", f"paper/{paper}", confidence=0.9)
    graph.nx.nodes["paper/two"]["issued"] = "2021"
    graph.nx.nodes["paper/three"]["issued"] = "2022-05-01"
    return write_graph_page(graph, tmp_path / "page.html")


def labels(browser: Any) -> set[str]:
    script = "return [...graphPage.drawing.left.nodes].map((id) => graphPage.data.things[id].label)"
    return set(browser.execute_script(script))


def test_modality_and_task_hold_together(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    choose(browser, "modality", "X-ray (2)")
    assert {"Lungs at a glance", "Ribs removed"} <= labels(browser)
    choose(browser, "task", "Segmentation (2)")
    assert "Lungs at a glance" in labels(browser)
    assert not {"Ribs removed", "RibNet", "Quiet scanners", "TeslaFormer"} & labels(browser)
    choose(browser, "modality", "any")
    assert {"Lungs at a glance", "Quiet scanners"} <= labels(browser)
    assert "Ribs removed" not in labels(browser)


def test_years_leave_papers_of_that_time_and_what_they_tell_of(
    page: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(page)
    choose(browser, "since", "2022")
    choose(browser, "until", "2022")
    assert labels(browser) == {"Quiet scanners", "TeslaFormer"}
    choose(browser, "since", "2024")
    assert "Lungs at a glance" in labels(browser) and "Quiet scanners" not in labels(browser)
    browser.find_element(By.ID, "clear").click()
    assert shown(browser).startswith("8 of 8 nodes and 11 of 11 links")


def test_confidence_leaves_out_claims_that_are_less_sure(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    slide(browser, 0.8)
    predicates = "return [...graphPage.drawing.left.edges].map((id) => graphPage.data.edges[id].predicate)"
    assert "trainedOn" not in browser.execute_script(predicates)
    assert browser.find_element(By.ID, "surely").text == "0.80 or more"
    slide(browser, 0.75)
    assert "trainedOn" in browser.execute_script(predicates)


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_all_regions_are_whole_at_first_sight(page: Path, open_page: Callable[..., Any], width: int) -> None:
    browser = open_page(page, width)
    assert browser.execute_script(REGIONS_CUT) == 0


def test_the_map_goes_where_the_filter_leaves_something(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    browser.execute_script("graphPage.drawing.moveTo({x: 90000, y: 0}, 3, false)")
    assert browser.execute_script(OUT_OF_SIGHT) > 0
    choose(browser, "modality", "MRI (1)")
    assert browser.execute_script(OUT_OF_SIGHT) == 0


def test_back_undoes_selections_and_filters_and_stays_on_the_page(
    page: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(page)
    choose(browser, "modality", "X-ray (2)")
    place = node(browser, "model/lungnet")
    click_at(browser, place["x"], place["y"])
    assert browser.current_url.endswith("#model/lungnet?modality=modality/x-ray")
    start, end = node(browser, "model/ribnet"), node(browser, "model/lungnet")
    click_at(browser, (start["x"] + end["x"]) / 2, (start["y"] + end["y"]) / 2)
    assert "RibNet is ahead of LungNet." in panel(browser)
    assert "#model/ribnet?link=outperforms&to=model/lungnet" in browser.current_url
    browser.back()
    assert "The Lung Network was trained on Chest-9" in panel(browser)
    browser.back()
    assert panel(browser).startswith("What this graph holds")
    assert "Quiet scanners" not in labels(browser)
    browser.back()
    assert shown(browser).startswith("8 of 8 nodes")
    browser.forward()
    assert "Quiet scanners" not in labels(browser)
    assert complaints(browser) == []


def test_an_address_brings_back_edge_and_filters(page: Path, open_page: Callable[..., Any]) -> None:
    class Address:
        def as_uri(self) -> str:
            edge = "#model/ribnet?link=outperforms&to=model/lungnet"
            return f"{page.as_uri()}{edge}&task=task/detection&hide=mentions"

    browser = open_page(Address())
    assert "RibNet is ahead of LungNet." in panel(browser)
    assert browser.execute_script("return graphPage.state.predicates.has('mentions')") is False


def test_search_offers_names_that_are_nearly_the_one_typed(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    search = browser.find_element(By.ID, "search")
    search.send_keys("Telsaformer")
    offered = browser.find_element(By.ID, "suggestions").text.split("\n")
    assert offered[:2] == ["Nothing of this name. Did you mean:", "TeslaFormer"]
    search.send_keys("\n")
    assert "TeslaFormer" in panel(browser).split("\n")[1]
