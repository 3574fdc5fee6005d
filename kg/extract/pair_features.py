"""Relations between the names of one paper: features of a pair, and the sentence that shows it.

A pair is a subject (a model, or a dataset) and an object; each predicate that fits their kinds is scored by
itself, since a model may be both trained and evaluated on one dataset.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p

from spacy.tokens import Doc, Span

from kg.extract.words import Words, sentence_words

__all__ = ["PREDICATES", "Named", "pair_features", "pairs", "supporting_sentence"]

# The predicates that a pair of kinds admits.
PREDICATES = {
    ("model", "dataset"): ("evaluatedOn", "trainedOn", "usedToBuild"),
    ("model", "model"): ("basedOn", "outperforms", "comparedWith"),
    ("dataset", "dataset"): ("derivedFrom",),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a document, as far as relations need to know it."""

    key: str
    kind: str
    """``model`` or ``dataset``."""
    role: str
    confidence: float
    spans: tuple[tuple[int, int], ...]
    """First and last token (exclusive) of each mention, ascending."""


# Word stems that tell relations apart, under the feature they raise; those of up to four letters are
# whole words.
CUES = {
    stem: name
    for name, stems in {
        "train": "train",
        "pretrain": "pretrain pre-train",
        "finetune": "finetun fine-tun",
        "evaluate": "evaluat validat assess",
        "test": "test",
        "experiment": "experiment",
        "benchmark": "benchmark",
        "outperform": "outperform surpass exceed",
        "superior": "superior better higher",
        "improve": "improv enhanc",
        "achieve": "achiev attain",
        "compare": "compar versus vs",
        "against": "against",
        "over": "over",
        "than": "than",
        "baseline": "baseline",
        "sota": "state-of-the-art",
        "existing": "existing",
        "based": "based",
        "built": "built build buil",
        "leverage": "leverag",
        "use": "us employ",
        "adapt": "adapt",
        "extend": "extend extens",
        "initial": "initial",
        "backbone": "backbone",
        "encoder": "encoder",
        "integrate": "integrat incorporat combin",
        "derive": "deriv",
        "annotate": "annotat",
        "generate": "generat",
        "curate": "curat",
        "collect": "collect",
        "show": "demonstrat show",
        "apply": "appl",
        "inspire": "inspir",
        "unlike": "unlike",
        "without": "without",
        "instead": "instead",
        "propose": "propos introduc present",
        "we": "we",
        "our": "our",
        "its": "its",
        "it": "it",
        "data": "data dataset",
        "distill": "distil",
        "teacher": "teacher",
        "transfer": "transfer",
        "segment": "segment",
        "perform": "perform",
        "result": "result",
        "modify": "modif",
        "variant": "variant",
        "such": "such",
        "including": "including",
        "like": "like",
        "on": "on",
        "from": "from",
        "with": "with",
        "by": "by",
        "in": "in",
        "for": "for",
        "into": "into",
        "via": "via",
        "to": "to",
        "as": "as",
        "not": "not",
    }.items()
    for stem in stems.split()
}
# Cues that say what is done with a name.
VERBS = frozenset(
    "train pretrain finetune evaluate test experiment outperform compare against achieve based built "
    "leverage use adapt extend initial integrate derive annotate generate curate collect apply distill "
    "transfer propose inspire modify show improve baseline".split()
)
# Words by which a sentence speaks of the paper's own work.
OWN = frozenset("we our proposed it this method approach model".split())
_STEMS = sorted(CUES, key=len, reverse=True)
_SHORT = frozenset(w for w in CUES if len(w) <= 4)


@lru_cache(maxsize=20_000)
def cue(word: str) -> str | None:
    """The cue a lower-cased word gives, if any."""
    if word in CUES:
        return CUES[word]
    return next((CUES[s] for s in _STEMS if len(s) > 2 and s not in _SHORT and word.startswith(s)), None)


def pairs(names: Sequence[Named]) -> Iterator[tuple[int, int]]:
    """Indices of subject and object of every pair whose kinds admit a predicate."""
    for a, subject in enumerate(names):
        for b, object_ in enumerate(names):
            if a != b and (subject.kind, object_.kind) in PREDICATES:
                yield a, b


