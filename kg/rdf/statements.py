"""The knowledge graph as RDF quads, subject by subject, in an order that depends on the graph alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import chain
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import __version__
from kg.graph import KnowledgeGraph
from kg.rdf.iris import author_iri, check_base, claim_iri, claims_iri, iri
from kg.rdf.literals import text, to_literal
from kg.rdf.terms import (
    ATTRIBUTES,
    CLASSES,
    DCTERMS,
    EVIDENCE,
    IDENTIFIERS,
    IMPLIED,
    INVERSE,
    KG,
    PREDICATES,
    PROV,
    RDF,
    SCHEMA,
    SCHEMES,
    SKOS,
    TUPLES,
    VOID,
    ValueType,
)

__all__ = ["quads", "reported_in"]

Term = NamedNode | Literal
GraphName = NamedNode | DefaultGraph
_Edge = tuple[str, str, str, str]
"""IRI of the claim, subject, object and key in the graph."""
_FIRST = [RDF + name for name in ("type", "subject", "predicate", "object")]
"""Properties that come first in a subject's statements; the others follow by alphabet."""


def quads(graph: KnowledgeGraph) -> Iterator[Quad]:
    """All statements of a graph: a header, the nodes by key with their edges, then the claims by IRI.

    What a paper says is in the named graph of that paper; the rest is in the default graph. Quads of one
    subject follow each other (``rdf:type`` first, then by property and object), so that a writer can group
    them without holding the whole.

    Raises:
        ValueError: a node or edge has a kind, a predicate or an attribute outside the graph's contract, or
            one of the wrong type; or the base is no IRI.
    """
    check_base(graph.base)
    for group in chain(_header(graph), _nodes(graph), _claims(graph)):
        yield from sorted(set(group), key=_order)


def reported_in(graph: KnowledgeGraph, result: str) -> str | None:
    """The paper (node key) that reports a result."""
    for _, paper, attributes in graph.nx.out_edges(result, data=True):
        if attributes.get("predicate") == "reportedIn":
            return str(paper)
    return None


def _order(quad: Quad) -> tuple[int, str, str, str]:
    property_ = quad.predicate.value
    rank = _FIRST.index(property_) if property_ in _FIRST else len(_FIRST)
    return rank, property_, str(quad.object), str(quad.graph_name)


def _header(graph: KnowledgeGraph) -> Iterator[list[Quad]]:
    base, build = NamedNode(graph.base), iri("build", graph.base)
    software = iri(f"software/biomed-kg-{__version__}", graph.base)
    statements: dict[NamedNode, list[tuple[str, Term]]] = {
        base: [
            (RDF + "type", NamedNode(VOID + "Dataset")),
            (VOID + "uriSpace", Literal(graph.base)),
            (DCTERMS + "conformsTo", NamedNode(KG.rstrip("#"))),
        ],
        build: [(RDF + "type", NamedNode(PROV + "Activity")), (PROV + "wasAssociatedWith", software)],
        software: [
            (RDF + "type", NamedNode(PROV + "SoftwareAgent")),
            (SCHEMA + "softwareVersion", Literal(__version__)),
        ],
    }
    for subject, pairs in statements.items():
        yield [Quad(subject, NamedNode(term), object_, DefaultGraph()) for term, object_ in pairs]


def _nodes(graph: KnowledgeGraph) -> Iterator[Iterable[Quad]]:
    for key, attributes in graph.nodes():
        kind, subject = attributes.get("kind"), iri(key, graph.base)
        if kind not in CLASSES:
            raise ValueError(f"node {key!r}: unknown kind {kind!r}; one of {', '.join(CLASSES)} is expected")
        home: GraphName = DefaultGraph()
        if kind == "paper":
            home = subject
        elif kind == "result" and (paper := reported_in(graph, key)):
            home = iri(paper, graph.base)
        statements = _statements(key, kind, attributes)
        people = list(_authors(graph, key, home, attributes.get("authors", ())))
        statements += [(SCHEMA + "author", person) for person, _ in people]
        own = [Quad(subject, NamedNode(term), object_, home) for term, object_ in statements]
        yield chain(own, _edges(graph, key, subject))
        for _, statements_of_person in people:
            yield statements_of_person


def _statements(key: str, kind: str, attributes: dict[str, Any]) -> list[tuple[str, Term]]:
    """Property and value of what a node itself carries, authors apart."""
    found: list[tuple[str, Term]] = [(RDF + "type", NamedNode(CLASSES[kind]))]
    if kind in SCHEMES:
        found.append((SKOS + "inScheme", NamedNode(SCHEMES[kind])))
        found.append((SKOS + "prefLabel", text(attributes.get("label", ""))))
    for name, value in attributes.items():
        where = f"node {key!r}"
        if name == "kind":
            continue
        if name == "authors":
            found += [_order_of(name, ())] if not value else []
        elif name in TUPLES:
            term = TUPLES[name]
            found += [(term.property, _literal(where, name, item, term.type)) for item in value]
            found += [_order_of(name, value)] if list(value) != sorted(set(value)) or not value else []
        elif name in IDENTIFIERS:
            found.append((SCHEMA + "identifier", _literal(where, name, IDENTIFIERS[name] + value, "text")))
        elif name in ATTRIBUTES:
            term = ATTRIBUTES[name]
            found.append((term.property, _literal(where, name, value, term.type)))
        else:
            raise ValueError(f"{where}: no RDF term for the attribute {name!r}; see kg/rdf/terms.py")
    return found


