"""Leaderboards: the results that papers report on a dataset in a metric, the best first."""

from __future__ import annotations

from kg.leaderboard.boards import COLUMNS, Board, Leaderboard, Row, Unplaced
from kg.leaderboard.ordering import leaderboard

__all__ = ["COLUMNS", "Board", "Leaderboard", "Row", "Unplaced", "leaderboard"]
