"""The graph comes back from RDF as it went in, whatever it holds."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.graph import KnowledgeGraph
from kg.rdf import from_dataset, from_quads, prefixes, quads, to_dataset

BASE = "https://w3id.org/biomed-kg/id/"


@pytest.fixture(params=["small_graph", "hostile_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    made: KnowledgeGraph = request.getfixturevalue(request.param)
    return made


def test_quads_give_the_graph_back_in_any_order(graph: KnowledgeGraph) -> None:
    statements = list(quads(graph))
    random.Random(0).shuffle(statements)
    assert from_quads(statements) == graph


def test_triples_without_named_graphs_give_the_graph_back(graph: KnowledgeGraph) -> None:
    assert from_quads([quad.triple for quad in quads(graph)]) == graph


def test_rdflib_dataset_gives_the_graph_back(graph: KnowledgeGraph) -> None:
    assert from_dataset(to_dataset(graph)) == graph


def test_the_graphs_own_method_gives_the_same_dataset(small_graph: KnowledgeGraph) -> None:
    assert from_dataset(small_graph.rdf()) == small_graph


def test_statements_survive_being_written_and_parsed(graph: KnowledgeGraph) -> None:
    for format in (RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.JSON_LD):
        text = serialize(quads(graph), format=format)
        assert from_quads(parse(text, format=format)) == graph


def test_order_of_statements_depends_on_the_graph_alone(graph: KnowledgeGraph) -> None:
    turned = KnowledgeGraph(base=graph.base)
    turned.nx.add_nodes_from(reversed(list(graph.nx.nodes(data=True))))
    turned.nx.add_edges_from(reversed(list(graph.nx.edges(keys=True, data=True))))
    assert list(quads(turned)) == list(quads(graph))


@pytest.mark.parametrize("names", [("p1", "p1-2", "p1-a", "p1-f"), ("a/..", "a", "a b", "é"), ("p-", "p")])
def test_claims_stand_in_the_order_of_their_iris_whatever_papers_are_called(names: tuple[str, ...]) -> None:
    graph = KnowledgeGraph()
    for paper in names:
        graph.nx.add_node(f"paper/{paper}", kind="paper", label=paper)
        for number in range(9):
            model = f"model/{number}"
            graph.nx.add_node(model, kind="model", label=model)
            graph.add_claim(f"paper/{paper}", "uses", model, f"paper/{paper}", confidence=0.5)
            graph.add_claim(model, "basedOn", f"model/{(number + 1) % 9}", f"paper/{paper}", confidence=0.5)
    claims = [
        quad.subject.value
        for quad in quads(graph)
        if quad.object == NamedNode("https://w3id.org/biomed-kg/ontology#Claim")
    ]
    assert claims == sorted(claims)
    assert len(set(claims)) == graph.nx.number_of_edges()
    assert from_quads(quads(graph)) == graph


def test_statements_of_a_subject_stand_together_and_none_is_repeated(small_graph: KnowledgeGraph) -> None:
    statements = list(quads(small_graph))
    subjects = [quad.subject for quad in statements]
    changes = sum(one != other for one, other in pairwise(subjects))
    assert changes + 1 == len(set(subjects))
    assert len(set(statements)) == len(statements)


def test_what_a_paper_says_is_in_its_named_graph_and_the_rest_is_not(small_graph: KnowledgeGraph) -> None:
    trained = _triple("model/alphanet", "https://w3id.org/fair4ml#trainedOn", "dataset/gamma")
    homes = {str(quad.graph_name) for quad in quads(small_graph) if quad.triple == trained}
    assert homes == {f"<{BASE}paper/p1>", f"<{BASE}paper/p3>"}
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    about_model = [
        quad for quad in quads(small_graph) if quad.predicate == label and "/model/" in str(quad.subject)
    ]
    assert about_model
    assert {quad.graph_name for quad in about_model} == {DefaultGraph()}


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("model/betanet", "kg:dependsOn", "dataset/epsilon"),
        ("model/betanet", "kg:dependsOn", "model/alphanet"),
        ("dataset/epsilon", "kg:dependsOn", "dataset/gamma"),
        ("dataset/epsilon", "kg:dependsOn", "model/alphanet"),
        ("paper/p1", "schema:mentions", "model/alphanet"),
        ("paper/p1", "schema:mentions", "dataset/gamma"),
        ("paper/p2", "schema:mentions", "model/alphanet"),
        ("model/alphanet", "fair4ml:hasEvaluation", "result/p1-1"),
    ],
)
def test_superproperties_and_inverses_are_stated(
    small_graph: KnowledgeGraph, subject: str, predicate: str, object_: str
) -> None:
    prefix, _, name = predicate.partition(":")
    triple = _triple(subject, prefixes(BASE)[prefix] + name, object_)
    assert triple in {quad.triple for quad in quads(small_graph)}


def test_being_evaluated_or_compared_is_no_dependency(small_graph: KnowledgeGraph) -> None:
    stated = {quad.triple for quad in quads(small_graph)}
    assert _triple("model/alphanet", prefixes(BASE)["kg"] + "dependsOn", "dataset/delta") not in stated
    assert _triple("model/alphanet", prefixes(BASE)["kg"] + "dependsOn", "model/betanet") not in stated


@pytest.mark.parametrize(
    ("attributes", "complaint"),
    [
        ({"kind": "robot", "label": "x"}, "unknown kind 'robot'"),
        ({"kind": "model", "label": "x", "colour": "red"}, "no RDF term for the attribute 'colour'"),
        ({"kind": "model", "label": 7}, "attribute 'label': expected a string"),
        ({"kind": "result", "label": "x", "value": "high"}, "attribute 'value': expected a number"),
        ({"kind": "result", "label": "x", "gain": 1}, "attribute 'gain': expected True or False"),
    ],
)
def test_what_the_contract_does_not_know_is_refused(attributes: dict[str, Any], complaint: str) -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("model/x", **attributes)
    with pytest.raises(ValueError, match=complaint):
        list(quads(graph))


def test_an_unknown_predicate_is_refused_with_both_ends_named() -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("model/x", kind="model", label="x")
    graph.add_claim("model/x", "likes", "model/x", "paper/p")
    with pytest.raises(ValueError, match=r"'model/x' → 'model/x'.*'likes'"):
        list(quads(graph))


@pytest.mark.parametrize("base", ["id/", "https://example.org/id", "https://example.org/a b/"])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="base"):
        list(quads(KnowledgeGraph(base=base)))


@pytest.mark.parametrize("value", [0.1, 92.0, -4.1, 1e-12, 1.5e300, float("inf"), 0.1 + 0.2, 3])
def test_numbers_come_back_exactly(value: float) -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("result/r", kind="result", label="r", value=value)
    back = from_quads(parse(serialize(quads(graph), format=RdfFormat.N_QUADS), format=RdfFormat.N_QUADS))
    assert back.nx.nodes["result/r"]["value"] == value


@pytest.mark.parametrize(
    "issued", ["2025", "2025-06", "2025-06-12", "2025-13", "2025-02-30", "June 2025", ""]
)
def test_dates_come_back_as_exact_as_they_were(issued: str) -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("paper/p", kind="paper", label="p", issued=issued)
    assert from_quads(quads(graph)) == graph


def test_only_a_real_date_is_typed_as_one() -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("paper/p", kind="paper", label="p", issued="2025-02-30")
    graph.nx.add_node("paper/q", kind="paper", label="q", issued="2025-02-28")
    dates = [quad.object for quad in quads(graph) if quad.predicate.value.endswith("datePublished")]
    assert [date.datatype.value.rpartition("#")[2] for date in dates if isinstance(date, Literal)] == [
        "string",
        "date",
    ]


def test_half_a_surrogate_pair_is_replaced_and_breaks_nothing() -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("model/\ud800", kind="model", label="a\ud800b")
    (node,) = from_quads(quads(graph)).nx.nodes.values()
    assert node["label"] == "a\ufffdb"


def test_claims_are_named_the_same_in_every_build_and_apart_for_each_paper(
    small_graph: KnowledgeGraph,
) -> None:
    claims = {quad.subject.value for quad in quads(small_graph) if "/claim/" in str(quad.subject)}
    papers = small_graph.nx.number_of_edges("model/alphanet", "dataset/gamma")
    assert papers == 2
    assert f"{BASE}claim/p1-970e00f78c7d132c" in claims
    with_claim = [a for _, _, a in small_graph.edges() if "exact" in a]
    assert len(claims) == len(with_claim)


def _triple(subject: str, predicate: str, object_: str) -> Triple:
    return Triple(NamedNode(BASE + subject), NamedNode(predicate), NamedNode(BASE + object_))


def test_default_graph_statement_of_a_quad_parser_is_read() -> None:
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quad = Quad(NamedNode(BASE + "model/x"), type_, NamedNode("https://w3id.org/fair4ml#MLModel"))
    assert dict(from_quads([quad]).nodes()) == {"model/x": {"kind": "model", "label": "x"}}
