"""From the findings of the pipeline to the paper's record, in offsets of the text as written."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from kg.extract.findings import FoundConcept, FoundName, findings
from kg.extract.plain import Plain
from kg.extract.weights import Weights
from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result
from kg.spelling import name_key

__all__ = ["to_record"]


def to_record(document: Document, plain: Plain, doc: Doc, weights: Weights | None = None) -> PaperRecord:
    """The record of a document.

    Args:
        document: as it was read.
        plain: its plain text.
        doc: the pipeline's output over the plain text.
        weights: know what the scores of the findings are worth; left out, scores are kept as they are.
    """
    found = findings(doc)

    def confidence(kind: str, score: float) -> float:
        return weights.confidence(kind, score) if weights is not None else round(score, 3)

    def evidence(start: int, end: int) -> Evidence:
        a, b = plain.span(start, end)
        return Evidence(a, b, document.text[a:b])

    def sentence(place: tuple[int, int]) -> Evidence:
        span = doc[place[0] : place[1]]
        while len(span) > 1 and span[-1].is_space:
            span = span[:-1]
        return evidence(span.start_char, span.end_char)

    labels = [name.group.name for name in found.names]

    def entities(kind: str) -> tuple[Entity, ...]:
        return tuple(
            Entity(
                name=labels[i],
                role=name.named.role,  # type: ignore[arg-type]
                aliases=_aliases(name, labels[i]),
                mentions=tuple(evidence(m.start, m.end) for m in name.group.mentions),
                confidence=confidence(kind, name.named.confidence),
            )
            for i, name in enumerate(found.names)
            if name.named.kind == kind
        )

    def concept(c: FoundConcept) -> Concept:
        mentions = tuple(evidence(start, end) for start, end in c.places)
        return Concept(c.kind, c.label, mentions, confidence(c.kind, c.confidence))  # type: ignore[arg-type]

    return PaperRecord(
        document=document,
        models=entities("model"),
        datasets=entities("dataset"),
        concepts=tuple(concept(c) for c in found.concepts),
        relations=tuple(
            Claim(
                subject=labels[r.subject],
                predicate=r.predicate,
                object=labels[r.object],
                evidence=sentence(r.sentence),
                method=r.method,
                confidence=confidence("relation", r.confidence),
            )
            for r in found.relations
        ),
        results=tuple(
            Result(
                model=None if r.model is None else labels[r.model],
                metric=r.metric,
                value=r.number.value,
                evidence=sentence(r.sentence),
                dataset=None if r.dataset is None else labels[r.dataset],
                condition=r.condition,
                gain=r.gain,
                method="number classifier",
                confidence=confidence("result", r.confidence),
            )
            for r in found.results
        ),
    )


def _aliases(name: FoundName, label: str) -> tuple[str, ...]:
    """Other surface forms, the most frequent first; a plural or a change of case alone is left out."""
    forms = Counter(m.text for m in name.group.mentions)
    forms.update(form for form in [*name.group.short_forms, *name.group.long_forms] if form not in forms)
    seen, aliases = {label}, []
    for form, _ in sorted(forms.items(), key=lambda item: (-item[1], item[0])):
        if form not in seen:
            seen.add(form)
            aliases.append(form)
    return tuple(a for a in aliases if name_key(a) != name_key(label) or a.lower() != label.lower())
