"""What the vocabularies know of a document's text; looked up once, though several components ask."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.findings import findings
from kg.vocabulary import Match, Vocabulary

__all__ = ["known"]


def known(doc: Doc, vocabulary: Vocabulary, *schemes: str) -> list[Match]:
    """Matches of these schemes, as :meth:`kg.vocabulary.Vocabulary.find` gives them."""
    found = findings(doc)
    if found.known is None or found.known[0] is not vocabulary:
        found.known = (vocabulary, vocabulary.find(doc.text))
    return [match for match in found.known[1] if match.term.scheme in schemes]
