"""The component that finds the modalities, metrics and tasks of a paper."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.concept_features import ConceptCandidate, concept_features, find_concepts
from kg.extract.findings import FoundConcept, findings
from kg.extract.known import known
from kg.extract.measures import choose_measures, find_measures, measure_features
from kg.extract.weights import Weights, shipped
from kg.vocabulary import Match, Vocabulary, load

__all__ = ["SCHEMES", "ConceptFinder", "within"]

SCHEMES = {"modality": "modalities", "metric": "metrics", "task": "tasks"}
"""Kinds of concept, and the vocabulary each is found with."""


class ConceptFinder:
    """Sets the concepts of ``doc._.kg``.

    Args:
        weights: with a classifier and a threshold for each kind.
        vocabulary: with the schemes of ``SCHEMES``.
    """

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self.weights = weights
        self.vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        for kind, scheme in SCHEMES.items():
            matches = known(doc, self.vocabulary, scheme)
            candidates = find_concepts(matches)
            if kind == "metric":
                candidates = self._unlisted(doc, matches, candidates)
            rows = concept_features(doc, kind, candidates, found.reading)
            scores = self.weights[kind].probabilities(rows)
            found.concepts += [
                FoundConcept(c.label, kind, tuple((m.start, m.end) for m in c.matches), score["yes"], kind)
                for c, score in zip(candidates, scores, strict=True)
                if score["yes"] >= self.weights.thresholds[kind]
            ]
        return doc

    def _unlisted(
        self, doc: Doc, matches: Sequence[Match], candidates: list[ConceptCandidate]
    ) -> list[ConceptCandidate]:
        """Add the metrics that the vocabulary lacks; return the candidates that are not mere parts of one."""
        found, weights = findings(doc), self.weights
        measures = find_measures(doc, matches)
        rows = measure_features(doc, measures, matches, found.reading, weights.background)
        scores = [p["yes"] for p in weights["measure"].probabilities(rows)]
        chosen = choose_measures(measures, scores, weights.thresholds["measure"])
        found.measures = [measure for measure, _ in chosen]
        whole = [(doc[a:b].start_char, doc[a:b].end_char) for m in found.measures for a, b in m.places]
        for measure, score in chosen:
            places = tuple((doc[a:b].start_char, doc[a:b].end_char) for a, b in measure.places)
            found.concepts.append(FoundConcept(measure.label, "metric", places, score, "measure"))
        return [c for c in candidates if not within(c, whole)]


def within(candidate: ConceptCandidate, whole: Sequence[tuple[int, int]]) -> bool:
    """Whether a concept is stated only as a part of longer phrases: "accuracy" in "position accuracy"."""
    return bool(whole) and all(any(a <= m.start and m.end <= b for a, b in whole) for m in candidate.matches)


@Language.factory("kg_concepts")
def make_concept_finder(nlp: Language, name: str) -> ConceptFinder:
    """The component with the shipped weights and vocabularies."""
    return ConceptFinder(shipped(), load())
