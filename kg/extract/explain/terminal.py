"""Findings as plain text: names marked where they stand, then every finding and what found it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from textwrap import wrap

from kg.extract.explain.explanation import Finding, explain
from kg.extract.explain.marks import Mark, marks, pieces
from kg.lines import one_line
from kg.records import PaperRecord

__all__ = ["to_text"]

INDENT = "    "
NARROWEST = 40
"""Columns that text is folded to at least."""
SAID = ("relation", "result")
"""Kinds of finding that a sentence says; the others are names."""


def to_text(record: PaperRecord, width: int | None = None) -> str:
    """A paper's text with its names marked like ``[MODEL Name]``, and its findings below.

    Args:
        record: of one paper.
        width: columns to fold lines to; they are left long when it is left out.

    Returns:
        Lines without a last line end. Control characters of the paper are in it as they are.
    """
    found = explain(record)
    document = record.document
    text, title = document.text, len(document.title)
    shown = marks(found)
    names = [finding for finding in found if finding.kind not in SAID]
    claims = [finding for finding in found if finding.kind in SAID]
    about = f"({', '.join(filter(None, (document.id, document.source)))})"
    blocks = (
        [*_folded(_marked(text, 0, title, shown), width), *_folded(about, width)],
        _folded(_marked(text, title, len(text), shown), width),
        _table(names, width) if names else [],
        [line for claim in claims for line in _said(claim, width)],
        [] if found else ["nothing was found in this paper"],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _marked(text: str, start: int, end: int, shown: Sequence[Mark]) -> str:
    """A stretch of text, its marks in brackets; where two cross, the one that goes on is opened again."""
    written: list[str] = []
    open_: list[Mark] = []
    for piece in pieces(start, end, shown):
        kept = [
            a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(open_, piece.marks, strict=False))
        ]
        words = text[piece.start : piece.end]
        rest = words.lstrip()
        written.append("]" * (len(open_) - len(kept)))
        written.append(words[: len(words) - len(rest)])
        written += [f"[{mark.label} " for mark in piece.marks[len(kept) :]]
        written.append(rest)
        open_ = list(piece.marks)
    return "".join([*written, "]" * len(open_)])


def _table(names: Sequence[Finding], width: int | None) -> list[str]:
    import io

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("kind", "name", "role", "sure", "found by"):
        table.add_column(Text(heading), overflow="fold")
    for name in names:
        cells = (name.kind, name.found, name.role, _sure(name), name.component)
        table.add_row(*map(Text, cells))
    stream = io.StringIO()
    # Without a width the table is as wide as its longest row; 2**14 columns hold any name.
    Console(file=stream, width=width or 2**14, color_system=None, legacy_windows=False).print(table)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def _said(finding: Finding, width: int | None) -> Iterator[str]:
    sure = ", ".join(filter(None, (_sure(finding), finding.component)))
    yield from _folded(f"{finding.kind}: {finding.found} ({sure})", width, after=INDENT)
    if finding.sentence:
        yield from _folded(f"“{finding.sentence}”", width, first=INDENT, after=INDENT)


def _sure(finding: Finding) -> str:
    return "" if finding.confidence is None else f"{finding.confidence:.2f}"


def _folded(text: str, width: int | None, first: str = "", after: str = "") -> list[str]:
    text = one_line(text)
    if width is None:
        return [first + text] if text else []
    room = max(width, NARROWEST)
    return wrap(text, room, initial_indent=first, subsequent_indent=after, break_on_hyphens=False)
