"""The component that finds how the names of a paper are related."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.findings import FoundRelation, findings
from kg.extract.pair_features import PREDICATES, pair_features, pairs, supporting_sentence
from kg.extract.weights import Weights, shipped

__all__ = ["RelationFinder"]


class RelationFinder:
    """Sets the relations of ``doc._.kg``; needs its names.

    Args:
        weights: with a classifier for each predicate that had examples, and the threshold ``relation``.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        names = [name.named for name in found.names]
        for a, b in pairs(names):
            row = pair_features(doc, names, a, b)
            for predicate in PREDICATES[names[a].kind, names[b].kind]:
                if predicate not in self.weights:
                    continue
                score = self.weights[predicate].probabilities([row])[0]["yes"]
                if score >= self.weights.thresholds["relation"]:
                    sentence = supporting_sentence(doc, names[a], names[b])
                    place = (sentence.start, sentence.end)
                    found.relations.append(FoundRelation(a, predicate, b, place, score))
        return doc


@Language.factory("kg_relations")
def make_relation_finder(nlp: Language, name: str) -> RelationFinder:
    """The component with the shipped weights."""

    return RelationFinder(shipped())
