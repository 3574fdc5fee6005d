"""The page in a browser: it works, asks for nothing and runs nothing that is not its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.views import write_graph_page

By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
Select = pytest.importorskip("selenium.webdriver.support.ui").Select
ActionChains = pytest.importorskip("selenium.webdriver.common.action_chains").ActionChains

RUN = "window.ran = (window.ran || 0) + 1"
ATTACKS = (
    f"<img src=x onerror='{RUN}'>",
    f"</script><script>{RUN}</script>",
    f"<!--<script>{RUN}",
    f'" onmouseover="{RUN}" x="',
    "' \\ ` ${1} \u2028 \u202egnp.exe \u2067\u200f\u0000 href",
    "Long" * 1250,
    "(a+)+$ [x]{9} \\p{L",
)
CANVAS_POINT = """
const [x, y] = graphPage.drawing.screen(arguments[0], arguments[1]);
const box = document.getElementById('map').getBoundingClientRect();
return [box.left + x, box.top + y];
"""


@pytest.fixture
def page(graph: KnowledgeGraph, tmp_path: Path) -> Path:
    return write_graph_page(graph, tmp_path / "page.html")


def panel(browser: Any) -> str:
    return str(browser.find_element(By.ID, "panel").text)


def click_at(browser: Any, x: float, y: float) -> None:
    """Click the canvas at a place of the drawing."""
    left, top = browser.execute_script(CANVAS_POINT, x, y)
    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(round(left), round(top))
    actions.w3c_actions.pointer_action.click()
    # vis-network waits to see whether a second click makes it a double click.
    actions.pause(0.5).perform()


def node(browser: Any, key: str) -> dict[str, Any]:
    """A drawn node by the key of its thing."""
    data = browser.execute_script("return graphPage.data")
    number = [thing["key"] for thing in data["things"]].index(key)
    return next(node for node in data["nodes"] if node["id"] == number)


def choose(browser: Any, select: str, option: str) -> None:
    """Choose an option of one of the filters by its text."""
    Select(browser.find_element(By.ID, select)).select_by_visible_text(option)


def slide(browser: Any, to: float) -> None:
    """Move the slider of confidence."""
    browser.execute_script(
        "const slider = document.getElementById('sure'); slider.value = arguments[0];"
        "slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change'))",
        to,
    )


def shown(browser: Any) -> str:
    return str(browser.find_element(By.ID, "shown").text)


def complaints(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def requests(browser: Any) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def test_not_one_request_leaves_the_page(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    for thing in range(len(browser.execute_script("return graphPage.data.things"))):
        browser.execute_script("graphPage.select({thing: arguments[0]}, true)", thing)
    assert [url.split("#")[0] for url in requests(browser) if not url.startswith("data:")] == [page.as_uri()]
    assert complaints(browser) == []


def test_search_finds_a_model_by_alias_and_selects_it(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    search = browser.find_element(By.ID, "search")
    search.send_keys("lung netw")
    options = browser.find_elements(By.CSS_SELECTOR, "#suggestions [role=option]")
    assert [option.text.split("\n")[0] for option in options] == ["LungNet"]
    search.send_keys(Keys.ENTER)
    assert "also Lung Network" in panel(browser)
    assert browser.execute_script("return graphPage.network.getSelectedNodes()") == [
        node(browser, "model/lungnet")["id"]
    ]
    assert browser.current_url.endswith("#model/lungnet")


def test_search_says_when_nothing_has_the_name(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    browser.find_element(By.ID, "search").send_keys("zzz")
    assert browser.find_element(By.ID, "suggestions").text == "Nothing of this name"


def test_clicking_an_edge_shows_the_sentence_with_its_names_marked(
    page: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(page)
    start, end = node(browser, "model/ribnet"), node(browser, "model/lungnet")
    click_at(browser, (start["x"] + end["x"]) / 2, (start["y"] + end["y"]) / 2)
    assert "RibNet is ahead of LungNet." in panel(browser)
    marks = browser.find_elements(By.CSS_SELECTOR, "#panel mark")
    assert [(mark.text, mark.get_attribute("class")) for mark in marks] == [
        ("RibNet", "subject"),
        ("LungNet", "object"),
    ]
    assert "Ribs removed" in panel(browser)
    link = browser.find_element(By.CSS_SELECTOR, "#panel a")
    assert link.get_attribute("href") == "https://doi.org/10.1000/ribs"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_clicking_a_node_shows_what_papers_say_of_it(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    place = node(browser, "model/lungnet")
    click_at(browser, place["x"], place["y"])
    text = panel(browser)
    assert "The Lung Network was trained on Chest-9" in text
    assert "confidence 0.75 · found by cue:trained" in text
    for heading in ("TRAINED ON", "EVALUATED ON", "OUTPERFORMED BY", "REPORTED RESULTS", "PAPERS"):
        assert heading in text
    assert "0.91" in text and "Dice" in text


def test_a_name_inside_a_longer_name_is_not_marked(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    edge = "graphPage.data.edges.findIndex((edge) => edge.predicate === 'trainedOn')"
    browser.execute_script(f"graphPage.select({{edge: {edge}}})")
    marks = [mark.text for mark in browser.find_elements(By.CSS_SELECTOR, "#panel mark")]
    assert marks == ["Lung Network", "Chest-9"]


def test_legend_and_filter_leave_what_was_asked_for(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    assert shown(browser).startswith("8 of 8 nodes and 11 of 11 links")
    browser.find_element(By.CSS_SELECTOR, "[data-kind=paper]").click()
    assert shown(browser).startswith("5 of 8 nodes and 3 of 11 links")
    browser.find_element(By.CSS_SELECTOR, "[data-predicate=trainedOn]").click()
    assert shown(browser).startswith("5 of 8 nodes and 2 of 11 links")
    choose(browser, "modality", "MRI (1)")
    assert shown(browser).startswith("1 of 8 nodes and 0 of 11 links")
    browser.execute_script("location.hash = '#paper/one'")
    assert "Lungs at a glance" in panel(browser)
    assert shown(browser).startswith("8 of 8 nodes")


def test_an_address_with_a_selection_opens_it_and_a_bad_one_says_so(
    page: Path, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    class Address:
        def __init__(self, fragment: str) -> None:
            self.fragment = fragment

        def as_uri(self) -> str:
            return page.as_uri() + self.fragment

    assert "Quiet scanners" in panel(open_page(Address("#paper/three")))
    for fragment in ("#__proto__", "#%E0%A4%A", "#<img src=x onerror=1>"):
        browser = open_page(Address(fragment))
        assert panel(browser).startswith("Nothing stands at this address\nThis network has no ")
        assert "What this graph holds" in panel(browser)
        assert complaints(browser) == []


def test_what_is_said_of_a_bad_address_goes_with_it(page: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(page)
    browser.execute_script("location.hash = '#nonsense/foo'")
    assert "This network has no nonsense/foo." in panel(browser)
    status = browser.find_element(By.ID, "status")
    assert status.get_attribute("textContent") == "Nothing stands at this address"
    for leave in ("filterBy('modality', null)", "select({})"):
        browser.execute_script("location.hash = '#nonsense/foo'")
        assert "nonsense/foo" in panel(browser)
        browser.execute_script(f"graphPage.{leave}")
        assert panel(browser).startswith("What this graph holds")
        assert "nonsense" not in browser.current_url


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_runs_nothing_and_breaks_nothing(
    graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any], attack: str
) -> None:
    model = graph.nx.nodes["model/lungnet"]
    model["label"], model["aliases"] = attack, (attack + "2", "ok")
    graph.nx.nodes["modality/x-ray"]["label"] = attack
    graph.nx.nodes["result/one-1"].update(text=attack, condition=attack)
    paper = graph.nx.nodes["paper/two"]
    paper.update(label=attack, abstract=attack, authors=(attack,), issued=attack, doi=attack, links=(attack,))
    graph.add_claim(
        "model/ribnet",
        "basedOn",
        "model/lungnet",
        "paper/two",
        exact=f"ok {attack}",
        method=attack,
        confidence=0.5,
    )
    browser = open_page(write_graph_page(graph, tmp_path / "page.html", title=attack))
    elements = len(browser.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed, script"))
    counts = browser.execute_script("return [graphPage.data.things.length, graphPage.data.edges.length]")
    for thing in range(counts[0]):
        browser.execute_script("graphPage.select({thing: arguments[0]}, true)", thing)
    for edge in range(counts[1]):
        browser.execute_script("graphPage.select({edge: arguments[0]})", edge)
    search = browser.find_element(By.ID, "search")
    browser.execute_script("arguments[0].value = arguments[1]", search, attack)
    search.send_keys("2")
    assert len(browser.find_elements(By.CSS_SELECTOR, "img, iframe, object, embed, script")) == elements == 2
    assert browser.execute_script("return window.ran || 0") == 0
    assert complaints(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_only_web_addresses_become_links(
    graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    bad = (
        "javascript:alert(1)",
        "data:text/html,<script>1</script>",
        "file:///etc/passwd",
        "JAVA\tSCRIPT:1",
        "//x",
    )
    graph.nx.nodes["paper/three"].update(url=bad[0], links=(*bad, "http://example.org/code"))
    browser = open_page(write_graph_page(graph, tmp_path / "page.html"))
    browser.execute_script("location.hash = '#paper/three'")
    links = browser.find_elements(By.CSS_SELECTOR, "#panel a")
    assert [link.get_attribute("href") for link in links] == ["http://example.org/code"]
    assert "javascript:alert(1)" in panel(browser)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_the_page_fits_the_window_and_follows_the_colour_scheme(
    page: Path, open_page: Callable[..., Any], width: int, scheme: str
) -> None:
    browser = open_page(page, width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script("return document.querySelector('#map canvas').clientWidth") >= 320
    red = browser.execute_script("return getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    assert (int(red) > 200) == (scheme == "light")


def test_everything_can_be_reached_with_the_keyboard_and_shows_the_focus(
    page: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(page)
    body, reached = browser.find_element(By.TAG_NAME, "body"), []
    body.click()
    browser.execute_script("graphPage.select({}); document.activeElement.blur()")
    for _ in range(30):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        focus = browser.switch_to.active_element
        if focus.tag_name == "body":
            continue
        reached.append(focus.get_attribute("id") or focus.get_attribute("class") or focus.tag_name)
        outline = "return getComputedStyle(arguments[0]).outlineStyle"
        assert browser.execute_script(outline, focus) != "none"
    assert {"search", "modality", "task", "sure", "vis-network", "fit"} <= set(reached)
    assert any(name.startswith("thing") for name in reached)


def test_an_empty_graph_opens(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(write_graph_page(KnowledgeGraph(), tmp_path / "page.html"))
    assert shown(browser) == "0 of 0 nodes and 0 of 0 links shown"
    assert complaints(browser) == []
