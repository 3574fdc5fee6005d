"""Reported numbers: which numbers of a paper are results, of which metric, of which model.

Every number of the text is a candidate. Three small decisions follow, each a classifier's over the features
made here: is it a result (and not a sample size, a threshold, an interval), which metric mention does it
belong to, and which model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import log1p

from kg.extract.pair_features import Named
from kg.extract.reported import Reported, run_of

__all__ = ["metric_features", "model_features", "number_features"]


# Stems that speak of a change; in features one stands for all its words.
GAIN_STEMS = tuple(
    "absolut better boost compar decreas enhanc exceed higher improv increas lower outperform reduc relative "
    "surpass".split()
)
# Words by which a sentence speaks of the paper's own, unnamed method.
OWN = frozenset("our we proposed it method model approach framework".split())
WINDOW = 80
"""Words on either side that count as the sentence: one without end must not cost its square."""
QUALIFIERS = "~∼≈<>≤≥+-"


def number_features(r: Reported) -> dict[str, float]:
    """Whether a number is a result, and whether a gain."""
    f: dict[str, float] = {}
    text, at, number, numbers, metrics = r.text, r.sentence, r.number, r.numbers, r.here
    i, j = number.first, number.last
    bare = number.value.lstrip(QUALIFIERS).replace(",", "")
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
    for k in range(max(at.start, i - 8), i):
        f[f"before={_stem(at(k))}"] = 1.0
    for k in range(j, min(at.end, j + 8)):
        f[f"after={_stem(at(k))}"] = 1.0
    for k in range(max(at.start, i - WINDOW), min(at.end, j + WINDOW)):
        f[f"s={_stem(at(k))}"] = 1.0
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
    opened = text.rfind("(", r.start, number.start)
    closed = text.rfind(")", r.start, number.start)
    f["in brackets"] = float(opened > closed)
    if opened > closed:
        f[f"bracket={text[opened + 1 : opened + 4].lower()}"] = 1.0
        f["bracket opens"] = float(number.start - opened <= 2)
        inner = text[opened : number.start].lower()
        f["interval"] = float("ci" in inner or "interval" in inner or "95%" in inner)
    f["title"] = float(at.start == 0)
    f["where"] = at.start / len(at.words)
    if place:
        gap = text[numbers[place - 1].end : number.start]
        if len(gap) < 15:
            f[f"gap={re.sub('[0-9]', '9', gap)}"] = 1.0
    if place + 1 < len(numbers):
        gap = text[number.end : numbers[place + 1].start]
        if len(gap) < 15:
            f[f"next gap={re.sub('[0-9]', '9', gap)}"] = 1.0
    return f


def metric_features(r: Reported, m: int | None) -> dict[str, float]:
    """Whether ``r.metrics[m]`` is what a number measures; ``None`` is a metric the text does not name."""
    at, number, numbers, metrics, here = r.sentence, r.number, r.numbers, r.metrics, r.here
    f: dict[str, float] = {}
    if m is None:
        f[f"unnamed here={min(3, len({x.label for x in here}))} any={bool(metrics)}"] = 1.0
        f[f"unnamed unit={number.unit.lower()}"] = 1.0
        for k in range(max(at.start, number.first - 8), min(at.end, number.last + 8)):
            side = "<" if k < number.first else ">"
            f[f"unnamed{side}{_stem(at(k))}"] = 1.0
        f["unnamed nearest"] = max((1 / (1 + abs(x.first - number.first)) for x in here), default=0.0)
        return f
    metric = metrics[m]
    inside = metric in here
    f["same sentence"] = float(inside)
    f["only metric"] = float(len({x.label for x in metrics}) == 1)
    f["only here"] = float(inside and len({x.label for x in here}) == 1)
    f["none here"] = float(not here)
    i, j = number.first, number.last
    f[f"unit={number.unit.lower()}|{metric.label}"] = 1.0
    bare = number.value.lstrip(QUALIFIERS).replace(",", "")
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
    words = at.words[low:high]
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
    respectively = "respectively" in at.words[at.start : at.end]
    place = numbers.index(number)
    f[f"aligned={labels.index(metric.label) == place}|{respectively}|{len(labels) == len(numbers)}"] = 1.0
    groups = max(1, len(numbers) // max(1, len(labels)))
    f[f"block={labels.index(metric.label) == place // groups}|{respectively}"] = 1.0
    _aligned(
        f, [(x.first, x.last) for x in here], here.index(metric), [(n.first, n.last) for n in numbers], place
    )
    f["label twice"] = float(sum(x.label == metric.label for x in here) > 1)
    return f


def model_features(r: Reported, models: Sequence[Named], m: int | None) -> dict[str, float]:
    """Whether ``models[m]`` is what a number was measured of; ``None`` stands for an unnamed method."""
    at, number, numbers = r.sentence, r.number, r.numbers
    introduced = [x for x in models if x.role == "introduced"]
    here = [x for x in models if any(s[0] in at for s in x.spans)]
    f: dict[str, float] = {f"introduced={min(2, len(introduced))}|{m is None}": 1.0}
    f[f"here={min(3, len(here))}|{m is None}"] = 1.0
    i = number.first
    near = [_stem(at(k)) for k in range(max(at.start, i - 12), i)]
    if m is None:
        f["no model"] = 1.0
        f["models"] = log1p(len(models))
        for word in sorted((OWN | {"baseline"}) & set(near)):
            f[f"none near {word}"] = 1.0
        return f
    model = models[m]
    spans = [s for s in model.spans if s[0] in at]
    f[f"role={model.role}"] = 1.0
    f["sure"] = model.confidence
    f["first introduced"] = float(bool(introduced) and introduced[0] is model)
    f[f"role={model.role} inside={bool(spans)} others={len(here) - bool(spans) > 0}"] = 1.0
    f["gain"] = float(any(w.startswith(GAIN_STEMS) for w in near))
    f[f"gain role={model.role} {f['gain']}"] = 1.0
    if not spans:
        f["elsewhere"] = 1.0
        own = OWN.intersection(at)
        f[f"own={bool(own)} {model.role}"] = 1.0
        return f
    distance, span = min((abs(s[0] - i), s) for s in spans)
    before = span[0] < i
    side = "L" if before else "R"
    f[f"{side}{min(10, distance // 2)} {model.role}"] = 1.0
    ranked = sorted(here, key=lambda x: min(abs(s[0] - i) for s in x.spans))
    f[f"rank={min(3, ranked.index(model))} {side}"] = 1.0
    f[f"subject={min(here, key=lambda x: min(s for s in x.spans if at.start <= s[0])) is model}"] = 1.0
    low, high = (span[1], i) if before else (number.last, span[0])
    words = at.words[low:high]
    for word in words[:20]:
        f[f"{side}~{_stem(word)}"] = 1.0
    if len(words) <= 3:
        f[f"{side}:{' '.join(words)}"] = 1.0
    f[f"{side} crossed numbers={min(3, sum(low <= n.first < high for n in numbers))}"] = 1.0
    f["crossed model"] = float(any(low <= s[0] < high for x in here if x is not model for s in x.spans))
    if span[0] > at.start:
        f[f"p={at(span[0] - 1)}"] = 1.0
    f[f"n={at(span[1])}"] = 1.0
    place = numbers.index(number)
    order = sorted(here, key=lambda x: min(s for s in x.spans if at.start <= s[0]))
    f[f"aligned={order.index(model) == place}|{len(order) == len(numbers)}"] = 1.0
    places = sorted(min(s for s in x.spans if s[0] in at) for x in here)
    _aligned(f, places, order.index(model), [(n.first, n.last) for n in numbers], place)
    return f


def _aligned(
    f: dict[str, float], names: Sequence[tuple[int, int]], i: int, numbers: Sequence[tuple[int, int]], j: int
) -> None:
    """Whether a name and a number stand at the same place of a run of names and a run of numbers."""
    place, size = run_of(names, i)
    place_of_number, numbers_of_run = run_of(numbers, j)
    f[f"run={place == place_of_number} {size == numbers_of_run} {min(3, size)}"] = 1.0


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A crude stem: enough to join "improves" and "improvement" in features."""
    for stem in GAIN_STEMS:
        if word.startswith(stem):
            return stem
    return "9" if word[:1].isdigit() else word
