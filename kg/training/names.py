"""Train what finds names and tells their roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.classifier import Classifier
from kg.extract.groups import choose_names
from kg.extract.names import WITHOUT, lexicon_features, named, role_features
from kg.extract.pair_features import Named
from kg.extract.standing import overlaps, rivals
from kg.extract.weights import Weights
from kg.training.fit import MANY, CrossFit, best_threshold, cross_fit, curve
from kg.training.papers import Paper, entity_keys
from kg.vocabulary import BUILT_IN

__all__ = ["Found", "train_names"]

STRENGTH = {"names": 0.3, "roles": 0.3}
KINDS = ("model", "dataset", "neither")
GAZETTEER = ("lexicon ", "rule=vocabulary", *(f"in {scheme}" for scheme in BUILT_IN))
"""Beginnings of the features that vocabulary and lexicon give."""
Lexicon = dict[str, list[int]]
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A name as classifiers that never saw the paper find it."""

    named: Named
    keys: frozenset[str]
    """Of the annotated entity it is; its own where it is none."""


def train_names(papers: Sequence[Paper], folds: Sequence[int], weights: Weights) -> list[list[Found]]:
    """Set the classifiers ``names`` and ``roles``, their thresholds and the lexicon.

    Args:
        papers: the annotated papers.
        folds: the fold of each.
        weights: what is set.

    Returns:
        The names of each paper, for what is trained upon names to live with their mistakes.
    """
    lexicon = _lexicon(papers)
    weights.lexicon = {key: tuple(counts) for key, counts in lexicon.items() if counts[0] or counts[1]}
    rows = [_with_lexicon(paper, lexicon) for paper in papers]
    at = [i for i, paper in enumerate(papers) for _ in paper.kinds]
    gold = {
        "model": sum(len(paper.gold.models) for paper in papers),
        "dataset": sum(len(paper.gold.datasets) for paper in papers),
    }
    whole = [list(range(len(paper.groups))) for paper in papers]
    fitted = _fit_names("names", papers, rows, whole, folds, gold, weights)
    own = [[i for i, row in enumerate(part) if not _only_by_vocabulary(row)] for part in rows]
    bare = [[{f: v for f, v in r.items() if not f.startswith(GAZETTEER)} for r in part] for part in rows]
    _fit_names(WITHOUT, papers, bare, own, folds, gold, weights)
    scores_of: list[list[Row]] = [[] for _ in papers]
    for i, probabilities in zip(at, fitted.probabilities, strict=True):
        scores_of[i].append(probabilities)
    weights["roles"], roles = _fit_roles(papers, rows, folds)
    thresholds = {kind: weights.thresholds[f"names {kind}"] for kind in KINDS[:2]}
    return [
        _found(paper, part, scores, roles[fold], thresholds)
        for paper, part, scores, fold in zip(papers, rows, scores_of, folds, strict=True)
    ]


def _fit_names(
    question: str,
    papers: Sequence[Paper],
    rows: Sequence[list[Row]],
    taken: Sequence[list[int]],
    folds: Sequence[int],
    gold: Mapping[str, int],
    weights: Weights,
) -> CrossFit:
    """Fit one classifier of names over those groups of each paper that are taken."""
    kinds = [paper.kinds[i] for paper, part in zip(papers, taken, strict=True) for i in part]
    at = [fold for fold, part in zip(folds, taken, strict=True) for _ in part]
    overlapping = [
        overlaps([paper.groups[i] for i in part]) for paper, part in zip(papers, taken, strict=True)
    ]

    def beside(logits: NDArray[Any]) -> NDArray[Any]:
        parts = np.split(logits, np.cumsum([len(part) for part in taken])[:-1])
        return np.concatenate([rivals(z, o) for z, o in zip(parts, overlapping, strict=True)])

    every = [part[i] for part, chosen in zip(rows, taken, strict=True) for i in chosen]
    fitted = cross_fit(every, kinds, at, STRENGTH["names"], beside=beside, trees=MANY)
    weights[question] = fitted.whole
    for kind, total in gold.items():
        scores = [p[kind] for p in fitted.probabilities]
        right = [k == kind for k in kinds]
        weights.thresholds[f"{question} {kind}"] = best_threshold(scores, right, total)
        if question == "names":
            weights.curves[kind] = curve(scores, right)
    return fitted


def _only_by_vocabulary(row: Row) -> bool:
    return [name for name in row if name.startswith("rule=")] == ["rule=vocabulary"]


def _lexicon(papers: Sequence[Paper]) -> Lexicon:
    """How often each key was a model, a dataset and neither."""
    lexicon: Lexicon = defaultdict(lambda: [0, 0, 0])
    for paper in papers:
        for group, kind in zip(paper.groups, paper.kinds, strict=True):
            for key in group.keys:
                lexicon[key][KINDS.index(kind)] += 1
    return lexicon


def _with_lexicon(paper: Paper, lexicon: Lexicon) -> list[Row]:
    """Features with the lexicon's, the paper itself left out of its counts."""
    return [
        row | lexicon_features(group.keys, lexicon, KINDS.index(kind))
        for group, row, kind in zip(paper.groups, paper.rows, paper.kinds, strict=True)
    ]


def _fit_roles(
    papers: Sequence[Paper], rows: Sequence[list[Row]], folds: Sequence[int]
) -> tuple[Classifier, list[Classifier]]:
    """The classifier, and for each fold one that never saw its papers."""
    features: list[Row] = []
    labels: list[str] = []
    at: list[int] = []
    for paper, part, fold in zip(papers, rows, folds, strict=True):
        real = [(r, k, e) for r, k, e in zip(part, paper.kinds, paper.entities, strict=True) if e is not None]
        features += role_features([(row, kind) for row, kind, _ in real])
        labels += [entity.role for _, _, entity in real]
        at += [fold] * len(real)
    fitted = cross_fit(features, labels, at, STRENGTH["roles"])
    return fitted.whole, fitted.held_out


def _found(
    paper: Paper, rows: list[Row], scores: list[Row], roles: Classifier, thresholds: dict[str, float]
) -> list[Found]:
    chosen = choose_names(paper.groups, scores, thresholds)
    index = {frozenset(group.keys): i for i, group in enumerate(paper.groups)}
    places = [index[frozenset(group.keys)] for group, _, _ in chosen]
    pairs = [(rows[i], kind) for i, (_, kind, _) in zip(places, chosen, strict=True)]
    parts = roles.probabilities(role_features(pairs))
    found = []
    for (group, kind, score), part, i in zip(chosen, parts, places, strict=True):
        entity = paper.entities[i]
        keys = group.keys | (entity_keys(entity) if entity else set())
        role = max(part, key=lambda r: part[r])
        found.append(Found(named(paper.doc, group, kind, role, score), frozenset(keys)))
    return found
