"""The terms of the ontology, and what was meant by one that is none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from kg.rdf.terms import (
    ATTRIBUTES,
    CLASSES,
    IMPLIED,
    INVERSE,
    NAMESPACES,
    PREDICATES,
    SCHEMES,
    SYNONYMS,
    TUPLES,
)

__all__ = ["known_terms", "misspelt_namespace", "near", "relations", "shortened"]

LIKE = 70.0
"""Similarity of a near miss, of 100, at least."""


@cache
def known_terms() -> frozenset[str]:
    """IRIs of all terms that the ontology defines or uses."""
    from kg.resources import ontology

    terms = {*CLASSES.values(), *SCHEMES.values(), *SYNONYMS, *relations().values(), *INVERSE.values()}
    terms |= {attribute.property for attribute in (*ATTRIBUTES.values(), *TUPLES.values())}
    for quad in ox.parse(path=str(ontology("ontology.ttl")), format=ox.RdfFormat.TURTLE):
        terms |= {
            term.value
            for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, ox.NamedNode) and term.value.startswith(tuple(NAMESPACES.values()))
        }
    return frozenset(terms - set(NAMESPACES.values()))


def relations() -> dict[str, str]:
    """The properties that join things: their names, in RDF and in the Python graph, to their IRIs."""
    found = {_local(iri): iri for iri in (*IMPLIED.values(), *PREDICATES.values())}
    return {**found, **PREDICATES}


def near(iri: str, terms: Iterable[str], limit: int = 2) -> list[str]:
    """Those of some terms whose local names are nearly that of an IRI, the nearest first.

    The namespace does not count, so that a name in the wrong one is found in the right one; case, ``-`` and
    ``_`` do not either.
    """
    from rapidfuzz import fuzz, process

    candidates = sorted(set(terms) - {iri})
    found = process.extract(
        _folded(iri),
        [_folded(term) for term in candidates],
        scorer=fuzz.ratio,
        score_cutoff=LIKE,
        limit=None,
    )
    ranked = sorted(found, key=lambda match: (-match[1], candidates[match[2]]))
    # Beside one that differs in nothing but the namespace, others are noise.
    whole = [match for match in ranked if match[1] == 100] or ranked
    return [candidates[place] for _, _, place in whole[:limit]]


def misspelt_namespace(iri: str) -> tuple[str, str] | None:
    """The namespace that an IRI begins with and the one of the ontology that was meant, when they differ in
    ``http:`` or ``https:``, ``www.``, or the last character alone; none otherwise."""
    bare = _bare(iri)
    for space in NAMESPACES.values():
        start = _bare(space)[:-1]
        if bare.startswith(start) and bare[len(start) : len(start) + 1] in ("#", "/"):
            written = iri[: len(iri) - len(bare) + len(start) + 1]
            return None if written == space else (written, space)
    return None


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI with a prefix, or in angle brackets where there is none."""
    spaces = [(len(space), prefix) for prefix, space in prefixes.items() if iri.startswith(space)]
    length, prefix = max(spaces, default=(0, ""))
    return f"{prefix}:{iri[length:]}" if spaces else f"<{iri}>"


def _local(iri: str) -> str:
    return re.split(r"[#/:]", iri)[-1]


def _folded(iri: str) -> str:
    return re.sub(r"[-_.]", "", _local(iri).casefold())


def _bare(iri: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", iri)
