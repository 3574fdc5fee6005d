"""Commands that weigh what papers say against each other: audit, leaderboard."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.output import GraphFolder, guarded, note, say, say_json, terminal_width

__all__ = ["audit", "leaderboard"]


class AuditFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"
    csv = "csv"


class BoardFormat(StrEnum):
    """How leaderboards are printed."""

    table = "table"
    json = "json"
    csv = "csv"


@guarded
def audit(
    graph: GraphFolder = "output",
    only: Annotated[
        str | None,
        typer.Option(
            metavar="CHECK,…", help="Only these checks: leakage, disagreements, duplicates, orphans."
        ),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(metavar="P", min=0, max=1, help="Pass over findings read less surely than this."),
    ] = 0.0,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    format: Annotated[AuditFormat, typer.Option("--format", "-f", help="How to print.")] = AuditFormat.text,
) -> None:
    """Look the graph over for what may be wrong in it. Exits with 1 when anything is found.

    \b
    Checks:
      leakage        models evaluated on data that their ancestry, at any depth, was trained on or built
                     from; apart from these, models trained and evaluated on one dataset
      disagreements  each of two models said to be better than the other; two values for one result
      duplicates     things that may be one, each with a line for the corrections file
      orphans        names that one paper mentions and of which nothing else is known

    Everything found is to be read before it is believed: its sentences stand below it.

    \b
    Example:
      kg audit --graph output
      kg audit --only leakage,duplicates --min-confidence 0.5
      kg audit --format csv > findings.csv
    """
    from kg.audit import COLUMNS
    from kg.audit import audit as look_over
    from kg.building import load

    wanted = None if only is None else [name.strip() for name in only.split(",") if name.strip()]
    found = look_over(load(graph), wanted, min_confidence)
    match format:
        case AuditFormat.json:
            say_json(found.to_json())
        case AuditFormat.csv:
            from kg.cli.tables import say_csv

            say_csv(COLUMNS, found.to_rows())
        case _:
            say(found.to_text(terminal_width()))
    if found.findings and not exit_zero:
        raise typer.Exit(1)


@guarded
def leaderboard(
    graph: GraphFolder = "output",
    dataset: Annotated[
        str | None, typer.Option(help="Results on this dataset: name, alias or IRI; else on any.")
    ] = None,
    metric: Annotated[
        str | None, typer.Option(help="Results in this metric or a narrower one; else in any.")
    ] = None,
    task: Annotated[
        str | None, typer.Option(help="Only of papers or datasets with this task or a narrower one.")
    ] = None,
    modality: Annotated[
        str | None, typer.Option(help="Only of papers or datasets with this modality or a narrower one.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows a board shows at most; else all.")] = None,
    unplaced: Annotated[
        bool,
        typer.Option("--unplaced", help="Also list the results that are on no board, as table or json."),
    ] = False,
    format: Annotated[BoardFormat, typer.Option("--format", "-f", help="How to print.")] = BoardFormat.table,
) -> None:
    """Show the results that papers report on a dataset, in a metric or both, the best first.

    There is a board for each dataset and metric, ordered as the metric is read (of an error the least stands
    first); percent and shares of one are on one scale. Below stand the sentence, the paper and how sure the
    reading is; at the end, what could not be placed and why.

    \b
    Example:
      kg leaderboard --dataset MIMIC-CXR
      kg leaderboard --metric Dice --modality MRI --limit 5
      kg leaderboard --dataset VQA-RAD --metric accuracy --format csv
    """
    from kg.building import load
    from kg.leaderboard import COLUMNS
    from kg.leaderboard import leaderboard as order

    if dataset is None and metric is None:
        raise typer.BadParameter("give --dataset, --metric or both")
    found = order(load(graph), dataset, metric, task=task, modality=modality, limit=limit)
    match format:
        case BoardFormat.json:
            say_json(found.to_json())
        case BoardFormat.csv:
            from kg.cli.tables import say_csv

            say_csv(COLUMNS, found.to_rows())
        case _:
            say(found.to_text(terminal_width(), unplaced))
            return
    for line in found.left_out():
        note(line)
