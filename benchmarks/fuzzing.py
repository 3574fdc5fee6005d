"""Whether any input makes a reader fail other than in the line it documents, hang or fill the memory.

    python benchmarks/fuzzing.py --reader all --seconds 600 --seed 0 --into found/

For each reader a process tries inputs made from valid ones; Linux and macOS only. With atheris installed
(``pip install atheris``) coverage chooses among them, else chance alone. An input that raises what is not
documented is written into the folder with its traceback; one that takes too long, or ends the process, too,
and the process is started again. Exits with 1 when there is any.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path

from fuzzed import ENGINES, Board, again, fuzz
from samples import READERS

__all__ = ["Tried", "fuzzing"]

LIMIT = 5
"""Seconds of processor time for one input."""
MEMORY = 1 << 30
"""Bytes that reading may take."""

_TOLD = 60.0
"""Seconds between lines that tell how far it is, where there is no terminal to show it in."""


@dataclass(slots=True)
class Tried:
    """What was tried on one reader."""

    reader: str
    engine: str
    seconds: float = 0.0
    inputs: int = 0
    papers: int = 0
    failures: int = 0
    """Lines that said what cannot be read."""
    found: list[str] = field(default_factory=list)
    """Files with inputs that no reader should take so."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reader", default="all", choices=["all", *READERS])
    parser.add_argument("--seconds", type=float, default=600, help="of processor time for each reader")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--into", type=Path, default=Path("output/fuzzed"), help="where what is found goes")
    parser.add_argument("--engine", choices=ENGINES, default="atheris" if find_spec("atheris") else "plain")
    parser.add_argument("--limit", type=int, default=LIMIT, help="seconds for one input")
    parser.add_argument("--json", type=Path, help="write the counts here too")
    parser.add_argument("--again", type=Path, metavar="INPUT", help="try only this input, once")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    if arguments.again:
        again(arguments.reader, arguments.again.read_bytes(), arguments.limit)
        return
    if arguments.inside:
        fuzz(
            arguments.reader,
            arguments.engine,
            arguments.seconds,
            arguments.seed,
            arguments.limit,
            MEMORY,
            arguments.into,
        )
        return
    readers = READERS if arguments.reader == "all" else (arguments.reader,)
    every = []
    print(f"{'reader':<12}{'inputs':>10}{'papers':>10}{'failures':>10}{'seconds':>9}{'found':>7}")
    for reader in readers:
        tried = fuzzing(
            reader, arguments.engine, arguments.seconds, arguments.seed, arguments.limit, arguments.into
        )
        every.append(tried)
        print(
            f"{reader:<12}{tried.inputs:>10,}{tried.papers:>10,}{tried.failures:>10,}"
            f"{tried.seconds:>9.0f}{len(tried.found):>7}",
            flush=True,
        )
        if arguments.json:
            arguments.json.write_text(json.dumps([asdict(one) for one in every], indent=1) + "\n")
    for path in (path for tried in every for path in tried.found):
        print(f"found: {path}")
    sys.exit(any(tried.found for tried in every))


def fuzzing(reader: str, engine: str, seconds: float, seed: int, limit: int, into: Path) -> Tried:
    """Try inputs on one reader for so many seconds of processor time.

    Args:
        seed: the same gives the same inputs, as far as the processes are not ended.
        limit: seconds of processor time for one input.
        into: the folder that what is found is written into.
    """
    for old in into.glob(f"{reader}-*"):
        old.unlink()
    (into / f"{reader}.board").unlink(missing_ok=True)
    tried = Tried(reader, engine)
    board = Board(into / f"{reader}.board")
    starts = 0
    while (left := seconds - board.counts()[3]) > 0.5:
        before = board.counts()[0]
        process = _started(reader, engine, left, seed + starts, limit, into)
        _watch(process, board, reader, seconds)
        if process.returncode and (kind := _ending(process.returncode, into, reader)):
            data = board.at_work()
            name = f"{reader}-{kind}-{hashlib.sha256(data).hexdigest()[:12]}.input"
            (into / name).write_bytes(data)
            board.charge(limit)
            if kind == "slow" and not _is_slow(into / name, reader, limit):
                (into / name).unlink()
        if board.counts()[0] == before:
            raise SystemExit(f"no input was tried; see {into / f'{reader}.log'}")
        starts += 1
    if sys.stderr.isatty():
        print(file=sys.stderr)
    tried.inputs, tried.papers, tried.failures, spent = board.counts()
    tried.seconds = round(spent, 1)
    tried.found = sorted(str(path) for path in into.glob(f"{reader}-*.input"))
    return tried


def _started(
    reader: str, engine: str, seconds: float, seed: int, limit: int, into: Path
) -> subprocess.Popen[bytes]:
    with (into / f"{reader}.log").open("ab") as log:
        return subprocess.Popen(
            [
                *(sys.executable, __file__, "--inside", "--reader", reader, "--engine", engine),
                *("--seconds", str(seconds), "--seed", str(seed), "--limit", str(limit), "--into", str(into)),
            ],
            stdout=log,
            stderr=log,
        )


def _watch(process: subprocess.Popen[bytes], board: Board, reader: str, seconds: float) -> None:
    """Wait for the process to end, and tell how far it is."""
    shown = sys.stderr.isatty()
    told = 0.0
    while process.poll() is None:
        time.sleep(0.5)
        now = time.monotonic()
        if shown or now - told > _TOLD:
            told = now
            tried, read, failures, spent = board.counts()
            line = f"{reader}: {tried:,} inputs, {read:,} papers, {failures:,} failures, "
            line += f"{spent:.0f} of {seconds:.0f} s"
            print(f"\r{line} " if shown else line, end="" if shown else "\n", file=sys.stderr, flush=True)


def _is_slow(path: Path, reader: str, limit: int) -> bool:
    """Whether an input takes too long where no coverage is measured, too: that takes most of the time."""
    command = [sys.executable, __file__, "--reader", reader, "--limit", str(limit), "--again", str(path)]
    return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == -signal.SIGXCPU


def _ending(code: int, into: Path, reader: str) -> str:
    """What the end of a process says of the input it was at."""
    if code == -signal.SIGXCPU:
        return "slow"
    if code < 0:
        return f"ended-{signal.Signals(-code).name}"
    raise SystemExit(f"the process that tries inputs failed; see {into / f'{reader}.log'}")


if __name__ == "__main__":
    main()
