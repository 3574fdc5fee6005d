"""docs/queries.md shows the queries as they ship and the answers they give; what it teaches works."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.query import named_queries
from kg.rdf import prefixes
from kg.rdf.terms import IMPLIED, NAMESPACES, PREDICATES
from kg.store import Store

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")


def test_the_queries_on_the_page_and_their_answers_are_up_to_date(seeds_graph: KnowledgeGraph) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "refresh_queries_page.py"))
    _, mark, shown = PAGE.partition(script["MARK"])
    assert mark
    assert shown.strip() == script["section"](seeds_graph).strip(), (
        "run python scripts/refresh_queries_page.py"
    )


def test_the_prefixes_on_the_page_are_the_ones_in_use() -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", PAGE, re.MULTILINE))
    assert declared.items() <= prefixes(KnowledgeGraph().base).items()
    queries = [*re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)]
    assert len(queries) > len(named_queries())
    used = {prefix for query in queries for prefix in re.findall(r"(?<![\w:/#\"])([a-z]\w*):\w", query)}
    assert used - declared.keys() == set()


@pytest.mark.parametrize(
    "query", re.findall(r"```sparql\n(SELECT .*?)```", PAGE.partition("<!--")[0], re.DOTALL)
)
def test_the_worked_example_has_an_answer(seeds_graph: KnowledgeGraph, query: str) -> None:
    answer = Store.of(seeds_graph).query(query)
    assert answer.rows
    assert all(all(row) for row in answer.rows)


def test_the_drawing_names_every_property_that_joins_things() -> None:
    (drawing,) = re.findall(r"## The shape of the graph.*?```\n(.*?)```", PAGE, re.DOTALL)
    for property_ in {*PREDICATES.values(), *IMPLIED.values()}:
        prefix, space = next(item for item in NAMESPACES.items() if property_.startswith(item[1]))
        assert f"{prefix}:{property_.removeprefix(space)}" in drawing


def test_every_term_that_the_page_names_is_a_term_of_the_graph(seeds_graph: KnowledgeGraph) -> None:
    above = PAGE.partition("<!--")[0]
    named = set(re.findall(r"(?<![\w/])(?:kg|fair4ml|schema|prov|oa|skos|rdf|rdfs):\w+", above))
    store = Store.of(seeds_graph)
    query = "SELECT DISTINCT ?term WHERE { { ?s ?term ?o } UNION { ?s a|skos:inScheme ?term } }"
    known = {term for (term,) in store.query(query).strings()} | set(PREDICATES.values())
    spaces = prefixes(seeds_graph.base)
    whole = {name: spaces[name.partition(":")[0]] + name.partition(":")[2] for name in named}
    assert {name for name, term in whole.items() if term not in known} == set()
