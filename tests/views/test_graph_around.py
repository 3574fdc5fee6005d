"""The part of a graph around a thing holds what is near it, and all that is said of that."""

import pytest

from kg.finding import UnknownName
from kg.graph import KnowledgeGraph
from kg.views.around import around
from kg.views.facts import facts


def things(graph: KnowledgeGraph, *kinds: str) -> set[str]:
    return {key for kind in kinds for key, _ in graph.nodes(kind)}


def test_hops_count_links_of_papers_models_and_datasets(graph: KnowledgeGraph) -> None:
    assert things(around(graph, "TeslaFormer", 0), "paper", "model", "dataset") == {"model/tesla"}
    assert things(around(graph, "TeslaFormer", 1), "paper", "model", "dataset") == {
        "model/tesla",
        "paper/one",
        "paper/three",
    }
    assert "model/ribnet" not in around(graph, "TeslaFormer", 2).nx
    assert "model/ribnet" in around(graph, "TeslaFormer", 3).nx


def test_no_step_leads_over_a_modality_but_those_of_what_is_kept_come_along(graph: KnowledgeGraph) -> None:
    graph.nx.remove_edge("paper/one", "model/tesla", key="mentions|paper/one")
    graph.add_claim("paper/three", "hasModality", "modality/x-ray", "paper/three")
    part = around(graph, "TeslaFormer", 5)
    assert things(part, "paper") == {"paper/three"}
    assert things(part, "modality") == {"modality/mri", "modality/x-ray", "modality/imaging"}


def test_results_of_what_is_kept_come_with_their_metric_and_lead_no_further(graph: KnowledgeGraph) -> None:
    part = around(graph, "lung network", 0)
    assert things(part, "result", "metric", "paper") == {"result/one-1", "metric/dice"}
    assert facts(part)["results"][0][3] == "0.91"


def test_a_modality_stands_for_what_has_it(graph: KnowledgeGraph) -> None:
    assert things(around(graph, "MRI", 1), "paper", "model") == {"paper/three"}
    assert things(around(graph, "MRI", 2), "paper", "model") == {"paper/three", "model/tesla"}


def test_the_graph_it_is_taken_from_stays_as_it_was(graph: KnowledgeGraph) -> None:
    nodes, edges = graph.nx.number_of_nodes(), graph.nx.number_of_edges()
    around(graph, "MRI", 2)
    assert (graph.nx.number_of_nodes(), graph.nx.number_of_edges()) == (nodes, edges)


def test_an_unknown_name_is_answered_with_near_ones(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownName, match="did you mean model/tesla"):
        around(graph, "TeslaFromer")
    with pytest.raises(ValueError, match="0 or more, not -1"):
        around(graph, "LungNet", -1)
