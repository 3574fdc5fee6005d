"""What linking keeps of a paper: which names it uses, for what, and what it claims about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from kg.link.forms import is_short_for
from kg.link.names import bare, key
from kg.records import Concept, Entity, Evidence, PaperRecord, Role

__all__ = ["ROLES", "Occurrence", "Paper", "read"]

ROLES: tuple[Role, ...] = ("introduced", "used", "compared", "mentioned")
"""The strongest first: of two roles of one thing in one paper the stronger counts."""


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
    """A paper and its names; ``record`` keeps what becomes edges."""

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
    papers = sorted((Paper(_light(r)) for r in records), key=lambda p: (p.issued, p.record.document.id))
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
        paper.concepts = frozenset(
            f"{c.kind}:{c.name}" for c in paper.record.concepts if c.kind in ("modality", "task")
        )
        paper.occurrences = _occurrences(paper)
    return papers


def _light(record: PaperRecord) -> PaperRecord:
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


def _occurrences(paper: Paper) -> list[Occurrence]:
    """One occurrence for each kind and key of a paper; spellings of one key within the paper are one."""
    found: dict[tuple[str, str], Occurrence] = {}
    for kind, entities in (("model", paper.record.models), ("dataset", paper.record.datasets)):
        for entity in entities:
            name_key = key(entity.name)
            if not name_key:
                continue
            aliases = {key(a): bare(a) for a in entity.aliases}
            mention = entity.mentions[0] if entity.mentions else None
            old = found.get((kind, name_key))
            if old is None:
                found[kind, name_key] = Occurrence(
                    paper, kind, name_key, bare(entity.name), entity.role, aliases, entity.confidence, mention
                )
            else:
                old.role = min(old.role, entity.role, key=ROLES.index)
                old.aliases.update(aliases)
                old.confidence = max(old.confidence, entity.confidence)
                old.mention = min(filter(None, (old.mention, mention)), key=attrgetter("start"), default=None)
    for occurrence in found.values():
        forms = [
            occurrence.name,
            *(form for k, form in occurrence.aliases.items() if k not in ("", occurrence.key)),
        ]
        occurrence.aliases.pop("", None)
        occurrence.expansions = tuple(
            sorted({long for long in forms for short in forms if short != long and is_short_for(short, long)})
        )
    return list(found.values())
