"""Commands that read papers: build, extract, evaluate."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.clustering import DriverLimit, Engine, build_on_spark
from kg.cli.output import Inputs, guarded, note, say, say_json, terminal_width
from kg.cli.progress import progress

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.records import PaperRecord
    from kg.sources import Report

__all__ = ["DocTimeout", "Jobs", "Strict", "build", "counted", "evaluate", "extract", "summary", "tell"]

MinConfidence = Annotated[
    float,
    typer.Option(
        metavar="P",
        min=0,
        max=1,
        help="Leave out what is less sure than this, from 0 to 1; relations and results go with their names.",
    ),
]
Gazetteer = Annotated[
    bool,
    typer.Option(help="Let the vocabularies of models and datasets that ship help to find names."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail when a file or an entry cannot be read.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=0,
        envvar="KG_JOBS",
        show_default=False,
        help="Processes to extract in; all cores when left out. 0: this process itself, without the guard of "
        "--doc-timeout.",
    ),
]
DocTimeout = Annotated[
    float,
    typer.Option(
        metavar="SECONDS", min=0.1, help="Leave a paper out, and name it, when extraction takes longer."
    ),
]

_SHOWN = 20
"""Remarks of one sort printed one by one; of more only the number is told."""
_PLURALS = {"modality": "modalities"}
_RULE = "─" * 72
"""Stands between papers that are explained in text."""


@guarded
def build(
    inputs: Inputs,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="The folder to write.")
    ] = "output",
    base: Annotated[
        str | None,
        typer.Option(
            metavar="IRI",
            help="What the IRIs of all things begin with, ending in / or #; else one under w3id.org.",
        ),
    ] = None,
    page: Annotated[bool, typer.Option(help="Draw graph.html too.")] = True,
    min_confidence: MinConfidence = 0.0,
    gazetteer: Gazetteer = True,
    corrections: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Corrections to apply, in YAML: things merged, split, renamed, rejected or added.",
        ),
    ] = None,
    jobs: Jobs = None,
    doc_timeout: DocTimeout = 60.0,
    strict: Strict = False,
    engine: Annotated[
        Engine, typer.Option(help="Where the work is done: on this machine, or on Apache Spark.")
    ] = Engine.local,
    driver_limit: DriverLimit = None,
) -> None:
    """Read papers and write their graph into a folder.

    Writes papers.jsonl, graph.ttl, graph.nq, graph.graphml and graph.html, all or none. Where papers were
    extracted before, by a build that ended or was stopped, only those that changed are extracted again.

    \b
    Example:
      kg build listing.txt library.bib articles/ -o output
      kg build articles/ --min-confidence 0.8 -o sure
      kg build articles/ --no-gazetteer -o wording
      kg build articles/ --corrections corrections.yaml
      kg build hdfs:///abstracts -o hdfs:///graph --engine spark
    """
    from kg.building import PAGE
    from kg.building import build as build_graph
    from kg.graph import BASE
    from kg.sources import Report
    from kg.store import STORE

    if engine is Engine.spark:
        build_on_spark(
            inputs,
            output,
            base,
            (min_confidence, gazetteer, doc_timeout),
            strict=strict,
            driver_limit=driver_limit,
            refused={"--corrections": corrections, "--jobs": jobs},
        )
        return
    start = time.perf_counter()
    report = Report()
    try:
        with progress() as shown:
            graph = build_graph(
                inputs,
                output=output,
                base=base or BASE,
                page=page,
                strict=strict,
                min_confidence=min_confidence,
                gazetteer=gazetteer,
                corrections=corrections,
                jobs=jobs,
                doc_timeout=doc_timeout,
                report=report,
                progress=shown,
            )
    finally:
        tell(report)
    say(summary(graph, report))
    written = (path for path in Path(output).iterdir() if path.is_file() or path.name == STORE)
    files = sorted(path.name for path in written if path.name[0] != ".")
    say(f"in {output}: {', '.join(files)}")
    if page:
        say(f"open {Path(output, PAGE)} in a browser")
    say(f"took {time.perf_counter() - start:.1f} s")


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
    from kg.sources import Report

    report = Report()
    printed = output == "-"
    try:
        with progress(prints=printed) as shown:
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
    finally:
        tell(report)
    note(_read(report))
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
    from kg.sources import Report

    report = Report()
    with progress() as shown:
        evaluation = compare(
            read_gold(gold), papers_or_records(inputs, jobs=jobs, report=report, progress=shown)
        )
    tell(report)
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


def summary(graph: KnowledgeGraph, report: Report) -> str:
    """Two lines: what was read, and what the graph holds."""
    return counted(graph.counts(), report)


def counted(counts: Mapping[str, int], report: Report) -> str:
    """The same, given how many nodes of each kind the graph holds."""
    from kg.graph import KINDS

    plurals = {kind: _PLURALS.get(kind, f"{kind}s") for kind in KINDS}
    found = ", ".join(f"{counts[kind]} {kind if counts[kind] == 1 else plurals[kind]}" for kind in KINDS)
    return f"{_read(report)}\nfound {found}"


def _read(report: Report) -> str:
    why = ", ".join(f"{reason} {count}" for reason, count in report.why_skipped().items())
    return f"read {report.read}, skipped {report.skipped}{f' ({why})' if why else ''}, failed {report.failed}"


def tell(report: Report) -> None:
    """Name what could not be read, or not wholly."""
    for what, remarks, count in (
        ("cannot read", report.failures, report.failed),
        ("note:", report.notes, len(report.notes)),
    ):
        for remark in remarks[:_SHOWN]:
            note(f"{what} {remark}")
        if count > _SHOWN:
            note(f"{what} {count - _SHOWN} more")
