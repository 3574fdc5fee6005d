"""A graph that answers SPARQL, in memory or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.answer import Answer, Results
from kg.export.saved import graph_file
from kg.graph import BASE, KnowledgeGraph
from kg.locking import Lock
from kg.query import QueryError, check, syntax_error
from kg.rdf import prefixes, quads
from kg.rdf.terms import VOID
from kg.store.datasets import Dataset, named_in
from kg.store.disk import on_disk
from kg.store.labels import called
from kg.store.merging import load

__all__ = ["Store"]


class Store:
    """A graph that answers SPARQL 1.1 queries and nothing else: it cannot be changed through a query.

    The well-known prefixes (``kg: schema: fair4ml: skos: prov: …`` and ``model: dataset: paper: …`` for the
    things of the graph) need no declaration. A pattern outside ``GRAPH`` sees what all papers say, each
    statement once however many say it; ``GRAPH ?paper {…}`` says which paper does.
    """

    def __init__(self, quads: Iterable[ox.Quad | ox.Triple], base: str = BASE) -> None:
        store = ox.Store()
        load(store, quads)
        self._hold(store, base)

    @classmethod
    def open(cls, directory: str | Path = "output") -> Store:
        """The store of a saved graph.

        Of a folder it is the one on disk in ``store``, which is made first when there is none yet or it is
        not that of ``graph.nq`` and this version; in memory where the folder cannot be written. A file is
        read into memory.

        Args:
            directory: a folder that :func:`kg.export.save` wrote, or an N-Quads, Turtle, N-Triples or
                JSON-LD file.

        Raises:
            FileNotFoundError: there is no graph.
            ValueError: the file is broken or of another format.
        """
        path = Path(directory)
        file, format = graph_file(path)
        lock = None
        try:
            if found := on_disk(path) if path.is_dir() else None:
                store, lock = found
            else:
                store = ox.Store()
                load(store, ox.parse(path=file, format=format))
        except SyntaxError as error:
            raise ValueError(f"{file}: not valid {format.name}: {error}") from None
        opened = cls.__new__(cls)
        opened._hold(store, _base(store), lock)
        return opened

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> Store:
        """The store of a graph at hand."""
        return cls(quads(graph), graph.base)

    def query(self, sparql: str) -> Answer:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE query, the whole answer at once.

        Raises:
            QueryError: the query is no SPARQL, would change the graph, or calls another endpoint.
        """
        return Answer.of(self.results(sparql), self.prefixes)

    def results(
        self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Results:
        """What the engine answers, computed while it is read: for answers too large to hold.

        Args:
            default_graphs: IRIs of the graphs that patterns outside ``GRAPH`` see, merged: what several
                state counts once. With ``named_graphs`` they are the ``default-graph-uri`` and
                ``named-graph-uri`` of the SPARQL protocol: when either is given, ``FROM`` and
                ``FROM NAMED`` of the query have no effect, and what neither names is not seen.
            named_graphs: IRIs of the graphs that ``GRAPH`` sees.

        Raises:
            QueryError: the query is no SPARQL, would change the graph, or calls another endpoint; or a
                graph's name is no IRI. Reading the results raises ``OSError`` when the engine fails.
        """
        check(sparql)
        chosen = Dataset.of(default_graphs, named_graphs) or named_in(sparql, self.prefixes)
        try:
            if chosen is None:
                return self._store.query(sparql, prefixes=self.prefixes)
            return chosen.query(self._store, sparql, self.prefixes)
        except SyntaxError as error:
            raise syntax_error(sparql, error, self.prefixes) from None
        except OSError as error:
            raise QueryError(f"the query failed: {error}") from None

    def holds(self, iri: str) -> bool:
        """Whether a statement is about this."""
        found = self._store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
        return next(found, None) is not None

    def called(self, name: str, kind: str | None = None) -> list[str]:
        """IRIs of the things that go by a name best; several are equally good.

        Labels go before aliases, written alike before alike but for case, spaces and punctuation.

        Raises:
            LookupError: nothing goes by it; the message says what is near, things of ``kind`` first.
        """
        return called(self._store, name, self.base, kind)

    def __len__(self) -> int:
        """How many statements are stored: those of the named graphs, and all again merged."""
        return len(self._store)

    def _hold(self, store: ox.Store, base: str, lock: Lock | None = None) -> None:
        self._store, self._lock = store, lock
        self.base = base
        self.prefixes = prefixes(base)


def _base(store: ox.Store) -> str:
    spaces = store.quads_for_pattern(None, ox.NamedNode(VOID + "uriSpace"), None, ox.DefaultGraph())
    found = sorted(space.object.value for space in spaces if isinstance(space.object, ox.Literal))
    return found[0] if found else BASE
