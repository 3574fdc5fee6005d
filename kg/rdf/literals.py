"""Attribute values to RDF literals and back, without loss."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.rdf.terms import XSD, ValueType

__all__ = ["from_literal", "text", "to_literal"]

_DATES = {4: XSD + "gYear", 7: XSD + "gYearMonth", 10: XSD + "date"}
"""Length of an ISO 8601 date to the datatype for that exactness."""
_ISO = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_MOST_DIGITS = 15
"""SPARQL engines hold decimals of at least this many digits on each side of the point."""


def to_literal(value: Any, type_: ValueType) -> Literal:
    """The literal for an attribute's value.

    Raises:
        TypeError: the value is not of the type that the attribute has.
    """
    return _WRITERS[type_](value)


def from_literal(literal: Literal, type_: ValueType) -> str | int | float | bool:
    """The value that :func:`to_literal` wrote.

    Raises:
        ValueError: a number was expected and the literal is none.
    """
    if type_ == "flag":
        return literal.value in ("true", "1")
    if type_ != "number":
        return literal.value
    if re.fullmatch(r"[+-]?\d+", literal.value, re.ASCII):
        return int(literal.value)
    return float(literal.value)


def text(value: str) -> Literal:
    """A plain string literal; halves of surrogate pairs, which RDF cannot hold, become U+FFFD.

    Raises:
        TypeError: the value is no string.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected a string, got {value!r}")
    return Literal(_encodable(value))


def _encodable(value: str) -> str:
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(value: Any) -> Literal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"expected a number, got {value!r}")
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    written = repr(value)
    # A decimal reads best and compares exactly; what no decimal holds (inf, 1e-300) is a double.
    if re.fullmatch(r"-?\d+\.\d+", written) and all(
        len(digits) <= _MOST_DIGITS for digits in written.lstrip("-").split(".")
    ):
        return Literal(written, datatype=NamedNode(XSD + "decimal"))
    special = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
    return Literal(special.get(written, written), datatype=NamedNode(XSD + "double"))


def _flag(value: Any) -> Literal:
    if not isinstance(value, bool):
        raise TypeError(f"expected True or False, got {value!r}")
    return Literal(value)


def _date(value: str) -> Literal:
    plain = text(value)
    if not _ISO.fullmatch(plain.value):
        return plain
    try:
        date.fromisoformat(plain.value + "-01-01"[len(plain.value) - 4 :])
    except ValueError:
        return plain
    return Literal(plain.value, datatype=NamedNode(_DATES[len(plain.value)]))


def _address(value: str) -> Literal:
    # Addresses found in text need not be valid, so they are literals rather than IRIs.
    return Literal(text(value).value, datatype=NamedNode(XSD + "anyURI"))


_WRITERS: dict[ValueType, Callable[[Any], Literal]] = {
    "text": text,
    "number": _number,
    "flag": _flag,
    "date": _date,
    "address": _address,
}
