"""What a sentence states outright, by the verb that governs a dataset or a model.

Too few annotated papers say "trained on" for a classifier to learn it by itself; where the wording leaves
no doubt it is taken at its word.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.pair_features import Named
from kg.extract.words import Words

__all__ = ["only_surpassed", "stated"]

# Word beginnings of verbs that govern a dataset, and what they state.
VERBS = {
    "trainedOn": ("train", "pretrain", "pre-train", "finetun", "fine-tun"),
    "evaluatedOn": (
        "evaluat",
        "test",
        "validat",
        "experiment",
        "assess",
        "benchmark",
        "achiev",
        "outperform",
    ),
}
PREPOSITIONS = frozenset("on using with from upon over in".split())
NOT_VERBS = frozenset({"training-free", "test-time", "trainable", "trained-from-scratch"})
ENDS = frozenset({".", ";", ":"})
# Words by which a sentence speaks of the paper's own model without naming it.
OWN = frozenset("we our it model network method framework approach".split())
JOINS = frozenset({"and", ",", "then"})
LEADING = frozenset("from on upon over of with than by to using like".split())
OTHERS = frozenset("existing previous prior conventional commonly typically others".split())
# What outdoes a model, and what builds on one; the nearest before a name decides.
BUILT = (
    "bas",
    "buil",
    "extend",
    "adapt",
    "us",
    "leverag",
    "initial",
    "fine-tun",
    "integrat",
    "from",
    "combin",
)
SURPASSED = ("outperform", "surpass", "exceed", "than", "beat", "superior", "against")


def stated(sentences: Sequence[Words], names: Sequence[Named], a: int, b: int) -> set[str]:
    """Which of trainedOn and evaluatedOn some sentence states of a model and a dataset.

    Args:
        sentences: of the document.
        names: of the document.
        a: index of the model.
        b: index of the dataset.
    """
    found: set[str] = set()
    for at in sentences:
        for span in names[b].spans:
            if span[0] in at:
                verb, predicates = _governing(at, span[0])
                if predicates and _subject(at, names, verb, a):
                    found |= predicates
    return found


def only_surpassed(sentences: Sequence[Words], name: Named) -> bool:
    """Whether every mention of a model is as one that is outdone: "outperforms X", "better than X"."""
    for at in sentences:
        for first, _ in name.spans:
            if first not in at:
                continue
            before = (at(k) for k in range(first - 1, max(at.start, first - 12) - 1, -1))
            verb = next((word for word in before if word == "over" or word.startswith(SURPASSED + BUILT)), "")
            if verb != "over" and not verb.startswith(SURPASSED):
                return False
    return bool(name.spans)


def _governing(at: Words, place: int) -> tuple[int, set[str]]:
    """The nearest verb before a dataset that states something of it, and what; the verb's token."""
    preposition = False
    for k in range(place - 1, max(at.start, place - 25) - 1, -1):
        word = at(k)
        if word in ENDS:
            break
        preposition = preposition or word in PREPOSITIONS
        predicate = _predicate(word)
        if predicate is None:
            continue
        if not preposition:
            break
        found = {predicate}
        for j in range(max(at.start, k - 3), k):
            other = _predicate(at(j))
            if other and ("and" in at.words[j:k] or "," in at.words[j:k]):
                found.add(other)  # "trained and tested on"
        return k, found
    return -1, set()


def _predicate(word: str) -> str | None:
    if word in NOT_VERBS:
        return None
    return next((p for p, stems in VERBS.items() if word.startswith(stems)), None)


def _subject(at: Words, names: Sequence[Named], verb: int, a: int) -> bool:
    """Whether a verb speaks of the model ``a``: the nearest model before it, else the paper's own.

    A verb that is joined to another ("is based on B and trained on") shares its subject: what a preposition
    leads to is none.
    """
    before = [
        (s[1], s[0], i)
        for i, n in enumerate(names)
        if n.kind == "model"
        for s in n.spans
        if at.start <= s[0] < verb
    ]
    if JOINS.intersection(at(k) for k in range(verb - 2, verb)):
        before = [place for place in before if not _led_to(at, place[1])]
    if before:
        return max(before)[2] == a
    words = set(at)
    return names[a].role == "introduced" and bool(words & OWN) and not words & OTHERS


def _led_to(at: Words, first: int) -> bool:
    """Whether a preposition leads to the name that begins at a token."""
    return any(at(k) in LEADING for k in range(first - 2, first))
