"""A build that is killed goes on where it was, and nobody sees half an output: the fault harness, shortly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from faults import harness

SLOW = [
    sys.executable,
    "-c",
    f"import sys, time; sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
    "import kg.extract, stand_in\n"
    "def slow(documents):\n"
    "    for record in stand_in.extract(documents):\n"
    "        time.sleep(0.05)\n"
    "        yield record\n"
    "kg.extract.extract = slow\n"
    "from kg.cli import main\n"
    "main()",
]
"""The command, with a stand-in for extraction that takes its time."""


def test_builds_that_are_killed_go_on_and_end_as_undisturbed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_JOBS", "0")
    papers = [
        {"title": f"Paper {n}", "abstract": f"Number {n} trains Net-{n} on Omega-12."} for n in range(12)
    ]
    found = harness(papers, tmp_path, kills=5, seed=3, command=SLOW)
    assert found.problems == {}
    assert found.kills == 5
    assert found.polls > 0
