"""Copies: what a paper says of its own copy of a model is marked, and not carried on to others' models."""

import json

import pytest
from claims import made

from kg.audit.leakage import leakage
from kg.lineage import connect, lineage

CLAIMS = (
    ("model/known", "trainedOn", "dataset/scans"),  # p1 trains a copy
    ("model/child", "basedOn", "model/known"),  # p2 builds on the model itself
    ("model/own", "basedOn", "model/known"),  # as p1 does on its copy, below
)


@pytest.fixture
def graph():
    graph = made(*CLAIMS)
    for paper, predicate, thing in (
        ("p1", "uses", "known"),
        ("p2", "uses", "known"),
        ("p2", "introduces", "child"),
        ("p1", "introduces", "own"),
        ("p3", "mentions", "known"),
    ):
        graph.add_claim(
            f"paper/{paper}", predicate, f"model/{thing}", f"paper/{paper}", exact="", confidence=0.9
        )
    graph.add_claim("model/own", "basedOn", "model/known", "paper/p1", exact="Own.", confidence=0.9)
    return graph


def reached(steps):
    return {step.node for step in steps} | {n for step in steps for n in reached(step.children)}


def test_the_link_of_a_copy_is_told_of_the_model_itself_and_marked(graph):
    answer = lineage(graph, "known")
    (step,) = answer.upstream
    assert (step.node, step.copy) == ("dataset/scans", True)
    assert "a copy of that paper's own" in answer.to_text()
    assert "a copy of that paper's own" in answer.to_dot()
    assert "a copy of that paper" in answer.to_mermaid()
    assert "a copy of that paper" in answer.to_html()
    assert json.loads(json.dumps(answer.to_json()))["upstream"][0]["copy"] is True
    assert {row["object"]: row["copy"] for row in answer.to_rows() if row["side"] == "upstream"} == {
        "dataset/scans": True
    }


def test_it_is_carried_on_only_to_what_the_same_paper_made_of_it(graph):
    child = lineage(graph, "child")
    assert reached(child.upstream) == {"model/known"}
    assert child.upstream[0].copies == 1
    assert "1 link of another copy" in child.to_text() and "--copies" in child.to_text()
    assert reached(lineage(graph, "own").upstream) == {"model/known", "dataset/scans"}
    assert reached(lineage(graph, "scans").downstream) == {"model/known", "model/own"}
    assert child.paths(to="scans") == []
    assert len(lineage(graph, "own").paths(to="scans")) == 1


def test_copies_are_followed_when_asked_for(graph):
    child = lineage(graph, "child", copies=True)
    assert reached(child.upstream) == {"model/known", "dataset/scans"}
    assert len(child.paths(to="scans")) == len(lineage(graph, "scans", copies=True).paths(to="child")) == 1
    assert reached(lineage(graph, "scans", copies=True).downstream) == {
        "model/known",
        "model/own",
        "model/child",
    }


@pytest.mark.parametrize("role", ["introduces", "mentions"])
def test_who_presents_a_model_or_only_mentions_it_speaks_of_the_model_itself(graph, role):
    graph.nx.remove_edge("paper/p1", "model/known", "uses|paper/p1")
    graph.add_claim("paper/p1", role, "model/known", "paper/p1", exact="", confidence=0.9)
    assert reached(lineage(graph, "child").upstream) == {"model/known", "dataset/scans"}


def test_a_model_that_one_paper_alone_names_has_no_other_copy():
    graph = made(("model/a", "trainedOn", "dataset/d"))
    graph.add_claim("paper/p1", "uses", "model/a", "paper/p1", exact="", confidence=0.9)
    assert not lineage(graph, "a").upstream[0].copy


def test_a_second_paper_that_presents_the_model_and_says_so_too_makes_it_firm(graph):
    graph.add_claim("paper/p3", "introduces", "model/known", "paper/p3", exact="", confidence=0.9)
    graph.add_claim("model/known", "trainedOn", "dataset/scans", "paper/p3", exact="", confidence=0.9)
    assert reached(lineage(graph, "child").upstream) == {"model/known", "dataset/scans"}


def test_the_audit_and_a_connection_tell_the_same_copies(graph):
    graph.add_claim("model/child", "evaluatedOn", "dataset/scans", "paper/p2", exact="", confidence=0.9)
    assert [finding.kind for finding in leakage(graph)] == ["copy"]
    assert "a copy of that paper's own" in connect(graph, "child", "scans").to_text()
