"""The stages of a build on Spark, each from tables to tables; :mod:`kg.engines.partitions` does their work.

Every stage is a function of data frames, and nothing runs before what it gives is written or counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kg.engines import arrow
from kg.engines.partitions import Extraction, Places, extract_partition, read_partition, state_partition

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession

    from kg.engines.hadoop import InputFile
    from kg.engines.naming import Named

Work = Callable[[Iterator["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]

__all__ = ["KINDS", "documents", "names", "records", "repeats", "statements", "table"]

KINDS = {"json": r"\.(?:jsonl|ndjson|json)(?:\.(?:gz|bz2|zst|lz4|deflate))?", "parquet": r"\.parquet"}
"""Kind of input → how names of such files end."""

_GLOBS = {"json": "*.{jsonl,ndjson,json}{,.gz,.bz2,.zst,.lz4,.deflate}", "parquet": "*.parquet"}
_PLACE = ("title_only", "file", "block", "line", "item")
"""Columns that put papers in the order in which one process would read them."""


def documents(spark: SparkSession, inputs: Sequence[str], files: Sequence[InputFile]) -> DataFrame:
    """Papers as they stand in the inputs (:func:`kg.engines.arrow.documents`).

    Args:
        spark: the session.
        inputs: addresses of files and folders.
        files: all files below them, in their order; others are not read.
    """
    from pyspark.sql import functions as f

    numbers = {file.address: number for number, file in enumerate(files)}
    parts = []
    for kind, ending in KINDS.items():
        if not any(re.search(f"{ending}$", file.address) for file in files):
            continue
        reader = spark.read.option("recursiveFileLookup", True).option("pathGlobFilter", _GLOBS[kind])
        paths = [re.sub(r"[\\*?{}\[\]]", r"\\\g<0>", path) for path in inputs]
        table = reader.text(paths) if kind == "json" else reader.parquet(*paths)
        # A row of a Parquet file becomes the line of JSON that would say the same.
        line = f.col("value") if kind == "json" else f.to_json(f.struct("*"))
        parts.append(
            table.select(
                line.alias("text"),
                f.col("_metadata.file_path").alias("path"),
                f.col("_metadata.file_block_start").alias("block"),
            )
        )
    lines = parts[0] if len(parts) == 1 else parts[0].unionAll(parts[1])
    return _mapped(lines, partial(read_partition, files=numbers), arrow.documents())


def repeats(read: DataFrame) -> DataFrame:
    """Places of the papers that repeat an earlier one, with ``kind``, what they share with it."""
    from pyspark.sql import functions as f

    papers = read.where("id IS NOT NULL").withColumn("place", f.struct(*_PLACE))
    digests = f.flatten(
        f.array(f.col("marks.digest"), f.filter(f.array("title_mark"), lambda mark: mark.isNotNull()))
    )
    first = (
        papers.select("place", f.explode(digests).alias("digest"))
        .groupBy("digest")
        .agg(f.min("place").alias("first"))
    )
    asked = papers.select("place", f.posexplode("marks").alias("rank", "mark"))
    found = asked.join(first, asked["mark.digest"] == first["digest"]).where("first < place")
    shared = found.groupBy("place").agg(f.min(f.struct("rank", "mark.kind")).alias("mark"))
    return shared.select("place.*", f.col("mark.kind").alias("kind"))


def records(
    read: DataFrame, repeated: DataFrame, places: Places, extraction: Extraction, parts: int
) -> DataFrame:
    """Records of the papers that repeat none (:func:`kg.engines.arrow.papers`), in so many partitions."""
    papers = read.where("id IS NOT NULL").join(repeated.drop("kind"), list(_PLACE), "left_anti")
    # Dealt out by id rather than in turn: a task that is run again gets the same papers.
    dealt = papers.select(arrow.documents().names).repartition(parts, "id")
    return _mapped(dealt, partial(extract_partition, places=places, extraction=extraction), arrow.papers())


def names(papers: DataFrame) -> DataFrame:
    """What linking has to see of papers (:func:`kg.engines.partitions.light`)."""
    from pyspark.sql import functions as f

    def only(column: str, *kept: str) -> Column:
        fields = ", ".join(f"'{name}', each.{name}" for name in kept)
        return f.expr(f"transform({column}, each -> named_struct({fields}))").alias(column)

    return papers.select(
        "id",
        "issued",
        "source",
        only("models", "name", "role", "aliases"),
        only("datasets", "name", "role", "aliases"),
        only("concepts", "kind", "name"),
        f.array_distinct("results.metric").alias("measured"),
    )


def statements(papers: DataFrame, nodes: DataFrame, named: Named, parts: int) -> DataFrame:
    """What papers state (:func:`kg.engines.arrow.statements`), given the nodes of papers and names."""
    graph = named.graph
    concepts = ((key, each) for key, each in graph.nodes() if each["kind"] not in ("model", "dataset"))
    labels = {key: str(each["label"]) for key, each in concepts}
    joined = papers.repartition(parts, "id").join(nodes.repartition(parts, "id"), "id")
    state = partial(state_partition, concepts=named.concepts, labels=labels, base=graph.base)
    return _mapped(joined, state, arrow.statements())


def table(spark: SparkSession, path: str, schema: pa.Schema) -> DataFrame:
    """A Parquet table of a known schema: to find one out takes Spark a job."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return spark.read.schema(from_arrow_schema(schema)).parquet(path)


def _mapped(table: DataFrame, function: Work, schema: pa.Schema) -> DataFrame:
    """The table that a function makes of each partition."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return table.mapInArrow(function, from_arrow_schema(schema))
