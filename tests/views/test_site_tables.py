"""Datasets by models and modality by task in a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import go, text, texts

from kg.graph import KnowledgeGraph
from kg.query import named_queries
from kg.store import Store
from kg.views.site import write_site

By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
ActionChains = pytest.importorskip("selenium.webdriver.common.action_chains").ActionChains
WebDriverWait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait


def test_the_matrix_is_filtered_and_shows_the_sentences_of_a_pair(
    site: Path, open_page: Callable[..., Any]
) -> None:
    browser = open_page(site / "matrix.html")
    assert text(browser, "[role=status].quiet") == "1 dataset and 1 model in 1 of 1 pairs"
    mark = browser.find_element(By.CSS_SELECTOR, "td .marks")
    assert mark.get_attribute("title") == "LungNet trained on and evaluated on Chest-9, 2 papers"
    mark.click()
    WebDriverWait(browser, 20).until(lambda page: "is weaker" in text(page, "#evidence"))
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    browser.find_element(By.CSS_SELECTOR, ".controls input").send_keys("mri")
    assert "Nothing passes these filters." in text(browser)
    assert browser.current_url.endswith("matrix.html#text=mri")


def test_the_list_of_pairs_sorts_by_the_heading_pressed(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    site_graph.add_claim("model/tesla", "evaluatedOn", "dataset/chest-9-c", "paper/three")
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "matrix.html")
    go(browser, "view=list&sort=model&down=0")
    models = "tbody td:nth-child(2)"
    assert texts(browser, models) == ["LungNet", "TeslaFormer"]
    browser.find_element(By.CSS_SELECTOR, "th[aria-sort] button").click()
    assert texts(browser, models) == ["TeslaFormer", "LungNet"]
    assert "down=1" not in browser.current_url and "sort=model" in browser.current_url
    go(browser, "view=list&modality=modality%2Fmri")
    assert texts(browser, models) == ["TeslaFormer"]


def test_a_cell_of_modality_by_task_opens_its_list(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "modalities.html")
    assert [row.split() for row in texts(browser, "tbody th")] == [
        ["Imaging", "3"],
        ["X-ray", "2"],
        ["MRI", "1"],
    ]
    cell = browser.find_element(By.CSS_SELECTOR, 'td a[aria-label="1 paper: X-ray, classification"]')
    cell.click()
    WebDriverWait(browser, 20).until(lambda page: texts(page, "#cell"))
    assert "Lungs at a glance" in text(browser, "#cell") and "Quiet scanners" not in text(browser, "#cell")
    assert browser.current_url.endswith("modalities.html#modality/x-ray&task/classification")
    assert len(browser.find_elements(By.CSS_SELECTOR, "td.gap")) == 2


PAIR = """
SELECT ?name (COUNT(DISTINCT ?paper) AS ?papers) WHERE {
  ?paper a schema:ScholarlyArticle ; schema:mentions ?thing ;
    kg:hasModality/skos:broader* ?modality ; fair4ml:mlTask/skos:broader* ?task .
  ?modality rdfs:label "X-ray" . ?task rdfs:label "classification" .
  ?thing a ?kind ; rdfs:label ?name . VALUES ?kind { KIND }
} GROUP BY ?thing ?name
"""


def listed(browser: Any, heading: str, kind: str) -> dict[str, int]:
    """Names and numbers of papers in the whole list below the heading that counts things of a kind."""
    (found,) = (
        element for element in browser.find_elements(By.CSS_SELECTOR, heading) if f" {kind}" in element.text
    )
    items = found.find_element(By.XPATH, "..")
    for more in items.find_elements(By.CSS_SELECTOR, ".more button"):
        browser.execute_script("arguments[0].click()", more)
    rows = [item.text for item in items.find_elements(By.CSS_SELECTOR, "li")]
    numbers = [int(row.rsplit(None, 2)[1]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert found.text.split()[0] == str(len(rows))
    return {row.rsplit(None, 2)[0]: number for row, number in zip(rows, numbers, strict=True)}


@pytest.fixture(scope="module")
def seeds_site(seeds_graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds")
    write_site(seeds_graph, folder)
    return folder


@pytest.mark.parametrize(("kind", "type_"), [("model", "fair4ml:MLModel"), ("dataset", "schema:Dataset")])
def test_a_cell_lists_all_that_its_papers_name_with_the_number_of_those_papers(
    seeds_graph: KnowledgeGraph, seeds_site: Path, open_page: Callable[..., Any], kind: str, type_: str
) -> None:
    rows = Store.of(seeds_graph).query(PAIR.replace("KIND", type_)).rows
    named = {row[0].value: int(row[1].value) for row in rows}
    browser = open_page(seeds_site / "modalities.html")
    go(browser, f"modality/x-ray&task/classification;count={kind}")
    assert listed(browser, "#cell h3", kind) == named
    assert text(browser, ".heat a[aria-current]") == str(len(named))


def test_the_page_of_a_modality_lists_the_datasets_that_the_named_query_finds(
    seeds_graph: KnowledgeGraph, seeds_site: Path, open_page: Callable[..., Any]
) -> None:
    rows = Store.of(seeds_graph).query(named_queries()["datasets-by-modality"].sparql).rows
    found = {row[3].value: int(row[4].value) for row in rows if row[1].value == "X-ray"}
    assert found["MIMIC-CXR"] > 1
    browser = open_page(seeds_site / "lineage.html")
    go(browser, "modality/x-ray")
    assert listed(browser, "section h2", "dataset") == found


def test_what_papers_of_a_pair_only_mention_is_listed_and_others_do_not_join_it(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    # LungNet is named in a paper on MRI and in one on classification, but in none on both.
    site_graph.add_claim("paper/three", "uses", "model/lungnet", "paper/three")
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "modalities.html")
    go(browser, "modality/x-ray&task/classification;count=model")
    assert listed(browser, "#cell h3", "model") == {"LungNet": 1, "TeslaFormer": 1}
    assert not browser.find_elements(By.CSS_SELECTOR, '[aria-label$=": MRI, classification"]')


def test_the_row_under_the_pointer_keeps_its_colours(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "modalities.html")
    colours = "return [...document.querySelectorAll('.heat')].map((e) => getComputedStyle(e).backgroundColor)"
    before = browser.execute_script(colours)
    cell = browser.find_element(By.CSS_SELECTOR, ".heat")
    ActionChains(browser).move_to_element(cell).perform()
    assert browser.execute_script("return arguments[0].matches(':hover')", cell)
    assert browser.execute_script(colours) == before


def test_in_a_narrow_window_a_table_scrolls_in_its_frame_and_keeps_words_whole(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    site_graph.nx.nodes["metric/dice"]["label"] = "Sensitivity"
    site_graph.nx.nodes["paper/one"]["label"] = "Electroencephalography understood"
    site_graph.nx.nodes["result/one-1"]["condition"] = "under longitudinally standardised circumstances"
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "lineage.html", width=360)
    go(browser, "model/lungnet")
    frame = browser.find_element(By.CSS_SELECTOR, ".scroll:has(> .sortable)")
    lines = """
    const range = document.createRange();
    range.selectNodeContents(arguments[0]);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    """
    names = frame.find_elements(By.CSS_SELECTOR, "td bdi")
    metric, paper = (next(n for n in names if n.text.startswith(word)) for word in ("Sens", "Elec"))
    assert browser.execute_script(lines, metric) == 1
    assert browser.execute_script(lines, paper) == 2
    assert browser.execute_script("return arguments[0].scrollWidth > arguments[0].clientWidth", frame)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_names_of_rows_stand_on_few_lines_in_a_narrow_window(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    site_graph.nx.nodes["modality/mri"]["label"] = "Mammography"
    for i in range(12):
        site_graph.nx.add_node(f"task/t{i}", kind="task", label=f"task {i}")
        site_graph.add_claim("paper/three", "hasTask", f"task/t{i}", "paper/three")
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "modalities.html", width=360)
    heights = [row.size["height"] for row in browser.find_elements(By.CSS_SELECTOR, "tbody th")]
    assert max(heights) < 70


def test_the_list_of_pairs_fits_a_narrow_window(site: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(site / "matrix.html", width=360)
    table = browser.find_element(By.CSS_SELECTOR, "table.sortable")
    assert table.location["x"] + table.size["width"] <= 360


def test_choosing_a_cell_leaves_the_table_where_it_was(
    site_graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    for i in range(60):
        site_graph.nx.add_node(f"task/t{i}", kind="task", label=f"task {i}")
        site_graph.add_claim("paper/one", "hasTask", f"task/t{i}", "paper/one")
    write_site(site_graph, tmp_path)
    browser = open_page(tmp_path / "modalities.html")
    last = browser.find_elements(By.CSS_SELECTOR, "tbody tr:first-child td a")[-1]
    last.click()
    WebDriverWait(browser, 20).until(lambda page: texts(page, "#cell"))
    left = "return document.querySelector('.scroll.grid').scrollLeft"
    assert browser.execute_script(left) > 1000
