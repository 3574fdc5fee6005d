"""The lower-cased words of one sentence, by token index, with a mark for what lies outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

__all__ = ["OUTSIDE", "Words", "sentence_words"]

OUTSIDE = "<>"
"""What stands before a sentence and after it."""
KEPT = "kg sentences"
"""Where a document keeps them: every feature asks anew."""


class Words:
    """A sentence as words.

    Args:
        words: lower-cased words of the whole document, shared between its sentences.
        start: first token of the sentence.
        end: one past its last.
    """

    __slots__ = ("end", "start", "words")

    def __init__(self, words: Sequence[str], start: int, end: int) -> None:
        self.words = words
        self.start = start
        self.end = end

    def __call__(self, i: int) -> str:
        """The word of a token of the document, or the mark when it is not of this sentence."""
        return self.words[i] if self.start <= i < self.end else OUTSIDE

    def __iter__(self) -> Iterator[str]:
        return iter(self.words[self.start : self.end])

    def __contains__(self, i: int) -> bool:
        return self.start <= i < self.end


def sentence_words(doc: Doc) -> list[Words]:
    """The sentences of a document, made once; its sentence boundaries must be final."""
    found: list[Words] | None = doc.user_data.get(KEPT)
    if found is None:
        words = [token.lower_ for token in doc]
        found = doc.user_data[KEPT] = [Words(words, s.start, s.end) for s in doc.sents]
    return found
