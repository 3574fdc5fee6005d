"""Rows of named values as a table to read or as CSV, the same for every command that prints some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.cli.output import say_data, terminal_width

__all__ = ["say_csv", "say_table"]


def say_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print an aligned table to standard output, folded to the terminal; numbers below 1 to two places."""
    from kg.answer import Answer

    cells = (tuple(_readable(row[column]) for column in columns) for row in rows)
    say_data(Answer("select", tuple(columns), tuple(cells)).to("table", width=terminal_width()))


def say_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print CSV to standard output; a text that a spreadsheet would run gets an apostrophe in front."""
    import csv
    import io

    from kg.export.csv_tables import harmless

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(row[column]) for column in columns] for row in rows)
    say_data(stream.getvalue())


def _readable(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) and abs(value) <= 1 else str(value)
