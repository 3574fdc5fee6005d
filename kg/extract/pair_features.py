"""Relations between the names of one paper: features of a pair, and the sentence that shows it.

A pair is a subject (a model, or a dataset) and an object; each predicate that fits their kinds is scored by
itself, since a model may be both trained and evaluated on one dataset.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log1p

from spacy.tokens import Doc, Span

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


# Word stems that tell relations apart, each the feature it raises.
CUES = {
    "train": "train", "pretrain": "pretrain", "pre-train": "pretrain", "finetun": "finetune", "fine-tun": "finetune",
    "evaluat": "evaluate", "test": "test", "validat": "evaluate", "experiment": "experiment", "assess": "evaluate",
    "benchmark": "benchmark", "outperform": "outperform", "surpass": "outperform", "exceed": "outperform",
    "superior": "superior", "better": "superior", "improv": "improve", "higher": "superior", "achiev": "achieve",
    "attain": "achieve", "compar": "compare", "versus": "compare", "vs": "compare", "against": "against",
    "over": "over", "than": "than", "baseline": "baseline", "state-of-the-art": "sota", "existing": "existing",
    "based": "based", "built": "built", "build": "built", "buil": "built", "leverag": "leverage", "us": "use",
    "employ": "use", "adapt": "adapt", "extend": "extend", "extens": "extend", "initial": "initial",
    "backbone": "backbone", "encoder": "encoder", "integrat": "integrate", "incorporat": "integrate",
    "combin": "integrate", "deriv": "derive", "annotat": "annotate", "generat": "generate", "curat": "curate",
    "collect": "collect", "demonstrat": "show", "show": "show", "appl": "apply", "inspir": "inspire",
    "unlike": "unlike", "without": "without", "instead": "instead", "propos": "propose", "introduc": "propose",
    "present": "propose", "we": "we", "our": "our", "its": "its", "it": "it", "data": "data", "dataset": "data",
    "distil": "distill", "teacher": "teacher", "transfer": "transfer", "segment": "segment", "perform": "perform",
    "result": "result", "modif": "modify", "variant": "variant", "enhanc": "improve", "such": "such",
    "including": "including", "like": "like", "on": "on", "from": "from", "with": "with", "by": "by",
    "in": "in", "for": "for", "into": "into", "via": "via", "to": "to", "as": "as", "not": "not",
}  # fmt: skip
_STEMS = sorted(CUES, key=len, reverse=True)
_SHORT = frozenset(w for w in CUES if len(w) <= 4)


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
    sentences = list(doc.sents)
    nearest = 99
    together = False
    for sentence in sentences:
        mine = [s for s in subject.spans if sentence.start <= s[0] < sentence.end]
        theirs = [s for s in object_.spans if sentence.start <= s[0] < sentence.end]
        if not theirs:
            continue
        for span in theirs:
            _around(f, doc, sentence, span, "o")
        where = "title" if sentence.start == 0 else f"{min(3, int(4 * sentence.start / len(doc)))}"
        f[f"object in {where}"] = 1.0
        for token in sentence:
            c = cue(token.lower_)
            if c:
                f[f"os {c}"] = 1.0
        if mine:
            together = True
            left, right = min(((x, y) for x in mine for y in theirs), key=lambda p: abs(p[0][0] - p[1][0]))
            forward = left < right
            if not forward:
                left, right = right, left
            nearest = min(nearest, max(0, right[0] - left[1]))
            arrow = ">" if forward else "<"
            between = [doc[k].lower_ for k in range(left[1], right[0])]
            f[f"order {arrow}"] = 1.0
            f["together in title"] = max(f.get("together in title", 0.0), float(sentence.start == 0))
            if len(between) <= 4:
                f[f"between{arrow}{' '.join(between)}"] = 1.0
            for word in between[:25]:
                f[f"b{arrow}{cue(word) or word}"] = 1.0
            for span in mine:
                _around(f, doc, sentence, span, "s")
        elif subject.role == "introduced":
            own = {t.lower_ for t in sentence} & {
                "we",
                "our",
                "proposed",
                "it",
                "this",
                "method",
                "approach",
                "model",
            }
            for word in own:
                f[f"own {word}"] = 1.0
    f["together"] = float(together)
    f[f"together {subject.role}>{object_.role}={together}"] = 1.0
    f["near"] = 1.0 / (1 + nearest) if together else 0.0
    return f


def _around(f: dict[str, float], doc: Doc, sentence: Span, span: tuple[int, int], tag: str) -> None:
    """Words and cues beside one mention."""
    for k in range(max(sentence.start, span[0] - 8), span[0]):
        word = doc[k].lower_
        c = cue(word)
        if c:
            f[f"{tag}<{c}"] = 1.0
        if k >= span[0] - 3:
            f[f"{tag}-{word}"] = 1.0
    if span[0] - 2 >= sentence.start:
        f[f"{tag}--{doc[span[0] - 2].lower_} {doc[span[0] - 1].lower_}"] = 1.0
    for k in range(span[1], min(sentence.end, span[1] + 8)):
        word = doc[k].lower_
        c = cue(word)
        if c:
            f[f"{tag}>{c}"] = 1.0
        if k < span[1] + 3:
            f[f"{tag}+{word}"] = 1.0


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
