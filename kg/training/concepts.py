"""Train what tells which concepts of the vocabularies a paper works on."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.company import by_document
from kg.extract.concept_features import concept_features, find_concepts
from kg.extract.concepts import SCHEMES
from kg.extract.known import known
from kg.extract.weights import Weights
from kg.spelling import name_key
from kg.training.fit import best_threshold, cross_fit, curve
from kg.training.papers import Paper
from kg.vocabulary import Vocabulary

__all__ = ["train_concepts"]

STRENGTH = 0.15


def train_concepts(
    papers: Sequence[Paper], folds: Sequence[int], vocabulary: Vocabulary, weights: Weights
) -> None:
    """Set a classifier and a threshold for each kind of concept."""
    for kind, scheme in SCHEMES.items():
        rows: list[dict[str, float]] = []
        right: list[bool] = []
        at: list[int] = []
        sizes: list[int] = []
        total = 0
        for paper, fold in zip(papers, folds, strict=True):
            gold = _gold(paper, kind)
            total += len(gold)
            candidates = find_concepts(known(paper.doc, vocabulary, scheme))
            rows += concept_features(paper.doc, candidates)
            right += [name_key(c.label) in gold for c in candidates]
            at += [fold] * len(candidates)
            sizes.append(len(candidates))
        fitted = cross_fit(
            rows, ["yes" if r else "no" for r in right], at, STRENGTH, beside=by_document(sizes)
        )
        weights[kind] = fitted.whole
        scores = [p["yes"] for p in fitted.probabilities]
        weights.thresholds[kind] = best_threshold(scores, right, total)
        weights.curves[kind] = curve(scores, right)


def _gold(paper: Paper, kind: str) -> set[str]:
    return {name_key(c.name) for c in paper.gold.concepts if c.kind == kind}
