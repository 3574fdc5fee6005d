"""Commands that read papers: what they write, what they print where, how they fail."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from command_line import KG, papers, run

from kg.papers import read_records


def test_build_tells_what_it_found_and_where_it_lies(in_folder: Path) -> None:
    result = run("build", papers(in_folder / "a.json", "One", "Two"), "-o", "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "read 2, skipped 0, failed 0"
    assert lines[1].startswith("found 2 papers, 1 model, 1 dataset, 1 modality, 0 metrics, 1 task, 0 results")
    assert lines[2] == "in out: graph.graphml, graph.html, graph.nq, graph.ttl, papers.jsonl"
    assert lines[3] == f"open {Path('out', 'graph.html')} in a browser"
    assert {path.name for path in Path("out").iterdir()} == set(lines[2].removeprefix("in out: ").split(", "))


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
    assert not Path("strict").exists()


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
