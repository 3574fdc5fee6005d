"""Commands that ask a built graph: query, stats."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import GraphFolder, guarded, note, say, say_data, say_json, terminal_width

if TYPE_CHECKING:
    from kg.endpoint import Endpoint
    from kg.store import Store

__all__ = ["query", "stats"]


class TextOrJson(StrEnum):
    """Formats of an answer that is not a table."""

    text = "text"
    json = "json"


AsTextOrJson = Annotated[TextOrJson, typer.Option("--format", "-f", help="How to print.")]


class AnswerFormat(StrEnum):
    """Formats of an answer to a query; which fit depends on the form of the query."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    turtle = "turtle"
    ntriples = "ntriples"
    rdfxml = "rdfxml"
    jsonld = "jsonld"


_EXTENSIONS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".rdf": "rdfxml",
    ".jsonld": "jsonld",
    ".txt": "table",
}
"""Endings of a file to the format that is meant."""


def _print_queries(wanted: bool) -> None:
    if wanted:
        from kg.query import named_queries

        for name, query_ in named_queries().items():
            say(f"{name}\n    {query_.question}")
            for parameter in query_.parameters:
                kind = "" if parameter.kind == "thing" else f" ({parameter.kind})"
                say(f"    --param {parameter.name}=…  {parameter.about}{kind}")
        raise typer.Exit


@guarded
def query(
    question: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            help="SPARQL, a file of it, the name of a query that ships, or '-' for standard input.",
        ),
    ],
    graph: GraphFolder = "output",
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help="A value for a variable of the query: a name or alias, an IRI, a prefixed name, a key such "
            "as dataset/mimic-cxr, or a number. Can be repeated; several for one variable mean any of them.",
        ),
    ] = None,
    format: Annotated[
        AnswerFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to print: table (the default) and json always; csv, tsv and xml for SELECT and ASK; "
            "turtle, ntriples, rdfxml and jsonld (the same as json) for CONSTRUCT and DESCRIBE.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"Write to a file; its ending tells the format: {' '.join(_EXTENSIONS)}.",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Instead of the answer, print what the query asks for: its SPARQL algebra, the number of "
            "statements that fit each pattern on its own, then rows and time. Oxigraph chooses its own order "
            "of evaluation and does not tell it.",
        ),
    ] = False,
    endpoint: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask this SPARQL endpoint instead of a built graph."),
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="How long to wait for an endpoint's answer.")
    ] = 60.0,
    list_: Annotated[
        bool,
        typer.Option("--list", callback=_print_queries, is_eager=True, help="Print the queries that ship."),
    ] = False,
) -> None:
    """Ask the graph, or an endpoint, in SPARQL.

    Well-known prefixes need no declaration. An ASK that is answered with no exits with 1. Answers in csv,
    tsv, json, xml and ntriples are written as they come, however large. Of an answer without rows, standard
    error tells which terms of the query the graph does not have. Updates are refused, and SERVICE too unless
    an --endpoint takes it.

    \b
    Example:
      kg query 'SELECT DISTINCT ?model WHERE { ?model fair4ml:evaluatedOn dataset:mimic-cxr }'
      kg query datasets-by-modality --param modality=X-ray
      kg query question.rq --format csv -o answer.csv
      kg query metrics-by-task -p task=segmentation --endpoint http://localhost:7878/sparql
      kg query --list
    """
    from pyoxigraph import QueryBoolean

    from kg.answer import Answer, write
    from kg.staging import staged_file
    from kg.things import with_values

    chosen = _format(format, output)
    if explain and chosen != "table":
        raise ValueError("--explain prints text: leave out --format, and write it to a .txt with --output")
    source = _source(graph, endpoint, timeout)
    sparql = with_values(_sparql(question), param or [], source)
    if explain:
        plan = _explained(sparql, source, counted=endpoint is None)
        if output is None:
            say(plan)
        else:
            with staged_file(Path(output)) as part:
                part.write_text(plan + "\n", encoding="utf-8")
        return
    prefixes = source.prefixes if chosen in ("table", "turtle") else {}
    if output is not None:
        with staged_file(Path(output)) as part, part.open("wb") as stream:
            results = source.results(sparql)
            any_ = write(results, chosen, stream, prefixes)
    else:
        with _stoppable():
            results = source.results(sparql)
            if sys.stdout.isatty():
                answer = Answer.of(results, prefixes)
                say_data(answer.to(chosen, width=terminal_width()))
                any_ = answer.kind == "ask" or bool(answer.rows)
            else:
                any_ = write(results, chosen, sys.stdout.buffer, prefixes)
    if not any_:
        _tell_of_nothing(sparql, source)
    if isinstance(results, QueryBoolean) and not results:
        raise typer.Exit(1)


