"""Annotated papers as the encoder learns from them: pieces, and what is to be said of which word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.encoder import shapes
from kg.extract.known import known
from kg.extract.names import token_places
from kg.extract.numbers import find_numbers
from kg.extract.reading import ROLES
from kg.extract.wordpieces import Stretch, WordPieces, stretches
from kg.records import Result
from kg.spelling import name_key, result_value
from kg.training.papers import Paper, entity_keys
from kg.vocabulary import Vocabulary

__all__ = ["Example", "GoldMetric", "GoldName", "GoldNumber", "example"]

NONE = -100
"""A word of which nothing is to be said."""
TAG = {"model": 1, "dataset": 3, "metric": 5}


@dataclass(slots=True)
class GoldName:
    """An annotated model or dataset and the tokens of its mentions."""

    kind: str
    role: str
    keys: set[str]
    places: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GoldMetric:
    """A mention of a metric that the paper reports."""

    first: int
    last: int
    key: str


@dataclass(frozen=True, slots=True)
class GoldNumber:
    """A number and the annotated results it is."""

    first: int
    results: tuple[Result, ...]


@dataclass(slots=True)
class Example:
    """One paper."""

    stretches: list[Stretch]
    shapes: list[list[float]]
    tags: list[int]
    roles: list[int]
    names: list[GoldName]
    relations: list[tuple[int, str, int]]
    """Subject and object as places among the names."""
    metrics: list[GoldMetric]
    numbers: list[GoldNumber]
    concepts: list[str]
    """Kind and label of each annotated concept: ``modality CT``."""

    @property
    def pieces(self) -> int:
        """How long it is."""
        return sum(len(s.pieces) for s in self.stretches)


def example(paper: Paper, cut: WordPieces, vocabulary: Vocabulary) -> Example:
    """What the encoder learns from one annotated paper."""
    names = _names(paper)
    metrics = _metrics(paper, vocabulary)
    tags, roles = [0] * len(paper.doc), [NONE] * len(paper.doc)
    # Shorter names overwrite the longer ones they stand in.
    longest = [max((b - a for a, b in name.places), default=0) for name in names]
    for _, name in sorted(zip(longest, names, strict=True), key=lambda pair: -pair[0]):
        for a, b in name.places:
            for i in range(a, b):
                tags[i] = TAG[name.kind] + (i > a)
                roles[i] = ROLES.index(name.role) if name.role in ROLES else NONE
    for metric in sorted(metrics, key=lambda m: m.first - m.last):
        if not any(tags[metric.first : metric.last]):
            for i in range(metric.first, metric.last):
                tags[i] = TAG["metric"] + (i > metric.first)
    return Example(
        stretches(paper.doc, cut),
        [shapes(token.text) for token in paper.doc],
        tags,
        roles,
        names,
        _relations(paper, names),
        metrics,
        [
            GoldNumber(
                n.first,
                tuple(r for r in paper.gold.results if result_value(r.value) == result_value(n.value)),
            )
            for n in find_numbers(paper.doc)
        ],
        [f"{c.kind} {c.name}" for c in paper.gold.concepts],
    )


def place_of(names: Sequence[GoldName], name: str | None, kind: str = "") -> int | None:
    """Which of the names a surface form is, if any."""
    found = (i for i, n in enumerate(names) if name and name_key(name) in n.keys and kind in ("", n.kind))
    return next(found, None)


def _names(paper: Paper) -> list[GoldName]:
    found: dict[tuple[str, str], GoldName] = {}
    for group, kind, entity in zip(paper.groups, paper.kinds, paper.entities, strict=True):
        if entity is not None:
            name = found.setdefault((kind, entity.name), GoldName(kind, entity.role, set(), []))
            name.keys |= group.keys | entity_keys(entity)
            name.places = sorted({*name.places, *token_places(paper.doc, group)})
    return list(found.values())


def _relations(paper: Paper, names: Sequence[GoldName]) -> list[tuple[int, str, int]]:
    found = []
    for r in paper.gold.relations:
        a, b = place_of(names, r.subject), place_of(names, r.object)
        if a is not None and b is not None:
            found.append((a, r.predicate, b))
    return found


def _metrics(paper: Paper, vocabulary: Vocabulary) -> list[GoldMetric]:
    """Where annotated metrics are stated: in words the vocabulary knows, else in those of the label."""
    gold = [c.name for c in paper.gold.concepts if c.kind == "metric"]
    keys = {name_key(label) for label in gold}
    found, listed = [], set()
    for match in known(paper.doc, vocabulary, "metrics"):
        key = name_key(match.term.label)
        listed.add(key)
        span = paper.doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None and key in keys and not match.weak:
            found.append(GoldMetric(span.start, span.end, key))
    for label in gold:
        if name_key(label) in listed:
            continue
        form = re.escape(label).replace(r"\ ", "[ -]")
        for m in re.finditer(rf"(?<!\w){form}(?!\w)", paper.doc.text, re.I):
            span = paper.doc.char_span(m.start(), m.end(), alignment_mode="expand")
            if span is not None:
                found.append(GoldMetric(span.start, span.end, name_key(label)))
    return found
