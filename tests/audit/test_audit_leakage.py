"""Leakage: found at any depth with the whole chain, graded, and not cried where nothing is known."""

import pytest
from claimed import graph_of

from kg.audit.leakage import leakage

OWN = [("paper/a", "introduces", "model/a", "a"), ("paper/b", "introduces", "model/b", "b")]


def kinds(graph):
    return [(finding.kind, *finding.things[:2]) for finding in leakage(graph)]


def test_an_ancestor_that_was_trained_on_the_test_data_is_found_with_both_sentences():
    graph = graph_of(
        *OWN,
        ("model/a", "basedOn", "model/b", "a", "A extends B."),
        ("model/b", "trainedOn", "dataset/d", "b", "B was trained on D."),
        ("model/a", "evaluatedOn", "dataset/d", "a", "A is tested on D."),
    )
    (finding,) = leakage(graph)
    assert finding.kind == "ancestor"
    assert [s.sentence for s in finding.said] == ["A is tested on D.", "A extends B.", "B was trained on D."]
    assert [s.paper for s in finding.said] == ["paper/a", "paper/a", "paper/b"]
    assert "a → b → d" in finding.summary


@pytest.mark.parametrize("depth", [2, 5, 150])
def test_the_chain_may_be_of_any_length(depth):
    links = [(f"model/m{i}", "basedOn", f"model/m{i + 1}", f"p{i}") for i in range(depth)]
    presented = [(f"paper/p{i}", "introduces", f"model/m{i}", f"p{i}") for i in range(depth + 1)]
    graph = graph_of(
        *presented,
        *links,
        (f"model/m{depth}", "trainedOn", "dataset/d", f"p{depth}"),
        ("model/m0", "evaluatedOn", "dataset/d", "p0"),
    )
    (finding,) = leakage(graph)
    assert len(finding.said) == depth + 2


def test_data_that_the_training_data_were_made_from_are_held_too():
    graph = graph_of(
        *OWN,
        ("model/a", "trainedOn", "dataset/made", "a"),
        ("dataset/made", "derivedFrom", "dataset/d", "x"),
        ("model/a", "evaluatedOn", "dataset/d", "a"),
    )
    assert kinds(graph) == [("ancestor", "model/a", "dataset/d")]


def test_test_data_made_from_training_data_are_a_grade_of_their_own():
    graph = graph_of(
        ("model/a", "trainedOn", "dataset/source", "a"),
        ("dataset/d", "derivedFrom", "dataset/source", "x"),
        ("model/a", "evaluatedOn", "dataset/d", "a"),
    )
    (finding,) = leakage(graph)
    assert finding.kind == "source"
    assert finding.summary.endswith("a → source ← d")


def test_a_models_own_training_on_the_data_is_listed_apart():
    graph = graph_of(("model/a", "trainedOn", "dataset/d", "a"), ("model/a", "evaluatedOn", "dataset/d", "a"))
    assert kinds(graph) == [("same-data", "model/a", "dataset/d")]


def test_training_that_another_paper_did_for_itself_is_only_a_copys():
    graph = graph_of(
        ("paper/a", "introduces", "model/a", "a"),
        ("paper/a", "uses", "model/well-known", "a"),
        ("paper/other", "uses", "model/well-known", "other"),
        ("model/a", "basedOn", "model/well-known", "a"),
        ("model/well-known", "trainedOn", "dataset/d", "other"),
        ("model/a", "evaluatedOn", "dataset/d", "a"),
    )
    assert kinds(graph) == [("copy", "model/a", "dataset/d")]
    graph.add_claim("model/well-known", "trainedOn", "dataset/d", "paper/a", exact="", confidence=0.5)
    assert kinds(graph) == [("ancestor", "model/a", "dataset/d")]


def test_a_model_trained_by_one_paper_and_tested_by_another_is_not_cried_over():
    graph = graph_of(
        ("paper/one", "uses", "model/a", "one"),
        ("paper/other", "uses", "model/a", "other"),
        ("model/a", "trainedOn", "dataset/d", "one"),
        ("model/a", "evaluatedOn", "dataset/d", "other"),
    )
    assert kinds(graph) == []


@pytest.mark.parametrize(
    ("sentence", "found"), [("Based on D we present A.", 0), ("A is trained and tested on D.", 1)]
)
def test_one_sentence_read_both_ways_counts_if_it_speaks_of_evaluation(sentence, found):
    graph = graph_of(
        ("model/a", "trainedOn", "dataset/d", "a", sentence),
        ("model/a", "evaluatedOn", "dataset/d", "a", sentence),
    )
    assert len(kinds(graph)) == found


def test_cycles_end_and_a_model_is_no_ancestor_of_itself():
    graph = graph_of(
        *OWN,
        ("model/a", "basedOn", "model/b", "a"),
        ("model/b", "basedOn", "model/a", "b"),
        ("model/a", "trainedOn", "dataset/d", "a"),
        ("model/a", "evaluatedOn", "dataset/d", "a"),
        ("dataset/d", "builtWith", "model/a", "a"),
    )
    assert kinds(graph) == [("same-data", "model/a", "dataset/d")]


def test_to_be_compared_with_is_no_ancestry():
    graph = graph_of(
        *OWN,
        ("model/a", "outperforms", "model/b", "a"),
        ("model/b", "trainedOn", "dataset/d", "b"),
        ("model/a", "evaluatedOn", "dataset/d", "a"),
    )
    assert kinds(graph) == []


def test_a_chain_is_as_sure_as_its_least_sure_link_and_unsure_ones_can_be_passed_over():
    graph = graph_of(
        *OWN,
        ("model/a", "basedOn", "model/b", "a", "A extends B.", 0.4),
        ("model/b", "trainedOn", "dataset/d", "b", "B saw D.", 0.9),
        ("model/a", "evaluatedOn", "dataset/d", "a", "A is tested on D.", 0.8),
    )
    assert [f.confidence for f in leakage(graph)] == [0.4]
    assert leakage(graph, min_confidence=0.5) == []


def test_an_unsure_reading_as_training_still_tells_that_a_sentence_is_no_evaluation():
    graph = graph_of(
        *OWN,
        ("model/a", "basedOn", "model/b", "a"),
        ("model/b", "trainedOn", "dataset/d", "b"),
        ("model/a", "evaluatedOn", "dataset/d", "a", "A uses D."),
        ("model/a", "trainedOn", "dataset/d", "a", "A uses D.", 0.2),
    )
    whole = [finding.kind for finding in leakage(graph)]
    assert "ancestor" not in whole
    assert leakage(graph, min_confidence=0.5) == []


def test_a_paper_that_evaluates_a_model_less_surely_still_speaks_of_it_and_not_of_a_copy():
    graph = graph_of(
        *OWN,
        ("paper/p", "uses", "model/b", "p"),
        ("model/a", "basedOn", "model/b", "a"),
        ("model/b", "trainedOn", "dataset/d", "p"),
        ("model/a", "evaluatedOn", "dataset/d", "a", "A is tested on D."),
        ("model/a", "evaluatedOn", "dataset/d", "p", "A is tested on D.", 0.2),
    )
    for least in (0.0, 0.5):
        assert [finding.kind for finding in leakage(graph, least)] == ["ancestor"]
