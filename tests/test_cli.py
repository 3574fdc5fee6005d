"""The command line: what it prints where, how it fails, and that it harms no terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from stand_in import extract
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.cli.showing import ExportFormat
from kg.graph import KnowledgeGraph
from kg.papers import read_records
from kg.records import Document, PaperRecord

COMMANDS = ["build", "extract", "query", "lineage", "stats", "view", "export", "evaluate"]
KG = [sys.executable, "-c", "from kg.cli import main; main()"]


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the stand-in for extraction."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.extract.extract", extract, raising=False)
    return tmp_path


@pytest.fixture
def output(in_folder: Path, small_graph: KnowledgeGraph) -> Path:
    """The same folder with a graph in ``output``."""
    return small_graph.save(in_folder / "output")


def run(*arguments: object, **options: Any) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)


def papers(path: Path, *titles: str) -> Path:
    path.write_text(
        json.dumps([{"title": t, "abstract": f"{t} trains AlphaNet on Omega-12."} for t in titles])
    )
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example:\n    kg {command} " in result.stdout


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from kg.cli import app\n"
        "sys.argv = ['kg', '--help']\n"
        "try: app()\n"
        "finally: print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert all(f"  {command} " in result.stdout for command in COMMANDS)
    loaded = set(result.stderr.strip("[]\n").replace("'", "").split(", "))
    assert "kg" in loaded
    assert not loaded & {"networkx", "numpy", "pyoxigraph", "pyvis", "rdflib", "rich", "spacy", "scispacy"}


def test_version_is_printed() -> None:
    from kg import __version__

    assert run("--version").stdout == f"{__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build"],
        ["build", "--nonsense", "x"],
        ["lineage"],
        ["lineage", "Alphanet", "--depth", "0"],
        ["query"],
        ["export", "--format", "nonsense"],
        ["evaluate", "gold.jsonl"],
    ],
)
def test_a_command_that_is_not_understood_exits_2(arguments: list[str], in_folder: Path) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "SELECT * { ?s ?p ?o }"],
        ["lineage", "Alphanet"],
        ["stats"],
        ["view"],
        ["export", "-f", "turtle"],
    ],
)
def test_without_a_graph_each_command_says_how_to_make_one(arguments: list[str], in_folder: Path) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == 'error: no graph in output: run "kg build INPUT... -o output" first\n'
    assert list(in_folder.iterdir()) == []


def test_build_tells_what_it_found_and_where_it_lies(in_folder: Path) -> None:
    result = run("build", papers(in_folder / "a.json", "One", "Two"), "-o", "out")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[0] == "read 2, skipped 0, failed 0"
    assert lines[1].startswith("found 2 papers, 1 models, 1 datasets, 1 modalities, 0 metrics, 1 tasks")
    assert lines[2] == "in out: graph.graphml, graph.html, graph.nq, graph.ttl, papers.jsonl"
    assert lines[3] == f"open {Path('out', 'graph.html')} in a browser"
    assert {path.name for path in Path("out").iterdir()} == set(lines[2].removeprefix("in out: ").split(", "))


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


def test_query_answers_as_table_csv_and_json(output: Path) -> None:
    question = "SELECT ?label WHERE { ?model a fair4ml:MLModel ; rdfs:label ?label } ORDER BY ?label"
    table = run("query", question)
    assert table.exit_code == 0
    assert table.stdout.index("Alphanet") < table.stdout.index("Betanet")
    rows = list(csv.DictReader(io.StringIO(run("query", question, "--format", "csv").stdout)))
    assert rows == [{"label": "Alphanet"}, {"label": "Betanet"}]
    answer = json.loads(run("query", question, "--format", "json").stdout)
    assert [row["label"]["value"] for row in answer["results"]["bindings"]] == ["Alphanet", "Betanet"]


def test_query_may_be_a_file(output: Path) -> None:
    Path("question.rq").write_text("ASK { ?model a fair4ml:MLModel }")
    result = run("query", "question.rq")
    assert result.exit_code == 0
    assert result.stdout == "yes\n"


def test_a_question_whose_answer_is_no_exits_1(output: Path) -> None:
    result = run("query", "ASK { ?model a kg:NoSuchThing }")
    assert (result.exit_code, result.stdout) == (1, "no\n")


@pytest.mark.parametrize("question", ["SELECT ?x WHERE {", "DELETE WHERE { ?s ?p ?o }", "nonsense"])
def test_a_query_that_is_wrong_or_forbidden_fails_in_words(output: Path, question: str) -> None:
    result = run("query", question)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")


def test_lineage_prints_both_directions_and_sentences_when_asked(output: Path) -> None:
    plain = run("lineage", "alphanet")
    assert plain.exit_code == 0
    assert "Gamma" in plain.stdout
    assert "Betanet" in plain.stdout
    assert "Betanet extends Alphanet." not in plain.stdout
    assert "Betanet extends Alphanet." in run("lineage", "alphanet", "--evidence").stdout
    assert "Betanet extends Alphanet." in json.dumps(
        json.loads(run("lineage", "alphanet", "--format", "json").stdout)
    )


def test_lineage_of_an_unknown_name_exits_1_and_suggests(output: Path) -> None:
    result = run("lineage", "Alphanett")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")
    assert "Alphanet" in result.stderr.replace("Alphanett", "")


def test_stats_count_what_the_graph_holds(output: Path, small_graph: KnowledgeGraph) -> None:
    assert run("stats").exit_code == 0
    answer = json.dumps(json.loads(run("stats", "--format", "json").stdout))
    assert str(small_graph.counts()["dataset"]) in answer


def test_view_writes_the_page_beside_the_graph_or_where_told(output: Path) -> None:
    result = run("view")
    assert result.exit_code == 0
    assert result.stdout == f"open {Path('output', 'graph.html')} in a browser\n"
    assert run("view", "-o", "else/page.html").exit_code == 0
    assert Path("else/page.html").read_bytes() == Path("output/graph.html").read_bytes()


def test_every_format_of_export_is_offered_and_written(output: Path) -> None:
    from kg.export import FORMATS

    assert [format.value for format in ExportFormat] == list(FORMATS)
    for name, format in FORMATS.items():
        written = Path("exports", f"{name}{format.extension}")
        assert run("export", "--format", name, "-o", written).exit_code == 0
        assert written.exists()


def test_export_to_standard_output_is_the_file(output: Path) -> None:
    result = subprocess.run([*KG, "export", "-f", "turtle"], cwd=output.parent, capture_output=True)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == (output / "graph.ttl").read_bytes()


def test_csv_to_standard_output_fails_in_words(output: Path) -> None:
    result = run("export", "--format", "csv")
    assert result.exit_code == 1
    assert "folder" in result.stderr


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


def test_text_of_papers_cannot_command_the_terminal(in_folder: Path, hostile_graph: KnowledgeGraph) -> None:
    hostile_graph.save(in_folder / "output")
    (model,) = (key for key, attributes in hostile_graph.nodes("model") if attributes["label"] == "=cmd()")
    answers = [
        run("lineage", model, "--evidence"),
        run("lineage", model, "--format", "json"),
        run("stats"),
        run("query", "SELECT * { ?s ?p ?o }"),
    ]
    for answer in answers:
        assert answer.exit_code == 0
        assert answer.stdout
        assert not {"\x1b", "\x00", "\u202e"} & set(answer.stdout)


def test_a_name_of_an_input_cannot_command_the_terminal(in_folder: Path) -> None:
    result = run("build", "\x1b[31m.bib", papers(in_folder / "a.json", "One"))
    assert "cannot read" in result.stderr
    assert "\x1b" not in result.stderr


def test_ctrl_c_ends_in_one_line_and_130(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(documents: Iterable[Document]) -> Iterator[PaperRecord]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("kg.extract.extract", stopped)
    result = run("build", papers(in_folder / "a.json", "One"), "-o", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "stopped\n")
    assert not Path("out").exists()


def test_a_real_interrupt_ends_in_130(in_folder: Path) -> None:
    process = subprocess.Popen(
        [*KG, "extract", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(2)  # until it waits for its input
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "stopped\n")


def test_a_reader_that_has_enough_is_no_error(in_folder: Path, small_graph: KnowledgeGraph) -> None:
    for number in range(3000):
        small_graph.nx.add_node(f"model/m{number}", kind="model", label=f"Model {number}")
    small_graph.save(in_folder / "output")
    process = subprocess.Popen(
        [*KG, "query", "SELECT * { ?s ?p ?o }"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=30), errors) == (0, b"")


def test_progress_shows_in_a_terminal_only(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One")
    command = [*KG, "extract", str(source)]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert piped.stderr == "read 1, skipped 0, failed 0\n"
    master, slave = pty.openpty()
    subprocess.run(command, stdout=subprocess.PIPE, stderr=slave, check=True)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "reading" in shown or "starting" in shown


def test_a_fault_of_the_program_is_not_hidden(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(path: object) -> KnowledgeGraph:
        raise KeyError("kind")

    monkeypatch.setattr("kg.building.load", faulty)
    result = run("stats")
    assert isinstance(result.exception, KeyError)


def test_a_failure_shows_its_traceback_when_asked(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_DEBUG", "1")
    assert isinstance(run("stats").exception, FileNotFoundError)
