"""Parameters of a query: what it declares, and how values are put in for them.

A query declares its parameters in the comment it begins with, one a line::

    # param dataset (thing): the dataset
    # param since (number): the first year
    # param predicate (property): what is said

and uses them as variables (``?dataset``). Without a value the variable is free, so that the query answers for
all. A value is put in as ``VALUES`` at the beginning of the outermost ``WHERE``, so it is seen by whatever
stands directly in there, and by nested groups as far as they are joined with it: a ``FILTER`` on a number
belongs into the outermost group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.query import QueryError
from kg.tokens import Token, closing, tokens, variables

__all__ = ["Parameter", "bind", "declared", "expected", "number", "question"]

Kind = Literal["thing", "number", "property"]
"""What a value is: a thing of the graph, a number, or a property that joins things."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that a value may be given for."""

    name: str
    """The variable, without its mark."""
    kind: Kind
    about: str
    """What it stands for, in words."""


def question(sparql: str) -> str:
    """The question that the comment at the top of a query asks; empty when there is none."""
    return " ".join(line for line in _question(sparql) if line)


def declared(sparql: str) -> tuple[Parameter, ...]:
    """The parameters that the comment at the top of a query declares, in their order.

    Raises:
        QueryError: a line that begins with ``param`` is no declaration.
    """
    found = []
    for line in _comment(sparql)[len(_question(sparql)) :]:
        if not line:
            continue
        match = _DECLARATION.fullmatch(line)
        if not match:
            raise QueryError(
                f"not a parameter: {line!r}; one is declared as '# param dataset (thing): the dataset', "
                "or (number), or (property)"
            )
        found.append(Parameter(match["name"], _KINDS[match["kind"]], match["about"]))
    return tuple(found)


def expected(sparql: str, name: str) -> Parameter | None:
    """The parameter of a query by this name, or nothing: of one that declares none, any variable.

    Raises:
        QueryError: the query has no such parameter; the message lists those it has.
    """
    found = declared(sparql)
    for parameter in found:
        if parameter.name == name:
            return parameter
    if not found and name in (free := variables(tokens(sparql))):
        return None
    known = [parameter.name for parameter in found] or free
    raise QueryError(
        f"the query has no parameter {name!r}; " + (f"it has {', '.join(known)}" if known else "it has none")
    )


def bind(sparql: str, values: Mapping[str, Sequence[ox.NamedNode | ox.Literal]]) -> str:
    """The query with values put in for variables; several for one mean any of them.

    Raises:
        QueryError: the query has no ``WHERE`` to put them in.
    """
    if not values:
        return sparql
    # Terms are written as in N-Triples, with all escaped that could end them.
    blocks = " ".join(
        f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}" for name, terms in sorted(values.items())
    )
    found = tokens(sparql)
    place = _where(found)
    if place is None:
        raise QueryError("the query has no WHERE { … } to put the values of its parameters in")
    if place == _AT_END:
        return f"{sparql}\n{blocks}"
    opening = found[place]
    last = closing(found, place)
    if place + 1 < len(found) and found[place + 1].is_word("SELECT") and last < len(found):
        # A group that is a whole query holds nothing else: it gets a group of its own.
        start, end = opening.end, found[last].start
        return f"{sparql[:start]} {blocks} {{{sparql[start:end]}}}{sparql[end:]}"
    return f"{sparql[: opening.end]} {blocks} {sparql[opening.end :]}"


def number(text: str) -> ox.Literal | None:
    """The literal of a number as people write it; none when it is no number."""
    if not _NUMBER.fullmatch(text):
        return None
    datatype = "integer" if text.lstrip("+-").isdigit() else "double" if "e" in text.lower() else "decimal"
    return ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))


_KINDS: dict[str, Kind] = {"thing": "thing", "number": "number", "property": "property"}
_DECLARATION = re.compile(r"param +(?P<name>\w+) +\((?P<kind>thing|number|property)\): *(?P<about>.+)")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_AT_END = -1


def _comment(sparql: str) -> list[str]:
    found = []
    for line in sparql.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        found.append(line.lstrip("#").strip())
    return found


def _question(sparql: str) -> list[str]:
    lines = _comment(sparql)
    first = next((place for place, line in enumerate(lines) if re.match(r"param\b", line)), len(lines))
    return lines[:first]


def _where(found: Sequence[Token]) -> int | None:
    """The place of the bracket that opens the outermost WHERE; ``_AT_END`` of one that takes no VALUES."""
    form = next((place for place, token in enumerate(found) if any(map(token.is_word, _FORMS))), None)
    if form is None:
        return None
    place = form + 1
    if found[form].is_word("CONSTRUCT"):
        if place < len(found) and found[place].text == "{":
            place = closing(found, place) + 1  # what is to be constructed
        else:
            return _AT_END
    while place < len(found):
        if found[place].kind == "mark":
            if found[place].text == "{":
                return place
            if found[place].text == "(":
                place = closing(found, place)  # an expression, which may hold groups
        place += 1
    return None


_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
