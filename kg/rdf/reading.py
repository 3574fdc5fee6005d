"""RDF back to the knowledge graph: the inverse of ``statements.py``, for any order of statements.

Names of graphs are needed only where a statement has no claim, so Turtle, which has no named graphs, gives
the same graph as N-Quads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.graph import BASE, KnowledgeGraph
from kg.rdf.iris import check_base, key
from kg.rdf.literals import from_literal
from kg.rdf.terms import (
    ATTRIBUTES,
    CLASSES,
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
    SYNONYMS,
    TUPLES,
    VOID,
    Attribute,
)

__all__ = ["from_quads"]

Objects = Mapping[Any, None]
"""The objects of one subject and property, each once, in the order they came."""
Subjects = Mapping[str, Mapping[str, Objects]]

_KINDS = {class_: kind for kind, class_ in CLASSES.items() if kind not in SCHEMES}
_SCHEME_KINDS = {scheme: kind for kind, scheme in SCHEMES.items()}
_SECURE = SCHEMA.replace("http:", "https:")
_EDGES = {property_: predicate for predicate, property_ in PREDICATES.items()} | SYNONYMS
_NARROWER = {
    wider: [PREDICATES[predicate] for predicate in IMPLIED if IMPLIED[predicate] == wider]
    for wider in set(IMPLIED.values())
}
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (RDF + part for part in ("type", "subject", "predicate", "object"))
_DERIVED, _REPORTED = PROV + "wasDerivedFrom", PREDICATES["reportedIn"]
_UNREAD = {*_EDGES, *IMPLIED.values(), *INVERSE.values(), PROV + "wasGeneratedBy"} - {_DERIVED, _REPORTED}
"""Properties of which no subject is asked: edges, which are kept apart, and what follows from them."""


def from_quads(quads: Iterable[Quad | Triple], base: str | None = None) -> KnowledgeGraph:
    """Build the graph that the statements describe.

    Args:
        quads: statements, in any order and repeated or not.
        base: the IRI that keys are relative to; what the statements say (``void:uriSpace``), or the usual
            one, when left out.

    Raises:
        ValueError: an edge joins something that is no node, or a number is none.
    """
    subjects: dict[str, dict[str, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
    edges: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for quad in quads:
        subject, property_, object_ = _name(quad.subject), _usual(quad.predicate.value), quad.object
        if property_ in (_TYPE, _PREDICATE) and isinstance(object_, NamedNode):
            object_ = NamedNode(_usual(object_.value))
        if property_ not in _UNREAD:
            subjects[subject][property_][object_] = None
        if property_ in _EDGES and not isinstance(object_, Literal):
            named = isinstance(quad, Quad) and isinstance(quad.graph_name, NamedNode)
            edges[subject, property_, _name(object_)].add(quad.graph_name.value if named else "")  # type: ignore[union-attr]
    graph = KnowledgeGraph(base=check_base(base or _base(subjects)))
    for subject in sorted(subjects):
        _add_node(graph, subject, subjects)
    claimed = {_add_claim(graph, subject, subjects[subject]) for subject in sorted(subjects)}
    for statement in sorted(edges.keys() - claimed):
        if not _implied(statement, edges):
            _add_unclaimed(graph, statement, edges[statement], subjects)
    return graph


def _name(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(term.value)


@lru_cache
def _usual(term: str) -> str:
    """The term itself; one of schema.org under ``http:``, which others write with ``https:``."""
    return SCHEMA + term[len(_SECURE) :] if term.startswith(_SECURE) else term


def _base(subjects: Subjects) -> str:
    for subject in sorted(subjects):
        for space in subjects[subject].get(VOID + "uriSpace", ()):
            return str(space.value)
    return BASE


def _kind(subject: Mapping[str, Objects]) -> str | None:
    for term in subject.get(SKOS + "inScheme", ()):
        if term.value in _SCHEME_KINDS:
            return _SCHEME_KINDS[term.value]
    kinds = {_KINDS[term.value] for term in subject.get(_TYPE, ()) if term.value in _KINDS}
    return min(kinds) if kinds else None


def _add_node(graph: KnowledgeGraph, name: str, subjects: Subjects) -> None:
    subject = subjects[name]
    kind = _kind(subject)
    if kind is None:
        return
    attributes: dict[str, Any] = {"kind": kind}
    attributes.update(_values(name, subject, ATTRIBUTES))
    if "label" not in attributes:
        labels = subject.get(SKOS + "prefLabel") or subject.get(SCHEMA + "name")
        end = key(name, graph.base).rpartition("/")[2]
        attributes["label"] = min(labels, key=_rank).value if labels else end
    if kind != "paper":
        attributes.pop("title", None)
    for attribute, beginning in IDENTIFIERS.items():
        for term in subject.get(SCHEMA + "identifier", ()):
            if term.value.startswith(beginning):
                attributes[attribute] = term.value.removeprefix(beginning)
    attributes.update(_tuples(name, subject))
    if authors := [
        _author(*placed, subjects) for placed in _listed(subject.get(SCHEMA + "author", ()), subjects)
    ]:
        attributes["authors"] = tuple(author for _, author in sorted(authors))
    graph.nx.add_node(key(name, graph.base), **attributes)


def _tuples(name: str, subject: Mapping[str, Objects]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attribute, term in TUPLES.items():
        if objects := subject.get(term.property):
            found[attribute] = tuple(sorted({object_.value for object_ in objects}))
    for order in sorted(term.value for term in subject.get(KG + "order", ())):
        attribute, *ranks = order.split(" ")
        values = found.get(attribute, ())
        try:
            found[attribute] = tuple(values[int(rank) - 1] for rank in ranks)
        except (ValueError, IndexError):
            raise ValueError(f"<{name}> kg:order {order!r}: expected ranks of 1 to {len(values)}") from None
    return found


def _listed(objects: Iterable[Any], subjects: Subjects) -> Iterator[tuple[Any, float]]:
    """Objects, and those in a list with their position; others keep the order of authors that way."""
    for term in objects:
        seen: set[str] = set()
        item = _name(term)
        if item != RDF + "nil" and RDF + "first" not in subjects.get(item, ()):
            yield term, float("inf")
        while (first := _first(subjects.get(item, {}), RDF + "first")) is not None and item not in seen:
            seen.add(item)
            yield first, len(seen)
            item = _name(_first(subjects[item], RDF + "rest") or term)


def _author(term: Any, place: float, subjects: Subjects) -> tuple[float, str]:
    """Position and name of an author, who may be a node or, as others write it, a plain name."""
    if isinstance(term, Literal):
        return place, term.value
    person = subjects.get(_name(term), {})
    name = _first(person, SCHEMA + "name")
    position = _values(_name(term), person, {"position": Attribute(SCHEMA + "position", "number")})
    return position.get("position", place), name.value if name else _name(term)


def _rank(term: Any) -> tuple[int, str]:
    """Plain text goes before English, and that before other languages."""
    language = (getattr(term, "language", None) or "").lower()
    return (1 if language.startswith("en") else 2) if language else 0, str(term)


def _first(subject: Mapping[str, Objects], property_: str) -> Any:
    return next(iter(subject.get(property_, ())), None)


def _values(name: str, subject: Mapping[str, Objects], terms: Mapping[str, Attribute]) -> dict[str, Any]:
    found = {}
    for attribute, term in terms.items():
        objects = subject.get(term.property)
        if not objects:
            continue
        literals = [object_ for object_ in objects if isinstance(object_, Literal)]
        if not literals and term.type == "address":  # which others write as what it is, an IRI
            literals = [Literal(object_.value) for object_ in objects if isinstance(object_, NamedNode)]
        if literals:
            # Of several values, which only others write, the same one is taken whatever their order.
            literal = min(literals, key=_rank)
            try:
                found[attribute] = from_literal(literal, term.type)
            except ValueError:
                raise ValueError(f"<{name}> <{term.property}> {literal}: expected a number") from None
    return found


def _add_claim(
    graph: KnowledgeGraph, name: str, subject: Mapping[str, Objects]
) -> tuple[str, str, str] | None:
    """Add the edge that a claim states; its statement is returned."""
    if not any(term.value == KG + "Claim" for term in subject.get(_TYPE, ())):
        return None
    parts = [_first(subject, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
    if None in parts or parts[1].value not in _EDGES:
        raise ValueError(f"claim <{name}>: needs rdf:subject, rdf:object and a known rdf:predicate")
    statement = (_name(parts[0]), parts[1].value, _name(parts[2]))
    paper = _first(subject, _DERIVED)
    _add_edge(graph, statement, paper and key(_name(paper), graph.base), _values(name, subject, EVIDENCE))
    return statement


def _implied(statement: tuple[str, str, str], edges: Collection[tuple[str, str, str]]) -> bool:
    """Whether it only repeats a narrower statement by its superproperty."""
    subject, property_, object_ = statement
    return any((subject, narrower, object_) in edges for narrower in _NARROWER.get(property_, ()))


def _add_unclaimed(
    graph: KnowledgeGraph, statement: tuple[str, str, str], homes: set[str], subjects: Subjects
) -> None:
    """Add an edge that no claim states: of the hierarchy, of a result, or what others wrote."""
    subject = key(statement[0], graph.base)
    if subject not in graph.nx:
        return
    reported = _first(subjects[statement[0]], _REPORTED)
    names = homes | ({_name(reported)} if reported else set())
    if graph.nx.nodes[subject]["kind"] == "paper":
        names = {statement[0]}
    keys = {key(name, graph.base) for name in names}
    papers: list[str | None] = [*sorted(name for name in keys if name in graph.nx)]
    for paper in papers or [None]:
        _add_edge(graph, statement, paper, {})


def _add_edge(
    graph: KnowledgeGraph, statement: tuple[str, str, str], paper: str | None, evidence: Mapping[str, Any]
) -> None:
    subject, object_ = key(statement[0], graph.base), key(statement[2], graph.base)
    predicate = _EDGES[statement[1]]
    for node in (subject, object_):
        if node not in graph.nx:
            raise ValueError(f"{predicate} from {subject!r} to {object_!r}: {node!r} has no type in the file")
    attributes = {"predicate": predicate, **({"paper": paper} if paper else {}), **evidence}
    graph.nx.add_edge(subject, object_, key=f"{predicate}|{paper or ''}", **attributes)