@guarded
def stats(
    graph: GraphFolder = "output",
    format: AsTextOrJson = TextOrJson.text,
) -> None:
    """Count what the graph holds.

    \b
    Example:
      kg stats --format json
    """
    from kg.building import load
    from kg.stats import stats as count

    answer = count(load(graph))
    if format is TextOrJson.json:
        say_json(answer.to_json())
    else:
        say(answer.to_text())


def _source(graph: str, endpoint: str | None, timeout: float) -> Store | Endpoint:
    if endpoint is not None:
        from kg.endpoint import Endpoint

        return Endpoint(endpoint, timeout)
    from kg.store import Store

    return Store.open(graph)


def _format(format: AnswerFormat | None, output: str | None) -> str:
    """The format to write in: the one asked for, or that of the file's ending."""
    if format is not None or output is None:
        return format.value if format else "table"
    ending = Path(output).suffix.lower()
    if ending not in _EXTENSIONS:
        said = (
            f"the ending {ending!r} tells no format" if ending else "it has no ending that tells the format"
        )
        raise ValueError(f"{output}: {said}; end it in one of {' '.join(_EXTENSIONS)}, or give --format")
    return _EXTENSIONS[ending]


def _tell_of_nothing(sparql: str, source: Store | Endpoint) -> None:
    """Say that there are no rows, and which terms of the query the graph does not have."""
    from kg.store import Store

    note("0 rows")
    if isinstance(source, Store):
        from kg.absent import absent_terms

        for line in absent_terms(sparql, source):
            note(line)


def _explained(sparql: str, source: Store | Endpoint, counted: bool) -> str:
    from kg.answer import size
    from kg.plan import explained

    def count(pattern: str) -> int:
        return int(source.query(f"SELECT (COUNT(*) AS ?n) WHERE {pattern}").strings()[0][0])

    start = time.perf_counter()
    rows = size(source.results(sparql))
    seconds = time.perf_counter() - start
    try:
        plan = explained(sparql, source.prefixes, count if counted else None) + "\n"
    except ValueError as error:
        note(str(error))
        plan = ""
    return f"{plan}{rows:,} {'row' if rows == 1 else 'rows'} in {seconds * 1000:,.1f} ms"


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the engine does not look up until it has a row."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _sparql(question: str) -> str:
    """The query itself: out of a file or of those that ship when it is named, else what was typed."""
    from kg.query import named_queries

    if question == "-":
        return sys.stdin.read()
    with suppress(OSError):  # a query may be too long for a file name
        if Path(question).is_file():
            return Path(question).read_text(encoding="utf-8")
    named = named_queries()
    if question in named:
        return named[question].sparql
    if re.fullmatch(r"[\w./\\-]+", question):
        from kg.finding import nearest

        near = nearest(question, named)
        hint = (
            f"did you mean {' or '.join(near)}? 'kg query --list' prints all that ship"
            if near
            else f"those that ship are {', '.join(named)}"
        )
        raise ValueError(f"no file and no query that ships is called {question!r}; {hint}")
    return question
