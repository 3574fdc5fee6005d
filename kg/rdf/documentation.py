"""The page on the ontology, made from its files: ``python -m kg.rdf.documentation > docs/ontology.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import rdflib
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from rdflib.collection import Collection
from rdflib.namespace import VANN

from kg.rdf.terms import KG, NAMESPACES, SCHEMES
from kg.resources import ontology

__all__ = ["page"]

_KG = rdflib.Namespace(KG)
_FILES = {
    "ontology.ttl": "the terms, in OWL 2",
    "modalities.ttl": "the vocabulary of modalities, in SKOS",
    "metrics.ttl": "the vocabulary of metrics",
    "tasks.ttl": "the vocabulary of tasks",
    "mappings.ttl": "what other vocabularies call the same",
    "shapes.ttl": "what a graph must hold, in SHACL",
    "context.jsonld": "short names for JSON-LD",
}
_KINDS = {
    OWL.Class: "Classes",
    OWL.ObjectProperty: "Properties between things",
    OWL.DatatypeProperty: "Properties with a value",
}
_TRAITS: dict[Any, str] = {
    OWL.FunctionalProperty: "one at most",
    OWL.SymmetricProperty: "symmetric",
    OWL.IrreflexiveProperty: "not to itself",
}
_MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
_OWNERS = {
    "fair4ml": "FAIR4ML",
    "schema": "schema.org",
    "skos": "SKOS",
    "prov": "PROV-O",
    "oa": "Web Annotation",
    "rdf": "RDF",
    "rdfs": "RDF Schema",
    "void": "VoID",
}
_PREFIXES = {
    **NAMESPACES,
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_",
    "STATO": "http://purl.obolibrary.org/obo/STATO_",
    "MeSH": "http://id.nlm.nih.gov/mesh/",
    "DICOM": "http://dicom.nema.org/resources/ontology/DCM/",
}


def page() -> str:
    """The page as Markdown."""
    graph = rdflib.Graph()
    for name in _FILES:
        if name.endswith(".ttl"):
            graph.parse(ontology(name))
    parts = [
        _head(graph),
        _ours(graph),
        _theirs(graph),
        _shapes(graph),
        _vocabularies(graph),
        _mappings(graph),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(graph: rdflib.Graph) -> Iterator[str]:
    about = rdflib.URIRef(KG.rstrip("#"))
    yield "# The ontology\n"
    yield "<!-- Made from ontology/ by: python -m kg.rdf.documentation > docs/ontology.md -->\n"
    yield f"{graph.value(about, DCTERMS.title)}. {graph.value(about, DCTERMS.description)}\n"
    yield f"- version {graph.value(about, OWL.versionInfo)}, `{graph.value(about, OWL.versionIRI)}`"
    yield f"- namespace `{graph.value(about, VANN.preferredNamespaceUri)}`, prefix `kg:`"
    yield f"- licence <{graph.value(about, DCTERMS.license)}>\n"
    yield "[graph.md](graph.md) explains the graph with examples; this page lists every term. The files:\n"
    for name, what in _FILES.items():
        yield f"- [`ontology/{name}`](../ontology/{name}): {what}"


def _ours(graph: rdflib.Graph) -> Iterator[str]:
    yield "## Terms of our own"
    for kind, title in _KINDS.items():
        terms = [term for term in graph.subjects(RDF.type, kind) if str(term).startswith(KG)]
        heads = ["term", "means", "from", "to", "under", "besides"]
        yield f"\n### {title}\n"
        yield from _table(
            heads if kind != OWL.Class else ["term", "means", "under", "not also"],
            (_our_row(graph, term, kind) for term in sorted(terms, key=str)),
        )


def _our_row(graph: rdflib.Graph, term: Any, kind: Any) -> list[str]:
    means = str(graph.value(term, RDFS.comment))
    if kind == OWL.Class:
        return [
            _code(term),
            means,
            _codes(graph.objects(term, RDFS.subClassOf)),
            _codes(graph.objects(term, OWL.disjointWith)),
        ]
    traits = sorted(_TRAITS.get(type_, "") for type_ in graph.objects(term, RDF.type))
    return [
        _code(term),
        means,
        _class(graph, graph.value(term, RDFS.domain)),
        _class(graph, graph.value(term, RDFS.range)),
        _codes(graph.objects(term, RDFS.subPropertyOf)),
        ", ".join(filter(None, traits)),
    ]


def _class(graph: rdflib.Graph, node: Any) -> str:
    """A class, a union of classes, or a list of values."""
    for either in (OWL.unionOf, OWL.oneOf):
        if parts := graph.value(node, either):
            return " or ".join(_code(part) for part in Collection(graph, parts))
    return _code(node)


def _theirs(graph: rdflib.Graph) -> Iterator[str]:
    yield "## Terms of others, and what they say here\n"
    yield "Their owners define them; this is how the graph uses them."
    noted = sorted(graph.subjects(VANN.usageNote), key=str)
    for prefix, owner in _OWNERS.items():
        terms = [term for term in noted if str(term).startswith(NAMESPACES[prefix])]
        yield f"\n### {owner}\n"
        yield from _table(
            ["term", "says here", "under"],
            (
                [
                    _code(term),
                    str(graph.value(term, VANN.usageNote)),
                    _codes([*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)]),
                ]
                for term in terms
            ),
        )


def _shapes(graph: rdflib.Graph) -> Iterator[str]:
    yield "## What a graph must hold\n"
    yield "`kg validate` checks these and prints what to do. Warnings leave a graph valid."
    targeted = {*graph.subjects(SH.targetClass), *graph.subjects(SH.targetSubjectsOf)}
    for shape in sorted(targeted, key=lambda shape: str(graph.value(shape, RDFS.label))):
        of = _codes(graph.objects(shape, SH.targetClass))
        subjects = _codes(graph.objects(shape, SH.targetSubjectsOf))
        yield f"\n### {graph.value(shape, RDFS.label)}\n"
        yield f"For each {of}.\n" if of else f"For each node with {subjects}.\n"
        told = {(("", str(graph.value(shape, SH.message))) if graph.value(shape, SH.message) else ())}
        for part in graph.objects(shape, SH.property):
            warned = " (warning)" if graph.value(part, SH.severity) == SH.Warning else ""
            told.add((_code(graph.value(part, SH.path)), str(graph.value(part, SH.message)) + warned))
        for part in graph.objects(shape, SH.sparql):
            warned = " (warning)" if graph.value(shape, SH.severity) == SH.Warning else ""
            told.add(("", str(graph.value(part, SH.message)) + warned))
        yield from (f"- {path + ': ' if path else ''}{what}" for path, what in sorted(filter(None, told)))


def _vocabularies(graph: rdflib.Graph) -> Iterator[str]:
    yield "## Vocabularies"
    for scheme in map(rdflib.URIRef, SCHEMES.values()):
        concepts = sorted(
            graph.subjects(SKOS.inScheme, scheme), key=lambda c: str(graph.value(c, SKOS.prefLabel)).lower()
        )
        measured = any(graph.value(concept, _KG.unit) for concept in concepts)
        yield f"\n### {graph.value(scheme, SKOS.prefLabel)}\n"
        yield f"{graph.value(scheme, SKOS.definition)} {len(concepts)} concepts, of scheme {_code(scheme)}.\n"
        yield from _table(
            ["concept", "wider", *(["better", "unit", "range"] if measured else []), "means"],
            (_concept_row(graph, concept, measured) for concept in concepts),
        )


def _concept_row(graph: rdflib.Graph, concept: Any, measured: bool) -> list[str]:
    wider = sorted(str(graph.value(each, SKOS.prefLabel)) for each in graph.objects(concept, SKOS.broader))
    row = [str(graph.value(concept, SKOS.prefLabel)), ", ".join(wider)]
    if measured:
        ends = [graph.value(concept, end) for end in (_KG.minimum, _KG.maximum)]
        span = " to ".join("…" if end is None else str(end) for end in ends)
        better = graph.value(concept, _KG.betterWhen) or "neither"
        row += [str(better), str(graph.value(concept, _KG.unit)), span if span != "… to …" else ""]
    return [*row, str(graph.value(concept, SKOS.definition))]


def _mappings(graph: rdflib.Graph) -> Iterator[str]:
    yield "## Mappings\n"
    yield "Each identifier was looked up; the last column says where, and the list below what that is.\n"
    rows = [
        (str(graph.value(concept, SKOS.prefLabel)), _local(match), target)
        for match in _MATCHES
        for concept, target in graph.subject_objects(match)
    ]
    yield from _table(
        ["concept", "match", "identifier", "called there", "read in"],
        (
            [
                label,
                match,
                f"[{_short(target)}]({target})",
                str(graph.value(target, RDFS.label)),
                _local(graph.value(target, DCTERMS.source)),
            ]
            for label, match, target in sorted(rows, key=lambda row: (row[0].lower(), *map(str, row)))
        ),
    )
    yield ""
    for source in sorted({*graph.objects(None, DCTERMS.source)}, key=str):
        yield f"- {_local(source)}: {graph.value(source, DCTERMS.title)}; {graph.value(source, DCTERMS.date)}"


def _table(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _codes(terms: Iterable[Any]) -> str:
    return ", ".join(sorted(map(_code, terms)))


def _code(term: Any) -> str:
    return f"`{_short(term)}`"


def _short(term: Any) -> str:
    if isinstance(term, rdflib.Literal):
        return f'"{term}"'
    for prefix, space in sorted(_PREFIXES.items(), key=lambda item: -len(item[1])):
        if str(term).startswith(space):
            return f"{prefix}:{str(term).removeprefix(space)}"
    return f"<{term}>"


def _local(term: Any) -> str:
    return str(term).rpartition("/")[2].rpartition("#")[2]


if __name__ == "__main__":
    sys.stdout.write(page())
