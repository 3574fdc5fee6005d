"""What a build on a cluster could not read, counted and named as one on a single machine does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.engines.partitions import Places
from kg.engines.stages import KINDS
from kg.sources.report import KEPT, Failure, Report

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

    from kg.engines.hadoop import InputFile

__all__ = ["fill", "fill_files"]


def fill_files(report: Report, files: Sequence[InputFile]) -> list[InputFile]:
    """Note the files that hold nothing to read.

    Returns:
        The others.
    """
    left = []
    for file in files:
        if not any(re.search(f"{ending}$", file.address) for ending in KINDS.values()):
            report.fail(Failure(file.address, "", "neither JSON Lines nor Parquet by its name"))
        elif not file.size:
            report.skip(Failure(file.address, "", "the file is empty"))
        else:
            left.append(file)
    return left


def fill(
    report: Report,
    files: Sequence[InputFile],
    places: Places,
    read: DataFrame,
    repeated: DataFrame,
    aside: DataFrame | None,
) -> None:
    """Count what was read, skipped and failed, and keep the first of each with the reason.

    Args:
        report: what to fill in.
        files: all files of the inputs.
        places: where their lines are.
        read: the table that :func:`kg.engines.stages.documents` made.
        repeated: papers that were there before (:func:`kg.engines.stages.repeats`).
        aside: papers that could not be extracted, if there are any.
    """
    # One look at the table for all counts: each look costs a job, and mostly there is nothing to tell.
    counts = {
        row["failed"]: row["count"] for row in read.where("lines IS NULL").groupBy("failed").count().collect()
    }
    again = repeated.count()
    report.read += counts.get(None, 0) - again
    for failed, note in ((True, report.fail), (False, report.skip)):
        if some := counts.get(failed, 0):
            for row in _first(read.where(f"failed = {failed}")):
                note(Failure(files[row["file"]].address, _line(row, places), row["reason"]))
            _count_beyond(report, some, failed)
    if again:
        for row in _first(repeated):
            reason = f"an earlier paper has the same {row['kind']}"
            report.skip(Failure(files[row["file"]].address, _line(row, places), reason))
        _count_beyond(report, again, failed=False)
    if aside is not None:
        lost = aside.select("source", "reason").orderBy("source").collect()
        report.read -= len(lost)
        for row in lost:
            report.fail(Failure(row["source"], "", row["reason"]))


def _first(rows: DataFrame) -> list[Row]:
    """The first of what may be very many."""
    return rows.orderBy("file", "block", "line", "item").limit(KEPT).collect()


def _line(row: Row, places: Places) -> str:
    return f"line {places.line(row['file'], row['block'], row['line'])}"


def _count_beyond(report: Report, total: int, failed: bool) -> None:
    """Count those that are not kept one by one."""
    beyond = max(0, total - KEPT)
    if failed:
        report.failed += beyond
    else:
        report.skipped += beyond
