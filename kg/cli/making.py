"""The command that makes a graph: build."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.clustering import DriverLimit, Engine, build_on_spark
from kg.cli.output import Inputs, guarded, say
from kg.cli.reading import DocTimeout, Gazetteer, Jobs, MinConfidence, Strict, reading, summary

__all__ = ["build"]


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
    from kg.building import PAGE, written_files
    from kg.building import build as build_graph
    from kg.graph import BASE

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
    with reading() as (report, shown):
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
    say(summary(graph, report))
    say(f"in {output}: {', '.join(written_files(output, page))}")
    if page:
        say(f"open {Path(output, PAGE)} in a browser")
    say(f"took {time.perf_counter() - start:.1f} s")
