"""The file of corrections read and checked: every fault is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.corrections.entries import (
    AddAlias,
    AddClaim,
    AddEntity,
    AddPaper,
    Corrections,
    Entry,
    Merge,
    RejectAlias,
    RejectClaim,
    RejectEntity,
    RejectResult,
    Rename,
    Split,
)
from kg.corrections.tree import Node, YamlError, parse

__all__ = ["ENDS", "KINDS", "CorrectionsError", "read"]

KINDS = ("model", "dataset", "modality", "metric", "task")
"""Kinds of thing that can be corrected."""

_WORKS = ("paper", "model", "dataset")
ENDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    **dict.fromkeys(("introduces", "uses", "comparesWith", "mentions"), (("paper",), ("model", "dataset"))),
    "trainedOn": (("model",), ("dataset",)),
    "evaluatedOn": (("model",), ("dataset",)),
    "basedOn": (("model",), ("model",)),
    "outperforms": (("model",), ("model",)),
    "comparedWith": (("model",), ("model",)),
    "derivedFrom": (("dataset",), ("dataset",)),
    "builtWith": (("dataset",), ("model",)),
    "hasModality": (_WORKS, ("modality",)),
    "hasTask": (_WORKS, ("task",)),
    "reportsMetric": (_WORKS, ("metric",)),
}
"""Predicate of a claim → kinds of its subject and of its object."""


class CorrectionsError(ValueError):
    """The file cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What an entry may look like."""

    makes: type[Any]
    fields: Mapping[str, str]
    """Key → field of the entry. A key that ends in ``*`` is needed."""
    lists: frozenset[str] = frozenset()
    """Keys whose value is a list of names."""


_CLAIM = {"subject*": "subject", "object*": "object", "paper": "paper"}
_PAPER = {
    "paper*": "id",
    "title*": "title",
    "issued": "issued",
    "url": "url",
    "doi": "doi",
    "arxiv_id": "arxiv_id",
}
_FORMS: Mapping[str, tuple[_Form, ...]] = {
    "merge": (_Form(Merge, {"merge*": "names", "into": "into", "kind": "kind"}, frozenset({"merge"})),),
    "split": (
        _Form(
            Split,
            {"split*": "name", "papers*": "papers", "into*": "into", "aliases": "aliases", "kind": "kind"},
            frozenset({"papers", "aliases"}),
        ),
    ),
    "rename": (_Form(Rename, {"rename*": "name", "to*": "to", "kind": "kind"}),),
    "reject": (
        _Form(RejectEntity, {"entity*": "name", "kind": "kind"}),
        _Form(RejectAlias, {"alias*": "alias", "of*": "of", "kind": "kind"}),
        _Form(RejectClaim, {**_CLAIM, "predicate": "predicate"}),
        _Form(
            RejectResult,
            {
                "value*": "value",
                "paper*": "paper",
                "model": "model",
                "dataset": "dataset",
                "metric": "metric",
            },
        ),
    ),
    "add": (
        _Form(AddEntity, {"entity*": "name", "kind*": "kind", "aliases": "aliases"}, frozenset({"aliases"})),
        _Form(AddAlias, {"alias*": "alias", "of*": "of", "kind": "kind"}),
        _Form(
            AddClaim,
            {
                "subject*": "subject",
                "predicate*": "predicate",
                "object*": "object",
                "paper*": "paper",
                "evidence": "evidence",
                "note": "note",
                "confidence": "confidence",
            },
        ),
        _Form(AddPaper, _PAPER),
    ),
}
"""What an entry begins with → its forms, told apart by their first key. Those of ``reject`` and ``add`` stand
in a mapping below it."""

_NESTED = ("reject", "add")


def read(path: str | Path) -> Corrections:
    """Read a file of corrections; an empty one holds none.

    Raises:
        CorrectionsError: it is no YAML or no list of corrections; the message names file and line.
        OSError: it cannot be opened; of one that is not there the message says what to do.
    """
    try:
        with Path(path).open("rb") as stream:
            root = parse(stream)
        if root is None or (root.text == "" and not root.quoted):
            return Corrections(str(path))
        if root.items is None:
            raise YamlError(root.line, "expected a list of corrections, each beginning with '- '")
        return Corrections(str(path), tuple(_entry(item) for item in root.items))
    except YamlError as error:
        raise CorrectionsError(f"{path}:{error.line}: {error.reason}") from None
    except FileNotFoundError:
        raise FileNotFoundError(
            f"{path}: there is no such file of corrections: correct its path, or build without corrections"
        ) from None
    except IsADirectoryError:
        raise IsADirectoryError(f"{path} is a folder: name the file of corrections in it") from None


def _entry(node: Node) -> Entry:
    pairs = _mapping(node, "a correction")
    kinds = [key for key in pairs if key in _FORMS]
    if len(kinds) != 1:
        if not kinds:
            _unknown(node.line, next(iter(pairs), ""), _FORMS, "a correction begins with")
        raise YamlError(node.line, f"one correction an entry, not {' and '.join(kinds)} together")
    (kind,) = kinds
    if kind not in _NESTED:
        return _made(node.line, pairs, _FORMS[kind][0], kind)
    if len(pairs) > 1:
        other = next(key for key in pairs if key != kind)
        raise YamlError(pairs[other].line, f"{other!r} belongs under {kind!r}: {kind}: {{…, {other}: …}}")
    inner = pairs[kind]
    if kind == "reject" and inner.text is not None:
        return RejectEntity(node.line, _text(inner, "reject"))
    below = _mapping(inner, kind)
    for form in _FORMS[kind]:
        first = next(iter(form.fields)).rstrip("*")
        if first in below:
            return _made(node.line, below, form, kind)
    firsts = [next(iter(form.fields)).rstrip("*") for form in _FORMS[kind]]
    raise YamlError(inner.line, f"{kind} needs one of {', '.join(firsts)}")


def _made(line: int, pairs: Mapping[str, Node], form: _Form, kind: str) -> Entry:
    known = {key.rstrip("*"): name for key, name in form.fields.items()}
    values: dict[str, Any] = {}
    for key, node in pairs.items():
        if key not in known:
            first = next(iter(known))
            what = kind if kind == first else f"{kind} with {first!r}"
            _unknown(node.line, key, known, f"{what} has")
        values[known[key]] = _names(node, key) if key in form.lists else _text(node, key)
    for key in form.fields:
        if key.endswith("*") and key[:-1] not in pairs:
            raise YamlError(line, f"{kind} needs {key[:-1]!r}")
    _check(line, pairs, values, form)
    entry: Entry = form.makes(line, **values)
    return entry


def _check(line: int, pairs: Mapping[str, Node], values: dict[str, Any], form: _Form) -> None:
    """What holds for values, whatever the entry; numbers are made of their texts."""
    if "kind" in values and values["kind"] not in KINDS:
        _unknown(pairs["kind"].line, values["kind"], KINDS, "a kind is", what="kind")
    if "predicate" in values and values["predicate"] not in ENDS:
        _unknown(pairs["predicate"].line, values["predicate"], ENDS, "a predicate is", what="predicate")
    if form.makes is Merge and len(values["names"]) + ("into" in values) < 2:
        raise YamlError(line, "merge needs two names at least")
    if form.makes is AddClaim and ("evidence" in values) == ("note" in values):
        raise YamlError(
            line, "an added claim needs either 'evidence', the sentence that says so, or a 'note'"
        )
    if "issued" in values and not re.fullmatch(r"\d{4}(-\d\d){0,2}", values["issued"], re.ASCII):
        raise YamlError(pairs["issued"].line, "'issued' is a date such as 2024, 2024-05 or 2024-05-31")
    if "confidence" in values:
        try:
            values["confidence"] = float(values["confidence"])
        except ValueError:
            values["confidence"] = -1.0
        if not 0 <= values["confidence"] <= 1:
            raise YamlError(pairs["confidence"].line, "'confidence' is a number from 0 to 1")


def _mapping(node: Node, what: str) -> dict[str, Node]:
    if not node.pairs:
        raise YamlError(node.line, f"{what} is written as 'key: value', such as 'rename: A' and 'to: B'")
    return node.pairs


def _text(node: Node, key: str) -> str:
    if node.text is None:
        raise YamlError(
            node.line, f"{key!r} is one name, not a list or mapping: quote it if it holds [ or {{"
        )
    # An escape can spell half of a character, which no file could be written with.
    text = node.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    if not text or (not node.quoted and text in ("~", "null")):
        raise YamlError(node.line, f"{key!r} is empty")
    return text


def _names(node: Node, key: str) -> tuple[str, ...]:
    """A list of names; one alone needs no list."""
    if node.items is None:
        return (_text(node, key),)
    if not node.items:
        raise YamlError(node.line, f"{key!r} is empty")
    return tuple(dict.fromkeys(_text(item, key) for item in node.items))


def _unknown(line: int, got: str, known: Iterable[str], lead: str, what: str = "key") -> None:
    names = list(known)
    near = get_close_matches(got, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"{lead} {', '.join(names)}"
    raise YamlError(line, f"unknown {what} {got!r}: {hint}")
