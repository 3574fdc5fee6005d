"""What the encoder reads out of a document, and the features other components take from it.

The encoder (:mod:`kg.extract.encoder`) looks at every word in its context and says, word by word, of what
kind a name there would be, which role it plays and how numbers, metrics and names go together. None of this
decides anything by itself: it is pooled over the mentions of a candidate and handed to the classifiers as a
few features among their others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["PREDICATES", "ROLES", "TAGS", "Reading"]

Array = NDArray[Any]
Places = Sequence[tuple[int, int]]
TAGS = (
    "outside", "model begins", "model goes on", "dataset begins", "dataset goes on", "metric begins",
    "metric goes on",
)  # fmt: skip
"""Tags of the words; a name begins at its first word and goes on to its last."""
KINDS = {"model": (1, 2), "dataset": (3, 4), "metric": (5, 6)}
ROLES = ("introduced", "used", "compared", "mentioned")
PREDICATES = (
    "trainedOn", "evaluatedOn", "usedToBuild", "basedOn", "outperforms", "comparedWith", "derivedFrom",
)  # fmt: skip
FLOOR = -9.0
"""Least log-probability that is told apart."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The encoder's output for one document; the first axis of every array is the tokens."""

    tags: Array
    """Log-probabilities of ``TAGS``."""
    roles: Array
    """Log-probabilities of ``ROLES``, were the word part of a name."""
    concepts: Mapping[str, float]
    """Logit of each concept the encoder knows, by kind and label: ``modality CT``."""
    numbers: Array
    """Logits of being a result, and of being a gain."""
    subjects: Array
    """For each predicate a vector; its product with another word's in ``objects`` is a logit."""
    objects: Array
    bias: Array
    """Of each predicate."""
    scored: Array
    """Vector by which a number seeks its model, in ``models``."""
    models: Array
    unnamed_model: Array
    measuring: Array
    """Vector by which a number seeks its metric, in ``metrics``."""
    metrics: Array
    unnamed_metric: Array

    def name_features(self, places: Places) -> dict[str, float]:
        """Of a name that stands at these places: how much each kind of name it looks."""
        f: dict[str, float] = {}
        whole = {kind: self.tags[:, list(tags)] for kind, tags in KINDS.items()}
        joined = {kind: np.logaddexp(t[:, 0], t[:, 1]) for kind, t in whole.items()}
        places = self._within(places)
        if not places:
            return {"unread": 1.0}
        for kind, tags in whole.items():
            inside = [float(joined[kind][a:b].min()) for a, b in places]
            exact = [float(tags[a, 0] + joined[kind][a + 1 : b].sum()) for a, b in places]
            f[f"read {kind} most"] = _clip(max(inside))
            f[f"read {kind} mean"] = _clip(sum(inside) / len(inside))
            f[f"read {kind} exact"] = _clip(max(exact))
            f[f"read {kind} any word"] = _clip(max(float(joined[kind][a:b].max()) for a, b in places))
        outside = self.tags[:, 0]
        f["read outside"] = _clip(max(float(outside[a:b].min()) for a, b in places))
        goes_on = np.logaddexp(self.tags[:, 2], self.tags[:, 4])
        after = [float(goes_on[b]) for _, b in places if b < len(goes_on)]
        f["read goes on"] = _clip(max(after, default=FLOOR))
        f["read began before"] = _clip(max(float(goes_on[a]) for a, _ in places))
        return f

    def role_features(self, places: Places) -> dict[str, float]:
        """Of a name at these places: how much it plays each role."""
        places = self._within(places)
        if not places:
            return {}
        rows = np.concatenate([self.roles[a:b] for a, b in places])
        mean, most = rows.mean(axis=0), rows.max(axis=0)
        f = {f"read {role} mean": _clip(float(x)) for role, x in zip(ROLES, mean, strict=True)}
        return f | {f"read {role} most": _clip(float(x)) for role, x in zip(ROLES, most, strict=True)}

    def concept_features(self, kind: str, label: str, places: Places) -> dict[str, float]:
        """Of a concept whose words stand at these places: whether the paper works on it."""
        f: dict[str, float] = {}
        logit = self.concepts.get(f"{kind} {label}")
        f["read known"] = float(logit is not None)
        if logit is not None:
            f["read concept"] = _clip(logit)
            f[f"read {label}"] = _clip(logit)
        places = self._within(places)
        if kind == "metric" and places:
            metric = np.logaddexp(self.tags[:, 5], self.tags[:, 6])
            f["read metric most"] = _clip(max(float(metric[a:b].max()) for a, b in places))
            f["read metric mean"] = _clip(sum(float(metric[a:b].mean()) for a, b in places) / len(places))
        return f

    def pair_features(self, subject: Places, object_: Places) -> dict[str, float]:
        """Of a pair of names: how much each predicate holds between them."""
        a, b = self._pooled(self.subjects, subject), self._pooled(self.objects, object_)
        if a is None or b is None:
            return {}
        size = len(a) // len(PREDICATES)
        products = (a * b).reshape(len(PREDICATES), size).sum(axis=1) / size**0.5 + self.bias
        return {f"read {p}": _clip(float(x)) for p, x in zip(PREDICATES, products, strict=True)}

    def number_features(self, first: int) -> dict[str, float]:
        """Of a number that begins in this token."""
        if first >= len(self.numbers):
            return {}
        result, gain = self.numbers[first]
        return {"read result": _clip(float(result)), "read gain": _clip(float(gain))}

    def model_scores(self, first: int, models: Sequence[Places]) -> list[float]:
        """How likely the number is of no named model, then of each model: log-probabilities."""
        return self._seek(first, self.scored, self.models, self.unnamed_model, models)

    def metric_scores(self, first: int, metrics: Sequence[Places]) -> list[float]:
        """How likely the number measures no named metric, then each metric: log-probabilities."""
        return self._seek(first, self.measuring, self.metrics, self.unnamed_metric, metrics)

    def _seek(
        self, first: int, queries: Array, keys: Array, unnamed: Array, options: Sequence[Places]
    ) -> list[float]:
        if first >= len(queries):
            return [0.0] * (len(options) + 1)
        pooled = [self._pooled(keys, places) for places in options]
        table = np.stack([unnamed, *(unnamed if p is None else p for p in pooled)])
        logits = table @ queries[first] / len(unnamed) ** 0.5
        logits = logits - np.logaddexp.reduce(logits)
        return [_clip(float(x)) for x in logits]

    def _within(self, places: Places) -> list[tuple[int, int]]:
        return [(a, b) for a, b in places if a < b <= len(self.tags)]

    def _pooled(self, vectors: Array, places: Places) -> Array | None:
        """The mean vector of the words at these places; None when the encoder did not read so far."""
        rows = [vectors[a:b] for a, b in self._within(places)]
        return np.concatenate(rows).astype(np.float32).mean(axis=0) if rows else None


def _clip(value: float) -> float:
    """A log-probability or logit between the floor and its opposite, in units of three."""
    return min(-FLOOR, max(FLOOR, value)) / 3
