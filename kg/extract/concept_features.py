"""Which modalities, metrics and tasks of the vocabulary the paper's own work handles.

The vocabulary says which words can mean a concept; whether the paper works on it, or names it as
background, is a classifier's decision over the features made here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log1p

from spacy.tokens import Doc

from kg.extract.measured import measured_features
from kg.vocabulary import Match

__all__ = ["ConceptCandidate", "concept_features", "find_concepts"]

OWN = re.compile(
    r"\b(?:we|our|this (?:paper|work|study|article)|proposed?|introduce[sd]?|present(?:s|ed)?|results?)\b",
    re.I,
)
BACKGROUND = re.compile(
    r"\b(?:however|recent(?:ly)?|traditional|existing|previous|often|typically|has been|have been)\b", re.I
)
WORD = re.compile(r"[a-z][a-z\-]+")


@dataclass(slots=True)
class ConceptCandidate:
    """A concept that words of the document can mean, and where they stand."""

    label: str
    stated: list[Match] = field(default_factory=list)
    hinted: list[Match] = field(default_factory=list)

    @property
    def matches(self) -> list[Match]:
        """Where it is stated, or, if nowhere, where it is hinted at."""
        return self.stated or self.hinted


def find_concepts(matches: Sequence[Match]) -> list[ConceptCandidate]:
    """Candidates of one kind of concept, in the order of their first match."""
    found: dict[str, ConceptCandidate] = {}
    for match in matches:
        candidate = found.setdefault(match.term.label, ConceptCandidate(match.term.label))
        (candidate.hinted if match.weak else candidate.stated).append(match)
    return list(found.values())


def concept_features(doc: Doc, candidates: Sequence[ConceptCandidate]) -> list[dict[str, float]]:
    """Features of each candidate of one kind of one document."""
    text = doc.text
    title_end = max(0, text.find("\n\n"))
    sentences = [(s.start_char, s.end_char, s.text) for s in doc.sents]
    own = [bool(OWN.search(s[2])) for s in sentences]
    background = [bool(BACKGROUND.search(s[2])) for s in sentences]
    title_words = set(WORD.findall(text[:title_end].lower()))
    words = set(WORD.findall(text.lower()))
    labels = [c.label for c in candidates]
    rows: list[dict[str, float]] = []
    near = None
    if any(m.term.scheme == "metrics" for c in candidates for m in c.matches):
        near = measured_features(doc, [c.stated or c.hinted for c in candidates])
    for candidate in candidates:
        label = candidate.label
        f: dict[str, float] = defaultdict(float)
        f[f"label={label}"] = 1.0
        f["stated"] = log1p(len(candidate.stated))
        f["hinted"] = log1p(len(candidate.hinted))
        f[f"{label} stated"] = float(bool(candidate.stated))
        f["no match"] = float(not candidate.matches)
        f["only hinted"] = float(not candidate.stated)
        f["candidates"] = log1p(len(candidates))
        for word in words:
            f[f"{label}~{word}"] = 1.0
        for word in title_words:
            f[f"{label}^{word}"] = 1.0
        for other in labels:
            if other != label:
                f[f"{label}&{other}"] = 1.0
        in_title = in_own = 0
        share = 1.0
        for match in [*candidate.stated, *candidate.hinted]:
            form = text[match.start : match.end].lower()
            f[f"{label}:{form}"] = 1.0
            n = next((n for n, s in enumerate(sentences) if s[0] <= match.start < s[1]), 0)
            if match.start < title_end:
                in_title = 1
                f[f"title {label}"] = 1.0
            elif own[n]:
                in_own = 1
            share = min(share, n / len(sentences))
            f[f"own={own[n]} background={background[n]}"] = 1.0
            f[f"where={int(4 * n / len(sentences))}"] = 1.0
            _beside(f, text, match, sentences[n])
        if near is not None:
            for name, value in near[len(rows)].items():
                f[name] = value
                if name.startswith(("share", "nearest")) and value:
                    f[f"{label} {name}"] = value
        f["in title"] = float(in_title)
        f["in own"] = float(in_own)
        f["in title or own"] = float(in_title or in_own)
        f[f"{label} own"] = float(in_own or in_title)
        f["first"] = share
        rows.append(dict(f))
    return rows


def _beside(f: dict[str, float], text: str, match: Match, sentence: tuple[int, int, str]) -> None:
    """Words beside one match."""
    left = WORD.findall(text[max(sentence[0], match.start - 40) : match.start].lower())[-3:]
    right = WORD.findall(text[match.end : min(sentence[1], match.end + 40)].lower())[:3]
    for word in left:
        f[f"<{word}"] = 1.0
    for word in right:
        f[f">{word}"] = 1.0
    after = text[match.end : match.end + 12]
    f["number after"] = max(
        f.get("number after", 0.0), float(bool(re.match(r"\W{0,6}(?:of |score |at )?\W{0,3}\d", after)))
    )
    before = text[max(0, match.start - 12) : match.start]
    f["number before"] = max(
        f.get("number before", 0.0), float(bool(re.search(r"\d\s?%?\s*\(?\w{0,4}\s?$", before)))
    )
