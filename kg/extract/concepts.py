"""The component that finds the modalities, metrics and tasks of a paper."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.company import company
from kg.extract.concept_features import concept_features, find_concepts
from kg.extract.findings import FoundConcept, findings
from kg.extract.known import known
from kg.extract.weights import Weights, shipped
from kg.vocabulary import Vocabulary, load

__all__ = ["SCHEMES", "ConceptFinder"]

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
            candidates = find_concepts(known(doc, self.vocabulary, scheme))
            rows = concept_features(doc, candidates)
            scores = self.weights[kind].probabilities(rows, company)
            found.concepts += [
                FoundConcept(c.label, kind, tuple((m.start, m.end) for m in c.matches), score["yes"])
                for c, score in zip(candidates, scores, strict=True)
                if score["yes"] >= self.weights.thresholds[kind]
            ]
        return doc


@Language.factory("kg_concepts")
def make_concept_finder(nlp: Language, name: str) -> ConceptFinder:
    """The component with the shipped weights and vocabularies."""
    return ConceptFinder(shipped(), load())
