"""Answers in a shape that compares across engines, and named queries with their parameters filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.parameters import bind, declared
from kg.query import named_queries
from kg.rdf.iris import iri, key

__all__ = ["comparable", "filled", "parameters"]


def comparable(rows: Iterable[Sequence[Any]], base: str) -> list[tuple[Any, ...]]:
    """The rows with node keys for things, floats for numbers, ``""`` for what is unbound."""
    return [tuple(_plain(term, base) for term in row) for row in rows]


def parameters(name: str) -> list[str]:
    """The parameters that a named query declares."""
    return [parameter.name for parameter in declared(named_queries()[name].sparql)]


def filled(name: str, base: str, **nodes: str) -> str:
    """A named query that asks about the nodes given alone."""
    values = {parameter: [iri(node, base)] for parameter, node in nodes.items()}
    return bind(named_queries()[name].sparql, values)


def _plain(term: Any, base: str) -> Any:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return key(term.value, base)
    if isinstance(term, Literal) and re.search("#(integer|decimal|double|float|int)$", term.datatype.value):
        return round(float(term.value), 9)
    return term.value
