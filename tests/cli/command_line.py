"""Ways to run a command, and papers to run it on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from kg.cli import app

__all__ = ["COMMANDS", "KG", "papers", "run"]

COMMANDS = [
    "build",
    "add",
    "remove",
    "diff",
    "extract",
    "query",
    "lineage",
    "path",
    "leaderboard",
    "audit",
    "stats",
    "validate",
    "view",
    "export",
    "serve",
    "evaluate",
]
KG = [
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r})\n"
    "import kg.extract, stand_in\n"
    "kg.extract.extract = stand_in.extract\n"
    "from kg.cli import main\n"
    "main()",
]
"""The command in a process of its own, with the stand-in for extraction."""


def run(*arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def papers(path: Path, *titles: str) -> Path:
    """A file of papers with these titles."""
    path.write_text(
        json.dumps([{"title": t, "abstract": f"{t} trains AlphaNet on Omega-12."} for t in titles])
    )
    return path
