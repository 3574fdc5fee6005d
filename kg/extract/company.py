"""What else is likely in the same document, by a first verdict: columns for the trees of yes-or-no questions.

A paper that works on five other tasks more surely than on this one hardly works on this one too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["by_document", "company"]

Array = NDArray[Any]
ALONE = -9.0
"""Stands for the logit of others where there are none."""


def company(logits: Array) -> Array:
    """Of the candidates of one document, four columns each: the likeliest other, the mean of the others, how
    many are likelier than it, how many others are likelier than not.

    Args:
        logits: one row a candidate, one column.
    """
    own = logits[:, 0]
    n = len(own)
    if n < 2:
        return np.tile([ALONE, ALONE, 0.0, 0.0], (n, 1))
    ranked = np.sort(own)[::-1]
    likeliest = np.where(own == ranked[0], ranked[1], ranked[0])
    mean = (own.sum() - own) / (n - 1)
    likelier = (own[None] > own[:, None]).sum(axis=1)
    likely = (own > 0).sum() - (own > 0)
    return np.stack([likeliest, mean, likelier, likely], axis=1)


def by_document(sizes: Sequence[int]) -> Callable[[Array], Array]:
    """The same for the candidates of many documents, one after another.

    Args:
        sizes: how many candidates each document has.
    """
    ends = np.cumsum(sizes)[:-1]
    return lambda logits: np.concatenate([company(part) for part in np.split(logits, ends)])
