"""Commands that are timed."""

from __future__ import annotations

import sys

import pytest
from commands import run


def test_a_command_costs_time_and_the_memory_it_took() -> None:
    small, large = (run([sys.executable, "-c", f"b'x' * {size}"]) for size in (1, 200 << 20))
    assert small.seconds > 0
    assert large.peak_mib - small.peak_mib > 100


def test_a_command_that_fails_is_named_with_what_it_said() -> None:
    with pytest.raises(RuntimeError, match=r"ended with 3: no such paper$"):
        run([sys.executable, "-c", "import sys; print('no such paper', file=sys.stderr); sys.exit(3)"])
