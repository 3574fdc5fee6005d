"""What linking keeps of a paper: which names it uses, for what, and what it claims about them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from kg.link.forms import is_short_for
from kg.link.names import bare, key
from kg.records import Concept, Entity, Evidence, PaperRecord, Role

__all__ = ["ROLES", "Occurrence", "Paper", "first_mentions", "read"]

ROLES: tuple[Role, ...] = ("introduced", "used", "compared", "mentioned")
"""The strongest first: of two roles of one thing in one paper the stronger counts."""

CONFIRMING_LETTERS = 3
"""Letters an acronym needs for them alone to tie it to a long form: two fit too much."""


@dataclass(slots=True, eq=False)
class Occurrence:
    """One name in one paper. Not frozen: the sense it belongs to is found later."""

    paper: Paper
    kind: str
    key: str
    name: str
    """The cleaned name without trailing generic words."""
    role: Role
    aliases: dict[str, str]
    """Other surface forms of this paper, by key."""
    confidence: float
    mention: Evidence | None
    expansions: tuple[str, ...] = ()
    """Long forms among name and aliases that the short form's letters confirm."""
    node: str = ""
    """The key of the node it became."""

    @property
    def introduced(self) -> bool:
        """Whether this paper presents the thing."""
        return self.role == "introduced"


@dataclass(slots=True, eq=False)
class Paper:
    """A paper and its names; ``record`` keeps the rest of what becomes edges."""

    record: PaperRecord
    order: int = 0
    """Place among all papers by date and id."""
    node: str = ""
    occurrences: list[Occurrence] = field(default_factory=list)
    concepts: frozenset[str] = frozenset()
    """Modalities and tasks, as ``kind:name``: what tells two things of one name apart."""

    @property
    def issued(self) -> str:
        """The date, or a year after all others."""
        return self.record.document.issued or "9999"


def read(records: Iterable[PaperRecord]) -> list[Paper]:
    """Papers with their occurrences, sorted by date and id.

    Raises:
        ValueError: two records have one id.
    """
    papers = sorted(map(_paper, records), key=lambda p: (p.issued, p.record.document.id))
    seen: dict[str, str] = {}
    for order, paper in enumerate(papers):
        document = paper.record.document
        if document.id in seen:
            places = " and ".join(
                source or "an unnamed source" for source in (seen[document.id], document.source)
            )
            raise ValueError(
                f"two papers have the id {document.id!r}, from {places}: give each its own id, or merge them"
            )
        seen[document.id] = document.source
        paper.order = order
    return papers


def first_mentions(record: PaperRecord) -> PaperRecord:
    """The record with the first mention of each name only: the others are not part of the graph."""

    def first(item: Entity | Concept) -> tuple[Evidence, ...]:
        return (min(item.mentions, key=attrgetter("start")),) if item.mentions else ()

    return PaperRecord(
        record.document,
        tuple(Entity(e.name, e.role, e.aliases, first(e), e.confidence) for e in record.models),
        tuple(Entity(e.name, e.role, e.aliases, first(e), e.confidence) for e in record.datasets),
        tuple(Concept(c.kind, c.name, first(c), c.confidence) for c in record.concepts),
        record.relations,
        record.results,
    )


def _paper(record: PaperRecord) -> Paper:
    light = first_mentions(record)
    paper = Paper(PaperRecord(record.document, (), (), light.concepts, light.relations, light.results))
    paper.concepts = frozenset(
        sys.intern(f"{c.kind}:{c.name}") for c in light.concepts if c.kind in ("modality", "task")
    )
    paper.occurrences = _occurrences(paper, light)
    return paper


def _occurrences(paper: Paper, record: PaperRecord) -> list[Occurrence]:
    """One occurrence for each thing a paper names: spellings of one key are one, and so are an acronym and
    the long form that its letters confirm where the record lists both."""
    found: dict[tuple[str, str], Occurrence] = {}
    for kind, entities in (("model", record.models), ("dataset", record.datasets)):
        for entity in entities:
            new = _occurrence(paper, kind, entity)
            if new.key and found.setdefault((kind, new.key), new) is not new:
                _take_in(found[kind, new.key], new)
    for short, long in _spelled_out(list(found.values())):
        _take_in(short, found.pop((long.kind, long.key)))
    for occurrence in found.values():
        occurrence.aliases.pop("", None)
        forms = [occurrence.name, *(form for k, form in occurrence.aliases.items() if k != occurrence.key)]
        occurrence.expansions = tuple(
            sorted({long for long in forms for short in forms if is_short_for(short, long)})
        )
    return list(found.values())


def _occurrence(paper: Paper, kind: str, entity: Entity) -> Occurrence:
    aliases = {key(alias): bare(alias) for alias in entity.aliases}
    mention = entity.mentions[0] if entity.mentions else None
    name = bare(entity.name)
    return Occurrence(paper, kind, key(entity.name), name, entity.role, aliases, entity.confidence, mention)


def _take_in(kept: Occurrence, other: Occurrence) -> None:
    """Make one occurrence of two: the stronger role and confidence, the first mention, all names."""
    kept.aliases.update({other.key: other.name, **other.aliases})
    kept.role = min(kept.role, other.role, key=ROLES.index)
    kept.confidence = max(kept.confidence, other.confidence)
    mentions = [mention for mention in (kept.mention, other.mention) if mention]
    kept.mention = min(mentions, key=attrgetter("start"), default=None)


def _spelled_out(occurrences: list[Occurrence]) -> list[tuple[Occurrence, Occurrence]]:
    """Pairs of an acronym and its long form; a long form that two acronyms fit is in none."""
    shorts: dict[tuple[str, str], list[Occurrence]] = {}
    for occurrence in occurrences:
        if len(occurrence.key) >= CONFIRMING_LETTERS and " " not in occurrence.name:
            shorts.setdefault((occurrence.kind, occurrence.key[0]), []).append(occurrence)
    pairs = []
    for long in occurrences:
        if " " in long.name:
            fitting = [s for s in shorts.get((long.kind, long.key[0]), []) if is_short_for(s.name, long.name)]
            pairs += [(short, long) for short in fitting if len(fitting) == 1]
    return pairs
