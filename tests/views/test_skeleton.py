"""What is drawn, and what concepts its nodes have."""

from kg.graph import KnowledgeGraph
from kg.views.skeleton import concepts, skeleton


def test_only_papers_models_and_datasets_are_drawn(graph: KnowledgeGraph) -> None:
    drawn = skeleton(graph)
    assert {kind for _, kind in drawn.nodes(data="kind")} == {"paper", "model", "dataset"}
    assert len(drawn) == 8
    assert "hasModality" not in {predicate for _, _, predicate in drawn.edges(data="predicate")}


def test_two_papers_that_claim_the_same_make_one_edge_that_counts_two(graph: KnowledgeGraph) -> None:
    drawn = skeleton(graph)
    assert drawn["model/lungnet"]["dataset/chest-9"]["evaluatedOn"]["papers"] == 2
    assert drawn["model/lungnet"]["dataset/chest-9"]["trainedOn"]["papers"] == 1


def test_things_have_the_modalities_of_papers_that_work_with_them_but_not_of_those_that_mention_them(
    graph: KnowledgeGraph,
) -> None:
    held = concepts(graph)
    assert held["model/lungnet"] == ("modality/x-ray", "modality/imaging")
    assert held["model/tesla"] == ("modality/mri", "modality/imaging")
    assert "dataset/chest-9-c" not in held


def test_circles_among_wider_concepts_end(graph: KnowledgeGraph) -> None:
    graph.nx.add_edge("modality/imaging", "modality/x-ray", key="broader", predicate="broader")
    assert set(concepts(graph)["paper/three"]) == {"modality/mri", "modality/imaging", "modality/x-ray"}
