"""Everything a record holds as one list of findings, each with the component that found it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.lines import one_line
from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result

__all__ = ["Finding", "explain"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in a paper."""

    kind: str
    """``model``, ``dataset``, ``modality``, ``metric``, ``task``, ``relation`` or ``result``."""
    found: str
    """The name, or the relation or result in words; on one line."""
    component: str
    """The component of the pipeline, and where it has several ways, which one: ``kg_relations: wording``."""
    role: str = ""
    """Of a model or dataset."""
    confidence: float | None = None
    places: tuple[tuple[int, int], ...] = ()
    """Where it stands in the text, first character and the one after the last. Of a relation nothing."""
    sentence: str = ""
    """Of a relation or result, what says so; on one line."""


def explain(record: PaperRecord) -> list[Finding]:
    """The findings of a record: names, concepts, relations, results, each in the order of the record.

    Mentions that the text does not hold at their place are left out, as records written by hand have them.
    """
    document = record.document
    names = [
        *(_name(document, "model", entity) for entity in record.models),
        *(_name(document, "dataset", entity) for entity in record.datasets),
    ]
    concepts = [_concept(document, concept) for concept in record.concepts]
    relations = [_relation(claim) for claim in record.relations]
    return [*names, *concepts, *relations, *_results(document, record.results)]


def _name(document: Document, kind: str, entity: Entity) -> Finding:
    also = f" (also {', '.join(entity.aliases)})" if entity.aliases else ""
    places = _places(document, entity.mentions)
    found = one_line(entity.name + also)
    return Finding(kind, found, "kg_names", entity.role, entity.confidence, places)


def _concept(document: Document, concept: Concept) -> Finding:
    places = _places(document, concept.mentions)
    # A label of the vocabulary may share no letter with the words that stand for it.
    forms = {m.text.casefold(): m.text for m in reversed(concept.mentions)}
    forms.pop(concept.name.casefold(), None)
    said = f" (as {', '.join(reversed(forms.values()))})" if forms else ""
    found = one_line(concept.name + said)
    return Finding(concept.kind, found, "kg_concepts", confidence=concept.confidence, places=places)


def _relation(claim: Claim) -> Finding:
    return Finding(
        "relation",
        one_line(f"{claim.subject} {claim.predicate} {claim.object}"),
        _component("kg_relations", claim.method),
        confidence=claim.confidence,
        sentence=one_line(claim.evidence.text),
    )


def _results(document: Document, results: Iterable[Result]) -> list[Finding]:
    """Results with the place of their number: in its sentence the first that no earlier result has."""
    taken: set[tuple[int, int]] = set()
    found = []
    for result in results:
        free = [place for place in _numbers(document, result) if place not in taken]
        taken.update(free[:1])
        found.append(
            Finding(
                "result",
                one_line(_in_words(result)),
                _component("kg_results", result.method),
                confidence=result.confidence,
                places=tuple(free[:1]),
                sentence=one_line(result.evidence.text),
            )
        )
    return found


def _in_words(result: Result) -> str:
    said = f"{result.model or 'the unnamed method'}: {result.metric or 'an unnamed metric'} {result.value}"
    said += " (gain)" if result.gain else ""
    said += f" on {result.dataset}" if result.dataset else ""
    return said + (f" ({result.condition})" if result.condition else "")


def _numbers(document: Document, result: Result) -> list[tuple[int, int]]:
    """Where a sentence holds the number of a result, whatever spaces and dashes it was written with."""
    ((start, end),) = _places(document, [result.evidence]) or ((0, 0),)
    written = r"\s*".join("[-–—−]" if c == "-" else re.escape(c) for c in result.value if not c.isspace())
    number = re.compile(rf"(?<![\d.]){written}(?![\d]|\.\d)")
    return [match.span() for match in number.finditer(document.text, start, end)] if written else []


def _places(document: Document, mentions: Iterable[Evidence]) -> tuple[tuple[int, int], ...]:
    text = document.text
    held = (m for m in mentions if m.text and m.start >= 0 and text[m.start : m.end] == m.text)
    return tuple((m.start, m.end) for m in held)


def _component(name: str, method: str) -> str:
    return f"{name}: {one_line(method)}" if method else name