def _order_of(name: str, values: tuple[str, ...]) -> tuple[str, Term]:
    """RDF keeps no order and no empty tuple, so ``kg:order`` says each value's rank in sorted order."""
    ranks = {value: str(rank) for rank, value in enumerate(sorted(set(values)), 1)}
    return KG + "order", Literal(" ".join([name, *(ranks[value] for value in values)]))


def _authors(
    graph: KnowledgeGraph, key: str, home: GraphName, names: Iterable[str]
) -> Iterator[tuple[NamedNode, list[Quad]]]:
    for position, name in enumerate(names, 1):
        person = author_iri(key, position, graph.base)
        statements: list[tuple[str, Term]] = [
            (RDF + "type", NamedNode(SCHEMA + "Person")),
            (SCHEMA + "name", _literal(f"node {key!r}", "authors", name, "text")),
            (SCHEMA + "position", Literal(position)),
        ]
        yield person, [Quad(person, NamedNode(term), value, home) for term, value in statements]


def _edges(graph: KnowledgeGraph, key: str, subject: NamedNode) -> Iterator[Quad]:
    """The statements that a node's edges make about it."""
    for _, target, attributes in graph.nx.out_edges(key, data=True):
        predicate = attributes.get("predicate")
        if predicate not in PREDICATES:
            raise ValueError(f"edge {key!r} → {target!r}: no RDF term for the predicate {predicate!r}")
        object_, home = iri(target, graph.base), _home(graph, attributes)
        yield Quad(subject, NamedNode(PREDICATES[predicate]), object_, home)
        if predicate in IMPLIED:
            yield Quad(subject, NamedNode(IMPLIED[predicate]), object_, home)
    for source, _, attributes in graph.nx.in_edges(key, data=True):
        if attributes.get("predicate") in INVERSE:
            term = NamedNode(INVERSE[attributes["predicate"]])
            yield Quad(subject, term, iri(source, graph.base), _home(graph, attributes))


def _home(graph: KnowledgeGraph, attributes: dict[str, Any]) -> GraphName:
    paper = attributes.get("paper")
    return iri(paper, graph.base) if paper else DefaultGraph()


def _claims(graph: KnowledgeGraph) -> Iterator[list[Quad]]:
    """The claims by IRI, a few papers' at a time: the names of all together would take much room."""
    papers = {key for key, attributes in graph.nx.nodes(data=True) if attributes.get("kind") == "paper"}
    others = _edges_elsewhere(graph, papers)
    # No IRI of a claim goes before what it begins with, so those before the next paper's are complete.
    begins = sorted((claims_iri(paper, graph.base), paper) for paper in papers | others.keys())
    waiting: list[_Edge] = []
    for begin, paper in begins:
        while waiting and waiting[0][0] < begin:
            yield _claim(graph, *heappop(waiting))
        own = _own_edges(graph, paper) if paper in papers else []
        for subject, object_, key in (*own, *others.pop(paper, ())):
            predicate = graph.nx.get_edge_data(subject, object_, key)["predicate"]
            name = claim_iri(subject, predicate, object_, paper or None, graph.base)
            heappush(waiting, (name.value, subject, object_, key))
    while waiting:
        yield _claim(graph, *heappop(waiting))


def _own_edges(graph: KnowledgeGraph, paper: str) -> list[tuple[str, str, str]]:
    """Ends and key of each edge from a paper that it states itself and that needs a claim."""
    out = graph.nx.out_edges(paper, keys=True, data=True)
    return [(s, o, k) for s, o, k, a in out if a.get("paper") == paper and _needs_claim(graph, s, a)]


def _edges_elsewhere(graph: KnowledgeGraph, papers: set[str]) -> dict[str, list[tuple[str, str, str]]]:
    """The same of all other edges, by the paper that states them; by an empty name if none does."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for subject, object_, key, attributes in graph.nx.edges(keys=True, data=True):
        paper = attributes.get("paper") or ""
        own = paper == subject and paper in papers
        if not own and _needs_claim(graph, subject, attributes):
            found.setdefault(paper, []).append((subject, object_, key))
    return found


def _needs_claim(graph: KnowledgeGraph, subject: str, attributes: dict[str, Any]) -> bool:
    """A result holds its evidence itself; other edges of a paper have it in a claim."""
    if attributes.keys() - {"predicate", "paper"}:
        return True
    paper = attributes.get("paper")
    return paper is not None and paper != reported_in(graph, subject)


def _claim(graph: KnowledgeGraph, name: str, subject: str, object_: str, key: str) -> list[Quad]:
    attributes = graph.nx.get_edge_data(subject, object_, key)
    claim, where, home = NamedNode(name), f"edge {subject!r} → {object_!r}", _home(graph, attributes)
    statements: list[tuple[str, Term]] = [
        (RDF + "type", NamedNode(KG + "Claim")),
        (RDF + "subject", iri(subject, graph.base)),
        (RDF + "predicate", NamedNode(PREDICATES[attributes["predicate"]])),
        (RDF + "object", iri(object_, graph.base)),
        (PROV + "wasGeneratedBy", iri("build", graph.base)),
    ]
    if isinstance(home, NamedNode):
        statements.append((PROV + "wasDerivedFrom", home))
    for attribute, value in attributes.items():
        if term := EVIDENCE.get(attribute):
            statements.append((term.property, _literal(where, attribute, value, term.type)))
        elif attribute not in ("predicate", "paper"):
            raise ValueError(f"{where}: no RDF term for the attribute {attribute!r}; see kg/rdf/terms.py")
    return [Quad(claim, NamedNode(property_), value, home) for property_, value in statements]


def _literal(where: str, name: str, value: Any, type_: ValueType) -> Literal:
    try:
        return to_literal(value, type_)
    except TypeError as error:
        raise ValueError(f"{where}, attribute {name!r}: {error}") from None
