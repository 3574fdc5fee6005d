"""The trained weights: classifiers, thresholds and tables in one file of plain arrays.

The file is a ``.npz`` that NumPy alone can open; ``kg.training`` writes it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.classifier import Classifier

__all__ = ["SHIPPED", "Weights", "shipped"]

SHIPPED = Path(__file__).parent / "data" / "weights.npz"
"""The weights that come with the product."""


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

    def save(self, path: Path) -> None:
        """Write one compressed ``.npz``; the same weights give the same bytes."""
        arrays: dict[str, Any] = {"names": _text(sorted(self))}
        for name in sorted(self):
            c = self[name]
            arrays[f"{name}.features"] = _text(c.features)
            arrays[f"{name}.weights"] = c.weights.astype(np.float16)
            arrays[f"{name}.bias"] = c.bias
            arrays[f"{name}.classes"] = _text(c.classes)
        arrays["thresholds"] = _text(f"{k}\t{v:.4f}" for k, v in sorted(self.thresholds.items()))
        arrays["background"] = _text(f"{k}\t{n}\t{s:.2f}" for k, (n, s) in sorted(self.background.items()))
        arrays["lexicon"] = _text("\t".join((k, *map(str, v))) for k, v in sorted(self.lexicon.items()))
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
                )
            for line in _lines(arrays["thresholds"]):
                key, value = line.split("\t")
                weights.thresholds[key] = float(value)
            for line in _lines(arrays["background"]):
                key, n, share = line.split("\t")
                weights.background[key] = (int(n), float(share))
            for line in _lines(arrays["lexicon"]):
                key, *counts = line.split("\t")
                weights.lexicon[key] = tuple(map(int, counts))
        return weights


def _text(lines: Any) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(array: NDArray[np.uint8]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []
