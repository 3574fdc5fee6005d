"""Sentence boundaries for titles and abstracts.

spaCy's rule-based sentencizer splits at every full stop it finds; abstracts are full of stops that end
nothing ("vs.", "Fig.", "94. 5%"). This one asks what stands on both sides of the stop. The title is a
sentence of its own, as is every heading of a structured abstract's section, with its text.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.sentences import ABBREVIATIONS

__all__ = ["split_sentences"]

STOPS = frozenset({".", "!", "?", "。", ".”", '."'})
CLOSERS = frozenset({")", "]", '"', "”", "'", "’"})


@Language.component("kg_sentences")
def split_sentences(doc: Doc) -> Doc:
    """Set ``is_sent_start`` on every token."""
    for token in doc:
        token.is_sent_start = token.i == 0
    for i in range(1, len(doc)):
        if "\n\n" in doc[i - 1].text or "\n\n" in doc[i - 1].whitespace_:
            doc[i].is_sent_start = True
        elif doc[i - 1].text in STOPS or (doc[i - 1].text in CLOSERS and i > 1 and doc[i - 2].text in STOPS):
            doc[i].is_sent_start = _ends_sentence(doc, i)
    return doc


def _ends_sentence(doc: Doc, i: int) -> bool:
    """Whether the sentence ends before token ``i``, which follows a stop."""
    after = doc[i]
    if after.text in CLOSERS or after.is_space:
        return False
    stop = doc[i - 1] if doc[i - 1].text in STOPS else doc[i - 2]
    before = doc[stop.i - 1].text if stop.i else ""
    if stop.text != ".":
        return not after.is_lower
    if before.lower().strip(".") in ABBREVIATIONS:
        return False
    initial = len(before) == 1 and before.isupper() and (stop.i < 2 or bool(doc[stop.i - 2].whitespace_))
    if initial and after.is_title:
        return False
    if before.replace(".", "").isdigit() and after.text[:1].isdigit():
        return False  # a number that was broken at its point
    if not stop.whitespace_ and not doc[i - 1].whitespace_ and after.idx == stop.idx + 1:
        return after.is_title and not before.isupper()
    return not after.is_lower or after.text[:1].isdigit()
