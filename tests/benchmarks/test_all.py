"""The whole suite of comparisons, on two papers, as a command."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SUITE = Path(__file__).parents[2] / "benchmarks" / "all.py"
ABSTRACTS = (
    "We propose WombatNet and train it on Fox-12K, a dataset of chest X-rays. It reaches a Dice of 0.91.",
    "QuillNet, based on WombatNet, segments CT scans. On Fox-12K it outperforms WombatNet by 2.1% Dice.",
)


def suite(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SUITE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    file = tmp_path / "papers.jsonl"
    lines = [{"title": f"Paper {n}", "abstract": text} for n, text in enumerate(ABSTRACTS)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


@pytest.fixture
def all_() -> ModuleType:
    return importlib.import_module("all")


def test_every_group_is_compared_kept_and_drawn(papers: Path, tmp_path: Path, all_: ModuleType) -> None:
    kept, drawn, again = tmp_path / "figures.json", tmp_path / "figures.svg", tmp_path / "again.svg"
    done = suite(papers, "--quick", "--json", kept, "--plot", drawn)
    assert done.returncode == 0, done.stderr
    figures = json.loads(kept.read_text(encoding="utf-8"))
    assert figures["machine"]["processor"] and figures["versions"]["spacy"] and figures["date"]
    assert [line[4:] for line in done.stdout.splitlines() if line.startswith("### ")] == list(all_.GROUPS)
    assert all(one["seconds"] > 0 and one["peer_seconds"] > 0 for one in figures["comparisons"])
    shown = suite("--from", kept, "--plot", again)
    assert (shown.stdout, again.read_text()) == (done.stdout, drawn.read_text())


def test_a_group_that_fails_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    done = suite(tmp_path / "absent", "--quick", "--only", "start-up", "query", "--json", kept)
    figures = json.loads(kept.read_text(encoding="utf-8"))
    assert done.returncode == 1
    assert list(figures["failed"]) == ["start-up"]
    assert {one["group"] for one in figures["comparisons"]} == {"query"}
    assert done.stderr.splitlines()[-1] == "error: not measured: start-up"


def test_figures_of_something_else_are_refused_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"rows": []}')
    done = suite("--from", other)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and f"{other}: no figures" in done.stderr
