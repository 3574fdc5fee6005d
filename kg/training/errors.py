"""Errors by class: what was missed and what was made up, and why as far as the two records tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from kg.extract.concepts import SCHEMES
from kg.records import Claim, Entity, PaperRecord, Result
from kg.spelling import name_key, result_value
from kg.training.papers import entity_keys
from kg.vocabulary import Vocabulary

__all__ = ["count_errors"]

Error = tuple[str, str, str]
"""Kind, ``missed`` or ``made up``, and the class."""


def count_errors(pairs: Iterable[tuple[PaperRecord, PaperRecord]], vocabulary: Vocabulary) -> Counter[Error]:
    """How often each class of error occurs.

    Args:
        pairs: the annotated record of a paper and the one that was extracted.
        vocabulary: tells which concepts could have been found at all.
    """
    counts: Counter[Error] = Counter()
    for gold, found in pairs:
        for gold_side, found_side, how in ((gold, found, "missed"), (found, gold, "made up")):
            counts.update((kind, how, why) for kind, why in _names(gold_side, found_side))
            counts.update(("relations", how, why) for why in _relations(gold_side, found_side))
            counts.update(("results", how, why) for why in _results(gold_side, found_side))
        counts.update(_concepts(gold, found, vocabulary))
    return counts


def _keys(entities: Iterable[Entity]) -> set[str]:
    return {key for entity in entities for key in entity_keys(entity)}


def _names(one: PaperRecord, other: PaperRecord) -> Iterator[tuple[str, str]]:
    """Names of the one that the other lacks."""
    both = (
        ("models", one.models, other.models, other.datasets),
        (
            "datasets",
            one.datasets,
            other.datasets,
            other.models,
        ),
    )
    for kind, mine, same, else_ in both:
        theirs, others = _keys(same), _keys(else_)
        for entity in mine:
            keys = entity_keys(entity)
            if keys & theirs:
                continue
            if keys & others:
                yield kind, "the other side has it as the other kind"
            elif any(a in b or b in a for a in keys for b in theirs if min(len(a), len(b)) > 2):
                yield kind, "the other side has a longer or shorter name"
            else:
                yield kind, "the other side has no such name"


def _relations(one: PaperRecord, other: PaperRecord) -> Iterator[str]:
    same = _same(one, other)
    names = _keys((*other.models, *other.datasets))
    triples = {(same(c.subject), c.predicate, same(c.object)) for c in other.relations}
    related = {(a, b) for a, _, b in triples}
    for claim in one.relations:
        a, b = same(claim.subject), same(claim.object)
        if (a, claim.predicate, b) in triples:
            continue
        if not _known(claim, one, names):
            yield "the other side lacks one of its names"
        elif (a, b) in related:
            yield "the other side has another predicate"
        else:
            yield "the other side does not relate the two"


def _results(one: PaperRecord, other: PaperRecord) -> Iterator[str]:
    same = _same(one, other)

    def key(r: Result) -> tuple[object, ...]:
        return same(r.model), name_key(str(r.metric)), result_value(r.value)

    left = Counter(map(key, other.results))
    loose: list[Result] = []
    for result in one.results:
        if left[key(result)]:
            left[key(result)] -= 1
        else:
            loose.append(result)
    theirs = [k for k, n in left.items() for _ in range(n)]
    for result in loose:
        model, metric, value = key(result)
        near = [k for k in theirs if k[2] == value]
        if not near:
            yield "the other side has no such number"
        elif any(k[0] == model for k in near):
            yield "the other side has another metric"
        elif any(k[1] == metric for k in near):
            yield "the other side has another model"
        else:
            yield "the other side has another metric and model"


def _same(one: PaperRecord, other: PaperRecord) -> Callable[[str | None], str | None]:
    """A key that is equal for a name of either side, through any of its forms."""
    table: dict[str, str] = {}
    for entity in (*one.models, *one.datasets, *other.models, *other.datasets):
        keys = sorted(entity_keys(entity))
        known = next((table[k] for k in keys if k in table), keys[0] if keys else "")
        for k in keys:
            table.setdefault(k, known)
    return lambda name: None if name is None else table.get(name_key(name), name_key(name))


def _known(claim: Claim, one: PaperRecord, names: set[str]) -> bool:
    """Whether the other side has both names of a claim."""
    forms = {name_key(e.name): entity_keys(e) for e in (*one.models, *one.datasets)}
    return all(forms.get(name_key(n), {name_key(n)}) & names for n in (claim.subject, claim.object))


def _concepts(gold: PaperRecord, found: PaperRecord, vocabulary: Vocabulary) -> Iterator[Error]:
    for kind, plural in SCHEMES.items():
        wanted = {name_key(c.name): c.name for c in gold.concepts if c.kind == kind}
        had = {name_key(c.name) for c in found.concepts if c.kind == kind}
        listed = {name_key(term.label) for term in vocabulary[plural]}
        matches = {name_key(m.term.label) for m in vocabulary.find(gold.document.text, plural)}
        for key in wanted.keys() - had:
            if key not in listed:
                yield plural, "missed", "no vocabulary has it"
            elif key not in matches:
                yield plural, "missed", "no word of the text says so"
            else:
                yield plural, "missed", "taken for background"
        for _ in had - wanted.keys():
            yield plural, "made up", "background taken for the paper's own work"
