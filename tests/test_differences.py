"""What changed between two graphs is told, and nothing else."""

from __future__ import annotations

from copy import deepcopy

from kg.differences import differences
from kg.graph import KnowledgeGraph


def test_a_graph_does_not_differ_from_itself(small_graph: KnowledgeGraph) -> None:
    found = differences(small_graph, deepcopy(small_graph))
    assert not found
    assert found.to_text() == "\n".join(
        f"{sort}: 0 appeared, 0 vanished, 0 changed" for sort in ("papers", "entities", "claims", "results")
    )


def test_what_appears_and_vanishes_is_told_both_ways(small_graph: KnowledgeGraph) -> None:
    more = deepcopy(small_graph)
    more.nx.add_node("paper/p9", kind="paper", label="A ninth\npaper")
    more.nx.add_node("model/nu", kind="model", label="Nu")
    more.add_claim("paper/p9", "introduces", "model/nu", "paper/p9", exact="We present Nu.")
    more.nx.add_node("result/p9-1", kind="result", label="0.5", text="0.5", value=0.5, condition="test set")
    for target, predicate in (("model/nu", "evaluates"), ("paper/p9", "reportedIn")):
        more.nx.add_edge("result/p9-1", target, key=f"{predicate}|paper/p9", predicate=predicate)
    found = differences(small_graph, more)
    assert [change.key for change in found.papers.appeared] == ["paper/p9"]
    assert [change.key for change in found.entities.appeared] == ["model/nu"]
    assert [change.key for change in found.claims.appeared] == ["paper/p9 introduces model/nu"]
    assert [change.key for change in found.results.appeared] == ["paper/p9 model/nu no metric 0.5 (test set)"]
    assert "  + paper/p9  A ninth paper" in found.to_text().splitlines()
    back = differences(more, small_graph)
    assert back.papers.vanished == found.papers.appeared
    assert back.claims.vanished == found.claims.appeared
    assert not back.claims.appeared


def test_what_changed_says_how(small_graph: KnowledgeGraph) -> None:
    other = deepcopy(small_graph)
    other.nx.nodes["model/alphanet"]["aliases"] = ("AN", "A-Net")
    other.nx.nodes["paper/p1"]["issued"] = "2024-04"
    del other.nx.nodes["paper/p2"]["issued"]
    other.nx.edges["model/alphanet", "dataset/gamma", "trainedOn|paper/p1"]["confidence"] = 0.5
    other.nx.remove_edge("model/alphanet", "dataset/gamma", "trainedOn|paper/p3")
    found = differences(small_graph, other).to_json()
    assert found["entities"]["changed"] == [
        {
            "key": "model/alphanet",
            "label": "Alphanet",
            "what": ["aliases + A-Net", "aliases - Alpha network"],
        }
    ]
    assert found["papers"]["changed"] == [
        {"key": "paper/p1", "label": "Alphanet: reading films", "what": ["issued: 2024-03-01 → 2024-04"]},
        {"key": "paper/p2", "label": "Betanet", "what": ["issued: 2025 → none"]},
    ]
    assert found["claims"] == {
        "appeared": [],
        "vanished": [],
        "changed": [
            {
                "key": "model/alphanet trainedOn dataset/gamma",
                "what": ["- paper/p3", "~ paper/p1: confidence 0.9 → 0.5"],
            }
        ],
    }


def test_the_number_that_a_result_has_in_its_paper_is_no_difference(small_graph: KnowledgeGraph) -> None:
    import networkx as nx

    renamed = nx.relabel_nodes(small_graph.nx, {"result/p1-1": "result/p1-2"})
    assert not differences(small_graph, KnowledgeGraph(renamed))
