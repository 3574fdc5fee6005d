"""Commands that ask a built graph: query, lineage, stats."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.output import GraphFolder, guarded, say, say_data, say_json, terminal_width

__all__ = ["lineage", "query", "stats"]


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


def _print_queries(wanted: bool) -> None:
    if wanted:
        from kg.query import named_queries

        for name, query_ in named_queries().items():
            say(f"{name}\n    {query_.question}")
        raise typer.Exit


@guarded
def query(
    question: Annotated[
        str, typer.Argument(metavar="QUERY", help="SPARQL, a file of it, or the name of a query that ships.")
    ],
    graph: GraphFolder = "output",
    format: Annotated[
        AnswerFormat,
        typer.Option(
            "--format",
            "-f",
            help="How to print: table and json always; csv, tsv and xml for SELECT and ASK; turtle and "
            "ntriples for CONSTRUCT and DESCRIBE.",
        ),
    ] = AnswerFormat.table,
    list_: Annotated[
        bool,
        typer.Option("--list", callback=_print_queries, is_eager=True, help="Print the queries that ship."),
    ] = False,
) -> None:
    """Ask the graph in SPARQL.

    Well-known prefixes need no declaration. An ASK that is answered with no exits with 1.

    \b
    Example:
      kg query 'SELECT ?model WHERE { ?model fair4ml:trainedOn dataset:mimic-cxr }'
      kg query question.rq --format csv
      kg query leaderboard
      kg query --list
    """
    from kg.store import Store

    answer = Store.open(graph).query(_sparql(question))
    say_data(answer.to(format.value, width=terminal_width()))
    if answer.boolean is False:
        raise typer.Exit(1)


@guarded
def lineage(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A model or dataset: name, alias or IRI.")],
    graph: GraphFolder = "output",
    depth: Annotated[int | None, typer.Option(min=1, help="How many steps to follow; else all.")] = None,
    evidence: Annotated[bool, typer.Option("--evidence", help="Print the sentences that say so.")] = False,
    format: AsTextOrJson = TextOrJson.text,
) -> None:
    """Show what a model or dataset depends on, and what depends on it.

    Each line tells the link, the thing it leads to, how many papers say so, how sure the surest reading of
    them is (0 to 1), and that paper's title.

    \b
    Example:
      kg lineage MIMIC-CXR
      kg lineage MIMIC-CXR --evidence
      kg lineage dataset/mimic-cxr --depth 1 --format json
    """
    from kg.building import load
    from kg.lineage import lineage as trace

    answer = trace(load(graph), name, depth=depth)
    if format is TextOrJson.json:
        say_json(answer.to_json())
    else:
        say(answer.to_text(evidence=evidence, width=terminal_width()))


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


def _sparql(question: str) -> str:
    """The query itself: out of a file or of those that ship when it is named, else what was typed."""
    from kg.query import named_queries

    with suppress(OSError):  # a query may be too long for a file name
        if Path(question).is_file():
            return Path(question).read_text(encoding="utf-8")
    named = named_queries()
    if question in named:
        return named[question].sparql
    if re.fullmatch(r"[\w./\\-]+", question):
        raise ValueError(
            f"no file and no query that ships is called {question!r}; those that ship are {', '.join(named)}"
        )
    return question
