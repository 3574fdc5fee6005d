"""The embedded SPARQL store: Oxigraph in this process, nothing to start."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.answer import Answer
from kg.export.saved import GRAPH_FILE
from kg.graph import BASE, KnowledgeGraph
from kg.query import QueryError, check, syntax_error
from kg.rdf import prefixes, quads
from kg.rdf.terms import VOID

__all__ = ["Store"]


class Store:
    """A graph that answers SPARQL 1.1 queries and nothing else: it cannot be changed through a query.

    The well-known prefixes (``kg: schema: fair4ml: skos: prov: …`` and ``model: dataset: paper: …`` for the
    things of the graph) need no declaration. A pattern outside ``GRAPH`` sees what all papers say, each
    statement once however many say it; ``GRAPH ?paper {…}`` says which paper does.
    """

    def __init__(self, quads: Iterable[ox.Quad], base: str = BASE) -> None:
        self._store = ox.Store()
        self._store.bulk_extend(quads)
        self._merge()
        self.prefixes = prefixes(base)

    @classmethod
    def open(cls, directory: str | Path) -> Store:
        """The store of a saved graph.

        Args:
            directory: a folder that :func:`kg.export.save` wrote, or an N-Quads file.

        Raises:
            FileNotFoundError: there is no graph.
            ValueError: the file is not N-Quads.
        """
        path = Path(directory)
        file = path / GRAPH_FILE if path.is_dir() else path
        if not file.is_file():
            raise FileNotFoundError(f'no graph in {path}: run "kg build INPUT... -o {path}" first')
        store = cls(())
        try:
            store._store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise ValueError(f"{file}: not valid N-Quads: {error}") from None
        store._merge()
        for quad in store._store.quads_for_pattern(None, ox.NamedNode(VOID + "uriSpace"), None):
            if isinstance(quad.object, ox.Literal):
                store.prefixes = prefixes(quad.object.value)
        return store

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> Store:
        """The store of a graph at hand."""
        return cls(quads(graph), graph.base)

    def query(self, sparql: str) -> Answer:
        """Answer a SELECT, ASK, CONSTRUCT or DESCRIBE query.

        Raises:
            QueryError: the query is no SPARQL, would change the graph, or calls another endpoint.
        """
        check(sparql)
        try:
            results = self._store.query(sparql, prefixes=self.prefixes)
        except SyntaxError as error:
            raise syntax_error(sparql, error, self.prefixes) from None
        except OSError as error:
            raise QueryError(f"the query failed: {error}") from None
        return self._answer(results)

    def _merge(self) -> None:
        # Oxigraph's own union of graphs gives a statement once for each paper that makes it, so counts
        # would be wrong; a merged copy in the default graph gives each once, and takes paths faster.
        self._store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")

    def _answer(self, results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
        if isinstance(results, ox.QueryTriples):
            triples = sorted(results, key=lambda triple: tuple(map(str, triple)))
            names = ("subject", "predicate", "object")
            return Answer("construct", names, tuple(map(tuple, triples)), prefixes=self.prefixes)
        payload = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if isinstance(results, ox.QueryBoolean):
            return Answer("ask", boolean=bool(results), payload=payload)
        solutions = ox.parse_query_results(payload, ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)
        variables = tuple(variable.value for variable in solutions.variables)
        return Answer("select", variables, tuple(map(tuple, solutions)), None, self.prefixes, payload)
