"""Commands that read papers: what they write, what they print where, how they fail."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import stand_in
from command_line import KG, papers, run

from kg.papers import read_records
from kg.records import Document, PaperRecord


def test_build_tells_what_it_found_and_where_it_lies(in_folder: Path) -> None:
    result = run("build", papers(in_folder / "a.json", "One", "Two"), "-o", "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "read 2, skipped 0, failed 0"
    assert lines[1].startswith("found 2 papers, 1 model, 1 dataset, 1 modality, 0 metrics, 1 task, 0 results")
    assert lines[2] == "in out: graph.graphml, graph.html, graph.nq, graph.ttl, papers.jsonl, store"
    assert lines[3] == f"open {Path('out', 'graph.html')} in a browser"
    written = {path.name for path in Path("out").iterdir() if not path.name.startswith(".")}
    assert written == set(lines[2].removeprefix("in out: ").split(", "))


def test_build_tells_why_papers_were_skipped(in_folder: Path) -> None:
    result = run(
        "build", papers(in_folder / "a.json", "One"), papers(in_folder / "b.json", "One"), "-o", "out"
    )
    assert result.stdout.startswith("read 1, skipped 1 (duplicates 1), failed 0\n")


def test_build_without_page_draws_none_and_names_none(in_folder: Path) -> None:
    result = run("build", papers(in_folder / "a.json", "One"), "--no-page")
    assert result.exit_code == 0
    assert not Path("output/graph.html").exists()
    assert "html" not in result.stdout


def test_build_names_what_it_cannot_read_and_goes_on_or_with_strict_fails(in_folder: Path) -> None:
    good = papers(in_folder / "a.json", "One")
    result = run("build", "missing.bib", good, "-o", "out")
    assert result.exit_code == 0
    assert result.stderr.startswith("cannot read missing.bib")
    assert result.stdout.startswith("read 1, skipped 0, failed 1\n")
    result = run("build", "missing.bib", good, "-o", "strict", "--strict")
    assert result.exit_code == 1
    assert "cannot read missing.bib" in result.stderr
    assert "error: 1 files or entries could not be read" in result.stderr
    # What was extracted is kept for the next try.
    assert [path.name for path in Path("strict").iterdir()] == [".kg"]


def test_of_many_failures_the_first_are_named_and_the_rest_counted(in_folder: Path) -> None:
    missing = [f"missing-{number}.bib" for number in range(30)]
    result = run("build", *missing, papers(in_folder / "a.json", "One"))
    lines = result.stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "cannot read 10 more"


def test_extract_writes_records_to_standard_output_and_the_summary_elsewhere(in_folder: Path) -> None:
    result = run("extract", papers(in_folder / "a.json", "One", "Two"))
    assert result.exit_code == 0
    assert [json.loads(line)["title"] for line in result.stdout.splitlines()] == ["One", "Two"]
    assert result.stderr == "read 2, skipped 0, failed 0\n"


def test_extract_writes_a_file_that_reads_back(in_folder: Path) -> None:
    result = run("extract", papers(in_folder / "a.json", "One"), "-o", "papers.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    (record,) = read_records("papers.jsonl")
    assert record.models[0].name == "AlphaNet"


def test_papers_come_from_standard_input_too(in_folder: Path) -> None:
    text = json.dumps([{"title": "One", "abstract": "One trains AlphaNet on Omega-12."}])
    result = subprocess.run([*KG, "extract", "-"], input=text, capture_output=True, text=True, cwd=in_folder)
    assert result.returncode == 0
    assert json.loads(result.stdout)["title"] == "One"


def test_evaluate_prints_figures_of_records_and_of_papers(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One")
    gold = {"id": "g", "title": "One", "models": [{"name": "AlphaNet", "role": "introduced"}]}
    Path("gold.jsonl").write_text(json.dumps(gold) + "\n")
    run("extract", source, "-o", "papers.jsonl")
    for given in (source, "papers.jsonl"):
        figures = json.loads(run("evaluate", "gold.jsonl", given, "--json").stdout)
        assert figures["models"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "gold": 1}
        assert figures["datasets"]["precision"] == 0
    text = run("evaluate", "gold.jsonl", source, "--errors").stdout
    assert "g datasets: missed [] made up ['Omega-12']\n" in text
    assert "models         P 1.000  R 1.000  F1 1.000  (1 gold)\n" in text


def test_what_is_less_sure_than_asked_for_reaches_neither_records_nor_graph(
    in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsure(documents: Iterable[Document]) -> Iterator[PaperRecord]:
        for record in stand_in.extract(documents):
            (dataset,) = record.datasets
            yield replace(record, datasets=(replace(dataset, confidence=0.6),))

    monkeypatch.setattr("kg.extract.extract", unsure)
    source = papers(in_folder / "a.json", "One")
    kept = json.loads(run("extract", source, "--min-confidence", "0.6").stdout)
    assert [d["name"] for d in kept["datasets"]] == ["Omega-12"]
    left = json.loads(run("extract", source, "--min-confidence", "0.61").stdout)
    assert (left["datasets"], left["relations"]) == ([], [])
    assert [m["name"] for m in left["models"]] == ["AlphaNet"]
    built = run("build", source, "--min-confidence", "0.61")
    assert "found 1 paper, 1 model, 0 datasets" in built.stdout
    assert "Omega-12" not in Path("output/graph.ttl").read_text().replace("on Omega-12", "")


@pytest.mark.parametrize("command", ["build", "extract"])
@pytest.mark.parametrize("value", ["-0.1", "1.5", "80%", "sure", ""])
def test_a_confidence_that_is_none_is_not_understood(command: str, value: str, in_folder: Path) -> None:
    result = run(command, papers(in_folder / "a.json", "One"), "--min-confidence", value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--min-confidence'" in result.stderr
    assert not Path("output").exists()


@pytest.mark.parametrize("command", ["build", "extract"])
def test_the_gazetteer_is_used_unless_switched_off(
    command: str, in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def asking(documents: Iterable[Document], gazetteer: bool = True) -> Iterator[PaperRecord]:
        asked.append(gazetteer)
        return stand_in.extract(documents)

    monkeypatch.setattr("kg.extract.extract", asking)
    source = papers(in_folder / "a.json", "One")
    assert run(command, source).exit_code == 0
    assert run(command, source, "--no-gazetteer").exit_code == 0
    assert asked == [True, False]


def test_explain_prints_each_paper_with_its_names_marked(in_folder: Path) -> None:
    result = run("extract", papers(in_folder / "a.json", "One", "Two"), "--explain")
    assert result.exit_code == 0
    assert "[DATASET [MODEL One trains AlphaNet on Omega-12.]]" in result.stdout
    assert "relation: AlphaNet trainedOn Omega-12 (1.00, kg_relations: stand-in)\n" in result.stdout
    assert (
        result.stdout.index("One trains") < result.stdout.index("─" * 72) < result.stdout.index("Two trains")
    )
    assert result.stderr == "read 2, skipped 0, failed 0\n"


def test_explain_writes_a_page_or_plain_text_by_the_name_of_the_file(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One")
    printed = run("extract", source, "--explain").stdout
    result = run("extract", source, "--explain", "-o", "one.HTML")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "read 1, skipped 0, failed 0\nopen one.HTML in a browser\n"
    assert Path("one.HTML").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run("extract", source, "--explain", "-o", "one.txt").exit_code == 0
    assert Path("one.txt").read_text(encoding="utf-8") == printed


def test_explained_papers_cannot_command_the_terminal(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One \u202e")
    run("extract", source, "--explain", "-o", "one.txt")
    for shown in (run("extract", source, "--explain").stdout, Path("one.txt").read_text(encoding="utf-8")):
        assert "One" in shown
        assert "\u202e" not in shown


def test_a_page_that_cannot_be_written_fails_in_words(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One")
    Path("folder.html").mkdir()
    result = run("extract", source, "--explain", "-o", "folder.html")
    assert result.exit_code == 1
    assert "error: " in result.stderr
    assert "open folder.html" not in result.stderr


def test_build_names_only_what_it_wrote(in_folder: Path) -> None:
    Path("mine").mkdir()
    source = papers(Path("mine", "a.json"), "One")
    for name in ("graph.html", "notes.txt"):
        Path("mine", name).write_text("mine")
    result = run("build", source, "-o", "mine", "--no-page")
    assert "in mine: graph.graphml, graph.nq, graph.ttl, papers.jsonl, store\n" in result.stdout


def test_corrections_that_are_not_there_are_named_with_what_to_do(in_folder: Path) -> None:
    source = papers(Path("a.json"), "One")
    missing = run("build", source, "--corrections", "none.yaml")
    assert missing.exit_code == 1
    assert missing.stderr.startswith(
        "error: none.yaml: there is no such file of corrections: correct its path"
    )
    folder = run("build", source, "--corrections", ".").stderr
    assert folder == "error: . is a folder: name the file of corrections in it\n"
