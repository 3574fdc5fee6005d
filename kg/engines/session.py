"""The Spark session that a build runs on, and what it says when it cannot."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from kg.engines.hadoop import Files

__all__ = ["session", "told"]

BATCH = 1_000
"""Rows that pass to Python at once: papers are some 2 kB each, their records 10."""


@contextmanager
def session() -> Iterator[tuple[SparkSession, Files]]:
    """The session that runs or that ``spark-submit`` has prepared, else one on all cores of this machine.

    Raises:
        ValueError: the extra or Java is missing.
    """
    try:
        import pandas  # noqa: F401
        import pyarrow  # noqa: F401
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ValueError(
            f"the engine spark cannot be loaded ({error}): pip install 'biomed-kg[spark]'"
        ) from None
    from kg.engines.hadoop import Files

    running = SparkSession.getActiveSession()
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ  # a Java process started this one
    if running is None and not (submitted or shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise ValueError("the engine spark needs Java 17: on Debian, apt-get install openjdk-17-jre-headless")
    # One thread a process: Spark runs as many processes as there are cores.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("kg build")
    if running is None and not submitted:
        builder = builder.master("local[*]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR")
        builder = builder.config("spark.driver.host", "localhost")
    with told():
        spark = builder.getOrCreate()
    if running is None:
        spark.sparkContext.setLogLevel("ERROR")
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
    try:
        yield spark, Files(spark)
    finally:
        if running is None:
            spark.stop()


@contextmanager
def told() -> Iterator[None]:
    """What Spark fails with, as one line.

    Raises:
        ValueError: a job failed, or the session could not be started.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        if os.environ.get("KG_DEBUG"):
            raise
        raise ValueError(f"Spark gave up: {_reason(str(error))}") from None


def _reason(text: str) -> str:
    """What a long account of a failure comes to: the last line of a Python traceback, else the cause."""
    raised: list[str] = re.findall(r"^(\w+(?:\.\w+)*(?:Error|Exception|Interrupt): .+)$", text, re.MULTILINE)
    python = [line for line in raised if not line.startswith(("org.", "java.", "py4j."))]
    if python:
        missing = "No module named" in python[-1]
        hint = "; install biomed-kg for the Python of the executors too" if missing else ""
        return f"{python[-1][:300]}{hint}"
    causes = re.findall(r"(?:Caused by: |^: )([\w.]+(?:Exception|Error)(?:: .+)?)$", text, re.MULTILINE)
    return str(causes[-1] if causes else text.strip().partition("\n")[0])[:300]
