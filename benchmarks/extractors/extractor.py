"""What every extractor of the comparison can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kg.records import PaperRecord
from kg.training.papers import Paper

__all__ = ["Extractor", "unmarked"]


class Extractor(Protocol):
    """A way to make records of papers."""

    def fit(self, papers: Sequence[Paper]) -> None:
        """Learn from annotated papers; whatever was learnt before is forgotten."""

    def extract(self, paper: Paper) -> PaperRecord:
        """The record of one paper, from its title and abstract as written.

        Tokens and candidates that the paper carries are not used: the time this takes is all that extraction
        takes.
        """


def unmarked(paper: Paper) -> Paper:
    """The paper as nobody has annotated it, which is all that an extractor gets to see when measured."""
    return replace(paper, gold=PaperRecord(paper.gold.document), kinds=[], entities=[])
