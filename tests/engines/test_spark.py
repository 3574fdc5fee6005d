"""A build on Spark, in local mode on this machine; the same graph as without."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import kg
from kg.papers import BuildError, read_records
from kg.records import PaperRecord
from kg.sources import Report, read

pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("needs Java", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet as pq

from kg.engines import stages
from kg.engines.spark import build_with_spark

SEEDS = Path(__file__).parents[2] / "seeds"
ABSTRACT = "We present {0}-Net, trained on the {0}-CXR dataset. {0}-Net reaches an AUROC of 0.9{1} on it."


@pytest.fixture(scope="module", autouse=True)
def session() -> Iterator[None]:
    """One session for all tests: starting one takes seconds."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.files.maxPartitionBytes": "64k",
        "spark.driver.host": "localhost",
    }
    builder = SparkSession.builder.master("local[2]").appName("tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    yield
    spark.stop()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three papers (``in.jsonl``) and what a build made of them (``spark``); only to read."""
    folder = tmp_path_factory.mktemp("built")
    write(folder / "in.jsonl", papers(3))
    build_with_spark([str(folder / "in.jsonl")], str(folder / "spark"))
    return folder


def write(path: Path, papers: list[dict[str, Any]], *others: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in [*map(json.dumps, papers), *others]), encoding="utf-8")
    return path


def papers(count: int, start: int = 0) -> list[dict[str, Any]]:
    names = [f"Zor{chr(97 + n)}" for n in range(start, start + count)]
    return [
        {"title": f"{name}-Net reads films", "abstract": ABSTRACT.format(name, n), "date": "2024-03-01"}
        for n, name in enumerate(names)
    ]


def quads(folder: Path) -> list[str]:
    """The lines of a graph, sorted."""
    parts = [gzip.decompress(part.read_bytes()) for part in sorted((folder / "quads").glob("*.nq.gz"))]
    return sorted(b"".join(parts).decode().splitlines())


def local_quads(inputs: Path, output: Path, report: Report | None = None) -> list[str]:
    kg.build([inputs], output=output, page=False, jobs=0, report=report)
    return sorted((output / "graph.nq").read_text(encoding="utf-8").splitlines())


def test_the_graph_of_the_seeds_is_that_of_the_local_engine(tmp_path: Path) -> None:
    found = [asdict(document) for document in read([SEEDS])]
    for document in found:
        del document["source"], document["links"]
    half = len(found) // 2
    folder = tmp_path / "in"
    write(folder / "b c.jsonl", found[half:], "", '{"broken', json.dumps(found[0]))
    write(folder / "a" / "x[1].jsonl", [{"title": found[half]["title"]}, {}, *found[:half]])
    here, there = Report(), Report()
    counts = build_with_spark([str(folder)], str(tmp_path / "spark"), report=there)
    assert quads(tmp_path / "spark") == local_quads(folder, tmp_path / "local", here)
    assert (there.read, there.skipped, there.failed) == (here.read, here.skipped, here.failed) == (115, 2, 2)
    assert there.why_skipped() == here.why_skipped()
    assert sorted(f"{unquote(Path(failure.file).name)}, {failure.place}" for failure in there.failures) == [
        "b c.jsonl, line 60",
        "x[1].jsonl, line 2",
    ]
    assert counts == kg.load(tmp_path / "local").counts()
    made = pq.read_table(tmp_path / "spark" / "papers", partitioning=None).to_pylist()
    records = {row["id"]: PaperRecord.from_json(row) for row in made}
    assert records == {r.document.id: r for r in read_records(tmp_path / "local" / "papers.jsonl")}
    assert (tmp_path / "spark" / "_SUCCESS").exists()
    assert not list((tmp_path / "spark").glob("_building*"))


def test_what_it_wrote_loads_as_a_graph(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_text("\n".join(quads(built / "spark")), encoding="utf-8")
    assert kg.load(file) == kg.build([built / "in.jsonl"], jobs=0)


def test_parquet_is_read_as_json_lines_are(tmp_path: Path) -> None:
    given = papers(4)
    source = write(tmp_path / "in.jsonl", given)
    folder = tmp_path / "parquet"
    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(given), folder / "p.parquet")
    build_with_spark([str(folder)], str(tmp_path / "spark"))
    expected = local_quads(source, tmp_path / "local")
    assert quads(tmp_path / "spark") == [line.replace("in.jsonl:", "p.parquet:") for line in expected]


def test_tables_of_nodes_and_edges_hold_the_graph(built: Path) -> None:
    graph = kg.build([built / "in.jsonl"], jobs=0)
    nodes = pq.read_table(built / "spark" / "nodes").to_pylist()
    assert {node["key"]: (str(node["kind"]), node["label"]) for node in nodes} == {
        key: (each["kind"], each["label"]) for key, each in graph.nodes()
    }
    edges = pq.read_table(built / "spark" / "edges").to_pylist()
    assert sorted((e["subject"], str(e["predicate"]), e["object"]) for e in edges) == sorted(
        (subject, each["predicate"], object_) for subject, object_, each in graph.edges()
    )


def test_a_build_that_was_stopped_goes_on_from_the_stage_it_had_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = write(tmp_path / "in.jsonl", papers(3)), tmp_path / "spark"

    def stop(*given: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(stages, "statements", stop)
        build_with_spark([str(source)], str(output))
    assert not (output / "_SUCCESS").exists()
    report = Report()
    with monkeypatch.context() as patched:
        for stage in ("documents", "repeats", "records"):
            patched.setattr(stages, stage, stop)
        build_with_spark([str(source)], str(output), report=report)
    assert report.read == 3
    assert quads(output) == local_quads(source, tmp_path / "local")


def test_another_build_replaces_what_was_there(built: Path, tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.jsonl", papers(2, start=5)), tmp_path / "spark"
    shutil.copytree(built / "spark", output)
    (output / "_building-of-another").mkdir()
    counts = build_with_spark([str(source)], str(output))
    assert counts["paper"] == 2
    assert quads(output) == local_quads(source, tmp_path / "local")
    assert not list(output.glob("_building*"))


def test_linking_that_does_not_fit_on_the_driver_is_refused_and_the_old_output_stays(
    built: Path, tmp_path: Path
) -> None:
    source, output = write(tmp_path / "in.jsonl", papers(2)), tmp_path / "spark"
    shutil.copytree(built / "spark", output)
    with pytest.raises(BuildError, match="--driver-limit"):
        build_with_spark([str(source)], str(output), driver_limit=0.001)
    assert quads(output) == quads(built / "spark")
    assert (output / "_SUCCESS").exists()


def test_what_cannot_be_built_from_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        build_with_spark([str(tmp_path / "nothing")], str(tmp_path / "out"))
    prose = tmp_path / "prose.txt"
    prose.write_text("A paper.\n")
    report = Report()
    with pytest.raises(BuildError, match="no papers in"):
        build_with_spark([str(prose)], str(tmp_path / "out"), report=report)
    assert [str(failure) for failure in report.failures] == [
        f"file:{prose}: neither JSON Lines nor Parquet by its name"
    ]
    source = write(tmp_path / "in.jsonl", papers(1), "7")
    with pytest.raises(BuildError, match="1 files or entries could not be read"):
        build_with_spark([str(source)], str(tmp_path / "out"), strict=True)
    with pytest.raises(ValueError, match="below two of the inputs"):
        build_with_spark([str(source), str(source)], str(tmp_path / "out"))
