"""The component that finds how the names of a paper are related."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.company import company
from kg.extract.findings import FoundRelation, findings
from kg.extract.pair_features import PREDICATES, Named, pair_features, pairs, supporting_sentence
from kg.extract.statements import only_surpassed, stated
from kg.extract.weights import Weights, shipped
from kg.extract.words import Words, sentence_words

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
        sentences = sentence_words(doc)
        together = list(pairs(names))
        rows = [pair_features(doc, names, a, b) for a, b in together]
        for kinds, predicates in PREDICATES.items():
            fitting = [i for i, (a, b) in enumerate(together) if (names[a].kind, names[b].kind) == kinds]
            scores: dict[int, dict[str, float]] = {i: {} for i in fitting}
            for predicate in predicates:
                if predicate in self.weights:
                    values = self.weights[predicate].probabilities([rows[i] for i in fitting], company)
                    for i, value in zip(fitting, values, strict=True):
                        scores[i][predicate] = value["yes"]
            for i in fitting:
                a, b = together[i]
                worded = _take_at_its_word(scores[i], sentences, names, a, b)
                found.relations += self._likely(doc, names, a, b, scores[i], worded)
        found.relations.sort(key=lambda r: (r.subject, r.object, r.predicate))
        return doc

    def _likely(
        self, doc: Doc, names: Sequence[Named], a: int, b: int, scores: dict[str, float], worded: set[str]
    ) -> Iterator[FoundRelation]:
        for predicate, score in scores.items():
            if score >= self.weights.thresholds["relation"]:
                sentence = supporting_sentence(doc, names[a], names[b])
                method = "wording" if predicate in worded else "pair classifier"
                yield FoundRelation(a, predicate, b, (sentence.start, sentence.end), score, method)


STATED = 0.8
"""Probability of what a sentence states outright."""


def _take_at_its_word(
    scores: dict[str, float], sentences: Sequence[Words], names: Sequence[Named], a: int, b: int
) -> set[str]:
    """Let what a sentence states outright overrule the classifiers; the predicates it made likely."""
    if "trainedOn" in scores:
        said = stated(sentences, names, a, b)
        worded = {"trainedOn"} if "trainedOn" in said and scores["trainedOn"] < STATED else set()
        scores.update(dict.fromkeys(worded, STATED))
        if said == {"trainedOn"}:
            scores["evaluatedOn"] = 0.0
        elif said == {"evaluatedOn"}:
            scores["trainedOn"] = 0.0
        return worded
    if "basedOn" in scores and names[b].key not in names[a].key and only_surpassed(sentences, names[b]):
        scores["basedOn"] = 0.0
    return set()


@Language.factory("kg_relations")
def make_relation_finder(nlp: Language, name: str) -> RelationFinder:
    """The component with the shipped weights."""

    return RelationFinder(shipped())
