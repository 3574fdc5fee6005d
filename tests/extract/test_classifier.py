"""Weights add up to probabilities and survive being saved."""

from pathlib import Path

import numpy as np
import pytest

from kg.extract.classifier import Classifier, Trees
from kg.extract.weights import Weights


def test_two_classes_are_a_logistic_function() -> None:
    c = Classifier(["a", "b"], np.array([[1.0], [-2.0]]), np.array([0.5]), ["no", "yes"])
    (p,) = c.probabilities([{"a": 1.0, "b": 0.5, "unknown": 9.0}])
    assert p["yes"] == pytest.approx(1 / (1 + np.exp(-0.5)))
    assert p["no"] + p["yes"] == pytest.approx(1)


def test_more_classes_sum_to_one_and_rank_by_weight() -> None:
    c = Classifier(["a"], np.array([[1.0, 0.0, -1.0]]), np.zeros(3), ["x", "y", "z"])
    (p,) = c.probabilities([{"a": 2.0}])
    assert sum(p.values()) == pytest.approx(1)
    assert p["x"] > p["y"] > p["z"]


def test_weights_come_back_as_saved_whatever_their_features_hold(tmp_path: Path) -> None:
    weights = Weights()
    weights["names"] = Classifier(["a\nb", "tab\t", "“”"], np.ones((3, 1)), np.zeros(1), ["no", "yes"])
    weights.thresholds = {"model": 0.25}
    weights.background = {"cell": (12, 0.5)}
    weights.lexicon = {"foonet": (3, 0, 1)}
    weights.save(tmp_path / "w.npz")
    again = Weights.load(tmp_path / "w.npz")
    row = {"a\nb": 1.0, "“”": 1.0}
    assert again["names"].probabilities([row]) == weights["names"].probabilities([row])
    assert (again.thresholds, again.background, again.lexicon) == (
        weights.thresholds,
        weights.background,
        weights.lexicon,
    )


def test_the_same_weights_are_the_same_bytes(tmp_path: Path) -> None:
    weights = Weights()
    weights["w"] = Classifier(["a"], np.ones((1, 1)), np.zeros(1), ["no", "yes"])
    weights.save(tmp_path / "1.npz")
    weights.save(tmp_path / "2.npz")
    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


def test_confidence_is_what_scores_were_worth(tmp_path: Path) -> None:
    weights = Weights()
    weights.curves = {"model": [[0.2, 0.6, 1.0], [0.1, 0.5, 0.9]]}
    weights.save(tmp_path / "w.npz")
    again = Weights.load(tmp_path / "w.npz")
    assert [again.confidence("model", s) for s in (0.0, 0.2, 0.4, 1.0)] == [0.1, 0.1, 0.3, 0.9]
    with pytest.raises(KeyError):
        again.confidence("dataset", 0.5)


def test_trees_see_the_columns_that_are_made_beside_the_verdict() -> None:
    stump = Trees(
        features=(),
        feature=np.array([1, 0, 0], dtype=np.int32),
        threshold=np.array([0.5, 0.0, 0.0]),
        left=np.array([1, 1, 2], dtype=np.int32),
        right=np.array([2, 1, 2], dtype=np.int32),
        value=np.array([0.0, -3.0, 3.0]),
        roots=np.zeros((1, 1), dtype=np.int32),
        baseline=np.zeros(1),
        depth=1,
    )
    c = Classifier(["a"], np.zeros((1, 1)), np.zeros(1), ["no", "yes"], stump)
    low, high = c.probabilities([{}, {}], lambda logits: np.array([[0.0], [1.0]]))
    assert low["yes"] < 0.2 and high["yes"] > 0.8  # a quarter is the logistic part's, which says a half
