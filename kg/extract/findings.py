"""What the components of the pipeline find in a document, carried on the spaCy Doc as ``doc._.kg``."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract.groups import NameGroup
from kg.extract.numbers import Number
from kg.extract.pair_features import Named
from kg.vocabulary import Match, Vocabulary

__all__ = ["Findings", "FoundConcept", "FoundName", "FoundRelation", "FoundResult"]


@dataclass(slots=True)
class FoundName:
    """A name with its kind (``model`` or ``dataset``), role and probability."""

    group: NameGroup
    named: Named


@dataclass(slots=True)
class FoundConcept:
    """A concept of one kind, where its words stand as characters, and its probability."""

    label: str
    kind: str
    places: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(slots=True)
class FoundRelation:
    """Indices of two names, and the sentence, as tokens, that shows how they are related."""

    subject: int
    predicate: str
    object: int
    sentence: tuple[int, int]
    confidence: float
    method: str
    """What decided: the classifier of pairs, or the sentence's own wording."""


@dataclass(slots=True)
class FoundResult:
    """A number with what it measures; indices point into the names."""

    number: Number
    metric: str | None
    model: int | None
    dataset: int | None
    gain: bool
    sentence: tuple[int, int]
    confidence: float
    condition: str | None = None
    """As the text words it."""


@dataclass(slots=True)
class Findings:
    """Everything found in one document so far."""

    known: tuple[Vocabulary, list[Match]] | None = None
    """A vocabulary, and what it knows in the text."""
    concepts: list[FoundConcept] = field(default_factory=list)
    names: list[FoundName] = field(default_factory=list)
    relations: list[FoundRelation] = field(default_factory=list)
    results: list[FoundResult] = field(default_factory=list)


def findings(doc: Doc) -> Findings:
    """The findings of a document; made empty when the first component asks."""
    found: Findings | None = doc._.kg
    if found is None:
        found = doc._.kg = Findings()
    return found


if not Doc.has_extension("kg"):
    Doc.set_extension("kg", default=None)
