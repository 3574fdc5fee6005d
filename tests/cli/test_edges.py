"""What all commands share: help, usage errors, a graph that is not there, terminals, pipes, interrupts."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from command_line import COMMANDS, KG, papers, run

from kg.graph import KnowledgeGraph
from kg.records import Document, PaperRecord


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


def test_a_place_that_cannot_be_written_fails_in_words(output: Path) -> None:
    source = papers(output.parent / "a.json", "One")
    result = run("build", source, "-o", source)
    assert (result.exit_code, result.stderr) == (
        1,
        f"error: {source} is no folder: name a folder to write to\n",
    )
    result = run("evaluate", "missing.jsonl", source)
    assert (result.exit_code, result.stderr) == (1, "error: missing.jsonl: No such file or directory\n")
    os.mkfifo("pipe")
    assert run("view", "-o", "pipe").exit_code == 1
    assert Path("pipe").is_fifo()


def test_ctrl_c_ends_in_one_line_and_130(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(documents: Iterable[Document]) -> Iterator[PaperRecord]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("kg.extract.extract", stopped)
    result = run("build", papers(in_folder / "a.json", "One"), "-o", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "stopped\n")
    assert not Path("out").exists()


def test_a_real_interrupt_ends_in_130(in_folder: Path) -> None:
    program = (
        "import time, kg.extract\n"
        "def extract(documents):\n"
        "    print('busy', flush=True)\n"
        "    time.sleep(60)\n"
        "kg.extract.extract = extract\n"
        "from kg.cli import main\n"
        "main()"
    )
    source = papers(in_folder / "a.json", "One")
    process = subprocess.Popen(
        [sys.executable, "-c", program, "extract", str(source)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "busy\n"
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
    written = subprocess.run(command, stdout=subprocess.PIPE, stderr=slave, check=True).stdout
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "reading" in shown or "starting" in shown
    assert written.decode() == piped.stdout
    assert "AlphaNet" not in shown


def test_in_a_terminal_progress_does_not_run_into_what_is_printed(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One")
    master, slave = pty.openpty()
    subprocess.run([*KG, "extract", str(source), "--explain"], stdout=slave, stderr=slave, check=True)
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert "\x1b" not in shown
    assert "[DATASET [MODEL One trains AlphaNet on Omega-12.]]" in " ".join(shown.split())


def test_a_fault_of_the_program_is_not_hidden(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(path: object) -> KnowledgeGraph:
        raise KeyError("kind")

    monkeypatch.setattr("kg.building.load", faulty)
    result = run("stats")
    assert isinstance(result.exception, KeyError)


def test_a_failure_shows_its_traceback_when_asked(in_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_DEBUG", "1")
    assert isinstance(run("stats").exception, FileNotFoundError)
