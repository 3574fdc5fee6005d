"""The answer to a SPARQL query, and how it is written: held as a whole, or streamed as it is computed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

import pyoxigraph as ox

from kg.lines import UNSEEN, one_line

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
) -> bool:
    """Write results in a format of :meth:`Answer.to`, row by row where the format allows.

    ``csv tsv json xml ntriples`` take no more memory for more rows; ``table turtle rdfxml jsonld`` need the
    whole.

    Returns:
        Whether there was any row or triple; always for an ASK.

    Raises:
        ValueError: no such format for this kind of answer.
        OSError: the engine failed, or the stream cannot be written.
    """
    kind = _kind(results)
    _check(kind, format)
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        if format in _RESULTS:
            watched = _Watched(stream)
            results.serialize(watched, format=_RESULTS[format])
            if kind == "ask" or format in ("json", "xml"):
                stream.write(b"\n")
            return kind == "ask" or watched.rows(format)
    elif format == "ntriples":
        watched = _Watched(stream)
        ox.serialize(results, watched, format=ox.RdfFormat.N_TRIPLES)
        return bool(watched.beginning)
    answer = Answer.of(results, prefixes or {})
    stream.write(answer.to(format, width).encode("utf-8", "backslashreplace"))
    return kind == "ask" or bool(answer.rows)


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
            format: ``table csv tsv json xml`` for SELECT and ASK; ``table turtle ntriples rdfxml jsonld`` for
                CONSTRUCT and DESCRIBE, where ``json`` is ``jsonld``.
            width: columns that a table may take, longer cells being folded; no limit when left out.

        Raises:
            ValueError: no such format for this kind of answer, or it cannot hold these triples.
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


class _Watched(io.BytesIO):
    """A file that passes on what is written to it and remembers how that begins."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self.beginning = b""

    def write(self, data: Any) -> int:
        if len(self.beginning) < _REMEMBERED:
            self.beginning += bytes(data)
        self._stream.write(data)
        return len(data)

    def rows(self, format: str) -> bool:
        """Whether results in this format have any: what is between the names of the columns and the end."""
        if format == "json":
            return b'"bindings":[]' not in self.beginning
        if format == "xml":
            return b"<results></results>" not in self.beginning
        return self.beginning.count(b"\n") > 1


def _check(kind: Kind, format: str) -> None:
    known = ["table", *(_GRAPHS if kind == "construct" else _RESULTS)]
    if format not in known:
        raise ValueError(
            f"the answer to {_FORMS[kind]} cannot be written as {format!r}; choose one of {', '.join(known)}"
        )


def _table(answer: Answer, width: int | None) -> str:
    if answer.kind == "ask":
        return "yes\n" if answer.boolean else "no\n"
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
    return UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", one_line(text))


def _turtle(answer: Answer) -> str:
    from kg.export.turtle import to_turtle

    return to_turtle([ox.Triple(*row) for row in answer.rows], dict(answer.prefixes))


def _ntriples(answer: Answer) -> str:
    triples = (ox.Triple(*row) for row in answer.rows)
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _rdfxml(answer: Answer) -> str:
    from contextlib import closing

    from kg.export.clean_xml import CleanXml

    for _, predicate, object_ in answer.rows:
        for term in (predicate, object_) if predicate.value == _TYPE else (predicate,):
            # They become names of elements; of others the writer makes what no XML parser takes.
            if isinstance(term, ox.NamedNode) and not _XML_NAME.search(term.value):
                raise ValueError(f"RDF/XML cannot hold {term} as a property or class: choose turtle")
    stream = io.BytesIO()
    with closing(CleanXml(stream)) as clean:
        triples = (ox.Triple(*row) for row in answer.rows)
        ox.serialize(triples, clean, format=ox.RdfFormat.RDF_XML, prefixes=dict(answer.prefixes))
    return stream.getvalue().decode()


def _jsonld(answer: Answer) -> str:
    from kg.export.jsonld import to_jsonld

    return to_jsonld(ox.Triple(*row) for row in answer.rows)


_FORMS: dict[Kind, str] = {
    "select": "a SELECT",
    "ask": "an ASK",
    "construct": "a CONSTRUCT or DESCRIBE",
}
_REMEMBERED = 100_000
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$")

_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS: dict[str, Callable[[Answer], str]] = {
    "turtle": _turtle,
    "ntriples": _ntriples,
    "rdfxml": _rdfxml,
    "jsonld": _jsonld,
    "json": _jsonld,
}
