"""Commands that trace: lineage, and the path from one thing to another."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.output import GraphFolder, guarded, note, say, say_data, say_json, terminal_width

__all__ = ["lineage", "path"]

SHOWN = 30
"""Links of one thing that a drawing shows unless asked otherwise."""


TOO_MUCH = ("subject", "object", "title", "issued")
"""Columns that a table to read leaves out."""


class LineageFormat(StrEnum):
    """How a lineage is printed."""

    tree = "tree"
    table = "table"
    json = "json"
    csv = "csv"
    dot = "dot"
    mermaid = "mermaid"
    html = "html"


class PathFormat(StrEnum):
    """How paths are printed."""

    text = "text"
    json = "json"


class Kind(StrEnum):
    """Kinds of thing that have a lineage."""

    model = "model"
    dataset = "dataset"


Confidence = Annotated[
    float,
    typer.Option("--min-confidence", metavar="P", min=0, max=1, help="Count only claims at least this sure."),
]


@guarded
def lineage(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A model or dataset: name, alias or IRI.")],
    graph: GraphFolder = "output",
    kind: Annotated[Kind | None, typer.Option(help="Which to take, where both go by the name.")] = None,
    up: Annotated[bool, typer.Option("--up", help="Only what it depends on.")] = False,
    down: Annotated[bool, typer.Option("--down", help="Only what depends on it.")] = False,
    depth: Annotated[int | None, typer.Option(min=1, help="How many steps to follow; else all.")] = None,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="LINK,…",
            help="Only these links: trainedOn, basedOn, derivedFrom, builtWith, evaluatedOn.",
        ),
    ] = None,
    min_confidence: Confidence = 0.0,
    since: Annotated[
        int | None, typer.Option(metavar="YEAR", help="Count only papers of this year or later.")
    ] = None,
    modality: Annotated[
        str | None, typer.Option(help="Count only papers that work with this modality or a narrower one.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            help=f"Links of one thing to show, those of most papers first; 0 for all. Else all in table, "
            f"csv and json, {SHOWN} in the others.",
        ),
    ] = None,
    copies: Annotated[
        bool,
        typer.Option(
            "--copies",
            help="Carry on to others what a paper says of the copy of a model that it made for itself.",
        ),
    ] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="Print the sentences that say so.")] = False,
    format: Annotated[LineageFormat, typer.Option("--format", "-f", help="How to print.")] = (
        LineageFormat.tree
    ),
) -> None:
    """Show what a model or dataset depends on, and what depends on it.

    Each line of the tree tells the link, the thing it leads to, how many papers say so, how sure the surest
    reading of them is (0 to 1), and that paper's title. A link counts if one paper states it as asked for.

    \b
    Formats:
      tree       to read
      table csv  a line a link; with --evidence a line a paper
      json       the trees, with every sentence
      dot        for Graphviz
      mermaid    for Mermaid
      html       a page with a drawing and every sentence, that opens offline

    \b
    Example:
      kg lineage MIMIC-CXR
      kg lineage MIMIC-CXR --evidence
      kg lineage U-Net --down --only basedOn --modality MRI
      kg lineage dataset/mimic-cxr --depth 1 --format json
      kg lineage BiomedCLIP --format html > biomedclip.html
    """
    from kg.building import load
    from kg.lineage import lineage as trace

    listed = format in (LineageFormat.table, LineageFormat.csv, LineageFormat.json)
    shown = (None if listed else SHOWN) if limit is None else limit or None
    answer = trace(
        load(graph),
        name,
        depth,
        kind=kind,
        up=up or not down,
        down=down or not up,
        only=only,
        min_confidence=min_confidence,
        since=since,
        modality=modality,
        limit=shown,
        copies=copies,
    )
    if format is LineageFormat.tree:
        say(answer.to_text(evidence, terminal_width()))
        return
    if answer.others:
        note(f"taken: {answer.node}; others of that name: {', '.join(answer.others)}")
    match format:
        case LineageFormat.json:
            say_json(answer.to_json())
        case LineageFormat.dot:
            say_data(answer.to_dot())
        case LineageFormat.mermaid:
            say_data(answer.to_mermaid())
        case LineageFormat.html:
            say_data(answer.to_html())
        case _:
            from kg.cli.tables import say_csv, say_table
            from kg.lineage.rows import columns

            rows = answer.to_rows(evidence)
            if format is LineageFormat.csv:
                say_csv(columns(evidence), rows)
            else:
                say_table([column for column in columns(evidence) if column not in TOO_MUCH], rows)


@guarded
def path(
    start: Annotated[str, typer.Argument(metavar="A", help="A model or dataset: name, alias or IRI.")],
    end: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    graph: GraphFolder = "output",
    any_: Annotated[
        bool,
        typer.Option(
            "--any", help="Go by every relation, over papers and results; A and B may be of any kind."
        ),
    ] = False,
    hubs: Annotated[
        bool,
        typer.Option(
            "--hubs",
            help="With --any: also through modalities, metrics and tasks, which join nearly everything.",
        ),
    ] = False,
    min_confidence: Confidence = 0.0,
    max_length: Annotated[int, typer.Option(min=1, metavar="N", help="How many steps a path may have.")] = 6,
    limit: Annotated[int, typer.Option(min=1, help="How many paths to show.")] = 3,
    format: Annotated[PathFormat, typer.Option("--format", "-f", help="How to print.")] = PathFormat.text,
) -> None:
    """Show how two things are connected: the shortest paths, with the sentence behind each step.

    An arrow points from the thing a statement is about to the one it names: from what depends to what it
    depends on. A path may go along arrows and against them. Exits with 1 when there is no path.

    \b
    Example:
      kg path BiomedCoOp CLIP
      kg path MedSAM MIMIC-CXR --any --max-length 4
    """
    from kg.building import load
    from kg.lineage import connect

    answer = connect(
        load(graph),
        start,
        end,
        any_relation=any_,
        hubs=hubs,
        min_confidence=min_confidence,
        limit=limit,
        max_length=max_length,
    )
    if format is PathFormat.json:
        say_json(answer.to_json())
    else:
        say(answer.to_text(terminal_width()))
