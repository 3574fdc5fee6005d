"""Metrics that no vocabulary lists: "surface alignment error", a score that the paper defines.

Phrases that end in a noun of measurement and names in capitals are proposed; a classifier decides, by the
words around them and by the metrics they are listed with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from spacy.tokens import Doc

from kg.extract.reading import Reading
from kg.extract.words import Words, sentence_words
from kg.vocabulary import Match

__all__ = ["Measure", "choose_measures", "find_measures", "measure_features"]

HEADS = frozenset(
    """
    accuracy agreement auc calibration coefficient coherence compactness completeness complexity compliance
    concordance consistency consumption correctness correlation cost coverage depth deviation difference
    discrepancy distance divergence diversity dose duration efficiency entropy error errors f1 factuality
    faithfulness fidelity fluency footprint gain generalisation generalization index kappa latency length
    likelihood load loss measure memory metric naturalness number overhead overlap percentage plausibility
    power precision preference probability quality quotient rank rate rating ratio readability realism recall
    relevance reliability reproducibility residual reward robustness runtime safety satisfaction score scores
    sensitivity sharpness similarity size smoothness specificity speed stability success test throughput time
    times usability usage utility validity variability variance volume yield
    """.split()
)
"""Nouns a metric's name ends in; that one stands there decides nothing yet."""
QUALITY = re.compile(r"[a-z]{4,}(?:ness|ity|ency|ance)$")
NAME = re.compile(r"(?=.*[A-Z].*[A-Z@\d])[A-Za-z][A-Za-z0-9@\-_+]*$")
MODIFIER = re.compile(r"[A-Za-z][A-Za-z0-9\-]*$")
LONGEST = 4


@dataclass(frozen=True, slots=True)
class Measure:
    """A phrase that could name a metric: all its places, as tokens, and the label it would get."""

    label: str
    places: tuple[tuple[int, int], ...]


def find_measures(doc: Doc, known: Sequence[Match]) -> list[Measure]:
    """Possible metrics, in the order of the text.

    Args:
        doc: tokenized.
        known: metrics the vocabulary finds; what lies within one of them is left to it.
    """
    spans = (doc.char_span(m.start, m.end, alignment_mode="expand") for m in known if not m.weak)
    taken = [(s.start, s.end) for s in spans if s is not None]
    found: dict[str, list[tuple[int, int]]] = {}
    for a, b in _phrases(doc):
        if not any(x <= a and b <= y for x, y in taken):
            text = doc[a:b].text
            found.setdefault(_label(text), []).append((a, b))
    return [Measure(label, tuple(places)) for label, places in found.items()]


def _phrases(doc: Doc) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        for token in sentence:
            word = token.lower_
            if NAME.match(token.text):
                yield token.i, token.i + 1
            if not (word in HEADS or QUALITY.match(word)):
                continue
            start = token.i
            if not token.is_stop:
                yield start, token.i + 1
            while start > sentence.start and token.i - start < LONGEST - 1:
                before = doc[start - 1]
                if before.is_stop or not MODIFIER.match(before.text) or not before.whitespace_:
                    break
                start -= 1
                yield start, token.i + 1


def _label(text: str) -> str:
    """As vocabularies write their labels: a capital first."""
    first = text.split()[0]
    text = " ".join(text.split())
    return text[:1].upper() + text[1:] if first.islower() and len(first) > 1 else text


def measure_features(
    doc: Doc, measures: Sequence[Measure], known: Sequence[Match], reading: Reading | None,
    background: Mapping[str, tuple[int, float]],
) -> list[dict[str, float]]:  # fmt: skip
    """Features of each possible metric of one document."""
    sentences = sentence_words(doc)
    at = {i: s for s in sentences for i in range(s.start, s.end)}
    spans = (doc.char_span(m.start, m.end, alignment_mode="expand") for m in known if not m.weak)
    metric_tokens = {i for s in spans if s is not None for i in range(s.start, s.end)}
    rows = []
    for measure in measures:
        a, b = measure.places[0]
        words = [w.lower() for w in doc[a:b].text.split()]
        f: dict[str, float] = {
            f"head={words[-1]}": 1.0,
            f"first={words[0]}": 1.0,
            f"length={b - a}": 1.0,
            "name": float(b - a == 1 and bool(NAME.match(doc[a].text))),
            "places": log1p(len(measure.places)),
            "holds metric": float(any(i in metric_tokens for i in range(a, b))),
            "metrics": log1p(len(metric_tokens)),
            "rarest": log1p(min(background.get(w, (0, 0.0))[0] for w in words)),
        }
        for word in words:
            f[f"w={word}"] = 1.0
        for place in measure.places:
            _around(f, at[place[0]], place, metric_tokens)
        if reading is not None:
            f.update(reading.name_features(measure.places))
        rows.append(f)
    return rows


def _around(f: dict[str, float], at: Words, place: tuple[int, int], metrics: set[int]) -> None:
    a, b = place
    for k in range(1, 4):
        f[f"p{k}={_word(at(a - k))}"] = 1.0
        f[f"n{k}={_word(at(b + k - 1))}"] = 1.0
    f[f"pp={at(a - 2)} {at(a - 1)}"] = 1.0
    f[f"nn={_word(at(b))} {_word(at(b + 1))}"] = 1.0
    for word in at:
        f[f"s={_word(word)}"] = 1.0
    for side, near in (("after", range(b, b + 4)), ("before", range(a - 4, a))):
        if any(at(k)[:1].isdigit() for k in near):
            f[f"number {side}"] = 1.0
    away = min((abs(i - a) for i in metrics if i in at), default=99)
    f[f"metric near={'no' if away > 20 else 'far' if away > 6 else 'beside'}"] = 1.0
    f["listed"] = max(f.get("listed", 0.0), float(_listed(at, a, b, metrics)))
    f["title"] = max(f.get("title", 0.0), float(at.start == 0))
    f["last"] = max(f.get("last", 0.0), at.end / len(at.words))


def _listed(at: Words, a: int, b: int, metrics: set[int]) -> bool:
    """Whether only a comma or "and" lies between the phrase and a known metric."""
    joins = (",", "and", "or", "(", ")", "&", "/")
    left, right = a - 1, b
    while left > at.start and at(left) in joins:
        left -= 1
    while right < at.end and at(right) in joins:
        right += 1
    return (left < a - 1 and left in metrics) or (right > b and right in metrics)


def _word(word: str) -> str:
    return "9" if word[:1].isdigit() else word


def choose_measures(
    measures: Sequence[Measure], scores: Sequence[float], least: float
) -> list[tuple[Measure, float]]:
    """Those at least so likely; of overlapping ones the likeliest."""
    taken: set[int] = set()
    chosen = []
    for score, i in sorted(((s, i) for i, s in enumerate(scores)), key=lambda x: (-x[0], x[1])):
        tokens = {k for a, b in measures[i].places for k in range(a, b)}
        if score >= least and not tokens & taken:
            taken |= tokens
            chosen.append((measures[i], score))
    return sorted(chosen, key=lambda c: c[0].places)
