"""Which candidates name a model, which a dataset, which nothing: features of a name over all its mentions.

The decision is made once a name and not once a mention: a paper that says "the X dataset" once has told
what X is everywhere. Features are strings with a weight; ``classifier`` says what they add up to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from spacy.tokens import Doc

from kg.extract.candidates import Candidate
from kg.extract.glosses import gloss_features, noun_of
from kg.extract.groups import NameGroup
from kg.extract.heads import HEADS
from kg.extract.words import Words, sentence_words

__all__ = ["name_features"]


BOUNDARY = re.compile(r"[\s\-–/]+")


def name_features(
    doc: Doc, groups: Sequence[NameGroup], background: Mapping[str, tuple[int, float]]
) -> list[dict[str, float]]:
    """Features of every group of one document.

    Args:
        doc: as ``find_candidates`` takes it.
        groups: from ``group_candidates``.
        background: for a lower-cased word, in how many of the background abstracts it occurs and the share
            of occurrences that are lower-case.
    """
    starts = {token.idx: token.i for token in doc}
    closed = {token.i for token in doc if token.is_punct or token.is_stop}
    marks = {token.i for token in doc if token.is_punct}
    spans = {(m.start, m.end) for group in groups for m in group.mentions}
    text = doc.text
    title_end = text.find("\n\n")
    sentences = sentence_words(doc)
    sentence_of = {i: n for n, s in enumerate(sentences) for i in range(s.start, s.end)}
    occupied = {i for group in groups for m in group.mentions for i in _tokens(doc, starts, m)}
    around = _Around(doc, text, sentences, sentence_of, occupied, closed, marks, title_end)
    title_noun = _title_noun(sentences[0]) if sentences else None
    rows = []
    for group in groups:
        f: dict[str, float] = {}
        _shape(f, group, background)
        n = len(group.mentions)
        in_title = [m for m in group.mentions if m.start < title_end]
        f["mentions"] = log1p(n)
        f["in title"] = float(bool(in_title))
        f["only title"] = float(len(in_title) == n)
        f["in both"] = float(bool(in_title) and len(in_title) < n)
        nested = 0
        for m in group.mentions:
            f[f"rule={m.rule}"] = 1.0
            inside = any(a <= m.start and m.end <= b and (a, b) != (m.start, m.end) for a, b in spans)
            nested += inside
            _context(f, around, _tokens(doc, starts, m), m)
        f["nested"] = nested / n
        f["always nested"] = float(nested == n)
        first = group.mentions[0]
        if in_title:
            rest = text[first.end : first.end + 4].lstrip()
            f["title prefix"] = float((first.start <= 1 and rest[:1] in (":", "—", "–")) or rest[:2] == "--")
            f["title start"] = float(first.start <= 1)
        for long in group.long_forms:
            words = [w for w in BOUNDARY.split(long.lower()) if w]
            f["defined"] = 1.0
            if words:
                f[f"long head={words[-1]}"] = 1.0
                f[f"long head kind={HEADS.get(words[-1], '-')}"] = 1.0
                f[f"long first={words[0]}"] = 1.0
                for w in words:
                    f[f"long word={w}"] = 1.0
            f["long capitalised"] = float(long[:1].isupper())
        if title_noun is not None:
            f[f"title says={HEADS[title_noun]}"] = 1.0
        last = sentence_of.get(next(iter(_tokens(doc, starts, first)), 0), 0)
        f["first sentence"] = last / max(1, len(sentences))
        rows.append(f)
    return rows


def _tokens(doc: Doc, starts: Mapping[int, int], m: Candidate) -> range:
    """Indices of the tokens a candidate touches."""
    i = starts.get(m.start)
    if i is None:
        span = doc.char_span(m.start, m.end, alignment_mode="expand")
        return range(span.start, span.end) if span is not None else range(0)
    j = i + 1
    while j < len(doc) and doc[j].idx < m.end:
        j += 1
    return range(i, j)


def _shape(f: dict[str, float], group: NameGroup, background: Mapping[str, tuple[int, float]]) -> None:
    """Morphology of the name and how common its words are elsewhere."""
    name = group.name
    words = [w for w in BOUNDARY.split(name) if w]
    lower = name.lower()
    padded = f"^{lower}$"
    for size in (2, 3, 4):
        for i in range(len(padded) - size + 1):
            f[f"c={padded[i : i + size]}"] = 1.0
    shape = re.sub(r"(.)\1+", r"\1", re.sub(r"[a-z]", "x", re.sub(r"[A-Z]", "X", re.sub(r"\d", "9", name))))
    f[f"shape={shape[:12]}"] = 1.0
    f["words"] = float(min(6, len(words)))
    f[f"words={min(6, len(words))}"] = 1.0
    f["length"] = min(40, len(name)) / 10
    f[f"length={min(12, len(name))}"] = 1.0
    f["capitals"] = min(8, sum(c.isupper() for c in name)) / 4
    f["all capitals"] = float(name.isupper())
    f["no capital"] = float(name == lower)
    f["inner capital"] = float(bool(re.search(r"[a-z][A-Z]", name)))
    f["digit"] = float(any(c.isdigit() for c in name))
    f["year"] = float(bool(re.search(r"(?:19|20)\d\d|\b\d\d$", name)))
    f["hyphen"] = float("-" in name)
    for w in words:
        f[f"w={w.lower()}"] = 1.0
    if words:
        f[f"last={words[-1].lower()}"] = 1.0
        f[f"first={words[0].lower()}"] = 1.0
        known = [background.get(w.lower(), (0, 0.0)) for w in words]
        f["rarest"] = log1p(min(k[0] for k in known))
        f["commonest"] = log1p(max(k[0] for k in known))
        f["lower share"] = max(k[1] for k in known)
        f["unseen"] = float(min(k[0] for k in known) == 0)
    f["title case"] = float(len(words) > 1 and all(w[:1].isupper() for w in words))


@dataclass(frozen=True, slots=True)
class _Around:
    """What the features of a mention's surroundings look at."""

    doc: Doc
    text: str
    sentences: list[Words]
    sentence_of: dict[int, int]
    occupied: set[int]
    """Tokens of any candidate."""
    closed: set[int]
    """Punctuation and function words: no head noun lies beyond."""
    marks: set[int]
    """Punctuation."""
    title_end: int


