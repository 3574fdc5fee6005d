"""The answer to a SPARQL query, and how it is written: held as a whole, or streamed as it is computed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

import pyoxigraph as ox

__all__ = ["Answer", "Results", "size", "write"]

Term = Any
"""An RDF term of pyoxigraph, or ``None`` where a variable is unbound."""

Kind = Literal["select", "ask", "construct"]

Results = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""What an engine answers to SELECT, ASK, and CONSTRUCT or DESCRIBE; read once."""


def write(
    results: Results,
    format: str,
    stream: BinaryIO,
    prefixes: Mapping[str, str] | None = None,
    width: int | None = None,
) -> None:
    """Write results in a format of :meth:`Answer.to`, row by row where the format allows.

    ``csv tsv json xml ntriples`` take no more memory for more rows; ``table turtle jsonld`` need the whole.

    Raises:
        ValueError: no such format for this kind of answer.
        OSError: the engine failed, or the stream cannot be written.
    """
    kind = _kind(results)
    _check(kind, format)
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        if format in _RESULTS:
            results.serialize(stream, format=_RESULTS[format])
            if kind == "ask" or format in ("json", "xml"):
                stream.write(b"\n")
            return
    elif format == "ntriples":
        ox.serialize(results, stream, format=ox.RdfFormat.N_TRIPLES)
        return
    stream.write(Answer.of(results, prefixes or {}).to(format, width).encode("utf-8", "backslashreplace"))


def size(results: Results) -> int:
    """How many rows or triples there are, read to the end; one for an ASK."""
    return 1 if isinstance(results, ox.QueryBoolean) else sum(1 for _ in results)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answered."""

    kind: Kind
    variables: tuple[str, ...] = ()
    """Column names of a SELECT; ``subject predicate object`` of a CONSTRUCT or DESCRIBE."""
    rows: tuple[tuple[Term, ...], ...] = ()
    """A term for each variable; the triples of a CONSTRUCT."""
    boolean: bool | None = None
    """The answer of an ASK."""
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)
    payload: bytes = field(default=b"", repr=False)
    """A SELECT's or ASK's answer in the standard JSON, from which the other standard formats are made."""

    @classmethod
    def of(cls, results: Results, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Read results to their end; triples are sorted, each once."""
        prefixes = prefixes or {}
        if isinstance(results, ox.QueryBoolean | ox.QuerySolutions):
            payload = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
            if isinstance(results, ox.QueryBoolean):
                return cls("ask", boolean=bool(results), payload=payload)
            solutions = ox.parse_query_results(payload, ox.QueryResultsFormat.JSON)
            assert isinstance(solutions, ox.QuerySolutions)
            variables = tuple(variable.value for variable in solutions.variables)
            return cls("select", variables, tuple(map(tuple, solutions)), None, prefixes, payload)
        triples = sorted(set(results), key=lambda triple: tuple(map(str, triple)))
        names = ("subject", "predicate", "object")
        return cls("construct", names, tuple(map(tuple, triples)), None, prefixes)

    def strings(self) -> list[tuple[str, ...]]:
        """The rows as plain text: full IRIs, bare values, ``""`` where a variable is unbound."""
        return [tuple("" if term is None else _plain(term) for term in row) for row in self.rows]

    def to(self, format: str = "table", width: int | None = None) -> str:
        """The answer as text.

        Args:
            format: ``table csv tsv json xml`` for SELECT and ASK; ``table turtle ntriples jsonld`` for
                CONSTRUCT and DESCRIBE, where ``json`` is ``jsonld``.
            width: columns that a table may take, longer cells being folded; no limit when left out.

        Raises:
            ValueError: no such format for this kind of answer.
        """
        _check(self.kind, format)
        if format == "table":
            return _table(self, width)
        if self.kind == "construct":
            return _GRAPHS[format](self)
        results = ox.parse_query_results(self.payload, ox.QueryResultsFormat.JSON)
        text = (results.serialize(format=_RESULTS[format]) or b"").decode()
        return text if text.endswith("\n") else text + "\n"


def _kind(results: Results) -> Kind:
    if isinstance(results, ox.QuerySolutions):
        return "select"
    return "ask" if isinstance(results, ox.QueryBoolean) else "construct"


def _check(kind: Kind, format: str) -> None:
    known = ["table", *(_GRAPHS if kind == "construct" else _RESULTS)]
    if format not in known:
        raise ValueError(
            f"a {kind.upper()} answer cannot be written as {format!r}; choose one of {', '.join(known)}"
        )


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
    if isinstance(term, ox.NamedNode):
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


def _turtle(answer: Answer) -> str:
    from kg.export.turtle import to_turtle

    return to_turtle([ox.Triple(*row) for row in answer.rows], dict(answer.prefixes))


def _ntriples(answer: Answer) -> str:
    triples = (ox.Triple(*row) for row in answer.rows)
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _jsonld(answer: Answer) -> str:
    from kg.export.jsonld import to_jsonld

    return to_jsonld(ox.Triple(*row) for row in answer.rows)


_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS: dict[str, Callable[[Answer], str]] = {
    "turtle": _turtle,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
    "json": _jsonld,
}
