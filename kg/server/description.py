"""What the endpoint speaks and holds, for programs (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.server.workers import Workers

__all__ = ["describe"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SCHEMA = "http://schema.org/"
_SHACL = "http://www.w3.org/ns/shacl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIXES = {"sd": _SD, "formats": _FORMATS, "void": _VOID, "rdfs": _RDFS, "schema": _SCHEMA, "sh": _SHACL}

_RESULT_FORMATS = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV "
    "Turtle N-Triples RDF_XML JSON-LD N-Quads TriG N3"
).split()
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "graphs": "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g {} }",
}
_GRAPHS_COMMENT = "One named graph a paper; the default graph holds what all papers say, each statement once."
_PREFIXES_COMMENT = "The prefixes of sh:declare need no PREFIX in a query."

Term = ox.NamedNode | ox.BlankNode | ox.Literal


async def describe(request: Request, format: ox.RdfFormat) -> bytes:
    """The description of the endpoint at the address that was asked.

    Raises:
        HTTPException: 400 for a Host header that no address can be made of.
        EndpointError: the graph could not be counted; see :meth:`kg.server.workers.Workers.query`.
    """
    workers: Workers = request.app.state.workers
    endpoint = str(request.url.replace(query="", fragment=""))
    state = request.app.state
    if not hasattr(state, "counts"):  # the graph stays as it is while it is served
        state.counts = await _counts(workers)
    try:
        triples = [ox.Triple(*triple) for triple in _triples(endpoint, workers.prefixes, state.counts)]
    except ValueError:
        raise HTTPException(400, "the Host header names no host") from None
    return ox.serialize(triples, format=format, prefixes=_PREFIXES) or b""


async def _counts(workers: Workers) -> dict[str, int]:
    replies = await asyncio.gather(*(workers.query(sparql) for sparql in _COUNTS.values()))
    rows = [json.loads(reply.body)["results"]["bindings"][0] for reply in replies]
    return {name: int(row["n"]["value"]) for name, row in zip(_COUNTS, rows, strict=True)}


def _triples(
    endpoint: str, prefixes: Mapping[str, str], counts: Mapping[str, int]
) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, Term]]:
    type_, comment = ox.NamedNode(_RDF + "type"), ox.NamedNode(_RDFS + "comment")
    service, dataset, merged, papers = (
        ox.BlankNode(name) for name in ("service", "dataset", "merged", "papers")
    )

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    yield service, type_, sd("Service")
    yield service, sd("endpoint"), ox.NamedNode(endpoint)
    yield service, sd("supportedLanguage"), sd("SPARQL11Query")
    for name in _RESULT_FORMATS:
        yield service, sd("resultFormat"), ox.NamedNode(_FORMATS + name)
    yield service, comment, ox.Literal(_PREFIXES_COMMENT, language="en")
    yield service, sd("defaultDataset"), dataset
    yield dataset, type_, sd("Dataset")
    yield dataset, comment, ox.Literal(_GRAPHS_COMMENT, language="en")
    yield dataset, sd("defaultGraph"), merged
    yield merged, type_, sd("Graph")
    yield merged, ox.NamedNode(_VOID + "triples"), ox.Literal(counts["triples"])
    yield service, sd("availableGraphs"), papers
    yield papers, type_, sd("GraphCollection")
    yield papers, ox.NamedNode(_SCHEMA + "numberOfItems"), ox.Literal(counts["graphs"])
    for place, (prefix, namespace) in enumerate(sorted(prefixes.items())):
        declared = ox.BlankNode(f"prefix{place}")
        yield service, ox.NamedNode(_SHACL + "declare"), declared
        yield declared, ox.NamedNode(_SHACL + "prefix"), ox.Literal(prefix)
        uri = ox.Literal(namespace, datatype=ox.NamedNode(_XSD + "anyURI"))
        yield declared, ox.NamedNode(_SHACL + "namespace"), uri
