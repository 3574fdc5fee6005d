"""Why a query may have answered nothing: terms of it that the graph does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Protocol

import pyoxigraph as ox

from kg.answer import Answer
from kg.finding import UnknownName
from kg.rdf.iris import iri
from kg.rdf.known import known_terms, misspelt_namespace, near, shortened
from kg.rdf.terms import FOLDERS, XSD
from kg.things import Source
from kg.tokens import Token, closing, declared_prefixes, iri_of, tokens

__all__ = ["Asked", "absent_terms"]

MOST = 20
"""Terms that are told of, at most."""


class Asked(Source, Protocol):
    """A graph that answers queries too."""

    def query(self, sparql: str) -> Answer:
        """The answer to a query."""


def absent_terms(sparql: str, source: Asked) -> list[str]:
    """What a query names and the graph does not: a line for each term, with the ones that may be meant.

    Only terms that the query looks for count, not those of the statements that a ``CONSTRUCT`` makes, nor
    datatypes and functions. Each is looked up in the indexes of the store.
    """
    found = tokens(sparql)
    spaces = {**source.prefixes, **declared_prefixes(found)}
    wrong = _wrong_namespaces(found, source)
    lines = [
        f"PREFIX {prefix}: <{space}> is another namespace: here it is <{meant}>"
        for prefix, (space, meant) in wrong.items()
    ]
    told = tuple(space for space, _ in wrong.values())
    graphs, terms = _terms(found)
    for token in islice(graphs, MOST):
        named = iri_of(token, found, source.prefixes)
        if named and _valid(named) and not _answers(source, f"GRAPH <{named}> {{ ?s ?p ?o }}"):
            lines.append(f"{token.text}: the graph of no paper has this name")
    seen: set[str] = set()
    for token in terms:
        term = iri_of(token, found, source.prefixes)
        if term is None or term in seen or not _valid(term) or term.startswith((XSD, *told)):
            continue
        seen.add(term)
        if not _occurs(term, source) and len(lines) < MOST:
            lines.append(f"{shortened(term, spaces)} {_said(term, source)}")
    return list(dict.fromkeys(lines))


def _wrong_namespaces(found: Sequence[Token], source: Source) -> dict[str, tuple[str, str]]:
    """Prefixes that are declared otherwise than here: to the namespace declared and the one here."""
    wrong = {}
    for prefix, space in declared_prefixes(found).items():
        known = source.prefixes.get(prefix)
        meant = (space, known) if known is not None and known != space else misspelt_namespace(space)
        if meant is not None:
            wrong[prefix] = meant
    return wrong


def _terms(found: Sequence[Token]) -> tuple[list[Token], Iterator[Token]]:
    """The tokens that name graphs after FROM, and those that name what is looked for."""
    graphs: list[Token] = []
    skipped: set[int] = set()
    for place, token in enumerate(found):
        if token.is_word("PREFIX") or token.is_word("BASE"):
            skipped |= {place + 1, place + 2} if token.is_word("PREFIX") else {place + 1}
        elif token.is_word("FROM"):
            named = place + 1 < len(found) and found[place + 1].is_word("NAMED")
            skipped.add(at := place + 1 + named)
            graphs += found[at : at + 1]
        elif token.is_word("CONSTRUCT") and found[place + 1 : place + 2] and found[place + 1].text == "{":
            skipped |= set(range(place + 1, closing(found, place + 1)))
        elif token.text == "^" and place + 2 < len(found) and found[place + 1].text == "^":
            skipped.add(place + 2)  # a datatype
    # What a bracket follows at once is a function.
    skipped |= {
        place
        for place, (one, next_) in enumerate(pairwise(found))
        if next_.text == "(" and one.end == next_.start
    }
    wanted = (token for place, token in enumerate(found) if place not in skipped)
    return graphs, (token for token in wanted if token.kind in ("iri", "name"))


def _said(term: str, source: Asked) -> str:
    """What can be said of a term that occurs nowhere."""
    if wrong := misspelt_namespace(term):
        return f"is in another namespace: here it is <{wrong[1]}>"
    for folder in FOLDERS:
        space = source.prefixes.get(folder, "")
        if space and term.startswith(space):
            return f"is not in the graph{_meant(_things(term.removeprefix(space), folder, source), source)}"
    if term in known_terms():
        return "is a term of the ontology, but nothing in the graph has it"
    return f"is not in the graph{_meant(near(term, known_terms()), source)}"


def _things(local: str, folder: str, source: Asked) -> list[str]:
    """Things with names like the last part of an IRI."""
    if folder in ("author", "claim", "result"):
        return []
    base = source.prefixes[folder].removesuffix(f"{folder}/")
    try:
        return list(source.called(local, folder))[:3]
    except UnknownName as error:
        return [iri(node, base).value for node in error.suggestions]
    except LookupError:
        return []


def _meant(terms: Sequence[str], source: Source) -> str:
    names = " or ".join(shortened(term, source.prefixes) for term in terms)
    return f"; did you mean {names}?" if names else ""


def _occurs(term: str, source: Asked) -> bool:
    node = f"<{term}>"
    return (
        source.holds(term)
        or _answers(source, f"?s {node} ?o")
        or _answers(source, f"?s ?p {node}")
        or _answers(source, f"GRAPH {node} {{ ?s ?p ?o }}")
    )


def _answers(source: Asked, pattern: str) -> bool:
    return bool(source.query(f"ASK {{ {pattern} }}").boolean)


def _valid(address: str) -> bool:
    try:
        ox.NamedNode(address)
    except ValueError:
        return False
    return True
