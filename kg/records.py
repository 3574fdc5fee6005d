"""The plain data that flow through the product: a document in, a paper's record out.

Everything here is frozen and holds no behaviour beyond turning itself into JSON and back.
Offsets count characters of ``Document.text`` (title, blank line, abstract) from 0; ``end`` is exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

__all__ = ["Claim", "Concept", "Document", "Entity", "Evidence", "PaperRecord", "Result"]

Role = Literal["introduced", "used", "compared", "mentioned"]
ConceptKind = Literal["modality", "metric", "task"]


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as it was read: its text and what metadata the file gave."""

    id: str
    """Stable identifier: ``arxiv-2506.10573``, ``doi-10.1000-x``, else made from the title or text."""
    title: str
    """Empty when the source gave none."""
    abstract: str
    authors: tuple[str, ...] = ()
    issued: str | None = None
    """ISO 8601 date, as exact as known: ``2025``, ``2025-06`` or ``2025-06-12``."""
    url: str | None = None
    doi: str | None = None
    """Bare and lower-case: ``10.1000/x``."""
    arxiv_id: str | None = None
    """Bare, without version: ``2506.10573``."""
    links: tuple[str, ...] = ()
    """Code and data addresses found in the text, in order, each once."""
    source: str = ""
    """The file and the place in it: ``listing.txt:12``."""

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return f"{self.title}\n\n{self.abstract}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a paper's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A named model or dataset of one paper."""

    name: str
    role: Role
    aliases: tuple[str, ...] = ()
    mentions: tuple[Evidence, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """A modality, metric or task that the paper's own work handles, by its canonical label."""

    kind: ConceptKind
    name: str
    mentions: tuple[Evidence, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between two names of the paper, with the sentence that says so."""

    subject: str
    predicate: str
    """One of trainedOn, evaluatedOn, basedOn, outperforms, comparedWith, derivedFrom, usedToBuild."""
    object: str
    evidence: Evidence
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """One reported number."""

    model: str | None
    metric: str | None
    value: str
    """As written, without the percent sign; a reported gain keeps its sign."""
    evidence: Evidence
    dataset: str | None = None
    condition: str | None = None
    gain: bool = False
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """What one paper says: the document and everything extracted from it."""

    document: Document
    models: tuple[Entity, ...] = ()
    datasets: tuple[Entity, ...] = ()
    concepts: tuple[Concept, ...] = ()
    relations: tuple[Claim, ...] = ()
    results: tuple[Result, ...] = field(default=())

    def names(self, kind: ConceptKind) -> list[str]:
        """Canonical labels of one kind of concept, in the order they were found."""
        return [concept.name for concept in self.concepts if concept.kind == kind]

    def to_json(self) -> dict[str, Any]:
        """The record contract: the fields of the annotation guidelines, metadata and evidence."""
        record = asdict(self)
        document = record.pop("document")
        head = {
            "id": document.pop("id"),
            "title": document.pop("title"),
            "abstract": document.pop("abstract"),
        }
        labels = {
            "modalities": self.names("modality"),
            "metrics": self.names("metric"),
            "tasks": self.names("task"),
        }
        entities = {"models": record.pop("models"), "datasets": record.pop("datasets")}
        return {**head, **document, **entities, **labels, **record}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> PaperRecord:
        """Read what :meth:`to_json` wrote; annotated papers without evidence are read too.

        Raises:
            KeyError: a required field is missing.
            TypeError: a field has the wrong shape.
        """
        document = _make(Document, {"id": "", "abstract": "", **record})
        concepts = record.get("concepts")
        if concepts is None:
            plural = {"modality": "modalities", "metric": "metrics", "task": "tasks"}
            concepts = [{"kind": k, "name": n} for k, key in plural.items() for n in record.get(key, ())]
        return cls(
            document=document,
            models=tuple(_make(Entity, e) for e in record.get("models", ())),
            datasets=tuple(_make(Entity, e) for e in record.get("datasets", ())),
            concepts=tuple(_make(Concept, c) for c in concepts),
            relations=tuple(_make(Claim, c) for c in record.get("relations", ())),
            results=tuple(_make(Result, r) for r in record.get("results", ())),
        )


def _make(cls: type[Any], record: Mapping[str, Any]) -> Any:
    """Build a dataclass from the fields it knows; lists become tuples, evidence becomes Evidence."""
    known: dict[str, Any] = {f.name: record[f.name] for f in fields(cls) if f.name in record}
    if "evidence" in cls.__slots__:
        known["evidence"] = Evidence(**known["evidence"]) if known.get("evidence") else Evidence(0, 0, "")
    if known.get("mentions"):
        known["mentions"] = tuple(Evidence(**mention) for mention in known["mentions"])
    return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in known.items()})