def pair_features(doc: Doc, names: Sequence[Named], a: int, b: int) -> dict[str, float]:
    """Features of one ordered pair over all sentences of the document."""
    subject, object_ = names[a], names[b]
    same_kind = [n for n in names if n.kind == subject.kind]
    f: dict[str, float] = {
        f"roles={subject.role}>{object_.role}": 1.0,
        f"subject={subject.role}": 1.0,
        f"object={object_.role}": 1.0,
        "subject sure": subject.confidence,
        "object sure": object_.confidence,
        "first of kind": float(same_kind[0] is subject),
        "only introduced": float(
            subject.role == "introduced" and sum(n.role == "introduced" for n in same_kind) == 1
        ),
        "introduced elsewhere": float(any(n.role == "introduced" for n in same_kind if n is not subject)),
        "subject mentions": log1p(len(subject.spans)),
        "object mentions": log1p(len(object_.spans)),
        "name holds name": float(len(object_.key) > 2 and object_.key in subject.key),
        "name in name": float(len(subject.key) > 2 and subject.key in object_.key),
        "object first": float(object_.spans[0] < subject.spans[0]),
    }
    nearest = 99
    together = False
    for sentence in sentence_words(doc):
        mine = [s for s in subject.spans if sentence.start <= s[0] < sentence.end]
        theirs = [s for s in object_.spans if sentence.start <= s[0] < sentence.end]
        if not theirs:
            continue
        for span in theirs:
            _around(f, sentence, span, "o")
        where = "title" if sentence.start == 0 else f"{min(3, int(4 * sentence.start / len(doc)))}"
        f[f"object in {where}"] = 1.0
        for word in sentence:
            if c := cue(word):
                f[f"os {c}"] = 1.0
        if mine:
            together = True
            left, right = min(((x, y) for x in mine for y in theirs), key=lambda p: abs(p[0][0] - p[1][0]))
            forward = left < right
            if not forward:
                left, right = right, left
            nearest = min(nearest, max(0, right[0] - left[1]))
            arrow = ">" if forward else "<"
            between = sentence.words[left[1] : right[0]]
            f[f"order {arrow}"] = 1.0
            f["together in title"] = max(f.get("together in title", 0.0), float(sentence.start == 0))
            if len(between) <= 4:
                f[f"between{arrow}{' '.join(between)}"] = 1.0
            for word in between[:25]:
                f[f"b{arrow}{cue(word) or word}"] = 1.0
            for span in mine:
                _around(f, sentence, span, "s")
        elif subject.role == "introduced":
            for word in OWN.intersection(sentence):
                f[f"own {word}"] = 1.0
    f["together"] = float(together)
    f[f"together {subject.role}>{object_.role}={together}"] = 1.0
    f["near"] = 1.0 / (1 + nearest) if together else 0.0
    return f


def _around(f: dict[str, float], at: Words, span: tuple[int, int], tag: str) -> None:
    """Words and cues beside one mention."""
    first, last = span
    for k in range(max(at.start, first - 8), first):
        if c := cue(at(k)):
            f[f"{tag}<{c}"] = 1.0
        if k >= first - 3:
            f[f"{tag}-{at(k)}"] = 1.0
    before = next((c for k in range(first - 1, at.start - 1, -1) if (c := cue(at(k))) in VERBS), "none")
    after = next((c for k in range(last, min(at.end, last + 10)) if (c := cue(at(k))) in VERBS), "none")
    f[f"{tag} verb<{before}"] = 1.0
    f[f"{tag} verb>{after}"] = 1.0
    f[f"{tag} verbs {before} {after}"] = 1.0
    if first - 2 >= at.start:
        f[f"{tag}--{at(first - 2)} {at(first - 1)}"] = 1.0
    for k in range(last, min(at.end, last + 8)):
        if c := cue(at(k)):
            f[f"{tag}>{c}"] = 1.0
        if k < last + 3:
            f[f"{tag}+{at(k)}"] = 1.0


def supporting_sentence(doc: Doc, subject: Named, object_: Named) -> Span:
    """The sentence that shows the pair: the one where they stand closest, else the object's own."""
    best: tuple[int, int] | None = None
    chosen: Span | None = None
    for sentence in doc.sents:
        theirs = [s for s in object_.spans if sentence.start <= s[0] < sentence.end]
        if not theirs:
            continue
        mine = [s for s in subject.spans if sentence.start <= s[0] < sentence.end]
        distance = min((abs(x[0] - y[0]) for x in mine for y in theirs), default=10_000)
        own = {t.lower_ for t in sentence} & {"we", "our", "experiments", "results", "evaluated"}
        rank = (distance, 0 if own and sentence.start else 1)
        if best is None or rank < best:
            best, chosen = rank, sentence
    assert chosen is not None, "a name has at least one mention"
    return chosen
