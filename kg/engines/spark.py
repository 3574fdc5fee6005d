"""A build on Apache Spark: the extraction and linking of :func:`kg.build`, spread over a cluster.

What a build writes into its folder: ``papers/``, ``nodes/`` (one folder a kind) and ``edges/`` (one folder a
predicate) as Parquet, ``quads/`` as compressed N-Quads, and ``_SUCCESS``, which is there when all are whole.
Names are linked on the driver (:mod:`kg.engines.naming`); all else is done in partitions.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engines import arrow, stages
from kg.engines.naming import Named, check_memory, default_limit, name_nodes, rows_of
from kg.engines.partitions import LOST, MADE, Extraction, Places, state_graph
from kg.engines.session import session, told
from kg.graph import BASE
from kg.papers import BuildError, Progress

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from kg.engines.hadoop import Files, InputFile
    from kg.sources import Report

__all__ = ["WRITTEN", "build_with_spark"]

WRITTEN = ("papers", "nodes", "edges", "quads")
"""The folders that a build writes."""
DONE = "_SUCCESS"
PART = 2_000
"""Papers of a partition, about: under a minute and a half of extraction."""


def build_with_spark(
    inputs: Sequence[str],
    output: str,
    *,
    base: str = BASE,
    strict: bool = False,
    extraction: Extraction | None = None,
    driver_limit: float | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Counter[str]:
    """Build a graph on the Spark session that is running, or else on all cores of this machine.

    A build that was stopped goes on from the last stage that it finished, when it is run again on the same
    inputs with the same options.

    Args:
        inputs: files and folders of JSON Lines or Parquet, by their address in any Hadoop file system.
        output: the folder to write, in any Hadoop file system; what an earlier build wrote there is replaced.
        base: the IRI that entities live under.
        strict: whether a file or line that cannot be read is an error.
        extraction: how to extract.
        driver_limit: GiB that linking may take on the driver; by default a share of the machine's memory.
        report: filled in with what was read, skipped and failed.
        progress: called as stages are done.

    Returns:
        How many nodes of each kind.

    Raises:
        BuildError: no paper was found, ``strict`` and something could not be read, or linking does not fit.
        ValueError: ``min_confidence`` is not from 0 to 1, Java or the extra is missing, or Spark gave up.
        OSError: an input is missing, or the folder cannot be written.
    """
    from kg.extract.confidence import checked
    from kg.rdf.iris import check_base
    from kg.sources import Report

    extraction = extraction or Extraction()
    checked(extraction.min_confidence)
    check_base(base)
    with session() as (spark, files), told():
        found = _found(files, inputs)
        run = _Run(
            spark, files, output.rstrip("/"), f"_building-{_version(found, extraction)}", found, extraction
        )
        run.clean()
        return run.whole(
            [str(path) for path in inputs],
            base,
            strict,
            default_limit() if driver_limit is None else driver_limit,
            Report() if report is None else report,
            progress or (lambda stage, done, total=None, about=False: None),
        )


@dataclass(frozen=True, slots=True)
class _Run:
    """One build: where it works, and what it reads."""

    spark: SparkSession
    files: Files
    output: str
    work: str
    found: list[InputFile]
    extraction: Extraction

    def whole(
        self, inputs: list[str], base: str, strict: bool, limit: float, report: Report, tell: Progress
    ) -> Counter[str]:
        """All stages, one after the other."""
        from pyspark.sql import functions as f

        from kg.engines.reporting import fill, fill_files

        if not fill_files(report, self.found):
            raise BuildError(_nothing(inputs))
        read = self.kept(
            "documents", arrow.documents(), lambda: stages.documents(self.spark, inputs, self.found)
        )
        places, count = self.places(read), read.select(f.count("id")).collect()[0][0]
        tell("reading", count)
        parts = max(self.spark.sparkContext.defaultParallelism, -(-count // PART))
        repeated = self.kept("repeats", arrow.places(), lambda: stages.repeats(read))
        made = self.kept(
            "records",
            arrow.papers(),
            lambda: stages.records(read, repeated, places, self.extraction, parts),
            by="outcome",
        )
        lost = self.files.exists(f"{self.output}/{self.work}/records/outcome={LOST}")
        fill(report, self.found, places, read, repeated, made.where(f"outcome = '{LOST}'") if lost else None)
        tell("extracting", report.read)
        if not report.read:
            raise BuildError(_nothing(inputs))
        if strict and report.failed:
            raise BuildError(
                f"{report.failed} files or entries could not be read: mend or remove them, "
                "or leave strict out"
            )
        made = made.where(f"outcome = '{MADE}'")
        named = self.linked(self.kept("names", arrow.names(), lambda: stages.names(made)), base, limit)
        tell("linking", named.papers)
        stated = self.stated(made, named, parts)
        tell("writing", named.papers)
        return self.written(stated)

    def kept(
        self, name: str, schema: pa.Schema, make: Callable[[], DataFrame], by: str | None = None
    ) -> DataFrame:
        """A table in the folder of this build: what an earlier run left there, or made now."""
        path = f"{self.output}/{self.work}/{name}"
        if not self.files.exists(f"{path}/{DONE}"):
            writer = make().write.mode("overwrite")
            (writer.partitionBy(by) if by else writer).parquet(path)
        return stages.table(self.spark, path, schema)

    def places(self, read: DataFrame) -> Places:
        """How many lines of each file come before each of its blocks."""
        blocks = read.where("lines IS NOT NULL").select("file", "block", "lines").collect()
        before: dict[tuple[int, int], int] = {}
        counted: Counter[int] = Counter()
        for file, block, lines in sorted(blocks):
            before[file, block] = counted[file]
            counted[file] += lines
        return Places([file.label for file in self.found], before)

    def linked(self, names: DataFrame, base: str, limit: float) -> Named:
        """Link the names of all papers on the driver, and put up what they became for the partitions."""
        from pyspark.sql import functions as f

        total = names.select(
            f.count("*"), f.sum(f.size("models") + f.size("datasets")), f.sum(f.size("concepts"))
        ).first()
        count, named, concepts = (int(number or 0) for number in total or (0, 0, 0))
        check_memory(count, named, concepts, limit)
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "nodes.parquet"
            linked = name_nodes(rows_of(self.copies("names", Path(folder))), base, made)
            self.files.upload(made, f"{self.output}/{self.work}/nodes_of_names/nodes.parquet")
        return linked

    def copies(self, name: str, folder: Path) -> Iterator[Path]:
        """The files of a table, copied to this machine one at a time."""
        for part in self.files.names(f"{self.output}/{self.work}/{name}"):
            if part.startswith("part-"):
                copy = folder / "part.parquet"
                self.files.download(f"{self.output}/{self.work}/{name}/{part}", copy)
                yield copy
                copy.unlink()

    def stated(self, papers: DataFrame, named: Named, parts: int) -> DataFrame:
        """What papers state and what they name, in one table."""
        import pyarrow.parquet as pq

        work = f"{self.output}/{self.work}"
        nodes = stages.table(self.spark, f"{work}/nodes_of_names", arrow.nodes_of_names())
        self.files.delete(f"{work}/statements")
        stages.statements(papers, nodes, named, parts).write.parquet(f"{work}/statements")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "things.parquet"
            with pq.ParquetWriter(file, arrow.statements()) as writer:  # type: ignore[no-untyped-call]
                for batch in state_graph(named.graph):
                    writer.write_batch(batch)
            self.files.upload(file, f"{work}/statements/things.parquet")
        return stages.table(self.spark, f"{work}/statements", arrow.statements())

    def written(self, stated: DataFrame) -> Counter[str]:
        """Write what the build is for, aside, and put it in place."""
        from pyspark.sql import functions as f

        work = f"{self.output}/{self.work}"
        nodes = stated.select(f.explode("nodes").alias("node")).select("node.*")
        edges = stated.select(f.explode("edges").alias("edge")).select("edge.*")
        nodes.write.mode("overwrite").partitionBy("kind").parquet(f"{work}/nodes")
        edges.write.mode("overwrite").partitionBy("predicate").parquet(f"{work}/edges")
        quads = stated.select("quads").where("quads <> ''")
        quads.write.mode("overwrite").text(f"{work}/quads", compression="gzip")
        for number, part in enumerate(n for n in self.files.names(f"{work}/quads") if n.startswith("part-")):
            self.files.move(f"{work}/quads/{part}", f"{work}/quads/part-{number:05}.nq.gz")
        counts = self.spark.read.parquet(f"{work}/nodes").groupBy("kind").count().collect()
        self.files.delete(f"{self.output}/{DONE}")
        for name in WRITTEN:
            self.files.delete(f"{self.output}/{name}")
            made = f"{work}/records/outcome={MADE}" if name == "papers" else f"{work}/{name}"
            self.files.move(made, f"{self.output}/{name}")
        self.files.touch(f"{self.output}/{DONE}")
        self.files.delete(work)
        return Counter({str(row["kind"]): int(row["count"]) for row in counts})

    def clean(self) -> None:
        """Remove what builds of other inputs or options left behind."""
        for name in self.files.names(self.output):
            if name.startswith("_building-") and name != self.work:
                self.files.delete(f"{self.output}/{name}")


def _nothing(inputs: Sequence[str]) -> str:
    return f"no papers in {', '.join(inputs)}: give files of JSON Lines or Parquet that hold some"


def _found(files: Files, inputs: Sequence[str]) -> list[InputFile]:
    """All files below the inputs, in the order in which one process would read them.

    Raises:
        ValueError: a file is named twice.
    """
    found = [file for path in inputs for file in files.below(str(path))]
    twice = [address for address, count in Counter(file.address for file in found).items() if count > 1]
    if twice:
        raise ValueError(f"{twice[0]} is below two of the inputs: name it once")
    return found


def _version(found: list[InputFile], extraction: Extraction) -> str:
    """What records depend on, as a short text: inputs, options and the pipeline."""
    from kg.engines.journal import pipeline_version

    seed = json.dumps([[asdict(file) for file in found], asdict(extraction), pipeline_version()])
    return hashlib.sha256(seed.encode()).hexdigest()[:16]
