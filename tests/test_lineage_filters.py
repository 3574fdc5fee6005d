"""Filters of a lineage go by claim: a link counts while one paper states it as asked."""

import pytest
from claims import made

from kg.finding import UnknownName
from kg.graph import KnowledgeGraph
from kg.lineage import lineage


@pytest.fixture
def graph() -> KnowledgeGraph:
    """A is based on B (2019, sure; 2023, unsure; on MRI) and C (no year); B was trained on D (2023)."""
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/a", "basedOn", "model/c"),
        ("model/b", "trainedOn", "dataset/d"),
        ("model/a", "evaluatedOn", "dataset/d"),
    )
    graph.nx.nodes["paper/p1"]["issued"] = "2019-05-01"
    graph.nx.nodes["paper/p3"]["issued"] = "2023"
    graph.nx.add_node("paper/p9", kind="paper", label="Paper 9", issued="2023-11")
    graph.add_claim("model/a", "basedOn", "model/b", "paper/p9", confidence=0.3)
    graph.nx.edges["model/a", "model/b", "basedOn|paper/p1"]["confidence"] = 0.9
    for modality in ("Imaging", "MRI", "fMRI"):
        graph.nx.add_node(f"modality/{modality.lower()}", kind="modality", label=modality)
    for narrow, wide in (("mri", "imaging"), ("fmri", "mri"), ("mri", "fmri")):  # a cycle must not hang it
        graph.nx.add_edge(f"modality/{narrow}", f"modality/{wide}", key="broader|", predicate="broader")
    graph.add_claim("model/b", "hasModality", "modality/fmri", "paper/p9")
    return graph


def links(answer):
    return [
        (side, subject, object_, [c.paper for c in step.claims]) for side, subject, object_, step in answer
    ]


A_ON_B = ("upstream", "model/a", "model/b")


def test_confidence_leaves_out_papers_and_then_links(graph):
    assert links(lineage(graph, "A", min_confidence=0.6)) == [(*A_ON_B, ["paper/p1"])]
    assert lineage(graph, "A", min_confidence=0.95).upstream == ()


def test_since_goes_by_the_year_of_the_paper_and_unknown_years_do_not_pass(graph):
    answer = lineage(graph, "A", since=2020)
    assert links(answer) == [
        (*A_ON_B, ["paper/p9"]),
        ("upstream", "model/b", "dataset/d", ["paper/p3"]),
    ]
    assert "left out: 2 links that no paper states as asked (2 papers of no known year)" in answer.to_text()


@pytest.mark.parametrize("modality", ["fMRI", "MRI", "imaging", "modality/mri"])
def test_a_modality_takes_papers_on_narrower_ones_too(graph, modality):
    assert links(lineage(graph, "A", modality=modality)) == [(*A_ON_B, ["paper/p9"])]


def test_a_modality_that_no_paper_works_with_leaves_nothing_and_says_so(graph):
    graph.nx.add_node("modality/ct", kind="modality", label="CT")
    assert "depends on: nothing that passes" in lineage(graph, "A", modality="CT").to_text()
    with pytest.raises(UnknownName, match="no modality is called 'CTT'; did you mean modality/ct"):
        lineage(graph, "A", modality="CTT")


def test_only_some_links_are_followed_in_any_case_of_letters(graph):
    assert lineage(graph, "A", only=["trainedOn"]).upstream == ()
    answer = lineage(graph, "A", only=["basedon", " EVALUATEDON"])
    assert {step.predicate for *_, step in answer} == {"basedOn", "evaluatedOn"}
    text = lineage(graph, "A", only=["evaluatedOn"]).to_text()
    assert "depends on" not in text
    assert "it was evaluated on (1 thing):" in text


def test_one_direction_leaves_the_others_out(graph):
    up, down = lineage(graph, "B", down=False), lineage(graph, "B", up=False)
    assert up.upstream and not up.downstream and "what depends on it" not in up.to_text()
    assert down.downstream and not down.upstream and "\ndepends on" not in down.to_text()
    assert "evaluated" not in up.to_text() + down.to_text()
    assert "downstream" not in up.to_json()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"only": ["outperforms"]}, "no link of a lineage is called 'outperforms'; choose from basedOn, "),
        ({"min_confidence": 1.5}, "confidence is 1.5; it goes from 0 to 1"),
        ({"since": 20}, "since is 20; it is a year of four digits"),
        ({"kind": "paper"}, "a paper has no lineage; choose from model, dataset"),
    ],
)
def test_what_cannot_be_asked_is_explained(graph, options, complaint):
    with pytest.raises(ValueError, match=complaint):
        lineage(graph, "A", **options)


def test_a_kind_chooses_between_things_of_one_name():
    graph = made(("model/toto", "trainedOn", "dataset/toto"), ("model/x", "trainedOn", "dataset/toto"))
    assert lineage(graph, "toto").node == "dataset/toto"
    chosen = graph.lineage("toto", kind="model")
    assert (chosen.node, chosen.others) == ("model/toto", ())


def test_a_claim_without_a_known_paper_counts_unless_papers_are_asked_for():
    graph = made(("model/a", "basedOn", "model/b"))
    graph.nx.remove_node("paper/p1")
    assert links(lineage(graph, "a")) == [(*A_ON_B, ["paper/p1"])]
    assert lineage(graph, "a", since=2000).upstream == ()
