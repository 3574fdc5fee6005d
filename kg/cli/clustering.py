"""The part of ``kg build`` that runs on a cluster."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.output import say
from kg.cli.reading import counted, reading

__all__ = ["DriverLimit", "Engine", "build_on_spark"]


class Engine(StrEnum):
    """Where a build does its work."""

    local = "local"
    spark = "spark"


DriverLimit = Annotated[
    float | None,
    typer.Option(
        metavar="GIB",
        min=0,
        show_default=False,
        help="With --engine spark: memory that linking may take on the driver; else 0.7 of that machine's.",
    ),
]


def build_on_spark(
    inputs: Sequence[str],
    output: str,
    base: str | None,
    extraction: tuple[float, bool, float],
    *,
    strict: bool,
    driver_limit: float | None,
    refused: Mapping[str, object],
) -> None:
    """Build on Spark and say what came of it.

    Args:
        inputs: addresses of JSON Lines or Parquet.
        output: the address of the folder to write.
        base: the IRI that entities live under.
        extraction: the fields of :class:`kg.engines.partitions.Extraction`.
        strict: whether what cannot be read is an error.
        driver_limit: GiB that linking may take.
        refused: options that this engine does not have, with what was given for them.

    Raises:
        ValueError: such an option was given.
    """
    from kg.engines.partitions import Extraction
    from kg.engines.spark import WRITTEN, build_with_spark
    from kg.graph import BASE

    for option, given in refused.items():
        if given is not None:
            raise ValueError(
                f"{option} is not for --engine spark: leave it out, or build with --engine local"
            )
    start = time.perf_counter()
    with reading() as (report, shown):
        counts = build_with_spark(
            inputs,
            output,
            base=base or BASE,
            strict=strict,
            extraction=Extraction(*extraction),
            driver_limit=driver_limit,
            report=report,
            progress=shown,
        )
    say(counted(counts, report))
    say(f"in {output}: {', '.join(sorted(WRITTEN))}")
    say(f"took {time.perf_counter() - start:.1f} s")
