"""What a thing is joined to, in groups of one property and one class, with the papers that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.rdf.terms import IMPLIED, INVERSE, KG, PREDICATES, PROV, RDF, SCHEMA, SKOS
from kg.server.rows import Rows
from kg.server.statements import RESULT_ENDS, Said, said

__all__ = ["Group", "Neighbour", "groups"]

SHOWN, SENTENCES = 20, 3
"""Things shown in a group, and sentences of each."""

_CLAIM = KG + "Claim"
_NOT_FORTH = (RDF + "type", SKOS + "inScheme", SCHEMA + "author", *INVERSE.values())
_NOT_BACK = (
    RDF + "subject",
    RDF + "object",
    PROV + "wasGeneratedBy",
    *RESULT_ENDS.values(),
    *INVERSE.values(),
)
"""Joints that a page shows in another way, from the thing and to it."""
_FIRST = SKOS + "broader"
"""Where a concept stands among others tells what it is."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing that is joined to the one asked for."""

    iri: str
    papers: int
    """How many papers say so; 0 when nobody in particular does."""
    said: tuple[Said, ...] = ()
    """The surest of what they say."""


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one class that one property joins to the thing."""

    predicate: str
    back: bool
    """Whether the thing is the object of the statements."""
    class_: str
    """IRI; empty when they have none."""
    count: int
    neighbours: tuple[Neighbour, ...] = ()


async def groups(iri: NamedNode, rows: Rows) -> tuple[Group, ...]:
    """All groups, each with some of its things: broader and narrower, then the graph's own properties first.

    A statement that is only there beside a narrower one (``mentions`` beside ``uses``) counts once, as the
    narrower.
    """
    return await _with_neighbours(iri, await _counted(iri, rows), rows)


async def _counted(iri: NamedNode, rows: Rows) -> list[Group]:
    found = []
    for back, hidden in ((False, _NOT_FORTH), (True, _NOT_BACK)):
        query = f"""SELECT ?property ?class (COUNT(DISTINCT ?other) AS ?count) WHERE {{
          {_joint(iri, "?property", back)} FILTER(isIRI(?other) && ?property NOT IN ({_list(hidden)}))
          {_not_stated_closer(iri, back)} OPTIONAL {{ ?other a ?class }}
        }} GROUP BY ?property ?class"""
        for row in await rows(query):
            property_, class_ = row["property"].value, row["class"].value if "class" in row else ""
            if not (back and class_ == _CLAIM):
                found.append(Group(property_, back, class_, int(row["count"].value)))
    order = {property_: place for place, property_ in enumerate((_FIRST, *PREDICATES.values()))}
    order[_FIRST] = 0
    return sorted(found, key=lambda g: (order.get(g.predicate, len(order)), g.predicate, g.back, g.class_))


def _not_stated_closer(iri: NamedNode, back: bool) -> str:
    """Leaves out what is stated beside a narrower property (``mentions`` beside ``uses``)."""
    # IF, for the engine would try the path of every row on both sides of an OR.
    return "\n".join(
        f"FILTER(IF(?property = <{wider}>, NOT EXISTS {{ {_closer(iri, wider, back)} }}, true))"
        for wider in sorted(set(IMPLIED.values()))
    )


def _closer(iri: NamedNode, wider: str, back: bool) -> str:
    path = "|".join(f"<{PREDICATES[name]}>" for name, above in IMPLIED.items() if above == wider)
    return _joint(iri, f"({path})", back)


async def _with_neighbours(iri: NamedNode, counted: list[Group], rows: Rows) -> tuple[Group, ...]:
    if not counted:
        return ()
    parts = []
    for number, group in enumerate(counted):
        property_ = f"<{group.predicate}>"
        class_ = f"?other a <{group.class_}> ." if group.class_ else ""
        left_out = "" if group.class_ else "FILTER NOT EXISTS { ?other a ?class }"
        if group.predicate in IMPLIED.values():
            left_out += f" FILTER NOT EXISTS {{ {_closer(iri, group.predicate, group.back)} }}"
        ends = ("?other", str(iri)) if group.back else (str(iri), "?other")
        parts.append(f"""{{ SELECT ({number} AS ?group) ?other (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{
          {_joint(iri, property_, group.back)} {class_} FILTER(isIRI(?other)) {left_out}
          OPTIONAL {{ ?claim rdf:subject {ends[0]} ; rdf:object {ends[1]} ; rdf:predicate {property_} ;
            prov:wasDerivedFrom ?paper }}
        }} GROUP BY ?other ORDER BY DESC(?papers) ?other LIMIT {SHOWN} }}""")
    members: dict[int, list[tuple[str, int]]] = {}
    for row in await rows("SELECT ?group ?other ?papers WHERE {" + "\nUNION\n".join(parts) + "}"):
        members.setdefault(int(row["group"].value), []).append((row["other"].value, int(row["papers"].value)))
    evidence = await _evidence(iri, counted, members, rows)
    filled = []
    for number, group in enumerate(counted):
        neighbours = tuple(
            Neighbour(
                other, papers, tuple(evidence.get((group.predicate, group.back, other), ())[:SENTENCES])
            )
            for other, papers in sorted(members.get(number, ()), key=lambda member: (-member[1], member[0]))
        )
        filled.append(replace(group, neighbours=neighbours))
    return tuple(filled)


async def _evidence(
    iri: NamedNode, counted: list[Group], members: Mapping[int, list[tuple[str, int]]], rows: Rows
) -> dict[tuple[str, bool, str], list[Said]]:
    """Sentences by property, direction and neighbour, the surest first."""
    found: dict[tuple[str, bool, str], list[Said]] = {}
    for back in (False, True):
        pairs = [
            f"(<{counted[number].predicate}> <{other}>)"
            for number, others in members.items()
            for other, papers in others
            if counted[number].back == back and papers
        ]
        if not pairs:
            continue
        ends = ("?other", str(iri)) if back else (str(iri), "?other")
        limit = 20 * SENTENCES * len(pairs)
        query = f"""SELECT ?property ?other ?sentence ?paper ?confidence WHERE {{
          VALUES (?property ?other) {{ {" ".join(sorted(set(pairs)))} }}
          ?claim rdf:subject {ends[0]} ; rdf:object {ends[1]} ; rdf:predicate ?property ;
            oa:exact ?sentence ; prov:wasDerivedFrom ?paper .
          OPTIONAL {{ ?claim kg:confidence ?confidence }}
        }} ORDER BY DESC(?confidence) ?paper LIMIT {limit}"""
        for row in await rows(query):
            place = row["property"].value, back, row["other"].value
            found.setdefault(place, []).append(said(row))
    return found


def _joint(iri: NamedNode, property_: str, back: bool) -> str:
    return f"?other {property_} {iri} ." if back else f"{iri} {property_} ?other ."


def _list(iris: Iterable[str]) -> str:
    return ", ".join(f"<{iri}>" for iri in iris)
