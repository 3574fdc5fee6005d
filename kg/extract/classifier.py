"""A logistic classifier over named features.

Training lives in ``kg.training``; here is only what a build needs, so that extraction loads no learning
library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Classifier"]


class Classifier:
    """A multinomial (or, with two classes, binary) logistic regression.

    Args:
        features: names of the features.
        weights: one row a feature, one column a class; for two classes one column, for the second of them.
        bias: one number a column.
        classes: names of the classes.
    """

    def __init__(
        self, features: Sequence[str], weights: NDArray[Any], bias: NDArray[Any], classes: Sequence[str]
    ) -> None:
        self.features = list(features)
        self.weights = weights.astype(np.float32)
        self.bias = bias.astype(np.float64)
        self.classes = tuple(classes)
        self._row = {name: i for i, name in enumerate(self.features)}

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
        """For each row of features the probability of every class; unknown features count nothing."""
        out = []
        for row in rows:
            known = [(self._row[name], value) for name, value in row.items() if value and name in self._row]
            logits = self.bias.copy()
            if known:
                index, values = zip(*known, strict=True)
                logits += np.asarray(values) @ self.weights[list(index)]
            if len(self.classes) == 2:
                p = 1.0 / (1.0 + np.exp(-np.clip(logits[0], -50, 50)))
                out.append({self.classes[0]: 1.0 - p, self.classes[1]: float(p)})
            else:
                e = np.exp(logits - logits.max())
                out.append(dict(zip(self.classes, (e / e.sum()).tolist(), strict=True)))
        return out
