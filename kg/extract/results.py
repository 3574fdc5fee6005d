"""The component that finds the numbers a paper reports, each with its metric, model and dataset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.findings import FoundResult, findings
from kg.extract.numbers import Number, find_numbers
from kg.extract.pair_features import Named
from kg.extract.result_features import MetricMention, metric_features, model_features, number_features
from kg.extract.weights import Weights, shipped
from kg.vocabulary import Vocabulary, load

__all__ = ["Reported", "ResultFinder", "metric_mentions", "reported_numbers"]


@dataclass(slots=True)
class Reported:
    """A number of the abstract with what stands around it."""

    number: Number
    sentence: Span
    numbers: list[Number]
    """All numbers of the sentence."""
    metrics: list[MetricMention]
    """All metric mentions of the document."""

    @property
    def here(self) -> list[MetricMention]:
        """The metric mentions of the sentence."""
        return [m for m in self.metrics if self.sentence.start <= m.first < self.sentence.end]


class ResultFinder:
    """Sets the results of ``doc._.kg``; needs its names.

    Args:
        weights: with the classifiers ``result``, ``gain``, ``measures`` (number and metric) and ``scores``
            (number and model), and the thresholds ``result`` and ``measures``.
        vocabulary: its metrics are what numbers can measure.
    """

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self.weights = weights
        self.vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        found = findings(doc)
        names = [name.named for name in found.names]
        metrics = metric_mentions(doc, self.vocabulary)
        for reported in reported_numbers(doc, metrics):
            result = self._decide(doc, reported, names)
            if result is not None:
                found.results.append(result)
        return doc

    def _decide(self, doc: Doc, r: Reported, names: Sequence[Named]) -> FoundResult | None:
        row = number_features(doc, r.sentence, r.number, r.numbers, r.here)
        score = self.weights["result"].probabilities([row])[0]["yes"]
        if score < self.weights.thresholds["result"]:
            return None
        gain = self.weights["gain"].probabilities([row])[0]["yes"] >= 0.5
        metric = self._metric(doc, r)
        if metric is None and not gain:
            return None
        model = self._model(doc, r, names)
        place = (r.sentence.start, r.sentence.end)
        return FoundResult(r.number, metric, model, _dataset(r, names), gain, place, score)

    def _metric(self, doc: Doc, r: Reported) -> str | None:
        rows = [
            metric_features(doc, r.sentence, r.number, r.numbers, r.metrics, m) for m in range(len(r.metrics))
        ]
        scores = [s["yes"] for s in self.weights["measures"].probabilities(rows)]
        best = max(range(len(scores)), key=lambda m: scores[m], default=None)
        if best is None or scores[best] < self.weights.thresholds["measures"]:
            return None
        return r.metrics[best].label

    def _model(self, doc: Doc, r: Reported, names: Sequence[Named]) -> int | None:
        models = [name for name in names if name.kind == "model"]
        options: list[int | None] = [None, *range(len(models))]
        rows = [model_features(doc, r.sentence, r.number, r.numbers, models, m) for m in options]
        scores = [s["yes"] for s in self.weights["scores"].probabilities(rows)]
        best = options[max(range(len(options)), key=lambda o: scores[o])]
        return None if best is None else list(names).index(models[best])


def metric_mentions(doc: Doc, vocabulary: Vocabulary) -> list[MetricMention]:
    """Where the document states a metric of the vocabulary."""
    found = []
    for match in vocabulary.find(doc.text, "metrics"):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None and not match.weak:
            found.append(MetricMention(span.start, span.end, match.term.label))
    return found


def reported_numbers(doc: Doc, metrics: list[MetricMention]) -> Iterator[Reported]:
    """Every number of the document that could be a result."""
    numbers = find_numbers(doc)
    for sentence in doc.sents:
        here = [n for n in numbers if sentence.start <= n.first < sentence.end]
        for number in here:
            yield Reported(number, sentence, here, metrics)


def _dataset(r: Reported, names: Sequence[Named]) -> int | None:
    """The dataset named nearest to the number in its sentence."""
    nearest = [
        (abs(span[0] - r.number.first), i)
        for i, name in enumerate(names)
        if name.kind == "dataset"
        for span in name.spans
        if r.sentence.start <= span[0] < r.sentence.end
    ]
    return min(nearest)[1] if nearest else None


@Language.factory("kg_results")
def make_result_finder(nlp: Language, name: str) -> ResultFinder:
    """The component with the shipped weights and vocabularies."""
    return ResultFinder(shipped(), load())
