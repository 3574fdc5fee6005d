"""Fit one logistic classifier over named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kg.extract.classifier import Classifier

__all__ = ["fit"]


def fit(
    rows: Sequence[Mapping[str, float]], labels: Sequence[str], strength: float, rarest: int = 3
) -> Classifier:
    """A classifier of ``labels``; with two classes they are ``no`` and ``yes``.

    Args:
        rows: features of the examples.
        labels: their classes.
        strength: inverse of the L2 penalty.
        rarest: features of fewer examples are left out.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer(dtype=np.float32)
    x = vectorizer.fit_transform(rows)
    keep = np.asarray((x != 0).sum(axis=0)).ravel() >= rarest
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(x[:, keep], np.asarray(labels))
    names = np.asarray(vectorizer.get_feature_names_out(), dtype=object)[keep]
    weights = model.coef_.T
    telling = np.abs(weights).max(axis=1) >= 0.004
    return Classifier(
        list(names[telling]), weights[telling], model.intercept_, [str(c) for c in model.classes_]
    )
