"""The answer: boards with their rows, and the results that are on none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.graph import Node

__all__ = ["COLUMNS", "Board", "Leaderboard", "Row", "Unplaced"]

COLUMNS = (
    "dataset",
    "metric",
    "better_when",
    "rank",
    "model",
    "model_label",
    "value",
    "score",
    "condition",
    "confidence",
    "year",
    "paper",
    "title",
    "sentence",
    "of",
)
"""Columns of :meth:`Leaderboard.to_rows`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One result and its place."""

    rank: int
    """1 for the best; results of one score share a rank."""
    model: Node
    model_label: str
    value: str
    """As written, with a percent sign where the sentence has one."""
    score: float
    """On the scale of the metric: of one that goes up to 1, percent are shares of one."""
    condition: str
    confidence: float
    year: int | None
    paper: Node
    title: str
    sentence: str
    """Empty when the paper's record has none."""
    of: int = 1
    """Results that the board has of this model and condition, this one included."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A result that is on no board; what its sentence does not tell is empty."""

    reason: str
    model_label: str
    dataset_label: str
    metric_label: str
    value: str
    condition: str
    confidence: float
    paper: Node
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Board:
    """Results on one dataset in one metric, the best first."""

    dataset: Node
    dataset_label: str
    metric: Node
    metric_label: str
    better_when: str
    """``higher`` or ``lower``; empty where that is not known, and higher numbers stand first."""
    rows: tuple[Row, ...]
    found: int
    """Rows there are; more than are held when a limit was asked for."""


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The boards, those of most results first, and what is on none of them."""

    boards: tuple[Board, ...]
    gains: int
    """Results that are gains over something else, which no board can hold."""
    unplaced: Mapping[str, int]
    """Why other results of what was asked for are on no board, and how many, the commonest reason first."""
    apart: tuple[Unplaced, ...] = ()
    """Those results, in the order of the reasons."""

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers."""
        return asdict(self)

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat record a row, with the keys of :data:`COLUMNS`; what is not known is empty."""
        return [
            {
                "dataset": board.dataset,
                "metric": board.metric,
                "better_when": board.better_when,
                **{name: "" if value is None else value for name, value in asdict(row).items()},
            }
            for board in self.boards
            for row in board.rows
        ]

    def to_text(self, width: int | None = None, unplaced: bool = False) -> str:
        """Boards one below the other as lines of text, each row with its sentence.

        Args:
            width: columns that a line may take; titles are shortened and sentences folded to it.
            unplaced: whether to list the results that are on no board; they are listed when there is none.
        """
        from kg.leaderboard.text import text

        return text(self, width, unplaced)

    def left_out(self) -> list[str]:
        """A line for each sort of result that is on no board, with their number and the reason."""
        gains = [f"left out: {self.gains}, a gain over something else"] if self.gains else []
        return gains + [f"not placed: {count}, {reason}" for reason, count in self.unplaced.items()]
