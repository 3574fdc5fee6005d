"""Boards as lines of text, each row with its sentence and paper."""

from __future__ import annotations

from kg.leaderboard.boards import Board, Leaderboard, Row, Unplaced
from kg.lines import NARROWEST, folded, one_line, shortened

__all__ = ["text"]

_TITLE_LENGTH = 70


def text(found: Leaderboard, width: int | None = None, unplaced: bool = False) -> str:
    """See :meth:`kg.leaderboard.Leaderboard.to_text`."""
    lines: list[str] = []
    for board in found.boards:
        lines += [*_board(board, width), ""]
    if not found.boards:
        lines += ["no result could be placed" if found.apart else "no results found", ""]
    if unplaced or not found.boards:
        for result in found.apart:
            lines += [*_unplaced(result, width), ""]
    return "\n".join([*lines, *found.left_out()]).rstrip()


def _board(board: Board, width: int | None) -> list[str]:
    better = f"{board.better_when} is better" if board.better_when else "which way is better is not known"
    shown = "" if board.found == len(board.rows) else f", {len(board.rows)} shown"
    count = f"{board.found} result{'s' if board.found != 1 else ''}{shown}"
    lines = [f"{one_line(board.metric_label)} on {one_line(board.dataset_label)} ({better}; {count})"]
    ranks = max(len(str(row.rank)) for row in board.rows)
    values = max(len(one_line(row.value)) for row in board.rows)
    indent = " " * (ranks + values + 5)
    for row in board.rows:
        condition = f", {one_line(row.condition)}" if row.condition else ""
        again = f"; one of {row.of} results of this model here" if row.of > 1 else ""
        lines.append(
            f"{row.rank:>{ranks + 1}}  {one_line(row.value):<{values}}  "
            f"{one_line(row.model_label)}{condition} (confidence {row.confidence:.2f}{again})"
        )
        issued = f" ({row.year})" if row.year else ""
        lines += _source(row, issued, indent, width)
    return lines


def _unplaced(result: Unplaced, width: int | None) -> list[str]:
    ends = (result.metric_label, result.dataset_label, result.model_label, result.condition)
    known = ", ".join(one_line(end) for end in ends if end)
    head = f"{one_line(result.value)}  {known or 'nothing else told'} (confidence {result.confidence:.2f})"
    return [f"not placed, {result.reason}: {head}", *_source(result, "", "    ", width)]


def _source(said: Row | Unplaced, issued: str, indent: str, width: int | None) -> list[str]:
    """The sentence and its paper."""
    room = _TITLE_LENGTH if width is None else max(NARROWEST, width - len(indent))
    title = shortened(said.title, min(_TITLE_LENGTH, room))
    sentence = f"“{one_line(said.sentence)}”" if said.sentence else "(no sentence kept)"
    return [*folded(sentence, width, indent), f"{indent}— {title}{issued}, {said.paper}"]
