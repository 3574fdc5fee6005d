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
        together = list(pairs(names))
        rows = [pair_features(doc, names, a, b) for a, b in together]
        for kinds, predicates in PREDICATES.items():
            fitting = [i for i, (a, b) in enumerate(together) if (names[a].kind, names[b].kind) == kinds]
            for predicate in predicates:
                if predicate not in self.weights:
                    continue
                scores = self.weights[predicate].probabilities([rows[i] for i in fitting])
                for i, score in zip(fitting, scores, strict=True):
                    if score["yes"] >= self.weights.thresholds["relation"]:
                        a, b = together[i]
                        sentence = supporting_sentence(doc, names[a], names[b])
                        place = (sentence.start, sentence.end)
                        found.relations.append(FoundRelation(a, predicate, b, place, score["yes"]))
        found.relations.sort(key=lambda r: (r.subject, r.object, r.predicate))
        return doc


@Language.factory("kg_relations")
def make_relation_finder(nlp: Language, name: str) -> RelationFinder:
    """The component with the shipped weights."""

    return RelationFinder(shipped())
