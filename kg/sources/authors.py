"""Authors' names, from the many ways that files write them to ``Given Family``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.sources.text import clean

__all__ = ["name", "names"]

_FULL = ("name", "fullName", "display_name", "literal", "collectiveName")
_GIVEN = ("given", "firstName", "first", "forename", "givenName")
_FAMILY = ("family", "lastName", "last", "surname", "familyName")
_BETWEEN = re.compile(r" ?, ?(?:and |& ?)?| (?:and|&) ")
_MOST = 20_000
"""Names that one paper may have, and ten times as many characters; of more, the first are taken."""


def names(value: Any) -> tuple[str, ...]:
    """Names out of a list (of strings, objects or ``[family, given, suffix]``) or out of one string.

    A string is split at semicolons if it has any, else at commas and "and". Any other shape gives nothing.
    """
    if isinstance(value, str):
        value = " ".join(value[: _MOST * 10].split())
        value = value.split(";") if ";" in value else _BETWEEN.split(value.rstrip("."))
    if isinstance(value, Mapping):
        value = value.get("name", value.get("author", [value]))
        value = value if isinstance(value, list) else [value]
    if not isinstance(value, list | tuple):
        return ()
    return tuple(filter(None, (_one(item) for item in value[:_MOST])))


def name(text: str) -> str:
    """``Family, Given`` and ``Family, Jr, Given`` turned round; anything else as it is."""
    parts = [part for part in (clean(part) for part in text.split(",")) if part]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return clean(text)


def _one(item: Any) -> str:
    if isinstance(item, str):
        return name(item)
    if isinstance(item, Mapping):
        full = _first(item, _FULL)
        return name(full) if full else clean(f"{_first(item, _GIVEN)} {_first(item, _FAMILY)}")
    if isinstance(item, list) and item and all(isinstance(part, str) for part in item):
        family, given, suffix, *_ = [*item, "", ""]
        return clean(f"{given} {family} {suffix}")
    return ""


def _first(item: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((item[key] for key in keys if isinstance(item.get(key), str)), "")
