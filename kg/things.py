"""What a person means by a value: an IRI, a prefixed name, a node's key, or the name of a thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

import pyoxigraph as ox

from kg.parameters import Parameter, bind, expected, number
from kg.query import QueryError
from kg.rdf.iris import iri
from kg.rdf.known import near, relations, shortened
from kg.rdf.terms import FOLDERS

__all__ = ["Source", "resolve", "with_values"]


class Source(Protocol):
    """A graph in which things can be looked up."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes to namespaces, as :func:`kg.rdf.prefixes` gives them."""

    def holds(self, iri: str) -> bool:
        """Whether the graph says anything about it."""

    def called(self, name: str, kind: str | None = None) -> Sequence[str]:
        """IRIs of the things that go by a name best; if there are several they do so equally well.

        Raises:
            LookupError: there is none; the message says which names are near, those of ``kind`` first.
        """


def with_values(sparql: str, values: Sequence[str], source: Source) -> str:
    """A query with values put in for its parameters.

    Args:
        values: each ``name=value``; several of one name mean any of them.

    Raises:
        QueryError: it is not written like that, the query has no such parameter, the value is no number
            where one is expected, several things go by the name, or it is that of a thing of another kind.
        LookupError: nothing goes by the name.
    """
    terms: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for pair in values:
        name, equals, value = pair.partition("=")
        name = name.strip().lstrip("?$")
        if not equals or not name:
            raise QueryError(f"not a parameter: {pair!r}; write name=value, such as dataset=MIMIC-CXR")
        parameter = expected(sparql, name)
        literal = None
        if parameter is None or parameter.kind == "number":
            literal = number(value.strip())
            if literal is None and parameter is not None:
                raise QueryError(f"{name}={value!r}: a number is expected")
        terms.setdefault(name, []).append(
            _meant(value, name, parameter, source) if literal is None else literal
        )
    return bind(sparql, terms)


def resolve(value: str, parameter: str, source: Source) -> ox.NamedNode:
    """The IRI that a value means.

    Args:
        value: an IRI, bare or in angle brackets; a prefixed name or node key; or else a label or alias.
        parameter: where several things go by one name and this is a kind (``dataset``, ``model``, …), those
            of that kind are meant.

    Raises:
        QueryError: several things go by the name, or the value looks like an IRI and is none.
        LookupError: nothing goes by the name.
    """
    value = value.strip()
    if not value:
        raise QueryError(f"{parameter}= has no value")
    if value.startswith("<") and value.endswith(">"):
        return _node(value[1:-1], value)
    if re.match(r"(?:https?|urn|file):\S+$", value, re.IGNORECASE):
        return _node(value, value)
    if node := _shortened(value, source):
        return node
    kind = parameter if parameter in FOLDERS else None
    found = source.called(value, kind)
    if len(found) > 1 and kind:
        space = source.prefixes.get(kind, "")
        found = [thing for thing in found if thing.startswith(space)] or found
    if len(found) > 1:
        known = ", ".join(sorted(found)[:5]) + (", …" if len(found) > 5 else "")
        raise QueryError(f"{len(found)} things are called {value!r}: say which of {known}")
    return _node(found[0], value)


def _meant(value: str, name: str, parameter: Parameter | None, source: Source) -> ox.NamedNode:
    if parameter is not None and parameter.kind == "property":
        return _property(value.strip(), name, source)
    node = resolve(value, name, source)
    if parameter is not None and name in FOLDERS:
        for kind in FOLDERS:
            space = source.prefixes.get(kind, "")
            if kind != name and space and node.value.startswith(space):
                said = shortened(node.value, source.prefixes)
                raise QueryError(f"{name}={value.strip()!r}: {said} is a {kind}, and a {name} is expected")
    return node


def _property(value: str, name: str, source: Source) -> ox.NamedNode:
    """The property of a local name, of a prefixed name that the ontology has, or of any IRI."""
    if not value:
        raise QueryError(f"{name}= has no value")
    if re.match(r"<.*>$|(?:https?|urn):\S+$", value, re.IGNORECASE):
        return _node(value.removeprefix("<").removesuffix(">"), value)
    known = relations()
    if value in known:
        return _node(known[value], value)
    prefix, colon, local = value.partition(":")
    if colon and prefix in source.prefixes and source.prefixes[prefix] + local in known.values():
        return _node(source.prefixes[prefix] + local, value)
    candidates = near(value, known.values())
    names = [shortened(term, source.prefixes) for term in candidates or known.values()]
    names = names if candidates else sorted({*names})
    hint = f"did you mean {' or '.join(names)}?" if candidates else f"there are {', '.join(names)}"
    raise LookupError(f"{name}={value!r}: no property that joins things is called so; {hint}")


def _shortened(value: str, source: Source) -> ox.NamedNode | None:
    """The IRI of a prefixed name or a node key; none if it is neither, or names nothing in the graph."""
    if re.search(r"\s", value):
        return None
    prefix, colon, local = value.partition(":")
    if colon and prefix in source.prefixes:
        node = _node(source.prefixes[prefix] + local, value)
        # Of a vocabulary any term may be meant, of things only those that are there.
        if prefix not in FOLDERS or source.holds(node.value):
            return node
    folder, slash, _ = value.partition("/")
    if slash and folder in FOLDERS and folder in source.prefixes:
        base = source.prefixes[folder].removesuffix(f"{folder}/")
        for candidate in (iri(value, base), _node(base + value, value)):
            if source.holds(candidate.value):
                return candidate
    return None


def _node(address: str, value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(address)
    except ValueError as error:
        raise QueryError(f"{value!r} looks like an IRI but is none: {error}") from None
