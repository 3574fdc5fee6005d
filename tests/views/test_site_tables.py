"""Datasets by models and modality by task in a browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import go, text, texts

from kg.graph import KnowledgeGraph
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
