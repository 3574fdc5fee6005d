"""A plan tells the steps of a query and which patterns are large."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.graph import KnowledgeGraph
from kg.plan import explained
from kg.query import named_queries
from kg.store import Store


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


def plan(store: Store, sparql: str) -> list[str]:
    def count(pattern: str) -> int:
        return int(store.query(f"SELECT (COUNT(*) AS ?n) WHERE {pattern}").strings()[0][0])

    return explained(sparql, store.prefixes, count).splitlines()


def test_patterns_are_counted_each_on_its_own(store: Store) -> None:
    lines = plan(store, "SELECT ?m WHERE { ?m a fair4ml:MLModel ; kg:dependsOn+ ?d ; fair4ml:trainedOn ?d }")
    counts = dict(line.strip().rsplit("  ", 1) for line in lines if "?m " in line and "Project" not in line)
    assert {pattern.strip(): count.strip() for pattern, count in counts.items()} == {
        "?m rdf:type fair4ml:MLModel": "2",
        "?m kg:dependsOn+ ?d": "path",
        "?m fair4ml:trainedOn ?d": "2",
    }


def test_inside_a_graph_the_statements_of_graphs_are_counted(store: Store) -> None:
    lines = plan(store, "SELECT * WHERE { GRAPH ?g { ?m fair4ml:trainedOn ?d } }")
    assert next(line.split() for line in lines if "trainedOn" in line)[-1] == "3"


def test_steps_are_indented_under_those_that_take_them(store: Store) -> None:
    lines = plan(
        store,
        "SELECT ?m (COUNT(*) AS ?n) WHERE { VALUES ?d { dataset:gamma } { ?m fair4ml:trainedOn ?d } UNION "
        "{ ?m fair4ml:evaluatedOn ?d } OPTIONAL { ?m rdfs:label ?l } FILTER NOT EXISTS { ?m kg:none ?x } "
        "FILTER(?l > 'a') } GROUP BY ?m ORDER BY DESC(?n) LIMIT 3",
    )
    steps = [line.strip() for line in lines]
    for step in ("Slice 3 from 0", "OrderBy DESC(?n)", "Group ?m", "Union", "LeftJoin", "NOT EXISTS"):
        assert any(line.startswith(step) for line in steps), step
    depths = [len(line) - len(line.lstrip()) for line in lines]
    assert depths[0] == 0
    assert all(inner - outer <= 4 for outer, inner in pairwise(depths))


def test_every_query_that_ships_has_a_plan(store: Store) -> None:
    for query in named_queries().values():
        assert len(plan(store, query.sparql)) > 3


@pytest.mark.parametrize("sparql", ["SELECT", "SELECT * WHERE " + "{" * 3000 + "}" * 3000])
def test_what_has_no_plan_says_so(store: Store, sparql: str) -> None:
    with pytest.raises(ValueError, match="no plan"):
        plan(store, sparql)
