"""Commands run as a user runs them, and what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["KG", "Cost", "run"]

KG = [sys.executable, "-c", "from kg.cli import main; main()"]
"""The command ``kg`` of this very Python."""

# On Linux, a process counts the memory of the one that started it, up to that moment, into its own peak:
# a small one stands between, and does the measuring.
_BETWEEN = """
import os, subprocess, sys, time
nothing = subprocess.DEVNULL
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdin=nothing, stdout=nothing)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss)
process.returncode = os.waitstatus_to_exitcode(status)
sys.exit(process.returncode and (process.returncode if process.returncode > 0 else 128 - process.returncode))
"""


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    """By the clock, start and end of the process included."""
    peak_mib: float
    """Of the largest of its processes."""


def run(command: Sequence[str | os.PathLike[str]], *, show: bool = False) -> Cost:
    """Run a command; what it prints is dropped.

    Args:
        command: program and arguments.
        show: whether what it says on standard error is let through.

    Raises:
        RuntimeError: it failed; the message is a line with the last thing it said.
    """
    between = [sys.executable, "-I", "-S", "-c", _BETWEEN, *command]
    said = None if show else subprocess.PIPE
    done = subprocess.run(between, stdout=subprocess.PIPE, stderr=said, text=True, errors="replace")
    if done.returncode:
        what = " ".join(" ".join(map(str, command)).split())
        end = "" if show else f": {done.stderr.strip().rpartition(chr(10))[2][-500:]}"
        raise RuntimeError(f"{what} ended with {done.returncode}{end}")
    seconds, peak = done.stdout.split()
    return Cost(float(seconds), int(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10))
