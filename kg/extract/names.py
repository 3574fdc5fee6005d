"""The component that finds the models and datasets a paper names, and the part each plays in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.candidates import find_candidates
from kg.extract.findings import FoundName, findings
from kg.extract.groups import NameGroup, choose_names, group_candidates
from kg.extract.known import known
from kg.extract.name_features import BOUNDARY, name_features
from kg.extract.pair_features import Named
from kg.extract.standing import overlaps, rivals, standing_features
from kg.extract.weights import Weights, shipped
from kg.spelling import name_key
from kg.vocabulary import Vocabulary, load

__all__ = [
    "WITHOUT",
    "NameFinder",
    "find_groups",
    "lexicon_features",
    "named",
    "role_features",
    "token_places",
]

KINDS = ("model", "dataset")
WITHOUT = "names without gazetteer"
"""The classifier that learnt without vocabulary and lexicon."""
Lexicon = Mapping[str, Sequence[int]]


class NameFinder:
    """Sets the names of ``doc._.kg``.

    Args:
        weights: with the classifiers ``names`` and ``roles``, a threshold a kind, background and lexicon.
        vocabulary: its models and datasets help to find and tell names; left out, text alone decides.
    """

    def __init__(self, weights: Weights, vocabulary: Vocabulary | None) -> None:
        self.weights = weights
        self.vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        weights = self.weights
        groups, rows = find_groups(doc, self.vocabulary, weights.background)
        if self.vocabulary is not None:
            for group, row in zip(groups, rows, strict=True):
                row.update(lexicon_features(group.keys, weights.lexicon))
        question = "names" if self.vocabulary is not None else WITHOUT
        scores = weights[question].probabilities(rows, partial(rivals, overlapping=overlaps(groups)))
        thresholds = {kind: weights.thresholds[f"{question} {kind}"] for kind in KINDS}
        chosen = choose_names(groups, scores, thresholds)
        row_of = {frozenset(group.keys): row for group, row in zip(groups, rows, strict=True)}
        kept = [(group, kind, score, row_of[frozenset(group.keys)]) for group, kind, score in chosen]
        roles = weights["roles"].probabilities(role_features([(row, kind) for _, kind, _, row in kept]))
        findings(doc).names = [
            FoundName(group, named(doc, group, kind, max(role, key=lambda r: role[r]), score))
            for (group, kind, score, _), role in zip(kept, roles, strict=True)
        ]
        return doc


def find_groups(
    doc: Doc, vocabulary: Vocabulary | None, background: Mapping[str, tuple[int, float]]
) -> tuple[list[NameGroup], list[dict[str, float]]]:
    """Possible names of a document with their features, the vocabulary's word on them included."""
    listed = known(doc, vocabulary, "models", "datasets") if vocabulary is not None else []
    spans = (doc.char_span(m.start, m.end, alignment_mode="expand") for m in listed)
    groups = group_candidates(doc, find_candidates(doc, [s for s in spans if s is not None]))
    rows = name_features(doc, groups, background)
    for row, more in zip(rows, standing_features(doc, groups, rows, background), strict=True):
        row.update(more)
    if vocabulary is not None:
        for group, row in zip(groups, rows, strict=True):
            for scheme in vocabulary.schemes:
                if any(vocabulary.lookup(form, scheme) for form in {m.text for m in group.mentions}):
                    row[f"in {scheme}"] = 1.0
            row.update(_parts(group.name, vocabulary))
    return groups, rows


def _parts(name: str, vocabulary: Vocabulary) -> dict[str, float]:
    """Whether the vocabularies of names know a part of a name: "Polyp-UNet" is likely what "UNet" is."""
    parts = [part for part in BOUNDARY.split(name) if part]
    if len(parts) < 2:
        return {}
    f: dict[str, float] = {}
    for scheme in ("models", "datasets"):
        known = [vocabulary.lookup(part, scheme) is not None for part in parts]
        if known[0] or known[-1]:
            f[f"in {scheme}: {'last' if known[-1] else 'first'} part"] = 1.0
    return f


def lexicon_features(keys: set[str], lexicon: Lexicon, own: int | None = None) -> dict[str, float]:
    """How often the name was a model, a dataset and neither in the training papers.

    Args:
        keys: of the name.
        lexicon: counts by key.
        own: what it is in this very paper (0, 1, 2), when that paper is among the training papers: it is
            left out of the counts.
    """
    best: list[int] = [0, 0, 0]
    for key in sorted(keys):
        counts = list(lexicon.get(key, (0, 0, 0)))
        if own is not None and counts[own] > 0:
            counts[own] -= 1
        if sum(counts) > sum(best):
            best = counts
    total = sum(best)
    f: dict[str, float] = {}
    if total:
        for what, n in zip(("model", "dataset", "neither"), best, strict=True):
            f[f"lexicon {what}"] = n / (total + 1)
            f[f"lexicon {what}={min(n, 3)}"] = 1.0
    return f


def role_features(names: Sequence[tuple[Mapping[str, float], str]]) -> list[dict[str, float]]:
    """Features that tell roles: the name's own without its letters, its kind and its place."""
    rows = []
    seen: set[str] = set()
    for row, kind in names:
        f = {name: value for name, value in row.items() if not name.startswith(("c=", "w="))}
        f[f"kind={kind}"] = 1.0
        f["first of kind"] = float(kind not in seen)
        seen.add(kind)
        rows.append(f)
    return rows


def named(doc: Doc, group: NameGroup, kind: str, role: str, score: float) -> Named:
    """A name as relations and results need to know it."""
    return Named(name_key(group.name), kind, role, score, token_places(doc, group))


def token_places(doc: Doc, group: NameGroup) -> tuple[tuple[int, int], ...]:
    """First and last token (exclusive) of each mention, ascending."""
    spans = (doc.char_span(m.start, m.end, alignment_mode="expand") for m in group.mentions)
    return tuple(sorted({(s.start, s.end) for s in spans if s is not None}))


@Language.factory("kg_names")
def make_name_finder(nlp: Language, name: str, gazetteer: bool = True) -> NameFinder:
    """The component with the shipped weights, and the vocabularies unless ``gazetteer`` is false."""
    return NameFinder(shipped(), load() if gazetteer else None)
