"""The answer to a SPARQL query, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

__all__ = ["Answer"]

Term = Any
"""An RDF term of pyoxigraph, or ``None`` where a variable is unbound."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answered."""

    kind: Literal["select", "ask", "construct"]
    variables: tuple[str, ...] = ()
    """Column names of a SELECT; ``subject predicate object`` of a CONSTRUCT or DESCRIBE."""
    rows: tuple[tuple[Term, ...], ...] = ()
    """A term for each variable; the triples of a CONSTRUCT."""
    boolean: bool | None = None
    """The answer of an ASK."""
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)
    payload: bytes = field(default=b"", repr=False)
    """A SELECT's or ASK's answer in the standard JSON, from which the other standard formats are made."""

    def strings(self) -> list[tuple[str, ...]]:
        """The rows as plain text: full IRIs, bare values, ``""`` where a variable is unbound."""
        return [tuple("" if term is None else _plain(term) for term in row) for row in self.rows]

    def to(self, format: str = "table", width: int | None = None) -> str:
        """The answer as text.

        Args:
            format: ``table csv tsv json xml`` for SELECT and ASK; ``table turtle ntriples json`` (which is
                JSON-LD) for CONSTRUCT and DESCRIBE.
            width: columns that a table may take, longer cells being folded; no limit when left out.

        Raises:
            ValueError: no such format for this kind of answer.
        """
        writers = _GRAPH_WRITERS if self.kind == "construct" else _WRITERS
        if format == "table":
            return _table(self, width)
        if format not in writers:
            known = ", ".join(["table", *writers])
            kind = self.kind.upper()
            raise ValueError(f"a {kind} answer cannot be written as {format!r}; choose one of {known}")
        return writers[format](self)


def _table(answer: Answer, width: int | None) -> str:
    if answer.kind == "ask":
        return "yes\n" if answer.boolean else "no\n"
    import io

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for variable in answer.variables:
        table.add_column(Text(variable), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(_visible(_short(term, answer.prefixes))) for term in row))
    stream = io.StringIO()
    # Without a limit the table is as wide as its longest row; 2**14 columns hold any abstract.
    Console(file=stream, width=width or 2**14, color_system=None, legacy_windows=False).print(table)
    return "".join(line.rstrip() + "\n" for line in stream.getvalue().splitlines())


def _short(term: Term, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for prefix, namespace in prefixes.items():
            if term.value.startswith(namespace) and len(term.value) > len(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return _plain(term)


def _plain(term: Term) -> str:
    return str(getattr(term, "value", term))


def _visible(text: str) -> str:
    """One line without characters that move the cursor or turn the direction of the text."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", " ".join(text.split()))


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _standard(format: QueryResultsFormat) -> Callable[[Answer], str]:
    def write(answer: Answer) -> str:
        results = parse_query_results(answer.payload, QueryResultsFormat.JSON)
        text = (results.serialize(format=format) or b"").decode()
        return text if text.endswith("\n") else text + "\n"

    return write


def _graph(format: RdfFormat) -> Callable[[Answer], str]:
    def write(answer: Answer) -> str:
        return (serialize((Triple(*row) for row in answer.rows), format=format) or b"").decode()

    return write


def _turtle(answer: Answer) -> str:
    from kg.export.turtle import to_turtle

    return to_turtle([Triple(*row) for row in answer.rows], dict(answer.prefixes))


_WRITERS = {
    "csv": _standard(QueryResultsFormat.CSV),
    "tsv": _standard(QueryResultsFormat.TSV),
    "json": _standard(QueryResultsFormat.JSON),
    "xml": _standard(QueryResultsFormat.XML),
}
_GRAPH_WRITERS = {
    "turtle": _turtle,
    "ntriples": _graph(RdfFormat.N_TRIPLES),
    "json": _graph(RdfFormat.JSON_LD),
}
