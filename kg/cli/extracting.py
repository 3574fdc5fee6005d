"""Commands that show what extraction finds, and how much of it is right: extract, evaluate."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import Inputs, guarded, note, say, say_json, terminal_width
from kg.cli.reading import DocTimeout, Gazetteer, Jobs, MinConfidence, Strict, outcome, reading

if TYPE_CHECKING:
    from kg.records import PaperRecord

__all__ = ["evaluate", "extract"]

_RULE = "─" * 72
"""Stands between papers that are explained in text."""


@guarded
def extract(
    inputs: Inputs,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The file to write; '-' is standard output.")
    ] = "-",
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Write for people: the texts marked, and what found each thing. A FILE that ends in .html "
            "becomes a page for a browser, any other plain text.",
        ),
    ] = False,
    min_confidence: MinConfidence = 0.0,
    gazetteer: Gazetteer = True,
    jobs: Jobs = None,
    doc_timeout: DocTimeout = 60.0,
    strict: Strict = False,
) -> None:
    """Read papers and write what each says, one JSON object a line.

    \b
    Example:
      kg extract articles/ -o papers.jsonl
      zcat abstracts.txt.gz | kg extract - > papers.jsonl
      kg extract paper.txt --explain
      kg extract paper.txt --explain -o paper.html
    """
    from kg.papers import papers, write_records

    printed = output == "-"
    with reading(prints=printed) as (report, shown):
        records = papers(
            inputs,
            strict=strict,
            min_confidence=min_confidence,
            gazetteer=gazetteer,
            jobs=jobs,
            doc_timeout=doc_timeout,
            report=report,
            progress=shown,
        )
        if explain:
            _write_explained(records, output)
        else:
            write_records(records, sys.stdout if printed else Path(output))
    note(outcome(report))
    if explain and _is_page(output):
        note(f"open {output} in a browser")


@guarded
def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Annotated papers, one JSON object a line.")],
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="What 'kg extract' wrote, or papers to extract from now."),
    ],
    json_: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="First list what was missed and made up.")] = False,
    jobs: Jobs = None,
) -> None:
    """Compare what is extracted with what people annotated.

    Prints precision, recall and F1 by kind, and the mean F1.

    \b
    Example:
      kg evaluate tests/gold/seeds.jsonl seeds/
      kg evaluate annotated.jsonl papers.jsonl --errors
    """
    from kg.evaluate import evaluate as compare
    from kg.evaluate import read_gold
    from kg.papers import papers_or_records

    with reading() as (report, shown):
        evaluation = compare(
            read_gold(gold), papers_or_records(inputs, jobs=jobs, report=report, progress=shown)
        )
    if errors:
        for d in evaluation.differences:
            say(f"{d.paper} {d.kind}: missed {list(d.missed)} made up {list(d.made_up)}")
    if json_:
        say_json(evaluation.to_json(), indent=None)
    else:
        say(str(evaluation))


def _write_explained(records: Iterable[PaperRecord], output: str) -> None:
    """Explain records on a page, in a text file or on standard output, one after the other as they come."""
    from kg.extract.explain import to_text, write_page
    from kg.papers import open_records
    from kg.staging import staged_file

    if _is_page(output):
        write_page(records, Path(output))
        return
    width = terminal_width() if output == "-" else None
    with ExitStack() as stack:
        file = None
        if output != "-":
            file = stack.enter_context(open_records(stack.enter_context(staged_file(Path(output)))))
        for number, record in enumerate(records):
            say(f"\n{_RULE}\n\n" * (number > 0) + to_text(record, width), file)


def _is_page(output: str) -> bool:
    return Path(output).suffix.lower() in (".html", ".htm")
