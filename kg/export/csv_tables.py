"""Two tables for spreadsheets and data frames: ``nodes.csv`` and ``edges.csv``.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and texts of papers are
not to be trusted, so such a cell gets an apostrophe in front; numbers are left as they are. Whoever needs
the very text takes one of the other formats.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.export.flat import flat
from kg.graph import KnowledgeGraph
from kg.staging import staged

__all__ = ["harmless", "write"]

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?", re.ASCII)


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write both tables in UTF-8; several values are joined by :data:`kg.export.flat.SEPARATOR`.

    Raises:
        OSError: the folder cannot be made or written.
    """
    plain = flat(graph)
    nodes = [{"id": node, **attributes} for node, attributes in plain.nodes(data=True)]
    edges = [
        {"source": subject, "target": object_, "id": name, **attributes}
        for subject, object_, name, attributes in plain.edges(keys=True, data=True)
    ]
    with staged(folder) as aside:
        _write(aside / "nodes.csv", ("id", "kind", "label"), nodes)
        _write(aside / "edges.csv", ("source", "predicate", "target", "paper"), edges)


def harmless(value: Any) -> Any:
    """A cell as it is, or with an apostrophe in front where a spreadsheet would run it."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def _write(path: Path, first: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    columns = [*first, *sorted({name for row in rows for name in row} - set(first))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
