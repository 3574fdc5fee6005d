"""The trained weights: classifiers, thresholds and tables in one file of plain arrays.

The file is a ``.npz`` that NumPy alone can open; ``kg.training`` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.classifier import Classifier, Trees

__all__ = ["SHIPPED", "Weights", "shipped"]

SHIPPED = Path(__file__).parent / "data" / "weights.npz"
"""The weights that come with the product."""

TREE_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots", "baseline")


@cache
def shipped() -> Weights:
    """The weights that come with the product, read once."""
    return Weights.load(SHIPPED)


class Weights(dict[str, Classifier]):
    """Classifiers by name, with the thresholds and tables that belong to them."""

    def __init__(self) -> None:
        super().__init__()
        self.thresholds: dict[str, float] = {}
        self.background: dict[str, tuple[int, float]] = {}
        """For a lower-cased word: in how many background abstracts it stands, and its lower-case share."""
        self.lexicon: dict[str, tuple[int, ...]] = {}
        """For a name's key: how often it was a model, a dataset and neither in the training papers."""
        self.curves: dict[str, list[list[float]]] = {}
        """For each kind of finding: scores, ascending, and the share that was right at each."""

    def confidence(self, kind: str, score: float) -> float:
        """How often findings of this kind and score were right in papers no classifier had seen."""
        scores, shares = self.curves[kind]
        return round(float(np.interp(score, scores, shares)), 3)

    def save(self, path: Path) -> None:
        """Write one compressed ``.npz``; the same weights give the same bytes."""
        arrays: dict[str, Any] = {"names": _text(sorted(self))}
        for name in sorted(self):
            c = self[name]
            arrays[f"{name}.features"] = _text(c.features)
            arrays[f"{name}.weights"] = c.weights.astype(np.float16)
            arrays[f"{name}.bias"] = c.bias
            arrays[f"{name}.classes"] = _text(c.classes)
            if c.trees is not None:
                arrays[f"{name}.trees.features"] = _text(c.trees.features)
                for part in TREE_ARRAYS:
                    arrays[f"{name}.trees.{part}"] = getattr(c.trees, part)
                arrays[f"{name}.trees.depth"] = np.asarray(c.trees.depth)
        arrays["thresholds"] = _text(sorted(self.thresholds.items()))
        arrays["curves"] = _text(sorted(self.curves.items()))
        arrays["background"] = _text(sorted((k, *v) for k, v in self.background.items()))
        arrays["lexicon"] = _text(sorted((k, *v) for k, v in self.lexicon.items()))
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read what :meth:`save` wrote.

        Raises:
            FileNotFoundError: no weights there.
        """
        weights = cls()
        with np.load(path, allow_pickle=False) as arrays:
            for name in _lines(arrays["names"]):
                weights[name] = Classifier(
                    _lines(arrays[f"{name}.features"]),
                    arrays[f"{name}.weights"],
                    arrays[f"{name}.bias"],
                    _lines(arrays[f"{name}.classes"]),
                    _trees(arrays, name) if f"{name}.trees.depth" in arrays else None,
                )
            weights.curves = dict(_lines(arrays["curves"]))
            weights.thresholds = dict(_lines(arrays["thresholds"]))
            weights.background = {word: (n, share) for word, n, share in _lines(arrays["background"])}
            weights.lexicon = {key: tuple(counts) for key, *counts in _lines(arrays["lexicon"])}
        return weights


def _trees(arrays: Any, name: str) -> Trees:
    return Trees(
        features=tuple(_lines(arrays[f"{name}.trees.features"])),
        depth=int(arrays[f"{name}.trees.depth"]),
        **{part: arrays[f"{name}.trees.{part}"] for part in TREE_ARRAYS},
    )


def _text(values: Iterable[Any]) -> NDArray[np.uint8]:
    """A list as the bytes of its JSON: features may hold any character."""
    return np.frombuffer(json.dumps(list(values), ensure_ascii=False).encode(), dtype=np.uint8)


def _lines(array: NDArray[np.uint8]) -> list[Any]:
    values: list[Any] = json.loads(array.tobytes())
    return values
