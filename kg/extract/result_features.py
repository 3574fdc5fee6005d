"""Reported numbers: which numbers of a paper are results, of which metric, of which model.

Every number of the text is a candidate. Three small decisions follow, each a classifier's over the features
made here: is it a result (and not a sample size, a threshold, an interval), which metric mention does it
belong to, and which model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from spacy.tokens import Doc, Span

from kg.extract.numbers import Number
from kg.extract.pair_features import Named
from kg.extract.words import Words

__all__ = ["MetricMention", "metric_features", "model_features", "number_features"]


@dataclass(frozen=True, slots=True)
class MetricMention:
    """Tokens that name a metric, and its canonical label."""

    first: int
    last: int
    label: str


GAIN = frozenset(
    [
        "improv",
        "gain",
        "increas",
        "higher",
        "outperform",
        "surpass",
        "exceed",
        "boost",
        "better",
        "rise",
        "reduc",
        "lower",
        "decreas",
        "drop",
        "by",
        "over",
        "than",
        "compar",
        "relative",
        "absolut",
        "more",
        "less",
        "up",
        "enhanc",
        "from",
        "to",
    ]
)
GAIN_STEMS = tuple(sorted(w for w in GAIN if len(w) > 4))


def number_features(
    doc: Doc, sentence: Span, number: Number, numbers: Sequence[Number], metrics: Sequence[MetricMention]
) -> dict[str, float]:
    """Whether a number is a result, and whether a gain.

    Args:
        doc: the document.
        sentence: the one the number stands in.
        number: the candidate.
        numbers: all numbers of the sentence.
        metrics: the metric mentions of the sentence.
    """
    f: dict[str, float] = {}
    text = doc.text
    at = Words([token.lower_ for token in doc], sentence.start, sentence.end)
    i, j = number.first, number.last
    bare = number.value.lstrip("~∼≈<>≤≥+-").replace(",", "")
    try:
        x = float(bare)
    except ValueError:
        x = -1.0
        f["range"] = 1.0
    size = "0-1" if 0 <= x <= 1 else "1-10" if x < 10 else "10-100" if x <= 100 else "big"
    whole = "whole" if "." not in bare else "point"
    f[f"size={size} {whole}"] = 1.0
    f[f"size={size} {whole} {number.unit.lower()}"] = 1.0
    f[f"unit={number.unit.lower()}"] = 1.0
    f["year"] = float(whole == "whole" and 1900 <= x <= 2035)
    f["comma"] = float("," in number.value)
    f["sign"] = float(number.value[:1] in "+-")
    f[f"decimals={len(bare.partition('.')[2])}"] = 1.0
    for k in range(1, 4):
        f[f"p{k}={at(i - k)}"] = 1.0
        f[f"n{k}={at(j + k - 1)}"] = 1.0
    f[f"pp={at(i - 2)} {at(i - 1)}"] = 1.0
    f[f"nn={at(j)} {at(j + 1)}"] = 1.0
    f[f"nnn={at(j + 1)} {at(j + 2)}"] = 1.0
    for k in range(max(sentence.start, i - 8), i):
        f[f"before={_stem(at(k))}"] = 1.0
    for k in range(j, min(sentence.end, j + 8)):
        f[f"after={_stem(at(k))}"] = 1.0
    for word in at:
        f[f"s={_stem(word)}"] = 1.0
    f["metrics"] = log1p(len(metrics))
    f["any metric"] = float(bool(metrics))
    left = [m for m in metrics if m.last <= i]
    right = [m for m in metrics if m.first >= j]
    if left:
        f[f"metric left={min(9, (i - left[-1].last) // 2)}"] = 1.0
        f["near left"] = 1 / (1 + i - left[-1].last)
        between = " ".join(at(k) for k in range(left[-1].last, i))
        f[f"left between={between if i - left[-1].last < 5 else '-'}"] = 1.0
    if right:
        f[f"metric right={min(9, (right[0].first - j) // 2)}"] = 1.0
        f["near right"] = 1 / (1 + right[0].first - j)
        between = " ".join(at(k) for k in range(j, right[0].first))
        f[f"right between={between if right[0].first - j < 5 else '-'}"] = 1.0
    f["numbers"] = log1p(len(numbers))
    place = numbers.index(number)
    f["first number"] = float(place == 0)
    f["last number"] = float(place == len(numbers) - 1)
    opened = text.rfind("(", sentence.start_char, number.start)
    closed = text.rfind(")", sentence.start_char, number.start)
    f["in brackets"] = float(opened > closed)
    if opened > closed:
        f[f"bracket={text[opened + 1 : opened + 4].lower()}"] = 1.0
        f["bracket opens"] = float(number.start - opened <= 2)
        inner = text[opened : number.start].lower()
        f["interval"] = float("ci" in inner or "interval" in inner or "95%" in inner)
    f["title"] = float(sentence.start == 0)
    f["where"] = sentence.start / len(doc)
    if place:
        gap = text[numbers[place - 1].end : number.start]
        if len(gap) < 15:
            f[f"gap={re.sub('[0-9]', '9', gap)}"] = 1.0
    if place + 1 < len(numbers):
        gap = text[number.end : numbers[place + 1].start]
        if len(gap) < 15:
            f[f"next gap={re.sub('[0-9]', '9', gap)}"] = 1.0
    return f


def metric_features(
    doc: Doc,
    sentence: Span,
    number: Number,
    numbers: Sequence[Number],
    metrics: Sequence[MetricMention],
    m: int,
) -> dict[str, float]:
    """Whether ``metrics[m]``, of the document, is what a number measures; ``numbers`` are the sentence's."""
    metric = metrics[m]
    here = [x for x in metrics if sentence.start <= x.first < sentence.end]
    f: dict[str, float] = {}
    inside = metric in here
    f["same sentence"] = float(inside)
    f["only metric"] = float(len({x.label for x in metrics}) == 1)
    f["only here"] = float(inside and len({x.label for x in here}) == 1)
    f["none here"] = float(not here)
    i, j = number.first, number.last
    f[f"unit={number.unit.lower()}|{metric.label}"] = 1.0
    bare = number.value.lstrip("~∼≈<>≤≥+-").replace(",", "")
    f[f"form={'0.' if bare.startswith('0.') else 'p' if '.' in bare else 'w'}|{metric.label}"] = 1.0
    if not inside:
        f["sentences away"] = log1p(abs(metric.first - i) // 25)
        f["earlier"] = float(metric.first < i)
        f["last before"] = float(
            metric is max((x for x in metrics if x.first < i), key=lambda x: x.first, default=None)
        )
        return f
    before = metric.last <= i
    distance = i - metric.last if before else metric.first - j
    side = "L" if before else "R"
    f[f"{side}{min(distance, 8)}"] = 1.0
    f[f"{side} far"] = log1p(max(0, distance))
    ranked = sorted(here, key=lambda x: i - x.last if x.last <= i else x.first - j)
    f[f"rank={min(4, ranked.index(metric))}"] = 1.0
    same_side = [x for x in here if (x.last <= i) == before]
    nearest = min(same_side, key=lambda x: abs(x.first - i))
    f[f"nearest {side}"] = float(nearest is metric)
    low, high = (metric.last, i) if before else (j, metric.first)
    words = [doc[k].lower_ for k in range(low, high)]
    if len(words) <= 4:
        f[f"{side}:{' '.join(words)}"] = 1.0
    for word in words[:15]:
        f[f"{side}~{word}"] = 1.0
    crossed = sum(low <= n.first < high for n in numbers)
    f[f"{side} crossed numbers={min(4, crossed)}"] = 1.0
    f[f"{side} crossed metrics={min(3, sum(low <= x.first < high for x in here if x is not metric))}"] = 1.0
    f["crossed comma"] = float("," in words)
    f["crossed and"] = float("and" in words)
    f["crossed semicolon"] = float(";" in words)
    f["crossed bracket"] = float("(" in words or ")" in words)
    labels = list(dict.fromkeys(x.label for x in here))
    respectively = any(t.lower_ == "respectively" for t in sentence)
    place = numbers.index(number)
    f[f"aligned={labels.index(metric.label) == place}|{respectively}|{len(labels) == len(numbers)}"] = 1.0
    groups = max(1, len(numbers) // max(1, len(labels)))
    f[f"block={labels.index(metric.label) == place // groups}|{respectively}"] = 1.0
    f["label twice"] = float(sum(x.label == metric.label for x in here) > 1)
    return f


def model_features(
    doc: Doc,
    sentence: Span,
    number: Number,
    numbers: Sequence[Number],
    models: Sequence[Named],
    m: int | None,
) -> dict[str, float]:
    """Whether ``models[m]`` is what a number was measured of; ``None`` stands for an unnamed method."""
    introduced = [x for x in models if x.role == "introduced"]
    here = [x for x in models if any(sentence.start <= s[0] < sentence.end for s in x.spans)]
    f: dict[str, float] = {f"introduced={min(2, len(introduced))}|{m is None}": 1.0}
    f[f"here={min(3, len(here))}|{m is None}"] = 1.0
    i = number.first
    near = [_stem(doc[k].lower_) for k in range(max(sentence.start, i - 12), i)]
    if m is None:
        f["no model"] = 1.0
        f["models"] = log1p(len(models))
        for word in {"our", "we", "proposed", "method", "model", "approach", "it", "baseline"} & set(near):
            f[f"none near {word}"] = 1.0
        return f
    model = models[m]
    spans = [s for s in model.spans if sentence.start <= s[0] < sentence.end]
    f[f"role={model.role}"] = 1.0
    f["sure"] = model.confidence
    f["first introduced"] = float(bool(introduced) and introduced[0] is model)
    f[f"role={model.role} inside={bool(spans)} others={len(here) - bool(spans) > 0}"] = 1.0
    f["gain"] = float(any(w.startswith(GAIN_STEMS) for w in near))
    f[f"gain role={model.role} {f['gain']}"] = 1.0
    if not spans:
        f["elsewhere"] = 1.0
        own = {"our", "we", "proposed", "it", "method", "model", "approach", "framework"} & {
            t.lower_ for t in sentence
        }
        f[f"own={bool(own)} {model.role}"] = 1.0
        return f
    distance, span = min((abs(s[0] - i), s) for s in spans)
    before = span[0] < i
    side = "L" if before else "R"
    f[f"{side}{min(10, distance // 2)} {model.role}"] = 1.0
    ranked = sorted(here, key=lambda x: min(abs(s[0] - i) for s in x.spans))
    f[f"rank={min(3, ranked.index(model))} {side}"] = 1.0
    f[f"subject={min(here, key=lambda x: min(s for s in x.spans if sentence.start <= s[0])) is model}"] = 1.0
    low, high = (span[1], i) if before else (number.last, span[0])
    words = [doc[k].lower_ for k in range(low, high)]
    for word in words[:20]:
        f[f"{side}~{_stem(word)}"] = 1.0
    if len(words) <= 3:
        f[f"{side}:{' '.join(words)}"] = 1.0
    f[f"{side} crossed numbers={min(3, sum(low <= n.first < high for n in numbers))}"] = 1.0
    f["crossed model"] = float(any(low <= s[0] < high for x in here if x is not model for s in x.spans))
    if span[0] > sentence.start:
        f[f"p={doc[span[0] - 1].lower_}"] = 1.0
    f[f"n={doc[min(span[1], len(doc) - 1)].lower_}"] = 1.0
    place = numbers.index(number)
    order = sorted(here, key=lambda x: min(s for s in x.spans if sentence.start <= s[0]))
    f[f"aligned={order.index(model) == place}|{len(order) == len(numbers)}"] = 1.0
    return f


def _stem(word: str) -> str:
    """A crude stem: enough to join "improves" and "improvement" in features."""
    for stem in GAIN_STEMS:
        if word.startswith(stem):
            return stem
    return "9" if word[:1].isdigit() else word
