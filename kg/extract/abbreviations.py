"""scispaCy's abbreviation detector, kept from texts it would choke on."""

from __future__ import annotations

from scispacy.abbreviation import AbbreviationDetector
from spacy.language import Language
from spacy.tokens import Doc

__all__ = ["MOST_BRACKETS", "Abbreviations"]

MOST_BRACKETS = 200
"""The detector's time grows with the square of the brackets; no abstract has so many."""


class Abbreviations:
    """Sets ``doc._.abbreviations``: short forms, each with its long form.

    Args:
        nlp: whose vocabulary the detector shares.
    """

    def __init__(self, nlp: Language) -> None:
        self._detector = AbbreviationDetector(nlp)

    def __call__(self, doc: Doc) -> Doc:
        if doc.text.count("(") > MOST_BRACKETS:
            return doc
        found: Doc = self._detector(doc)
        return found


@Language.factory("kg_abbreviations")
def make_abbreviations(nlp: Language, name: str) -> Abbreviations:
    """The component."""
    return Abbreviations(nlp)
