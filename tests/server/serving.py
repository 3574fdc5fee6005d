"""A server in a process of its own, on a free port, and the little graph that it serves."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.graph import KnowledgeGraph

__all__ = ["HEAVY", "Served", "gone", "graph", "processes", "serving"]

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?d && ?g != ?j) }"
"""A cross product that no machine finishes in the time of a test."""


@dataclass(frozen=True)
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    address: str
    """``http://127.0.0.1:PORT``."""

    @property
    def sparql(self) -> str:
        """Where queries go."""
        return f"{self.address}/sparql"


def graph() -> KnowledgeGraph:
    """Two papers, of which each trains a model on a dataset of its own and on one that both use."""
    made = KnowledgeGraph()
    made.nx.add_node("dataset/shared", kind="dataset", label="Shared")
    for name, label in (("one", "<script>alert(1)</script>"), ("two", "Paper\r\ntwo \x01 é 中")):
        paper, model, dataset = f"paper/{name}", f"model/{name}", f"dataset/{name}"
        made.nx.add_node(paper, kind="paper", label=label, title=label, abstract=f"{name} is trained.")
        made.nx.add_node(model, kind="model", label=name.title())
        made.nx.add_node(dataset, kind="dataset", label=f"{name.title()} data")
        for target in (dataset, "dataset/shared"):
            made.add_claim(model, "trainedOn", target, paper, exact="is trained", start=4, end=14, method="m")
    return made


@contextmanager
def serving(directory: Path, *options: object) -> Iterator[Served]:
    """``kg serve`` on a free port, ended at the end."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--graph", str(directory)]
    process = subprocess.Popen(
        [*command, "--port", "0", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        found = re.match(r"(http://\S+:\d+)/ ", process.stdout.readline())
        assert found, process.communicate()
        yield Served(process, found[1])
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        if process.stderr:
            process.stderr.close()


def processes(parent: int) -> set[int]:
    """The processes that a process started and that still are, by number (Linux only)."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.add(int(stat.parent.name))
    return found


def gone(numbers: set[int], within: float = 10) -> bool:
    """Whether all of these processes end in time."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not any(Path(f"/proc/{number}").exists() for number in numbers):
            return True
        time.sleep(0.05)
    return False
