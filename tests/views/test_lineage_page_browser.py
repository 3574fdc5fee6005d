"""The page on one lineage in a browser: it asks for nothing, runs nothing, and a card leads to its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph

By = pytest.importorskip("selenium.webdriver.common.by").By

RAN = "document.title = 'ran'"
ATTACKS = (f'<img src=x onerror="{RAN}">', f"</svg></style><script>{RAN}</script>", "\u202egnp.exe")


@pytest.fixture
def attacked(graph: KnowledgeGraph, tmp_path: Path) -> Path:
    """The page of a model whose neighbours have hostile names and sentences."""
    for place, attack in enumerate(ATTACKS):
        graph.nx.add_node(f"model/{attack}", kind="model", label=attack)
        graph.add_claim(f"model/{attack}", "basedOn", "model/lungnet", "paper/one", exact=ATTACKS[place - 1])
    path = tmp_path / "lineage.html"
    path.write_text(graph.lineage("LungNet").to_html(), encoding="utf-8")
    return path


def test_nothing_is_asked_for_and_nothing_runs(attacked: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(attacked)
    assert browser.title == "Lineage of LungNet"
    assert browser.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert asked == [attacked.as_uri()]


def test_a_card_leads_to_the_sentence(attacked: Path, open_page: Callable[..., Any]) -> None:
    browser = open_page(attacked)
    card = browser.find_element(By.XPATH, "//*[local-name()='a'][.//*[text()='Chest-9']]")
    # A link inside a drawing has no click of its own in every driver.
    browser.execute_script("location.hash = arguments[0].getAttribute('href')", card)
    place = browser.find_element(By.CSS_SELECTOR, "li:target")
    place.find_element(By.TAG_NAME, "summary").click()
    assert "The Lung Network was trained on Chest-9, not on Chest-9-C." in place.text


@pytest.mark.parametrize("width", [360, 1920])
def test_only_the_drawing_scrolls_sideways(attacked: Path, open_page: Callable[..., Any], width: int) -> None:
    browser = open_page(attacked, width=width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
