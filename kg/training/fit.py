"""Fit one classifier: logistic over all features, boosted trees over its verdict and the telling features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.classifier import Beside, Classifier, Trees, blend, probabilities

__all__ = ["CrossFit", "best_threshold", "cross_fit", "curve", "fit"]

Rows = Sequence[Mapping[str, float]]
Array = NDArray[Any]
TREES = {
    "max_iter": 120,
    "learning_rate": 0.06,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 20,
    "l2_regularization": 2.0,
    "max_features": 0.3,
    "random_state": 0,
    "early_stopping": False,
}
"""Settings of the boosted trees."""
MANY = {"max_iter": 200, "max_leaf_nodes": 16}
"""What is set otherwise where there are tens of thousands of examples."""
TELLING = 160
"""How many yes-or-no features the trees see, beside those that count or measure."""


def fit(rows: Rows, labels: Sequence[str], strength: float, rarest: int = 3) -> Classifier:
    """A logistic classifier of ``labels``.

    Args:
        rows: features of the examples.
        labels: their classes.
        strength: inverse of the L2 penalty.
        rarest: features of fewer examples are left out.
    """
    names, x = _matrix(rows, rarest)
    return _classifier(names, _logistic(x, np.asarray(labels), strength))


@dataclass(frozen=True, slots=True)
class CrossFit:
    """A classifier, and what others that never saw an example's paper say of it."""

    whole: Classifier
    held_out: list[Classifier]
    """For each fold the classifier trained without it."""
    probabilities: list[dict[str, float]]
    """For each example, from the classifier of its fold."""


