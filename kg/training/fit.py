"""Fit one classifier: logistic over all features, boosted trees over its verdict and the telling features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.classifier import Classifier, Trees

__all__ = ["cross_fit", "fit"]

Rows = Sequence[Mapping[str, float]]
Array = NDArray[Any]
TREES = {
    "max_iter": 120,
    "learning_rate": 0.06,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 20,
    "l2_regularization": 2.0,
    "random_state": 0,
}
"""Settings of the boosted trees."""
TELLING = 160
"""How many features the trees see, beside those that are not one of a family ("word=…")."""


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


def cross_fit(
    rows: Rows, labels: Sequence[str], papers: Sequence[int], strength: float, rarest: int = 3, count: int = 5
) -> tuple[Classifier, list[dict[str, float]]]:
    """A classifier with trees, and for each example the probabilities from one that never saw its paper.

    Args:
        rows: features of the examples.
        labels: their classes.
        papers: the paper of each example: what is held out is whole papers.
        strength: inverse of the L2 penalty.
        rarest: features of fewer examples are left out.
        count: of folds.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    names, x = _matrix(rows, rarest)
    y = np.asarray(labels)
    fold = np.random.RandomState(1).permutation(max(papers) + 1)[np.asarray(papers)] % count
    linear = np.zeros((len(y), 1 if len(set(labels)) == 2 else len(set(labels))))
    for k in range(count):
        model = _logistic(x[fold != k], y[fold != k], strength)
        linear[fold == k] = model.decision_function(x[fold == k]).reshape(-1, linear.shape[1])
    whole = _logistic(x, y, strength)
    chosen = _telling(names, x, whole.coef_)
    dense = np.hstack([linear, x[:, chosen].toarray()])
    out = np.zeros((len(y), len(whole.classes_)))
    for k in range(count):
        trees = HistGradientBoostingClassifier(**TREES).fit(dense[fold != k], y[fold != k])
        out[fold == k] = trees.predict_proba(dense[fold == k])
    trees = HistGradientBoostingClassifier(**TREES).fit(dense, y)
    classifier = _classifier(names, whole, _trees([names[i] for i in chosen], trees))
    classes = [str(c) for c in whole.classes_]
    return classifier, [dict(zip(classes, row, strict=True)) for row in out.tolist()]


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


def _telling(names: Sequence[str], x: Any, coefficients: Array) -> list[int]:
    """Columns for the trees: what is not one of a family, and of the rest what sways the verdict most."""
    share = np.asarray((x != 0).mean(axis=0)).ravel()
    sway = np.abs(coefficients).max(axis=0) * np.sqrt(share * (1 - share))
    single = [i for i, name in enumerate(names) if not any(mark in name for mark in "=~:^&<>+")]
    family = [int(i) for i in np.argsort(-sway, kind="stable") if int(i) not in set(single)]
    return sorted(single + family[:TELLING])


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
            tables.append((nodes["feature_idx"], nodes["num_threshold"], left, right, nodes["value"], nodes["depth"]))
            roots.append(offset)
            offset += len(nodes)
    feature, threshold, left, right, value, depth = (np.concatenate(column) for column in zip(*tables, strict=True))
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
