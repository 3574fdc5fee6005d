"""The graphs that a query sees, when it is told to see less than all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from kg.answer import Results
from kg.query import QueryError
from kg.tokens import iri_of, tokens

__all__ = ["Dataset", "named_in"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """An RDF dataset chosen among the graphs of a store."""

    defaults: tuple[ox.NamedNode, ...]
    """The graphs that patterns outside ``GRAPH`` see, merged."""
    named: tuple[ox.NamedNode, ...]
    """The graphs that ``GRAPH`` sees."""

    @classmethod
    def of(cls, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> Dataset | None:
        """The dataset of these graphs; none when no graph is given, which means all.

        Raises:
            QueryError: a name is no IRI.
        """
        if not default_graphs and not named_graphs:
            return None
        return cls(tuple(map(_node, default_graphs)), tuple(map(_node, named_graphs)))

    def query(self, store: ox.Store, sparql: str, prefixes: Mapping[str, str]) -> Results:
        """What the engine answers on this dataset; the errors are the engine's."""
        defaults: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = list(self.defaults)
        if len(defaults) > 1:
            # The engine would give a statement of two of the graphs twice.
            store, defaults = self._copy(store), [ox.DefaultGraph()]
        return store.query(
            sparql, prefixes=dict(prefixes), default_graph=defaults, named_graphs=list(self.named)
        )

    def _copy(self, store: ox.Store) -> ox.Store:
        copy = ox.Store()
        for name in self.defaults:
            found = store.quads_for_pattern(None, None, None, name)
            copy.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
        for name in self.named:
            copy.bulk_extend(store.quads_for_pattern(None, None, None, name))
        return copy


def named_in(sparql: str, prefixes: Mapping[str, str]) -> Dataset | None:
    """The dataset that a query's ``FROM`` clauses name, when several graphs are to be merged.

    None otherwise: then the engine does the same by itself.
    """
    found = tokens(sparql)
    defaults: list[str] = []
    named: list[str] = []
    for place, (word, next_) in enumerate(pairwise(found)):
        if word.is_word("FROM"):
            chosen = named if next_.is_word("NAMED") else defaults
            token = found[min(place + 2, len(found) - 1)] if chosen is named else next_
            iri = iri_of(token, found, prefixes)
            if iri is None:
                return None
            chosen.append(iri)
    if len(set(defaults)) < 2:
        return None
    try:
        return Dataset.of(defaults, named)
    except QueryError:
        return None


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is no name of a graph, since it is no IRI: {error}") from None
