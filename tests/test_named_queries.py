"""Each named query answers its question: by hand on small graphs, on the seeds as NetworkX computes it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from contested import NASTY, contested
from networkx_answers import ANSWERS
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results
from query_rows import comparable, filled, parameters

from kg.graph import KnowledgeGraph
from kg.query import named_queries
from kg.rdf import prefixes, to_dataset
from kg.store import Store

GRAPHS = ("small_graph", "contested_graph", "seeds_graph")


@pytest.fixture(scope="module")
def contested_graph() -> KnowledgeGraph:
    return contested()


@pytest.fixture(params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    made: KnowledgeGraph = request.getfixturevalue(request.param)
    return made


BY_HAND: dict[str, list[tuple[Any, ...]]] = {
    "dependents": [("Epsilon", "Betanet"), ("Gamma", "Alphanet"), ("Gamma", "Betanet")],
    "ancestry": [
        ("Alphanet", "Gamma"),
        ("Betanet", "Alphanet"),
        ("Betanet", "Epsilon"),
        ("Betanet", "Gamma"),
        ("Epsilon", "Alphanet"),
        ("Epsilon", "Gamma"),
    ],
    "leakage": [("Betanet", "Gamma", "Alphanet"), ("Betanet", "Gamma", "Epsilon")],
    "leaderboard": [("0.95", "higher", "Betanet", ""), ("0.91", "higher", "Alphanet", "external")],
    "outperforms": [("Alphanet", "Betanet", "1", "0.6"), ("Betanet", "Alphanet", "1", "0.7")],
    "disagreements": [("Alphanet beats Betanet.", "Betanet beats Alphanet.")],
    "disagreeing-results": [],
    "datasets-by-modality": [
        ("Imaging", "Epsilon", "1"),
        ("Imaging", "Gamma", "1"),
        ("X-ray", "Epsilon", "1"),
        ("X-ray", "Gamma", "1"),
    ],
    "models-by-modality-and-task": [("Alphanet",)] * 2,
    "introduced-datasets": [("2025", "Epsilon", "Betanet")],
    "metrics-by-task": [("classification", "AUROC", "1")],
    "reported-results": [
        ("Alphanet", "0.91", "value", "external", "Alphanet reaches an AUROC of 0.91 on Delta."),
        ("Betanet", "0.95", "value", "", "0.95"),
    ],
    "shared-sources": [],
    "unevaluated-datasets": [("Epsilon", "1")],
}
"""The rows on the small graph in their order, IRIs left out."""


@pytest.mark.parametrize("name", BY_HAND)
def test_a_named_query_answers_its_question(small_graph: KnowledgeGraph, name: str) -> None:
    answer = Store.of(small_graph).query(named_queries()[name].sparql)
    rows = [tuple(value for value in row if not value.startswith("http")) for row in answer.strings()]
    assert rows == BY_HAND[name]


def test_evidence_gives_the_sentence_and_how_sure_it_is(small_graph: KnowledgeGraph) -> None:
    query = filled("evidence", small_graph.base, subject="dataset/epsilon")
    assert comparable(Store.of(small_graph).query(query).rows, small_graph.base) == [
        ("dataset/epsilon", predicate, object_, sentence, sure, "paper/p2")
        for predicate, object_, sentence, sure in (
            ("http://www.w3.org/ns/prov#wasDerivedFrom", "dataset/gamma", "Epsilon re-labels Gamma", 0.9),
            ("https://w3id.org/biomed-kg/ontology#builtWith", "model/alphanet", "with Alphanet.", 0.6),
        )
    ]


def test_every_named_query_is_tested() -> None:
    assert named_queries().keys() == ANSWERS.keys() == BY_HAND.keys() | {"evidence"}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_named_query_answers_what_networkx_computes(graph: KnowledgeGraph, name: str) -> None:
    answer = Store.of(graph).query(named_queries()[name].sparql)
    assert Counter(comparable(answer.rows, graph.base)) == Counter(ANSWERS[name](graph))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("graph", GRAPHS[:2], indirect=True)
def test_a_named_query_answers_the_same_in_another_engine(graph: KnowledgeGraph, name: str) -> None:
    query = named_queries()[name].sparql
    written = to_dataset(graph).query(query, initNs=prefixes(graph.base)).serialize(format="json")
    rows = parse_query_results(written or b"", QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)
    mine = Store.of(graph).query(query).rows
    assert comparable(rows, graph.base) == comparable(mine, graph.base)


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("graph", GRAPHS[1:], indirect=True)
def test_a_parameter_leaves_the_rows_about_its_thing(graph: KnowledgeGraph, name: str) -> None:
    store, rows = Store.of(graph), ANSWERS[name](graph)
    columns = store.query(named_queries()[name].sparql).variables
    assert parameters(name)
    for parameter in parameters(name):
        # Of a disagreement either model may be the one asked about.
        places = [columns.index(c) for c in _COLUMNS.get((name, parameter), (parameter,))]
        asked = sorted({row[place] for row in rows for place in places if "://" not in row[place]} - {""})
        for thing in [*asked[:2], *asked[-1:], "model/nobody"]:
            answer = store.query(filled(name, graph.base, **{parameter: thing}))
            expected = Counter(row for row in rows if any(row[place] == thing for place in places))
            assert Counter(comparable(answer.rows, graph.base)) == expected, (parameter, thing)


_COLUMNS = {("disagreements", "model"): ("one", "other")}
"""Columns that a parameter is about, where none has its name."""


def test_parameters_can_be_given_together() -> None:
    graph = contested()
    query = filled("leaderboard", graph.base, dataset="dataset/x", metric="metric/high", model="model/b")
    scores = [row[2].value for row in Store.of(graph).query(query).rows]
    assert sorted(map(float, scores)) == [0.935, 1.0]


def test_a_leaderboard_puts_the_best_first_on_one_scale() -> None:
    graph = contested()
    board: dict[str, list[tuple[float, str]]] = {}
    for row in Store.of(graph).query(named_queries()["leaderboard"].sparql).rows:
        board.setdefault(row[1].value.rpartition("/")[2], []).append((float(row[2].value), row[5].value[-1]))
    assert board == {
        "high": [(1.0, "b"), (0.935, "b"), (0.93, "a"), (0.93, "a"), (0.92, "a"), (1e-20, "c")],
        "low": [(0.25, "c"), (3.5, "a"), (12.0, "b")],
        "free": [(12.0, "b"), (3.5, "a")],
        "correlation": [(0.55, "c"), (0.3, "b"), (-0.45, "a")],
    }


def test_a_leak_is_through_an_ancestor_at_any_depth_and_not_through_own_training() -> None:
    graph = contested()
    rows = Store.of(graph).query(named_queries()["leakage"].sparql).rows
    assert {(row[1].value[-1], row[3].value[-1], row[5].value[-1]) for row in rows} == {
        ("a", "x", "b"),  # a is based on b, which was trained on x
        ("d", "z", "y"),  # d was trained on y, which was made from z
    }


def test_a_leak_at_depth_five_is_found() -> None:
    graph = KnowledgeGraph()
    for model in "abcdef":
        graph.nx.add_node(f"model/{model}", kind="model", label=model)
    graph.nx.add_node("dataset/x", kind="dataset", label="x")
    graph.nx.add_node("paper/p", kind="paper", label="p")
    for model, older in zip("abcde", "bcdef", strict=True):
        graph.add_claim(f"model/{model}", "basedOn", f"model/{older}", "paper/p")
    graph.add_claim("model/f", "trainedOn", "dataset/x", "paper/p")
    store, query = Store.of(graph), named_queries()["leakage"].sparql
    assert store.query(query).rows == ()
    graph.add_claim("model/a", "evaluatedOn", "dataset/x", "paper/p")
    graph.add_claim("model/f", "evaluatedOn", "dataset/x", "paper/p")
    assert [(row[1].value, row[5].value) for row in Store.of(graph).query(query).rows] == [("a", "f")]


def test_a_dataset_made_from_what_a_model_has_seen_shares_its_source() -> None:
    graph = contested()
    rows = Store.of(graph).query(named_queries()["shared-sources"].sparql).rows
    assert [(row[1].value[-1], row[3].value[-1], row[5].value[-1]) for row in rows] == [("c", "v", "x")]


def test_nothing_is_its_own_ancestor_in_a_ring() -> None:
    graph = contested()
    rows = Store.of(graph).query(filled("ancestry", graph.base, thing="model/a")).rows
    assert [row[3].value for row in rows] == ["dataset x", "model b"]


def test_texts_full_of_quotes_come_through() -> None:
    graph = contested()
    rows = Store.of(graph).query(filled("ancestry", graph.base, thing=f"model/{NASTY}")).rows
    assert {row[1].value for row in rows} == {NASTY}


def test_no_query_needs_one_engine() -> None:
    for name, query in named_queries().items():
        assert re.search(r"\b(PREFIX|FROM|SERVICE|GRAPH|DEFINE|LATERAL)\b", query.sparql) is None, name


def test_every_query_tells_what_it_answers_and_takes() -> None:
    for name, query in named_queries().items():
        comments = re.match(r"(?:#.*\n)+", query.sparql)
        assert comments, name
        question = [line for line in comments[0].splitlines() if not line.startswith("# param ")]
        assert "?" in " ".join(question), name
        assert len(parameters(name)) == comments[0].count("# param ") > 0, name
