"""The first page and the pages of things in a browser: search, lineage, sentences, the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import complaints, go, search, text, texts

from kg.graph import KnowledgeGraph
from kg.views.site import write_site

By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
ActionChains = pytest.importorskip("selenium.webdriver.common.action_chains").ActionChains
WebDriverWait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait


def test_the_first_page_counts_and_leads_on(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "index.html")
    assert texts(browser, ".tiles li")[:3] == ["3\npapers", "4\nmodels", "3\ndatasets"]
    assert "X-ray" in text(browser, ".charts")
    leads = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, ".ways a")]
    assert leads == [
        (site / name).as_uri() for name in ("graph.html", "lineage.html", "matrix.html", "modalities.html")
    ]


def test_papers_by_year_keep_years_without_papers(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Any
) -> None:
    site_graph.nx.nodes["paper/two"]["issued"] = "2021"
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "index.html")
    chart = browser.find_element(By.CSS_SELECTOR, ".chart svg")
    assert chart.get_attribute("aria-label") == "Papers by year. 2021: 1, 2024: 1"
    assert len(chart.find_elements(By.CSS_SELECTOR, ".column")) == 4


def test_search_finds_an_alias_and_opens_the_page(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "matrix.html")
    assert search(browser, "lung netw", 1) == ["LungNet"]
    browser.find_element(By.ID, "search").send_keys(Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda page: page.current_url.endswith("lineage.html#model/lungnet"))


@pytest.mark.parametrize("slip", ["lugnet", "lunngnet", "lnugnet", "lungnat"])
def test_search_forgives_a_slip_of_the_finger(site: Path, open_page: Callable[..., Any], slip: str) -> None:
    browser = open_page(site / "index.html")
    browser.find_element(By.ID, "search").send_keys(slip)
    WebDriverWait(browser, 20).until(lambda page: "LungNet" in text(page, "#suggestions"))
    assert "Did you mean" in text(browser, "#suggestions")


def test_search_says_when_nothing_has_the_name(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "index.html")
    browser.find_element(By.ID, "search").send_keys("zzzzzz")
    WebDriverWait(browser, 20).until(lambda page: text(page, "#suggestions") == "Nothing of this name")


def test_a_lineage_is_drawn_from_left_to_right_at_any_depth(
    site: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/lungnet")
    left = {
        box.text.split("\n")[0].split(",")[0]: box.location["x"]
        for box in browser.find_elements(By.CSS_SELECTOR, "a.box")
    }
    assert left["Wards"] < left["Chest-9"] < left["LungNet"] < left["RibNet"] < left["Grandchild"]
    assert "It depends on 2 things, up to 2 steps away" in text(browser)
    assert "2 things depend on it, up to 2 steps away" in text(browser)


def test_a_link_of_the_drawing_opens_its_sentence_with_the_keyboard(
    site: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/ribnet")
    link = browser.find_element(By.CSS_SELECTOR, 'g.link[aria-label^="Grandchild based on RibNet, 1 paper"]')
    browser.execute_script("arguments[0].focus()", link)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    WebDriverWait(browser, 20).until(lambda page: "Grandchild starts from" in text(page, "#evidence"))
    assert texts(browser, "#evidence mark") == ["Grandchild", "RibNet"]
    assert (
        browser.find_element(By.CSS_SELECTOR, "#evidence .address").get_attribute("href")
        == "https://doi.org/10.1000/ribs"
    )
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert not browser.find_element(By.ID, "evidence").is_displayed()


def test_a_link_of_low_confidence_is_drawn_as_unsure(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    site_graph.nx.edges["model/ribnet", "model/lungnet", "basedOn|paper/two"]["confidence"] = 0.3
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "lineage.html")
    go(browser, "model/lungnet")
    (unsure,) = browser.find_elements(By.CSS_SELECTOR, "g.link.unsure")
    assert unsure.get_attribute("aria-label") == "RibNet based on LungNet, 1 paper, confidence 0.30"
    thin, usual = (
        float(browser.find_element(By.CSS_SELECTOR, f"g.link{which} .stroke").get_attribute("stroke-width"))
        for which in (".unsure", ":not(.unsure)")
    )
    assert thin < usual
    assert "confidence below 0.5" in text(browser, "figcaption")
    go(browser, "dataset/wards")
    assert "It depends on nothing that is known." in text(browser)
    go(browser, "model/grandchild")
    assert "Nothing that is known depends on it." in text(browser)


def test_the_first_page_says_how_far_to_trust_it_and_what_is_counted(
    site: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(site / "index.html")
    assert "right about two times in three" in text(browser, ".remark")
    assert browser.find_element(By.CSS_SELECTOR, ".remark a").get_attribute("href").endswith("lineage.html")
    assert "Narrower modalities are counted by themselves" in text(browser)
    browser = open_page(site / "lineage.html")
    go(browser, "modality/imaging")
    assert "Narrower modalities are counted in." in text(browser)
    go(browser, "modality/mri")
    assert "Narrower" not in text(browser)


def test_a_thing_tells_claims_results_and_papers(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/lungnet")
    assert text(browser, "h1") == "LungNet"
    headings = texts(browser, "main h2")
    for heading in ("Lineage", "Trained on", "Evaluated on", "Outperformed by", "Reported results", "Papers"):
        assert heading in headings
    assert "The Lung Network was trained on Chest-9, not on Chest-9-C." in text(browser)
    assert "confidence 0.75 · found by cue:trained" in text(browser)
    assert "0.91" in text(browser, "table")


def test_back_leads_through_what_was_looked_at(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/lungnet")
    browser.find_element(By.CSS_SELECTOR, "a.box.dataset").click()
    WebDriverWait(browser, 20).until(lambda page: text(page, "h1") != "LungNet")
    browser.back()
    WebDriverWait(browser, 20).until(lambda page: text(page, "h1") == "LungNet")
    browser.back()
    WebDriverWait(browser, 20).until(lambda page: text(page, "h1") == "Lineage")


def test_a_circle_is_drawn_and_said_to_be_one(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Any
) -> None:
    site_graph.add_claim("model/lungnet", "basedOn", "model/grandchild", "paper/one", exact="In a circle.")
    site_graph.add_claim("model/tesla", "basedOn", "model/tesla", "paper/one")
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "lineage.html")
    go(browser, "model/lungnet")
    assert "The lineage goes in a circle" in text(browser)
    assert len(browser.find_elements(By.CSS_SELECTOR, "a.box.model")) == 3
    go(browser, "model/tesla")
    assert "No paper here says what it depends on" in text(browser)
    assert complaints(browser) == []


def test_of_many_dependents_some_are_drawn_and_the_others_on_demand(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    for i in range(40):
        site_graph.nx.add_node(f"model/child-{i}", kind="model", label=f"Child {i}")
        site_graph.add_claim(f"model/child-{i}", "trainedOn", "dataset/wards", "paper/one")
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "lineage.html")
    go(browser, "dataset/wards")
    drawn = len(browser.find_elements(By.CSS_SELECTOR, "a.box"))
    assert drawn < 30 and "more that depend on it are not drawn" in text(browser)
    browser.find_element(By.CSS_SELECTOR, "figure.lineage button").click()
    # Wards itself, the 40, Chest-9, and the three models that come from it.
    assert len(browser.find_elements(By.CSS_SELECTOR, "a.box")) == 45


def test_an_address_of_nothing_offers_what_was_meant(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/lugnet")
    assert text(browser, "h1") == "Nothing stands at this address"
    assert texts(browser, "main li a") == ["LungNet"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_pages_fit_the_window_and_follow_the_colour_scheme(
    site: Path, open_page: Callable[..., Any], width: int, scheme: str
) -> None:
    for page, fragment in (("index", ""), ("lineage", "model/lungnet"), ("matrix", ""), ("modalities", "")):
        browser = open_page(site / f"{page}.html", width=width, scheme=scheme)
        if fragment:
            go(browser, fragment)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        red = browser.execute_script(
            "return getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]"
        )
        assert (int(red) > 200) == (scheme == "light")


def test_everything_can_be_reached_with_the_keyboard_and_shows_the_focus(
    site: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/lungnet")
    browser.execute_script("document.activeElement.blur()")
    reached = []
    for _ in range(60):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        focus = browser.switch_to.active_element
        if focus.tag_name in ("body", "html"):
            continue
        reached.append(focus.get_attribute("id") or focus.get_attribute("class") or focus.tag_name)
        if focus.tag_name != "g":  # a line of the drawing glows instead
            assert (
                browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", focus) != "none"
            )
    assert "search" in reached and "scroll" in reached
    assert any(name.startswith("box") for name in reached) and any(
        name.startswith("link") for name in reached
    )


def test_on_paper_everything_that_folds_is_open(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "lineage.html")
    go(browser, "model/lungnet")
    assert browser.execute_script("return document.querySelectorAll('main details:not([open])').length") > 0
    browser.execute_cdp_cmd("Page.printToPDF", {})
    assert browser.execute_script("return document.querySelectorAll('main details:not([open])').length") == 0


@pytest.mark.parametrize(("typed", "heard"), [("ribnet", "1 suggestion"), ("net", "2 suggestions")])
def test_the_number_of_suggestions_is_said(
    site: Path, open_page: Callable[..., Any], typed: str, heard: str
) -> None:
    browser = open_page(site / "index.html")
    search(browser, typed, int(heard[0]))
    status = browser.find_element(By.ID, "status")
    assert status.get_attribute("textContent") == heard
