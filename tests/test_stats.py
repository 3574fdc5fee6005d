"""Counts of a graph are the graph's."""

import json

from kg.graph import KnowledgeGraph
from kg.stats import Ranked, stats


def test_nodes_edges_and_years_are_counted(small_graph):
    found = stats(small_graph)
    assert found.nodes == {
        "paper": 3, "model": 2, "dataset": 3, "modality": 2, "metric": 1, "task": 1, "result": 3,
    }  # fmt: skip
    assert found.edges["trainedOn"] == 3 and found.edges["broader"] == 1
    assert sum(found.edges.values()) == small_graph.nx.number_of_edges()
    assert found.years == {"2024": 1, "2025": 2}


def test_things_are_ranked_by_the_papers_that_name_them(small_graph):
    assert stats(small_graph).top["model"] == (
        Ranked("model/alphanet", "Alphanet", 3),
        Ranked("model/betanet", "Betanet", 2),
    )
    assert len(stats(small_graph, top=1).top["model"]) == 1


def test_the_share_of_statements_with_evidence_counts_statements_only(small_graph):
    assert stats(small_graph).evidence == 1.0
    small_graph.add_claim("paper/p3", "uses", "dataset/delta", "paper/p3")
    told = sum(bool(a.get("exact")) for *_, a in small_graph.edges())
    assert stats(small_graph).evidence == told / (told + 1)


def test_papers_without_a_date_come_last():
    graph = KnowledgeGraph()
    for number, issued in enumerate(["undated", "2021-05", None]):
        graph.nx.add_node(
            f"paper/{number}", kind="paper", label="x", **({"issued": issued} if issued else {})
        )
    assert list(stats(graph).years.items()) == [("2021", 1), ("unknown", 2)]


def test_an_empty_graph_has_counts_too():
    found = stats(KnowledgeGraph())
    assert set(found.nodes.values()) == {0} and found.evidence == 0.0
    assert "0.0%" in found.to_text()


def test_text_and_json_tell_the_same(small_graph):
    found = stats(small_graph)
    assert json.loads(json.dumps(found.to_json()))["top"]["dataset"][0]["label"] in found.to_text()
    assert "  3  paper\n" in found.to_text()


def test_a_hostile_label_stays_on_its_line(small_graph):
    small_graph.nx.nodes["model/alphanet"]["label"] = "A\n  9  forged"
    assert "\n  9  forged" not in stats(small_graph).to_text()
