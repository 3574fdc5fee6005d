"""JSON-LD: of a graph in expanded form, with one named graph a paper; of any triples with short names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from kg.graph import KnowledgeGraph
from kg.rdf import quads

__all__ = ["to_jsonld", "write"]


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write the statements graph by graph, expanded; they are held in memory to be sorted.

    ``ontology/context.jsonld`` turns it into short names with any JSON-LD processor.
    """
    serialize(sorted(quads(graph), key=lambda quad: str(quad.graph_name)), stream, RdfFormat.JSON_LD)


def to_jsonld(triples: Iterable[Triple]) -> str:
    """JSON-LD of any triples, compacted with ``ontology/context.jsonld``, which stands at its top.

    Expanded where an IRI could be taken for a short name, as ``<kg:x>`` could.
    """
    import rdflib

    from kg.rdf.dataset import to_rdflib
    from kg.resources import ontology

    context: dict[str, Any] = json.loads(ontology("context.jsonld").read_text(encoding="utf-8"))["@context"]
    # Whole IRIs are the same wherever the text ends up, and rdflib shortens by host rather than by path.
    context.pop("@base", None)
    graph = rdflib.Graph()
    schemes = set()

    def converted(term: Any) -> Any:
        if isinstance(term, NamedNode):
            schemes.add(term.value.partition(":")[0])
        return rdflib.BNode(term.value) if isinstance(term, BlankNode) else to_rdflib(term)

    for triple in triples:
        graph.add((converted(triple.subject), converted(triple.predicate), converted(triple.object)))
    if schemes & context.keys():
        page, head = json.loads(graph.serialize(format="json-ld")), {}
    else:
        page, head = json.loads(graph.serialize(format="json-ld", context=context)), {"@context": context}
    page = _sorted(page)
    return json.dumps({**page, **head} if head else page, ensure_ascii=False, indent=2) + "\n"


def _sorted(value: Any) -> Any:
    """The same in one order, which rdflib gives as it comes."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value