def _context(f: dict[str, float], around: _Around, tokens: range, m: Candidate) -> None:
    """Words around one mention, the head noun beside it, and the list it stands in."""
    if not len(tokens):
        return
    i, j = tokens[0], tokens[-1] + 1
    doc, at = around.doc, around.sentences[around.sentence_of[i]]
    suffix = around.text[m.end : doc[j - 1].idx + len(doc[j - 1])].lower()
    if suffix:
        f[f"suffix={suffix[:14]}"] = 1.0
    f[f"p1={at(i - 1)}"] = 1.0
    f[f"p2={at(i - 2)} {at(i - 1)}"] = 1.0
    f[f"n1={at(j)}"] = 1.0
    f[f"n2={at(j)} {at(j + 1)}"] = 1.0
    skipped = around.marks | around.occupied
    for k in range(max(at.start, i - 6), i):
        if k not in skipped:
            f[f"before={at(k)}"] = 1.0
    for k in range(j, min(at.end, j + 6)):
        if k not in skipped:
            f[f"after={at(k)}"] = 1.0
    after = _head(at, around.closed, range(j, min(at.end, j + 4)))
    if after is not None:
        f[f"head={HEADS[at(after)]}{min(2, after - j)}"] = 1.0
        f[f"headword={at(after)}"] = 1.0
    before = _head(at, around.closed, range(i - 1, max(at.start, i - 4) - 1, -1))
    if before is not None:
        f[f"head before={HEADS[at(before)]}"] = 1.0
        f[f"headword before={at(before)}"] = 1.0
    f.update(gloss_features(at, i, j, m.end < around.title_end))
    _list(f, at, i, j, around.occupied)


def _title_noun(title: Words) -> str | None:
    """What the title says the paper is about: the noun after its colon, else of its beginning."""
    colon = next((k for k in range(title.start, title.end) if title(k) == ":"), title.start - 1)
    return noun_of(title, colon + 1)


def _head(at: Words, closed: set[int], places: range) -> int | None:
    """The first token that is a telling head noun, unless punctuation or a function word comes first."""
    for k in places:
        if at(k) in HEADS:
            return k
        if k in closed:
            return None
    return None


JOINS = frozenset({",", "and", "or", "&", "/", ";", "(", ")", "as", "well"})


def _list(f: dict[str, float], at: Words, i: int, j: int, occupied: set[int]) -> None:
    """Walk over commas, "and" and other candidates to the ends of the list a mention stands in."""
    left, right, items = i, j, 1
    while left - 1 >= at.start and (left - 1 in occupied or at(left - 1) in JOINS):
        left -= 1
        items += left in occupied and left - 1 not in occupied
    while right < at.end and (right in occupied or at(right) in JOINS):
        right += 1
        items += (right - 1) in occupied and right not in occupied
    if items < 2:
        return
    f["in list"] = 1.0
    f[f"list before={at(left - 1)}"] = 1.0
    f[f"list before2={at(left - 2)} {at(left - 1)}"] = 1.0
    for k in range(left - 1, max(at.start, left - 6) - 1, -1):
        if at(k) in HEADS:
            f[f"list head before={HEADS[at(k)]}"] = 1.0
            break
    for k in range(right, min(at.end, right + 3)):
        if at(k) in HEADS:
            f[f"list head after={HEADS[at(k)]}"] = 1.0
            break
