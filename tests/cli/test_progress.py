"""What a line of progress says."""

from __future__ import annotations

import pytest

from kg.cli.progress import described


@pytest.mark.parametrize(
    ("done", "total", "seconds", "line"),
    [
        (1, None, 0.0, "reading 1 papers"),
        (1200, None, 30.0, "reading 1,200 papers, 40 a second, 0:30"),
        (1200, 5000, 30.0, "reading 1,200 of 5,000 papers, 40 a second, 1:35 left"),
        (90, 90_000, 60.0, "reading 90 of 90,000 papers, 1.5 a second, 16:39:00 left"),
    ],
)
def test_rate_and_time_left_are_told_once_they_are_known(
    done: int, total: int | None, seconds: float, line: str
) -> None:
    assert described("reading", done, total, seconds, "papers") == line


def test_an_estimate_is_told_as_one_and_the_pace_is_that_of_now() -> None:
    line = described("reading", 50_000, 98_765, 600.0, "papers", about=True, rate=40.0)
    assert line == "reading 50,000 of about 99,000 papers, 40 a second, 20:19 left"
    line = described("reading", 1_100, 1_090, 30.0, "papers", about=True, rate=40.0)
    assert line == "reading 1,100 of about 1,100 papers, 40 a second, 0:00 left"
    assert described("reading", 9, None, 30.0, "papers", rate=0.0) == "reading 9 papers"
