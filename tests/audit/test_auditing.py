"""The audit as a whole: which checks run, in what order findings come, and how they are written."""

import csv
import io

import pytest
from claimed import graph_of

from kg.audit import CHECKS, COLUMNS, KINDS, audit


def test_every_check_runs_unless_some_are_asked_for(small_graph):
    assert audit(small_graph).checks == tuple(CHECKS)
    some = audit(small_graph, ["orphans", "leakage"])
    assert some.checks == ("leakage", "orphans")
    assert {finding.check for finding in some.findings} <= {"leakage", "orphans"}


def test_the_leak_and_the_disagreement_of_a_small_graph_are_found(small_graph):
    found = audit(small_graph, ["leakage", "disagreements"])
    assert [(f.check, f.kind, f.things[:2]) for f in found.findings] == [
        ("leakage", "ancestor", ("model/betanet", "dataset/gamma")),
        ("disagreements", "outperforms", ("model/alphanet", "model/betanet")),
    ]
    text = found.to_text()
    for sentence in ("evaluated on Gamma", "trained on Epsilon", "Epsilon re-labels Gamma", "paper/p2"):
        assert sentence in text
    assert text.endswith("leakage 1, disagreements 1")


def test_a_sentence_that_says_two_things_is_printed_once():
    sentence = "A is trained and tested on D."
    graph = graph_of(
        ("model/a", "trainedOn", "dataset/d", "p", sentence),
        ("model/a", "evaluatedOn", "dataset/d", "p", sentence),
    )
    text = audit(graph).to_text()
    assert text.count(sentence) == 1
    assert "a trainedOn d: the same sentence (0.90)" in text


def test_every_kind_that_is_found_is_explained(small_graph):
    assert all((f.check, f.kind) in KINDS for f in audit(small_graph).findings)


def test_rows_and_json_hold_every_finding(small_graph):
    found = audit(small_graph)
    assert all(tuple(row) == COLUMNS for row in found.to_rows())
    assert len(found.to_rows()) == len(found.to_json()["findings"]) == len(found.findings)
    stream = io.StringIO()
    csv.DictWriter(stream, COLUMNS).writerows(found.to_rows())


def test_an_empty_graph_has_nothing_to_find():
    found = audit(graph_of())
    assert found.findings == ()
    silent = "leakage 0 (abstracts seldom tell what a model was trained on)"
    assert found.to_text() == f"{silent}, disagreements 0, duplicates 0, orphans 0"


@pytest.mark.parametrize("wrong", [{"only": ["leaks"]}, {"min_confidence": 1.5}])
def test_what_is_not_understood_is_said(small_graph, wrong):
    with pytest.raises(ValueError, match=r"leaks|min_confidence"):
        audit(small_graph, **wrong)


def test_hostile_texts_stay_on_their_lines(hostile_graph):
    paper = next(key for key, _ in hostile_graph.nodes("paper"))
    hostile_graph.nx.remove_edge(paper, "model/../a b/.")
    hostile_graph.nx.remove_edge("model/../a b/.", "model/;")
    nasty = hostile_graph.nx.nodes[paper]["abstract"]
    hostile_graph.add_claim(paper, "mentions", "model/;", paper, exact=nasty, confidence=0.5)
    found = audit(hostile_graph)
    assert "</script> & \x00\x1b" in found.to_text(), "characters are the command line's to defuse"
    lines = found.to_text(60).splitlines()
    assert all(line.startswith("  ") for line in lines[1:-1] if line)
    assert all("\n" not in row["sentences"] for row in found.to_rows())


def test_findings_do_not_depend_on_the_order_of_the_graph(small_graph):
    import networkx as nx

    from kg.graph import KnowledgeGraph

    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(small_graph.nx.nodes(data=True))))
    turned.add_edges_from(reversed(list(small_graph.nx.edges(keys=True, data=True))))
    assert audit(KnowledgeGraph(turned)) == audit(small_graph)


def test_what_may_be_another_things_second_name_is_no_orphan():
    graph = graph_of(
        ("paper/p", "uses", "dataset/UMLS", "p"),
        ("paper/q", "mentions", "dataset/Unified Medical Language System", "q"),
        ("paper/q", "mentions", "dataset/Lonely", "q"),
    )
    found = audit(graph, only=["duplicates", "orphans"])
    assert [(f.check, f.things[-1]) for f in found.findings] == [
        ("duplicates", "dataset/Unified Medical Language System"),
        ("orphans", "dataset/Lonely"),
    ]
    assert "correction: - {reject" not in found.to_text()
    assert "- reject: KEY" in found.to_text()


def test_a_higher_confidence_never_finds_more_orphans():
    graph = graph_of(
        ("paper/p", "mentions", "dataset/Chestopedia", "p", "One.", 0.9),
        ("paper/q", "mentions", "dataset/Chestpedia", "q", "Two.", 0.4),
        ("paper/p", "mentions", "dataset/d", "p", "Three.", 0.7),
    )
    found = [
        [(f.check, f.things[0]) for f in audit(graph, min_confidence=least).findings]
        for least in (0.0, 0.5, 0.8)
    ]
    assert [check for check, _ in found[0]] == ["duplicates", "orphans"]
    assert found[1:] == [[("orphans", "dataset/d")], []]
