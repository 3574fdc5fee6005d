"""How a possible name stands in its document beside the others: features of names that look at the whole.

A common word in capitals is more likely a name than a common word; what stands before the title's colon, what
is proposed and what acts ("X achieves …") is more likely the paper's own; of two that overlap one is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import log1p
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.groups import NameGroup
from kg.extract.name_features import BOUNDARY
from kg.extract.words import sentence_words
from kg.spelling import common_letters

__all__ = ["overlaps", "rivals", "standing_features", "style"]

PROPOSING = re.compile(
    r"\b(?:propos\w*|introduc\w*|present(?:s|ed)?|develop(?:s|ed)?|called|named|termed|dubbed|releas\w*|design(?:ed)?)\b",
    re.I,
)
OWN = re.compile(r"\b(?:our|we|this (?:paper|work|study))\b", re.I)
ACTS = re.compile(
    r"\W{0,3}(?:achiev|outperform|surpass|consist|leverag|integrat|employ|uses|utiliz|introduc|combin|incorporat|improv|"
    r"demonstrat|enabl|significant|is an?\b|learns|generat|first|can\b)",
    re.I,
)
WORD = re.compile(r"[^\W_]+")
ACRONYM = re.compile(r"[a-z][A-Z]|\d|[A-Z]{2}")


def standing_features(
    doc: Doc,
    groups: Sequence[NameGroup],
    rows: Sequence[Mapping[str, float]],
    background: Mapping[str, tuple[int, float]],
) -> list[dict[str, float]]:
    """Further features of every group of one document.

    Args:
        doc: as ``find_candidates`` takes it.
        groups: from ``group_candidates``.
        rows: from ``name_features``.
        background: in how many texts a word stands, and its lower-case share.
    """
    text = doc.text
    title = text[: max(0, text.find("\n\n"))].lower()
    initials = [word[0] for word in WORD.findall(title)]
    starts = [doc[s.start].idx for s in sentence_words(doc)]
    styles = [style(group.name) for group in groups]
    opening = [row.get("title prefix", 0.0) > 0 for row in rows]
    most = max((len(g.mentions) for g in groups), default=1)
    most_named = max((len(g.mentions) for g, s in zip(groups, styles, strict=True) if s == "A"), default=1)
    found = []
    for group, own, opens in zip(groups, styles, opening, strict=True):
        name, times = group.name, len(group.mentions)
        parts = [p for p in BOUNDARY.split(name) if p]
        known = [background.get(p.lower(), (0, 0.0)) for p in parts] or [(0, 0.0)]
        f = {
            f"style={own}": 1.0,
            f"rarest {own}": log1p(min(n for n, _ in known)),
            f"commonest {own}": log1p(max(n for n, _ in known)),
            f"lower share {own}": max(share for _, share in known),
            "another opens the title": float(sum(opening) > opens),
            "groups": log1p(len(groups)),
            "share of mentions": times / most,
            f"share of mentions {own}": times / most_named,
            f"most mentioned {own}": float(times == most_named),
            "in small letters": float(name.lower() != name and _stands(name.lower(), text)),
            "only address": float(all(m.rule == "address" for m in group.mentions)),
            "in address": float(times > 1 and any(m.rule == "address" for m in group.mentions)),
        }
        if opens:
            f[f"opens {own} {min(3, len(parts))}"] = 1.0
            f["opens alone"] = float(" " not in name)
        if group.long_forms:
            f["long in title"] = float(any(long.lower() in title for long in group.long_forms))
            f[f"defined {own}"] = 1.0
        letters = [c.lower() for c in name if c.isupper() or c.isdigit()]
        if own == "A" and len(letters) > 2:
            f["spells title"] = common_letters(letters, initials) / len(letters)
        f |= _said(group, text, starts)
        f[f"acts {own}"] = float(f["acts"] > 0)
        found.append(f)
    return found


def style(name: str) -> str:
    """A: letters as in an acronym; l: no capital; T: several words with a capital; C: one."""
    if ACRONYM.search(name) or name.isupper():
        return "A"
    if name == name.lower():
        return "l"
    return "T" if " " in name else "C"


def _stands(word: str, text: str) -> bool:
    """Whether a word stands in a text by itself."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            return True
        start = text.find(word, start + 1)
    return False


def _said(group: NameGroup, text: str, starts: Sequence[int]) -> dict[str, float]:
    """What the sentences say before and after the mentions."""
    proposed = acts = 0.0
    ours = False
    for mention in group.mentions:
        before = text[starts[max(0, bisect_right(starts, mention.start) - 1)] : mention.start]
        verbs = list(PROPOSING.finditer(before))
        if verbs:
            proposed = max(proposed, 1 / (1 + len(before[verbs[-1].end() :].split())))
        ours = ours or bool(OWN.search(before))
        acts += bool(ACTS.match(text[mention.end : mention.end + 40]))
    return {"proposed": proposed, "ours": float(ours), "acts": log1p(acts)}


def overlaps(groups: Sequence[NameGroup]) -> list[list[int]]:
    """For each group the others that share characters with it."""
    spans = sorted((m.start, m.end, i) for i, group in enumerate(groups) for m in group.mentions)
    found: list[set[int]] = [set() for _ in groups]
    for k, (_, end, i) in enumerate(spans):
        for start, _, j in spans[k + 1 :]:
            if start >= end:
                break
            if i != j:
                found[i].add(j)
                found[j].add(i)
    return [sorted(others) for others in found]


NOBODY = -9.0
"""Stands for the logit of a rival that is not there."""


def rivals(logits: NDArray[Any], overlapping: Sequence[Sequence[int]]) -> NDArray[Any]:
    """What the other possible names of the document look like, by a first verdict: eight columns.

    Args:
        logits: of dataset, model and neither, one row a name.
        overlapping: from :func:`overlaps`.
    """
    dataset, model = logits[:, 0] - logits[:, 2], logits[:, 1] - logits[:, 2]
    best = np.maximum(dataset, model)
    out = np.full((len(logits), 8), NOBODY)
    for i, others in enumerate(overlapping):
        rest = np.arange(len(logits)) != i
        apart = rest.copy()
        apart[list(others)] = False
        inside = max((best[j] for j in others), default=NOBODY)
        out[i] = [
            best[rest].max(initial=NOBODY),
            (best > best[i]).sum(),
            inside,
            best[i] - inside,
            model[rest].max(initial=NOBODY),
            dataset[rest].max(initial=NOBODY),
            (model[rest] > 0).sum(),
            model[apart].max(initial=NOBODY),
        ]
    return out
