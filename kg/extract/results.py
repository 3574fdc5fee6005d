"""The component that finds the numbers a paper reports, each with its metric, model and dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.conditions import condition_of
from kg.extract.findings import FoundResult, findings
from kg.extract.measured_on import measured_on
from kg.extract.pair_features import Named
from kg.extract.reported import Reported, reported_numbers
from kg.extract.result_features import metric_features, model_features, number_features
from kg.extract.weights import Weights, shipped
from kg.vocabulary import Vocabulary, load

__all__ = ["ResultFinder"]


class ResultFinder:
    """Sets the results of ``doc._.kg``; needs its names.

    Args:
        weights: with the classifiers ``result``, ``gain``, ``measures`` (number and metric) and ``scores``
            (number and model), and the threshold ``result`` on the probability that all of it is right.
        vocabulary: its metrics are what numbers can measure.
    """

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self.weights = weights
        self.vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        found.results += self.results(doc, [name.named for name in found.names])
        return doc

    def results(self, doc: Doc, names: Sequence[Named]) -> Iterator[FoundResult]:
        """Results of a document, in the order of the text."""
        least = self.weights.thresholds["result"]
        for r in reported_numbers(doc, self.vocabulary):
            row = number_features(r)
            score = self._yes("result", [row])[0]
            if score < least:
                continue
            metric, metric_score = self._metric(r)
            model, model_score = self._model(r, names)
            score *= metric_score * model_score
            gain = self._yes("gain", [row])[0] >= 0.5
            if score >= least and (metric is not None or gain):
                place = (r.sentence.start, r.sentence.end)
                dataset = measured_on(r, names)
                yield FoundResult(r.number, metric, model, dataset, gain, place, score, condition_of(r))

    def _yes(self, question: str, rows: Sequence[Mapping[str, float]]) -> list[float]:
        return [p["yes"] for p in self.weights[question].probabilities(rows)]

    def _metric(self, r: Reported) -> tuple[str | None, float]:
        """The metric a number measures, which may be unnamed, and how likely it is among them all."""
        options = (None, *range(len(r.metrics)))
        rows = [metric_features(r, m) for m in options]
        best: dict[str | None, float] = {}
        for m, score in zip(options, self._yes("measures", rows), strict=True):
            label = None if m is None else r.metrics[m].label
            best[label] = max(score, best.get(label, 0.0))
        return _likeliest(best)

    def _model(self, r: Reported, names: Sequence[Named]) -> tuple[int | None, float]:
        """The model a number is of, by its place among the names, and how likely it is among them all."""
        places = [i for i, name in enumerate(names) if name.kind == "model"]
        models = [names[i] for i in places]
        options = (None, *range(len(models)))
        rows = [model_features(r, models, m) for m in options]
        scores = self._yes("scores", rows)
        return _likeliest(dict(zip((None, *places), scores, strict=True)))


def _likeliest(scores: Mapping[Any, float]) -> tuple[Any, float]:
    """The option of the highest score, and its share of all scores."""
    best = max(scores, key=lambda option: scores[option])
    return best, scores[best] / max(sum(scores.values()), 1e-9)


@Language.factory("kg_results")
def make_result_finder(nlp: Language, name: str) -> ResultFinder:
    """The component with the shipped weights and vocabularies."""
    return ResultFinder(shipped(), load())
