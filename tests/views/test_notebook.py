"""A graph in a notebook: whole in a frame of its own, and nothing of it outside."""

import html
import re
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.views import notebook, write_graph_page


def inside(shown: str) -> str:
    """The document in the frame, of which there is one and nothing beside it."""
    found = re.fullmatch(r'<iframe srcdoc="([^"]*)"[^<>]*></iframe>', shown)
    assert found
    return html.unescape(found[1])


def test_a_graph_shows_its_network(graph: KnowledgeGraph, tmp_path: Path) -> None:
    page = write_graph_page(graph, tmp_path / "graph.html").read_text(encoding="utf-8")
    assert inside(graph._repr_html_()) == page


def test_the_frame_may_run_its_scripts_but_not_reach_the_notebook(graph: KnowledgeGraph) -> None:
    (sandbox,) = re.findall(r'sandbox="([^"]*)"', graph._repr_html_().replace("&quot;", ""))
    assert "allow-scripts" in sandbox and "allow-same-origin" not in sandbox


@pytest.mark.parametrize(
    "attack", ['"><script>alert(1)</script>', "' onload=alert(1) '", "</iframe>", "&quot;>"]
)
def test_hostile_names_stay_inside(graph: KnowledgeGraph, attack: str) -> None:
    graph.nx.nodes["model/lungnet"]["label"] = attack
    inside(graph._repr_html_())


def test_a_graph_too_large_to_keep_shows_what_it_holds(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "LARGEST", 3)
    page = inside(graph._repr_html_())
    assert 'data-page="summary"' in page and "vis-network" not in page


def test_a_summary_opens_and_leads_nowhere(graph: KnowledgeGraph, tmp_path: Path, open_page) -> None:
    from kg.views.site import summary_page

    (tmp_path / "summary.html").write_text(summary_page(graph), encoding="utf-8")
    browser = open_page(tmp_path / "summary.html")
    assert "What this graph holds" in browser.find_element("tag name", "main").text
    links = [link.get_attribute("href") for link in browser.find_elements("css selector", "a:not(.skip)")]
    assert links == []
    assert browser.get_log("browser") == []
