"""The learnt decisions: a logistic classifier over named features, and boosted trees that mend its errors.

The logistic part reads every feature (words, letters, contexts); the trees read its verdict beside the few
hundred features that matter most, and learn what goes together. Training lives in ``kg.training``; here is
only what a build needs, so that extraction loads no learning library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Classifier", "Trees", "blend", "probabilities"]

LINEAR_SHARE = 0.25
"""Weight of the logistic part's probabilities beside the trees'."""

Rows = Sequence[Mapping[str, float]]
Array = NDArray[Any]
Beside = Callable[[Array], Array]


@dataclass(frozen=True, slots=True)
class Trees:
    """Regression trees, all their nodes in one table; a leaf leads to itself."""

    features: tuple[str, ...]
    """What the columns are that trees look at; before them stand the logistic part's logits."""
    feature: Array
    """For each node the column it looks at."""
    threshold: Array
    """Go left when the column is at most this."""
    left: Array
    right: Array
    value: Array
    """What a leaf adds."""
    roots: Array
    """One row a round of boosting, one column a logit."""
    baseline: Array
    depth: int

    def logits(self, rows: Rows, linear: Array) -> Array:
        """One row for each of ``rows``, one column a logit; ``linear`` is what stands before the features."""
        x = np.zeros((len(rows), linear.shape[1] + len(self.features)))
        x[:, : linear.shape[1]] = linear
        for i, row in enumerate(rows):
            for j, name in enumerate(self.features, linear.shape[1]):
                value = row.get(name)
                if value:
                    x[i, j] = value
        node = np.tile(self.roots.ravel(), (len(rows), 1))
        at = np.arange(len(rows))[:, None] * x.shape[1]
        flat = x.ravel()
        for _ in range(self.depth):
            goes_left = flat.take(at + self.feature.take(node)) <= self.threshold.take(node)
            node = np.where(goes_left, self.left.take(node), self.right.take(node))
        added: Array = self.value.take(node).reshape(len(rows), *self.roots.shape).sum(axis=1)
        return added + self.baseline


def probabilities(logits: Array) -> Array:
    """From logits, one column a class; a single column is the second of two classes."""
    if logits.shape[1] == 1:
        p = 1.0 / (1.0 + np.exp(-np.clip(logits, -50, 50)))
        return np.hstack([1.0 - p, p])
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Array = e / e.sum(axis=1, keepdims=True)
    return found


def blend(linear: Array, trees: Array) -> Array:
    """The probabilities of both parts together: where trees have seen few examples they err boldly."""
    return LINEAR_SHARE * linear + (1 - LINEAR_SHARE) * trees


class Classifier:
    """A classifier of two or more classes.

    Args:
        features: names of the features of the logistic part.
        weights: one row a feature, one column a class; for two classes one column, for the second of them.
        bias: one number a column.
        classes: names of the classes.
        trees: boosted on top; left out, the logistic part decides alone.
    """

    def __init__(
        self,
        features: Sequence[str],
        weights: Array,
        bias: Array,
        classes: Sequence[str],
        trees: Trees | None = None,
    ) -> None:
        self.features = list(features)
        self.weights = weights.astype(np.float32)
        self.bias = bias.astype(np.float64)
        self.classes = tuple(classes)
        self.trees = trees
        self._row = {name: i for i, name in enumerate(self.features)}

    def probabilities(self, rows: Rows, beside: Beside | None = None) -> list[dict[str, float]]:
        """For each row of features the probability of every class; unknown features count nothing.

        Args:
            rows: features of the examples.
            beside: where the trees learnt with further columns, makes them from the logistic part's logits.
        """
        if not rows:
            return []
        logits = self._linear(rows)
        table = probabilities(logits)
        if self.trees is not None:
            seen = np.hstack([logits, beside(logits)]) if beside is not None else logits
            table = blend(table, probabilities(self.trees.logits(rows, seen)))
        return [dict(zip(self.classes, row, strict=True)) for row in table.tolist()]

    def _linear(self, rows: Rows) -> Array:
        logits = np.tile(self.bias, (len(rows), 1))
        index = self._row
        for i, row in enumerate(rows):
            known = [(index[name], value) for name, value in row.items() if value and name in index]
            if known:
                places, values = zip(*known, strict=True)
                logits[i] += np.asarray(values) @ self.weights[list(places)]
        return logits
