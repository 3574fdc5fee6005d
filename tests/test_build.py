"""A build writes everything or nothing, tells what it did, and gives the same bytes for the same input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from stand_in import extract

import kg
from kg.building import build, load
from kg.papers import BuildError, papers, papers_or_records, read_records, write_records
from kg.records import Document, Entity, PaperRecord
from kg.sources import Report
from kg.store import Store

WRITTEN = ["graph.graphml", "graph.html", "graph.nq", "graph.ttl", "papers.jsonl"]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with two papers, one a file."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2):
        paper = {"title": f"Paper {number}", "abstract": f"Number {number} trains AlphaNet on Omega-12."}
        (folder / f"{number}.json").write_text(json.dumps([paper]), encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder; the store is Oxigraph's and not the same to the byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_a_build_writes_its_files_and_loads_back_as_the_same_graph(inputs: Path, tmp_path: Path) -> None:
    output = tmp_path / "a" / "b"
    report = Report()
    graph = build([inputs], output=output, extract=extract, report=report)
    assert sorted(contents(output)) == WRITTEN
    assert (report.read, report.failed) == (2, 0)
    assert graph.counts()["paper"] == 2
    assert "dataset/omega-12" in graph.nx
    assert load(output) == graph
    assert [record.document.title for record in read_records(output / "papers.jsonl")] == [
        "Paper 1",
        "Paper 2",
    ]


def test_a_build_leaves_a_store_that_answers_at_once(inputs: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    build([inputs / "1.json"], output=output, extract=extract)
    assert (output / "store" / "graph.json").is_file()
    before = json.loads((output / "store" / "graph.json").read_text())["folder"]
    count = "SELECT (COUNT(?paper) AS ?n) WHERE { ?paper a schema:ScholarlyArticle }"
    assert Store.open(output).query(count).strings() == [("1",)]
    build([inputs], output=output, extract=extract)
    made = json.loads((output / "store" / "graph.json").read_text())["folder"]
    assert Store.open(output).query(count).strings() == [("2",)]
    after = json.loads((output / "store" / "graph.json").read_text())["folder"]
    assert after == made != before  # the build made it, not the query


def test_a_build_does_not_begin_where_something_else_lies_in_the_place_of_the_store(
    inputs: Path, tmp_path: Path
) -> None:
    (tmp_path / "out" / "store").mkdir(parents=True)
    (tmp_path / "out" / "store" / "mine.txt").touch()
    with pytest.raises(FileExistsError, match="is no store of kg: move it away"):
        build([inputs], output=tmp_path / "out", extract=extract)
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["store", "mine.txt"]


def test_a_folder_with_a_build_in_it_is_built_from_without_the_store(inputs: Path) -> None:
    report = Report()
    build([inputs], output=inputs / "out", extract=extract)
    build([inputs], output=inputs / "out", extract=extract, report=report)
    assert (report.read, report.failed) == (2, 0)


def test_one_input_needs_no_list(inputs: Path) -> None:
    file = inputs / "1.json"
    assert build(file, extract=extract) == build(str(file), extract=extract) == build([file], extract=extract)


def test_without_an_output_nothing_is_written(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "cwd"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert build([inputs], extract=extract).counts()["paper"] == 2
    assert contents(empty) == {}


def test_the_package_offers_build_and_load_whatever_was_imported_before(inputs: Path, tmp_path: Path) -> None:
    graph = kg.build([inputs], output=tmp_path / "out", extract=extract)
    assert kg.load(tmp_path / "out") == graph
    assert kg.build([inputs], extract=extract) == graph


def test_the_same_input_gives_the_same_bytes(inputs: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\n"
        "from kg.building import build\n"
        "from stand_in import extract\n"
        "build(sys.argv[1:2], output=sys.argv[2], extract=extract)\n"
    )
    for seed, folder in enumerate(folders):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(Path(__file__).parent)}
        command = [sys.executable, str(program), str(inputs), str(folder)]
        subprocess.run(command, check=True, env=environment)
    assert contents(folders[0]) == contents(folders[1])


def test_a_failing_build_leaves_the_old_output_whole(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build([inputs], output=output, extract=extract)
    before = contents(output)

    def broken(graph: object, path: Path) -> None:
        path.write_text("half a page")
        raise OSError("no space left")

    monkeypatch.setattr("kg.views.write_graph_page", broken)
    with pytest.raises(OSError, match="no space left"):
        build([inputs / "1.json"], output=output, extract=extract)
    assert contents(output) == before


def test_a_stopped_build_leaves_no_folder_behind(inputs: Path, tmp_path: Path) -> None:
    def stopped(documents: Iterable[Document]) -> Iterator[PaperRecord]:
        yield next(iter(extract(documents)))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([inputs], output=tmp_path / "out", extract=stopped)
    assert not (tmp_path / "out").exists()


def test_no_paper_is_an_error_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(BuildError, match=r"no papers in .*/in: give files"):
        build([tmp_path / "in"], output=tmp_path / "out", extract=extract)
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_read_is_left_out_and_reported_or_with_strict_an_error(
    inputs: Path, tmp_path: Path
) -> None:
    missing = inputs / "missing.bib"
    report = Report()
    assert build([missing, inputs], extract=extract, report=report).counts()["paper"] == 2
    assert (report.read, report.failed) == (2, 1)
    with pytest.raises(BuildError, match="1 files or entries could not be read"):
        build([missing, inputs], output=tmp_path / "out", extract=extract, strict=True)
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_graph_says_which_command_makes_one(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    with pytest.raises(FileNotFoundError) as error:
        load(folder)
    assert str(error.value) == f'no graph in {folder}: run "kg build INPUT... -o {folder}" first'


def test_progress_tells_each_paper_and_each_stage(inputs: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    build([inputs], output=tmp_path / "out", extract=extract, progress=lambda *stage: told.append(stage))
    assert told == [("reading", 1), ("reading", 2), ("writing", 2), ("drawing", 2), ("storing", 2)]


def test_another_base_moves_every_entity(inputs: Path) -> None:
    base = "https://example.org/things/"
    assert build([inputs], base=base, extract=extract).base == base


def test_records_are_extracted_one_at_a_time(inputs: Path) -> None:
    taken = []

    def counted(documents: Iterable[Document]) -> Iterator[PaperRecord]:
        for document in documents:
            taken.append(document)
            yield PaperRecord(document)

    stream = papers([inputs], extract=counted)
    next(stream)
    assert len(taken) == 1


def test_records_are_written_and_read_back_with_any_character(tmp_path: Path) -> None:
    document = Document("p", "Half a \ud83d pair", "Line \u2028 and \x00 and “quotes”.")
    path = tmp_path / "papers.jsonl"
    write_records([PaperRecord(document)], path)
    assert [record.document for record in read_records(path)] == [document]
    assert len(path.read_bytes().splitlines()) == 1


def test_records_go_to_a_device_without_replacing_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_records([PaperRecord(Document("p", "T", "A."))], pipe)
    assert pipe.is_fifo()
    assert json.loads(os.read(reader, 10_000))["id"] == "p"
    os.close(reader)


def test_a_broken_line_of_records_is_named(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    write_records([PaperRecord(Document("p", "T", "A."))], path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "q"}\n')
    with pytest.raises(ValueError, match=r"papers\.jsonl:2: not a paper's record"):
        list(read_records(path))


def test_extracted_records_are_taken_as_they_are_and_papers_are_extracted(
    inputs: Path, tmp_path: Path
) -> None:
    records, annotated = tmp_path / "papers.jsonl", tmp_path / "annotated.jsonl"
    document = Document("p", "Kept", "As it was.")
    write_records([PaperRecord(document, models=(Entity("Kept-1", "used"),))], records)
    names = {"models": [{"name": "Gone-1", "role": "used"}], "datasets": [], "relations": [], "results": []}
    annotated.write_text(
        json.dumps({"id": "a", "title": "Annotated", "abstract": "Some text.", **names}) + "\n"
    )
    found = {
        r.document.title: r.models[0].name for r in papers_or_records([records, annotated], extract=extract)
    }
    assert found == {"Kept": "Kept-1", "Annotated": "AlphaNet"}
