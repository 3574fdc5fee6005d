"""The pages from disk in a browser that reaches nothing: they ask for nothing and run only what is theirs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import complaints, go, requests, search, text

from kg.graph import KnowledgeGraph
from kg.views.site import DATA, PAGES, write_single_page

By = pytest.importorskip("selenium.webdriver.common.by").By
WebDriverWait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait

RUN = "window.ran = (window.ran || 0) + 1"
ATTACKS = (
    f"<img src=x onerror='{RUN}'>",
    f"</script><script>{RUN}</script>",
    f"<!--<script>{RUN}",
    f'" onmouseover="{RUN}" x="',
    f"');{RUN};//",
    "' \\ ` ${1} \u2028 \u202egnp.exe \u2067\u200f\u0000 href",
    "Long" * 1250,
    "(a+)+$ [x]{9} \\p{L",
)


def test_not_one_request_leaves_the_folder(site: Path, open_page: Callable[..., Any]) -> None:
    for page in PAGES:
        browser = open_page(site / f"{page}.html")
        if page == "lineage":
            for key in ("model/lungnet", "dataset/chest-9", "paper/one", "modality/x-ray", "metric/dice"):
                go(browser, key)
        if page == "index":
            search(browser, "lung", 2)
        asked = {url.split("#")[0] for url in requests(browser)}
        allowed = {file.as_uri() for file in [site / f"{page}.html", *(site / DATA).iterdir()]}
        assert (site / f"{page}.html").as_uri() in asked
        assert asked <= allowed
        assert complaints(browser) == []


def test_pages_without_their_data_say_what_is_missing(site: Path, open_page: Callable[..., Any]) -> None:
    (site / DATA / "names.js").unlink()
    browser = open_page(site / "lineage.html")
    assert "data/names.js is missing: keep the pages together" in text(browser, "[role=alert]")


def test_one_file_holds_every_page_and_the_network(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    page = write_single_page(site_graph, tmp_path / "all.html")
    browser = open_page(page)
    assert text(browser, "h1") == "What this graph holds"
    for fragment, heading in (
        ("model/lungnet", "LungNet"),
        ("lineage", "Lineage"),
        ("matrix?show=both", "Datasets by models"),
        ("modalities?modality/x-ray&task/classification", "Modality by task"),
    ):
        go(browser, fragment)
        assert text(browser, "h1") == heading
    for address, said in (("model/lungnet", "LungNet"), ("model/none", "This network has no model/none.")):
        go(browser, f"graph?{address}")
        browser.switch_to.frame(browser.find_element(By.CSS_SELECTOR, "iframe"))
        WebDriverWait(browser, 20).until(lambda page, said=said: said in text(page, "#panel"))
        browser.switch_to.default_content()
    asked = {url.split("#")[0] for url in requests(browser) if not url.startswith(("data:", "about:"))}
    assert asked == {page.as_uri()}
    assert complaints(browser) == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_runs_nothing_and_breaks_no_page(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any], attack: str
) -> None:
    for key in ("model/lungnet", "dataset/chest-9", "paper/one", "modality/x-ray", "task/classification"):
        site_graph.nx.nodes[key].update(label=attack, aliases=(attack,))
    site_graph.nx.nodes["paper/one"].update(url="javascript:" + RUN, abstract=attack, authors=(attack,))
    strange = f"model/{attack[:200]}"
    site_graph.nx.add_node(strange, kind="model", label=attack)
    site_graph.add_claim(strange, "basedOn", "model/lungnet", "paper/one", exact=attack, method=attack)
    page = write_single_page(site_graph, tmp_path / "all.html", title=attack)
    browser = open_page(page, width=360)
    views = (
        "index",
        "lineage",
        "matrix",
        "matrix?view=list",
        "modalities",
        "modalities?modality/x-ray&task/classification",
    )
    for fragment in (*views, "model/lungnet", "paper/one", "modality/x-ray"):
        go(browser, fragment)
        assert browser.execute_script("return window.ran") is None
        assert "This cannot be shown" not in text(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    go(browser, "model/lungnet")
    links = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "a.box")]
    for link in links:
        go(browser, link.split("#", 1)[1])
        assert "Nothing stands at this address" not in text(browser)
    assert browser.execute_script("return window.ran") is None
    assert complaints(browser) == []


def test_an_empty_graph_opens_everywhere(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    page = write_single_page(KnowledgeGraph(), tmp_path / "all.html")
    browser = open_page(page)
    for fragment in ("index", "lineage", "matrix", "modalities", "graph"):
        go(browser, fragment)
        assert "This cannot be shown" not in text(browser)
    assert complaints(browser) == []
