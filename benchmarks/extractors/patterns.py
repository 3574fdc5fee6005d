"""Relations and results by the wording of one sentence.

Left out: ``derivedFrom`` and ``usedToBuild``, which papers word too freely for a pattern, and the dataset and
condition of a result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.findings import FoundName, FoundRelation, FoundResult, findings
from kg.extract.pair_features import Named
from kg.extract.reported import MetricMention, Reported, reported_numbers, run_of
from kg.extract.statements import stated
from kg.extract.words import Words, sentence_words
from kg.vocabulary import Vocabulary

__all__ = ["add_relations", "add_results"]

# Beginnings of the word before a model that say how the paper's own model stands to it.
MODEL_VERBS = (
    ("outperforms", ("outperform", "surpass", "exceed", "than", "beat", "superior")),
    ("comparedWith", ("compar", "versus", "vs", "against", "baseline")),
    ("basedOn", ("based", "built", "build", "extend", "adapt", "initial", "fine-tun", "leverag", "backbone")),
)
OWN = frozenset("we our ours it proposed method model framework approach network".split())
REACH = 12
NO_RESULT = re.compile(
    r"(?:\bp\s?[<=>≤]|\bp-value\S*|\bCI\b\S*|confidence interval\S*|±|\bn\s?=|≥|≤|>|<)\D{0,6}$", re.I
)
RESULT_UNITS = frozenset({"", "%", "percent", "percentage points", "points", "point", "pp", "mm", "dB"})


def add_relations(doc: Doc) -> None:
    """Set the relations of a document whose names are found: those of the models it introduces."""
    found = findings(doc)
    names = [name.named for name in found.names]
    sentences = sentence_words(doc)
    own = [i for i, n in enumerate(names) if n.kind == "model" and n.role == "introduced"]
    relations: dict[tuple[int, str, int], Words] = {}
    for a in own:
        for b, other in enumerate(names):
            if other.kind == "dataset":
                for predicate in stated(sentences, names, a, b):
                    at = next(s for s in sentences for x, _ in other.spans if x in s)
                    relations.setdefault((a, predicate, b), at)
            elif b not in own:
                for predicate, at in _between_models(sentences, names[a], other):
                    relations.setdefault((a, predicate, b), at)
    for (a, predicate, b), at in sorted(relations.items(), key=lambda item: item[0]):
        place = (at.start, at.end)
        found.relations.append(FoundRelation(a, predicate, b, place, 1.0, "wording"))


def add_results(doc: Doc, vocabulary: Vocabulary) -> None:
    """Set the results of a document whose names are found: numbers in a sentence that states a metric."""
    found = findings(doc)
    for r in reported_numbers(doc, vocabulary):
        metric = _metric(r) if _could_be_result(r) else None
        if metric is not None:
            model = _model(r, found.names)
            gain = r.number.value.startswith("+") or r.sentence(r.number.first - 1) == "by"
            place = (r.sentence.start, r.sentence.end)
            found.results.append(FoundResult(r.number, metric, model, None, gain, place, 1.0))


def _between_models(sentences: Sequence[Words], subject: Named, other: Named) -> Iterator[tuple[str, Words]]:
    """What sentences on the paper's own model say of another; the nearest telling word before it decides."""
    for at in sentences:
        if not (OWN.intersection(at) or any(x in at for x, _ in subject.spans)):
            continue
        for first, _ in other.spans:
            if first not in at:
                continue
            for k in range(first - 1, max(at.start, first - REACH) - 1, -1):
                word = at(k)
                told = next((p for p, stems in MODEL_VERBS if word.startswith(stems)), None)
                if told:
                    yield told, at
                    break


def _could_be_result(r: Reported) -> bool:
    number = r.number
    if r.sentence.start == 0 or number.unit not in RESULT_UNITS:
        return False
    if NO_RESULT.search(r.text, max(r.start, number.start - 24), number.start):
        return False
    return "." in number.value or number.unit != ""


def _metric(r: Reported) -> str | None:
    """The metric a number measures: its partner in a list of as many, else the one right after or before."""
    if not r.here:
        return None
    number = r.number
    numbers = [(n.first, n.last) for n in r.numbers]
    at, size = run_of(numbers, r.numbers.index(number))
    partner = _partner(r.here, at, size)
    if size > 1 and partner is not None:
        return partner.label
    after = [m for m in r.here if 0 <= m.first - number.last <= 1]
    before = [m for m in r.here if m.last <= number.first]
    return (after or before[-1:] or r.here)[0].label


def _partner(metrics: Sequence[MetricMention], at: int, size: int) -> MetricMention | None:
    places = [(m.first, m.last) for m in metrics]
    for i in range(len(places)):
        if run_of(places, i) == (at, size):
            return metrics[i]
    return None


def _model(r: Reported, names: Sequence[FoundName]) -> int | None:
    """The model of a number: the nearest before it in its sentence, else the only one introduced."""
    models = [(i, n.named) for i, n in enumerate(names) if n.named.kind == "model"]
    before = [(s, i) for i, n in models for s, _ in n.spans if s in r.sentence and s < r.number.first]
    if before:
        return max(before)[1]
    own = [i for i, n in models if n.role == "introduced"]
    return own[0] if len(own) == 1 else None
