"""Train what tells results among the numbers, and what each measures and of which model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.reported import Reported, reported_numbers
from kg.extract.result_features import metric_features, model_features, number_features
from kg.extract.results import ResultFinder
from kg.extract.weights import Weights
from kg.records import Result
from kg.spelling import name_key, result_value
from kg.training.fit import CrossFit, best_threshold, cross_fit, curve
from kg.training.names import Found
from kg.training.papers import Paper
from kg.vocabulary import Vocabulary

__all__ = ["train_results"]

STRENGTH = 0.1


@dataclass(slots=True)
class _Examples:
    """Examples of one yes-or-no question."""

    rows: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)

    def add(self, row: dict[str, float], right: bool, fold: int) -> None:
        self.rows.append(row)
        self.right.append(right)
        self.folds.append(fold)

    def fit(self) -> CrossFit:
        return cross_fit(
            self.rows, ["yes" if r else "no" for r in self.right], self.folds, STRENGTH, rarest=2
        )


def train_results(
    papers: Sequence[Paper],
    folds: Sequence[int],
    found: Sequence[list[Found]],
    vocabulary: Vocabulary,
    weights: Weights,
) -> None:
    """Set the classifiers ``result``, ``gain``, ``measures`` and ``scores``, and the threshold ``result``."""
    examples = {name: _Examples() for name in ("result", "gain", "measures", "scores")}
    for paper, fold, names in zip(papers, folds, found, strict=True):
        for reported in reported_numbers(paper.doc, vocabulary):
            _add(examples, paper, fold, names, reported)
    fitted = {name: part.fit() for name, part in examples.items()}
    weights.update({name: fit.whole for name, fit in fitted.items()})
    held_out = [Weights() for _ in range(max(folds) + 1)]
    for k, part in enumerate(held_out):
        part.update({name: fit.held_out[k] for name, fit in fitted.items()})
        part.thresholds["result"] = 0.0
    scores: list[float] = []
    right: list[bool] = []
    for paper, fold, names in zip(papers, folds, found, strict=True):
        for score, ok in _outcomes(paper, names, ResultFinder(held_out[fold], vocabulary)):
            scores.append(score)
            right.append(ok)
    weights.thresholds["result"] = best_threshold(scores, right, sum(len(p.gold.results) for p in papers))
    weights.curves["result"] = curve(scores, right)


def _add(
    examples: dict[str, _Examples], paper: Paper, fold: int, names: Sequence[Found], r: Reported
) -> None:
    """One number as an example of each question it bears on."""
    gold = [g for g in paper.gold.results if result_value(g.value) == result_value(r.number.value)]
    features = number_features(r)
    examples["result"].add(features, bool(gold), fold)
    if not gold:
        return
    examples["gain"].add(features, any(g.gain for g in gold), fold)
    labels = {g.metric and name_key(g.metric) for g in gold}
    for m in (None, *range(len(r.metrics))):
        features = metric_features(r, m)
        ok = None in labels if m is None else name_key(r.metrics[m].label) in labels
        examples["measures"].add(features, ok, fold)
    models = [name for name in names if name.named.kind == "model"]
    said = {g.model and name_key(g.model) for g in gold}
    for option in (None, *range(len(models))):
        features = model_features(r, [n.named for n in models], option)
        ok = None in said if option is None else any(key in models[option].keys for key in said)
        examples["scores"].add(features, ok, fold)


def _outcomes(paper: Paper, names: Sequence[Found], finder: ResultFinder) -> Iterator[tuple[float, bool]]:
    """Confidence of every result found, and whether it is one that was annotated."""
    left = Counter(_key(g) for g in paper.gold.results)
    for result in finder.results(paper.doc, [name.named for name in names]):
        own = None if result.model is None else names[result.model].keys
        model = next(
            (g.model for g in paper.gold.results if g.model and own and name_key(g.model) in own), None
        )
        if own and model is None:
            model = result.number.value  # a model that no annotated result is of
        key = (model and name_key(model), name_key(str(result.metric)), result_value(result.number.value))
        yield result.confidence, left[key] > 0
        left[key] -= 1


def _key(result: Result) -> tuple[str | None, str, float | str]:
    return (result.model and name_key(result.model), name_key(str(result.metric)), result_value(result.value))
