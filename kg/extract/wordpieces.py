"""Words cut into the pieces that the encoder knows, and a document into stretches it reads at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from spacy.tokens import Doc

__all__ = ["MOST_PIECES", "Stretch", "WordPieces", "stretches"]

PART = re.compile(r"\w+|[^\w\s]")
START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
MOST_OF_A_WORD = 12
"""Pieces of one token that are read; more are noise or an address."""
AT_ONCE = 176
"""Pieces a stretch aims at: attention costs their square."""
MOST_PIECES = 508


class WordPieces:
    """Greedy longest-match pieces (Wu et al. 2016, arXiv:1609.08144) of lower-cased words without accents.

    Args:
        pieces: the vocabulary in order; a piece that continues a word begins with ``##``.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self._number = {piece: i for i, piece in enumerate(pieces)}
        self.start, self.end, self.unknown = (self._number[mark] for mark in (START, END, UNKNOWN))
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Numbers of the pieces of one token; at least one."""
        found = self._known.get(word)
        if found is None:
            plain = "".join(
                c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn"
            )
            pieces = [p for part in PART.findall(plain.replace("_", " ")) for p in self._cut(part)]
            found = tuple(pieces[:MOST_OF_A_WORD]) or (self.unknown,)
            if len(self._known) < 100_000:
                self._known[word] = found
        return found

    def _cut(self, part: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part):
            end = len(part)
            while end > start and (("##" if start else "") + part[start:end]) not in self._number:
                end -= 1
            if end == start:
                return [self.unknown]
            pieces.append(self._number[("##" if start else "") + part[start:end]])
            start = end
        return pieces


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole sentences that are read at once."""

    pieces: list[int]
    first: list[int]
    """For each token the place of its first piece."""


def stretches(doc: Doc, cut: WordPieces) -> list[Stretch]:
    """A document in stretches of about equal length; a sentence is split only if it is longer than one."""
    words = [cut(token.text) for token in doc]
    total = sum(map(len, words))
    aim = total / max(1, ceil(total / AT_ONCE))
    found: list[Stretch] = []
    now = Stretch([cut.start], [])
    for sentence in doc.sents:
        size = sum(len(w) for w in words[sentence.start : sentence.end])
        if now.first and (len(now.pieces) + size / 2 > aim + 1 or len(now.pieces) + size > MOST_PIECES):
            found.append(now)
            now = Stretch([cut.start], [])
        for i in range(sentence.start, sentence.end):
            if len(now.pieces) + len(words[i]) > MOST_PIECES:
                found.append(now)
                now = Stretch([cut.start], [])
            now.first.append(len(now.pieces))
            now.pieces.extend(words[i])
    if now.first:
        found.append(now)
    for stretch in found:
        stretch.pieces.append(cut.end)
    return found
