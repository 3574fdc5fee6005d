"""The media types of answers, and how an answer is written in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import IO, Any

import pyoxigraph as ox

from kg.answer import Results
from kg.export.clean_xml import CleanXml
from kg.export.turtle import pieces
from kg.server.faults import NotAcceptable
from kg.server.negotiation import best

__all__ = ["GRAPHS", "NAMES", "RESULTS", "choose", "content_type", "offered", "write"]

RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
"""Media types of answers to SELECT and ASK, those preferred first; the last three are other names."""

GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "text/n3": ox.RdfFormat.N3,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/rdf+n3": ox.RdfFormat.N3,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
}
"""Media types of answers to CONSTRUCT and DESCRIBE, those preferred first."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "turtle": ("text/turtle",),
    "ttl": ("text/turtle",),
    "ntriples": ("application/n-triples",),
    "n-triples": ("application/n-triples",),
    "nt": ("application/n-triples",),
    "rdf": ("application/rdf+xml",),
    "rdfxml": ("application/rdf+xml",),
    "rdf+xml": ("application/rdf+xml",),
    "jsonld": ("application/ld+json",),
    "json-ld": ("application/ld+json",),
    "nquads": ("application/n-quads",),
    "n-quads": ("application/n-quads",),
    "trig": ("application/trig",),
    "n3": ("text/n3",),
}
"""Short names that a request may give in ``format`` or ``output`` instead of an Accept header."""


def choose(results: Results, accept: str | None) -> str | None:
    """The media type to write an answer in; ``None`` when the client takes none that fits its kind."""
    return best(accept, list(_kind(results)))


def offered(results: Results) -> str:
    """The media types that an answer may be written in, to be read by people."""
    return ", ".join(_kind(results))


def content_type(media_type: str) -> str:
    """The media type with the character set where readers would otherwise guess one."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def write(results: Results, media_type: str, output: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write an answer as it is evaluated.

    Raises:
        NotAcceptable: RDF/XML was asked for, which has no way to write one of the properties.
        OSError: the evaluation failed, or the output did.
    """
    if isinstance(results, _TABLES):
        format = RESULTS[media_type]
        if format is not ox.QueryResultsFormat.XML:
            results.serialize(output, format=format)
            return
        with closing(CleanXml(output)) as clean:
            results.serialize(clean, format=format)
        return
    rdf_format = GRAPHS[media_type]
    if rdf_format in _TURTLE:
        for piece in _with_used(pieces(results, prefixes), prefixes):
            output.write(piece)
    elif rdf_format is ox.RdfFormat.RDF_XML:
        with closing(CleanXml(output)) as clean:
            ox.serialize(map(_in_xml, results), clean, format=rdf_format)
    else:
        ox.serialize(results, output, format=rdf_format)


def _kind(results: Results) -> Mapping[str, Any]:
    return RESULTS if isinstance(results, _TABLES) else GRAPHS


def _with_used(turtle: Iterator[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Turtle with no more prefixes than it uses: at its top, and in a long one where each is first used."""
    left = {name.encode(): f"@prefix {name}: <{namespace}> .\n" for name, namespace in prefixes.items()}
    head: list[str] = []
    held: list[bytes] = []
    size = 0
    next(turtle)  # the prefixes, all of them
    for block in turtle:
        used = sorted(left.keys() & set(_PREFIX.findall(_TEXTS.sub(b"", block))))
        lines = [left.pop(name) for name in used]
        if size > _HELD:
            yield "".join(lines).encode() + block
            continue
        head += lines
        held.append(block)
        size += len(block)
        if size > _HELD:
            yield "".join(sorted(head)).encode() + b"".join(held)
    if size <= _HELD:
        yield "".join(sorted(head)).encode() + b"".join(held)


_HELD = 2**18
"""Bytes of Turtle whose prefixes are all at its top."""
_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*"|<[^<>]*>')
_PREFIX = re.compile(rb"(?<![\w.:-])([A-Za-z][\w.-]*):")

_TABLES = (ox.QuerySolutions, ox.QueryBoolean)
_TURTLE = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3)
"""Formats that a Turtle file is in as well."""

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")


def _in_xml(triple: ox.Triple) -> ox.Triple:
    # Properties and classes become names of elements; of others the writer makes what no XML parser takes.
    for term in (triple.predicate, triple.object if triple.predicate == _TYPE else triple.predicate):
        if isinstance(term, ox.NamedNode) and not _XML_NAME.search(term.value):
            raise NotAcceptable(f"RDF/XML cannot hold {term} as a property or class: ask for Turtle")
    return triple
