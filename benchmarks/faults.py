"""Whether a build survives being killed: ``kill -9`` at random moments, then on, then compared.

    python benchmarks/faults.py seeds [--papers 60] [--kills 50] [--seed 0]

In each round a folder begins empty or with the graph of half the papers. Builds of all papers into it are
killed until one is done. Meanwhile a reader polls the files: each must be absent, as it was, or as it is to
be, to the byte. After each kill the graph that is there must answer a query as the old or the new one does.
At the end of a round all files must be those of an undisturbed build. Exits with 1 when anything is not. The
code of the product must not change meanwhile: what it writes would, too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from commands import KG

from kg.sources import read
from kg.store import Store

__all__ = ["Faults", "harness"]

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

Digests = Mapping[str, str]


@dataclass
class Faults:
    """What the harness did and saw."""

    kills: int = 0
    rounds: int = 0
    polls: int = 0
    """Files that the reader read."""
    stages: dict[str, int] = field(default_factory=dict)
    """How often a build was killed while papers were extracted, later, and before."""
    problems: dict[str, int] = field(default_factory=dict)
    """What should not have been, and how often it was."""

    def problem(self, text: str) -> None:
        """Count a problem."""
        self.problems[text] = self.problems.get(text, 0) + 1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", type=Path, help="papers")
    parser.add_argument("--papers", type=int, default=60, help="how many of them to use")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0, help="of the moments")
    arguments = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        documents = list(read(arguments.input))[: arguments.papers]
        papers = [{"title": d.title, "abstract": d.abstract} for d in documents]
        found = harness(papers, Path(folder), arguments.kills, arguments.seed, progress=True)
    stages = ", ".join(f"{count} {stage}" for stage, count in sorted(found.stages.items()))
    print(
        f"{found.kills} kills ({stages}) in {found.rounds} rounds of {len(papers)} papers, "
        f"{found.polls} reads meanwhile, {time.perf_counter() - start:.0f} s: "
        f"{sum(found.problems.values())} problems"
    )
    for problem, count in found.problems.items():
        print(f"  {problem}: {count} times")
    sys.exit(bool(found.problems))


def harness(
    papers: Sequence[Mapping[str, str]],
    folder: Path,
    kills: int,
    seed: int = 0,
    command: Sequence[str] = KG,
    progress: bool = False,
) -> Faults:
    """Kill builds until there were that many kills, and finish the round.

    Args:
        papers: titles and abstracts.
        folder: an empty folder to work in.
        kills: how many.
        seed: of the moments.
        command: what runs ``kg``.
        progress: whether to print each kill.
    """
    found, chance = Faults(), random.Random(seed)
    half, whole = folder / "half.json", folder / "whole.json"
    half.write_text(json.dumps(papers[: len(papers) // 2]))
    whole.write_text(json.dumps(papers))
    old, new = folder / "old", folder / "new"
    _run([*command, "build", str(half), "-o", str(old)])
    began = time.perf_counter()
    _run([*command, "build", str(whole), "-o", str(new)])
    seconds = time.perf_counter() - began
    allowed = {name: {_digests(old)[name], digest} for name, digest in _digests(new).items()}
    answers = {_count(old), _count(new)}
    target = folder / "target"
    while found.kills < kills:
        shutil.rmtree(target, ignore_errors=True)
        begins_empty = found.rounds % 2 == 0
        if not begins_empty:
            shutil.copytree(old, target)
            # What was extracted is to come from the killed builds alone.
            (target / ".kg" / "extracted.sqlite").unlink(missing_ok=True)
        with _reader(target, allowed, found, begins_empty):
            while True:
                delay = chance.uniform(0, seconds * 1.1) if found.kills < kills else None
                if not _killed([*command, "build", str(whole), "-o", str(target)], delay, found):
                    break
                found.kills += 1
                stage = _stage(target)
                found.stages[stage] = found.stages.get(stage, 0) + 1
                if (target / "graph.nq").exists() and _count(target) not in answers:
                    found.problem(f"after kill {found.kills} the graph answers wrongly")
                if progress:
                    print(f"kill {found.kills} after {delay:.2f} s: {stage}", file=sys.stderr, flush=True)
        found.rounds += 1
        if _digests(target) != _digests(new):
            found.problem(f"round {found.rounds}: the files are not those of an undisturbed build")
        if left := [path.name for path in target.glob(".writing-*")]:
            found.problem(f"round {found.rounds}: left behind: {left}")
        if _count(target) != _count(new):
            found.problem(f"round {found.rounds}: the store answers wrongly")
    return found


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())


def _killed(command: Sequence[str], delay: float | None, found: Faults) -> bool:
    """Whether the command had to be killed; else it was done before."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment(), text=True
    )
    assert process.stderr is not None
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    said = process.stderr.read()
    process.stderr.close()
    if process.wait() == -signal.SIGKILL:
        return True
    if process.returncode or said:
        found.problem(f"a build after a kill ended with {process.returncode}: {said.strip()}")
    return False


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1"}


def _stage(target: Path) -> str:
    aside = list(target.glob(".writing-*")) if target.exists() else []
    if not aside:
        return "before papers were read or after files were put in place"
    names = {path.name for folder in aside for path in folder.rglob("*")}
    return "while files were written" if "graph.ttl" in names else "while papers were extracted"


@contextmanager
def _reader(
    target: Path, allowed: Mapping[str, set[str]], found: Faults, may_be_absent: bool
) -> Iterator[None]:
    """Read the files again and again; note what is neither old nor new."""
    stop = Event()

    def poll() -> None:
        while not stop.wait(0.02):
            for name, digests in allowed.items():
                try:
                    digest = hashlib.sha256((target / name).read_bytes()).hexdigest()
                except FileNotFoundError:
                    if not may_be_absent:
                        found.problem(f"{name} was gone for a moment")
                    continue
                found.polls += 1
                if digest not in digests:
                    found.problem(f"{name} was neither the old nor the new")

    thread = Thread(target=poll)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name[0] != "."
    }


def _count(folder: Path) -> tuple[str, ...]:
    return Store.open(folder).query(COUNT).strings()[0]


if __name__ == "__main__":
    main()
