"""A number of a paper with what stands around it: its sentence, the numbers and metrics beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.known import known
from kg.extract.numbers import Number, find_numbers
from kg.extract.words import Words, sentence_words
from kg.vocabulary import Vocabulary

__all__ = ["MetricMention", "Reported", "reported_numbers", "run_of"]


@dataclass(frozen=True, slots=True)
class MetricMention:
    """Tokens that name a metric, and its canonical label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A number that could be a result."""

    number: Number
    text: str
    """Of the whole document."""
    sentence: Words
    start: int
    """Of the sentence, in characters."""
    numbers: list[Number]
    """All numbers of the sentence."""
    metrics: list[MetricMention]
    """All metric mentions of the document."""
    here: list[MetricMention]
    """Those of the sentence."""


def reported_numbers(doc: Doc, vocabulary: Vocabulary) -> Iterator[Reported]:
    """Every number of the document, with the metrics that the vocabulary knows."""
    text = doc.text
    numbers = find_numbers(doc)
    if not numbers:
        return
    metrics = _metric_mentions(doc, vocabulary)
    for sentence in sentence_words(doc):
        beside = [n for n in numbers if n.first in sentence]
        here = [m for m in metrics if m.first in sentence]
        for number in beside:
            yield Reported(number, text, sentence, doc[sentence.start].idx, beside, metrics, here)


def run_of(places: Sequence[tuple[int, int]], i: int, gap: int = 4) -> tuple[int, int]:
    """Where in its run a stretch of tokens stands, and how long the run is.

    Args:
        places: first and last token (exclusive) of each stretch, ascending.
        i: which of them.
        gap: most tokens between two of one run: "0.91, 0.88 and 0.79".
    """
    low = high = i
    while low and places[low][0] - places[low - 1][1] <= gap:
        low -= 1
    while high + 1 < len(places) and places[high + 1][0] - places[high][1] <= gap:
        high += 1
    return i - low, high - low + 1


def _metric_mentions(doc: Doc, vocabulary: Vocabulary) -> list[MetricMention]:
    found = []
    for match in known(doc, vocabulary, "metrics"):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None and not match.weak:
            found.append(MetricMention(span.start, span.end, match.term.label))
    return found
