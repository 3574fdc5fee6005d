"""Train what tells which concepts of the vocabularies a paper works on, and which metrics none lists."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.concept_features import concept_features, find_concepts
from kg.extract.concepts import SCHEMES, within
from kg.extract.findings import findings
from kg.extract.known import known
from kg.extract.measures import Measure, choose_measures, find_measures, measure_features
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
    """Set a classifier and a threshold for each kind of concept, and ``measure`` for unlisted metrics.

    The unlisted metrics that a classifier finds that never saw the paper are noted on its document.
    """
    _train_measures(papers, folds, vocabulary, weights)
    for kind, scheme in SCHEMES.items():
        rows: list[dict[str, float]] = []
        right: list[bool] = []
        at: list[int] = []
        total = 0
        for paper, fold in zip(papers, folds, strict=True):
            gold = _gold(paper, kind)
            total += len(gold)
            candidates = find_concepts(known(paper.doc, vocabulary, scheme))
            if kind == "metric":
                doc = paper.doc
                whole = [
                    (doc[a:b].start_char, doc[a:b].end_char)
                    for m in findings(doc).measures
                    for a, b in m.places
                ]
                candidates = [c for c in candidates if not within(c, whole)]
            rows += concept_features(paper.doc, kind, candidates, findings(paper.doc).reading)
            right += [name_key(c.label) in gold for c in candidates]
            at += [fold] * len(candidates)
        fitted = cross_fit(rows, ["yes" if r else "no" for r in right], at, STRENGTH)
        weights[kind] = fitted.whole
        scores = [p["yes"] for p in fitted.probabilities]
        weights.thresholds[kind] = best_threshold(scores, right, total)
        weights.curves[kind] = curve(scores, right)


def _train_measures(
    papers: Sequence[Paper], folds: Sequence[int], vocabulary: Vocabulary, weights: Weights
) -> None:
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    at: list[int] = []
    proposed: list[list[Measure]] = []
    total = 0
    for paper, fold in zip(papers, folds, strict=True):
        matches = known(paper.doc, vocabulary, "metrics")
        listed = {name_key(m.term.label) for m in matches}
        gold = _gold(paper, "metric") - listed
        measures = find_measures(paper.doc, matches)
        reading = findings(paper.doc).reading
        rows += measure_features(paper.doc, measures, matches, reading, weights.background)
        right += [name_key(m.label) in gold for m in measures]
        at += [fold] * len(measures)
        proposed.append(measures)
        total += len(gold)
    fitted = cross_fit(rows, ["yes" if r else "no" for r in right], at, STRENGTH)
    weights["measure"] = fitted.whole
    scores = [p["yes"] for p in fitted.probabilities]
    weights.thresholds["measure"] = best_threshold(scores, right, total)
    weights.curves["measure"] = curve(scores, right)
    start = 0
    for paper, measures in zip(papers, proposed, strict=True):
        own = scores[start : start + len(measures)]
        start += len(measures)
        chosen = choose_measures(measures, own, weights.thresholds["measure"])
        findings(paper.doc).measures = [measure for measure, _ in chosen]


def _gold(paper: Paper, kind: str) -> set[str]:
    return {name_key(c.name) for c in paper.gold.concepts if c.kind == kind}
