"""What of a very large graph goes on one page."""

from __future__ import annotations

from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.views.core import core, write_core_page


def star(papers: int) -> KnowledgeGraph:
    """Papers that all use one dataset, each with a model and a result of its own; later ones say more."""
    graph = KnowledgeGraph()
    graph.nx.add_node("dataset/all", kind="dataset", label="All")
    graph.nx.add_node("metric/dice", kind="metric", label="Dice")
    for number in range(papers):
        paper, model, result = f"paper/{number}", f"model/{number}", f"result/{number}-1"
        graph.nx.add_node(paper, kind="paper", label=paper)
        graph.nx.add_node(model, kind="model", label=model)
        graph.nx.add_node(result, kind="result", label="Dice 0.9", text="0.9", gain=False)
        graph.add_claim(paper, "uses", "dataset/all", paper)
        graph.add_claim(paper, "introduces", model, paper)
        graph.add_claim(paper, "reportsMetric", "metric/dice", paper)
        graph.add_claim(result, "evaluates", model, paper)
        graph.add_claim(result, "inMetric", "metric/dice", paper)
        graph.add_claim(result, "reportedIn", paper, paper)
    return graph


def test_a_graph_that_fits_comes_back_itself() -> None:
    graph = star(4)
    assert core(graph, 9) is graph


def test_of_a_larger_one_the_most_linked_stay_with_their_results_and_all_concepts() -> None:
    graph = star(4)
    part = core(graph, 4)
    papers_and_things = {"dataset/all", "paper/0", "paper/1", "paper/2"}
    assert set(part.nx) == papers_and_things | {"metric/dice"}
    part = core(graph, 6)  # papers have more links than their models, and come before
    assert set(part.nx) - {"metric/dice", "dataset/all"} == {
        *(f"paper/{number}" for number in range(4)),
        *("model/0", "result/0-1"),
    }
    assert graph.counts()["paper"] == 4, "the whole stays as it is"
    claim = "uses|paper/0"
    assert part.nx.edges["paper/0", "dataset/all", claim] == graph.nx.edges["paper/0", "dataset/all", claim]


def test_the_page_of_a_core_says_how_much_it_shows(tmp_path: Path) -> None:
    graph = star(4)
    page = write_core_page(graph, tmp_path / "core.html", 4).read_text(encoding="utf-8")
    assert "The 4 most linked of 9 papers, models and datasets" in page
    assert "paper/3" not in page
    whole = write_core_page(graph, tmp_path / "whole.html", 9).read_text(encoding="utf-8")
    assert "most linked" not in whole
    assert "paper/3" in whole
