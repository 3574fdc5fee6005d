"""How long until a command does something, beside Python and beside spaCy; part of ``all.py``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from commands import KG, run
from comparisons import Comparison, medians, tell

import kg

__all__ = ["measure"]

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def measure(inputs: Sequence[Path], repeat: int, folder: Path) -> list[Comparison]:
    """``kg --help``, and ``kg query`` of the graph of the papers, beside the start of Python and of spaCy.

    Args:
        inputs: papers.
        repeat: runs of each; the median counts.
        folder: where the graph goes.
    """
    tell("start-up: building the graph to ask")
    kg.build(list(inputs), output=folder / "graph", page=False)
    own = {"kg --help": [*KG, "--help"], "kg query": [*KG, "query", COUNT, "--graph", str(folder / "graph")]}
    peers = {
        "python -c pass": [sys.executable, "-c", "pass"],
        'python -c "import spacy"': [sys.executable, "-c", "import spacy"],
    }

    def timed(command: list[str]) -> Callable[[], float]:
        return lambda: run(command).seconds

    commands = own | peers
    for command in commands.values():
        run(command)  # from now on, files are in the system's cache
    tell(f"start-up: {', '.join(commands)}")
    taken = medians({name: timed(command) for name, command in commands.items()}, repeat)
    return [Comparison("start-up", name, taken[name], peer, taken[peer]) for name in own for peer in peers]