def cross_fit(
    rows: Rows,
    labels: Sequence[str],
    folds: Sequence[int],
    strength: float,
    rarest: int = 3,
    beside: Beside | None = None,
    trees: Mapping[str, int] = MappingProxyType({}),
) -> CrossFit:
    """A classifier with trees, trained on verdicts of logistic parts that did not see the example.

    Args:
        rows: features of the examples.
        labels: their classes.
        folds: the fold of each example; examples of one paper share one.
        strength: inverse of the L2 penalty.
        rarest: features of fewer examples are left out.
        beside: makes further columns for the trees from the logits of all examples.
        trees: settings of the trees that differ from :data:`TREES`.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    names, x = _matrix(rows, rarest)
    y, fold = np.asarray(labels), np.asarray(folds)
    parts = [_logistic(x[fold != k], y[fold != k], strength) for k in range(fold.max() + 1)]
    verdicts = [part.decision_function(x).reshape(len(y), -1) for part in parts]
    linear = np.stack(verdicts)[fold, np.arange(len(y))]
    whole = _logistic(x, y, strength)
    chosen = _telling(x, whole.coef_)
    seen = x[:, chosen].toarray()
    more = beside(linear) if beside is not None else np.zeros((len(y), 0))
    dense = np.hstack([linear, more, seen])
    columns = [names[i] for i in chosen]
    settings = {**TREES, **trees}
    held_out, out = [], np.zeros((len(y), len(whole.classes_)))
    for k, part in enumerate(parts):
        boosted = HistGradientBoostingClassifier(**settings).fit(dense[fold != k], y[fold != k])
        out[fold == k] = blend(probabilities(linear[fold == k]), boosted.predict_proba(dense[fold == k]))
        held_out.append(_classifier(names, part, _trees(columns, boosted)))
    boosted = HistGradientBoostingClassifier(**settings).fit(dense, y)
    classes = [str(c) for c in whole.classes_]
    said = [dict(zip(classes, row, strict=True)) for row in out.tolist()]
    return CrossFit(_classifier(names, whole, _trees(columns, boosted)), held_out, said)


def best_threshold(scores: Sequence[float], right: Sequence[bool], gold: int) -> float:
    """The least probability at which F1 is best.

    Of calibrated probabilities that is half of the best F1 (Lipton et al. 2014, arXiv:1402.1892). Scores are
    calibrated by two numbers (Platt 1999), so that the threshold follows no chance of a few examples.

    Args:
        scores: probabilities of the candidates, none from a classifier that saw it.
        right: which of them are right.
        gold: how many there are to find, candidates or not.

    Returns:
        Between 0.1 and 0.6; 0.5 when all or none are right and so nothing can be told.
    """
    from sklearn.linear_model import LogisticRegression

    y = np.asarray(right)
    if y.all() or not y.any():
        return 0.5
    s = np.clip(np.asarray(scores, dtype=float), 1e-6, 1 - 1e-6)
    hits = np.cumsum(y[np.argsort(-s, kind="stable")])
    best = (2 * hits / (np.arange(1, len(s) + 1) + gold)).max()
    fitted = LogisticRegression(C=1e6).fit(np.log(s / (1 - s))[:, None], y)
    slope, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    if slope <= 0:
        return 0.5
    logit = (np.log(best / (2 - best)) - offset) / slope
    return float(round(np.clip(1 / (1 + np.exp(-logit)), 0.1, 0.6), 4))


def curve(scores: Sequence[float], right: Sequence[bool]) -> list[list[float]]:
    """Scores, ascending, and the share of right ones at each: isotonic regression, thinned to its corners.

    Args:
        scores: of findings, none from a classifier that saw it.
        right: which of them are right.
    """
    from sklearn.isotonic import IsotonicRegression

    if len(scores) < 2:
        return [[0.0, 1.0], [0.0, 1.0]]  # nothing is known; scores are taken as they are

    fitted = IsotonicRegression(out_of_bounds="clip", y_min=0.01, y_max=0.99).fit(scores, right)
    corners = np.linspace(min(scores), max(scores), 25)
    # Over narrow steps the regression follows chance; the mean of each stretch is what is kept.
    shares = np.convolve(np.pad(fitted.predict(corners), 1, mode="edge"), np.ones(3) / 3, mode="valid")
    return [[round(float(v), 4) for v in values] for values in (corners, shares)]


def _matrix(rows: Rows, rarest: int) -> tuple[list[str], Any]:
    from sklearn.feature_extraction import DictVectorizer

    vectorizer = DictVectorizer(dtype=np.float32)
    x = vectorizer.fit_transform(rows)
    keep = np.flatnonzero(np.asarray((x != 0).sum(axis=0)).ravel() >= rarest)
    names = vectorizer.get_feature_names_out()
    return [str(names[i]) for i in keep], x[:, keep]


def _logistic(x: Any, y: Array, strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=500).fit(x, y)


def _telling(x: Any, coefficients: Array) -> list[int]:
    """Columns for the trees: those that count or measure, and of the rest what sways the verdict most."""
    share = np.asarray((x != 0).sum(axis=0)).ravel() / x.shape[0]
    sway = np.abs(coefficients).max(axis=0) * np.sqrt(share * (1 - share))
    ones = np.asarray((x == 1).sum(axis=0)).ravel() / x.shape[0]
    measures = np.flatnonzero((ones < share) & (share > 0.005))
    telling = np.argsort(-sway, kind="stable")[:TELLING]
    return sorted({*map(int, measures), *map(int, telling)})


def _classifier(names: Sequence[str], model: Any, trees: Trees | None = None) -> Classifier:
    weights = model.coef_.T
    telling = np.flatnonzero(np.abs(weights).max(axis=1) >= 0.004)
    classes = [str(c) for c in model.classes_]
    return Classifier([names[i] for i in telling], weights[telling], model.intercept_, classes, trees)


def _trees(features: Sequence[str], model: Any) -> Trees:
    """The nodes of scikit-learn's trees in one table."""
    tables, roots, offset = [], [], 0
    for trees in model._predictors:
        for tree in trees:
            nodes = tree.nodes
            leaf = nodes["is_leaf"].astype(bool)
            own = np.arange(len(nodes))
            left = np.where(leaf, own, nodes["left"]) + offset
            right = np.where(leaf, own, nodes["right"]) + offset
            tables.append(
                (nodes["feature_idx"], nodes["num_threshold"], left, right, nodes["value"], nodes["depth"])
            )
            roots.append(offset)
            offset += len(nodes)
    feature, threshold, left, right, value, depth = (
        np.concatenate(column) for column in zip(*tables, strict=True)
    )
    return Trees(
        tuple(features),
        feature.astype(np.int32),
        threshold,
        left.astype(np.int32),
        right.astype(np.int32),
        value,
        np.asarray(roots, dtype=np.int32).reshape(len(model._predictors), -1),
        np.asarray(model._baseline_prediction, dtype=np.float64).ravel(),
        int(depth.max()),
    )
