"""From annotated papers to weights.

Names come first; relations and results are then trained on names as they are found in papers that the
classifier did not see, so that they learn to live with its mistakes. Thresholds are those that are best
on papers held out within the training papers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.extract.weights import Weights
from kg.training.concepts import train_concepts
from kg.training.names import train_names
from kg.training.papers import Background, Paper
from kg.training.relations import train_relations
from kg.training.results import train_results
from kg.vocabulary import Vocabulary

__all__ = ["fold_of", "train"]


def fold_of(papers: int, count: int, seed: int = 0) -> list[int]:
    """The fold of each paper, the same every time; folds differ by one paper at most."""
    return [int(k) for k in np.random.RandomState(seed).permutation(papers) % count]


def train(papers: Sequence[Paper], words: Background, vocabulary: Vocabulary, count: int = 5) -> Weights:
    """Weights from annotated papers.

    Args:
        papers: the annotated papers.
        words: background words, as shipped with the weights.
        vocabulary: of the concepts.
        count: folds within the training papers.
    """
    from threadpoolctl import threadpool_limits

    weights = Weights()
    weights.background = words
    folds = fold_of(len(papers), count, seed=1)
    with threadpool_limits(1):  # threads that wait on each other are slower, and sum in another order
        found = train_names(papers, folds, weights)
        train_concepts(papers, folds, vocabulary, weights)
        train_relations(papers, folds, found, weights)
        train_results(papers, folds, found, vocabulary, weights)
    return weights
