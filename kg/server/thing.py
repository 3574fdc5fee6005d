"""What the graph says of one thing: its facts, what it is joined to and who says so, its results.

A handful of queries find it, each limited, so that the page about a thing that thousands of papers name is as
quick as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kg.rdf.terms import CLASSES, RDF, SCHEMES
from kg.server.neighbours import Group, groups
from kg.server.rows import Rows
from kg.server.statements import RESULT_ENDS, Result, Said, reported, stated

__all__ = ["Thing", "names", "thing"]

_KIND_OF_CLASS = {class_: kind for kind, class_ in CLASSES.items() if kind not in SCHEMES}
_KIND_OF_SCHEME = {scheme: kind for kind, scheme in SCHEMES.items()}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing and what surrounds it."""

    iri: str
    classes: tuple[str, ...]
    kind: str
    """``model``, ``paper`` …; empty for what is none of the graph's kinds."""
    literals: Mapping[str, tuple[Literal, ...]]
    """Values by property."""
    authors: tuple[str, ...] = ()
    """IRIs, in the order of the paper."""
    groups: tuple[Group, ...] = ()
    results: tuple[Result, ...] = ()
    result_count: int = 0
    statements: tuple[Said, ...] = ()
    """What a paper states, its own relations to things apart."""
    statement_count: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    """Names of all things that are referred to."""


async def thing(iri: NamedNode, rows: Rows) -> Thing | None:
    """What the graph says of an IRI; ``None`` when it says nothing."""
    literals, classes, schemes = await _own(iri, rows)
    joined = await groups(iri, rows)
    if not literals and not classes and not joined:
        return None
    kind = next((_KIND_OF_SCHEME[scheme] for scheme in schemes if scheme in _KIND_OF_SCHEME), "")
    kind = kind or next((_KIND_OF_CLASS[class_] for class_ in classes if class_ in _KIND_OF_CLASS), "")
    authors = await _authors(iri, rows) if kind == "paper" else ()
    results, result_count = await reported(iri, kind, rows) if kind in RESULT_ENDS else ((), 0)
    statements, statement_count = await stated(iri, rows) if kind == "paper" else ((), 0)
    about = [*authors, *(neighbour.iri for group in joined for neighbour in group.neighbours)]
    about += [said.paper for group in joined for neighbour in group.neighbours for said in neighbour.said]
    about += [
        end for result in results for end in (result.model, result.dataset, result.metric, result.paper)
    ]
    about += [end for statement in statements for end in (statement.subject, statement.object)]
    return Thing(
        iri.value,
        classes,
        kind,
        literals,
        authors,
        joined,
        results,
        result_count,
        statements,
        statement_count,
        await names([iri.value, *about], rows),
    )


async def names(iris: Iterable[str], rows: Rows) -> dict[str, str]:
    """A name for each IRI that has one; of several the first by alphabet."""
    wanted = sorted({iri for iri in iris if iri})
    if not wanted:
        return {}
    values = " ".join(f"<{iri}>" for iri in wanted)
    query = f"""SELECT ?thing (MIN(?label) AS ?first) (MIN(?name) AS ?second) WHERE {{
      VALUES ?thing {{ {values} }}
      OPTIONAL {{ ?thing rdfs:label|skos:prefLabel ?label }} OPTIONAL {{ ?thing schema:name ?name }}
    }} GROUP BY ?thing"""
    found = {}
    for row in await rows(query):
        term = row.get("first") or row.get("second")
        if term is not None:
            found[row["thing"].value] = term.value
    return found


async def _own(
    iri: NamedNode, rows: Rows
) -> tuple[dict[str, tuple[Literal, ...]], tuple[str, ...], tuple[str, ...]]:
    """Literals by property; classes; schemes."""
    literals: dict[str, list[Literal]] = {}
    classes: list[str] = []
    schemes: list[str] = []
    kept = f"isLiteral(?value) || ?property IN (<{RDF}type>, skos:inScheme)"
    for row in await rows(f"SELECT DISTINCT ?property ?value {{ {iri} ?property ?value FILTER({kept}) }}"):
        property_, value = row["property"].value, row["value"]
        if isinstance(value, Literal):
            literals.setdefault(property_, []).append(value)
        else:
            (classes if property_ == RDF + "type" else schemes).append(value.value)
    ordered = {property_: tuple(sorted(literals[property_], key=str)) for property_ in sorted(literals)}
    return ordered, tuple(sorted(classes)), tuple(sorted(schemes))


async def _authors(iri: NamedNode, rows: Rows) -> tuple[str, ...]:
    query = f"""SELECT ?person (MIN(?place) AS ?first) WHERE {{
      {iri} schema:author ?person FILTER(isIRI(?person)) OPTIONAL {{ ?person schema:position ?place }}
    }} GROUP BY ?person ORDER BY ?first ?person LIMIT 1000"""
    return tuple(row["person"].value for row in await rows(query))
