"""Comparisons: what a ratio says, and the table and the picture it ends in."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from comparisons import Comparison, medians, tables
from plot import plot

FAST = Comparison("build", "ten papers", 2.0, "a snail", 50.0, papers=10, peak_mib=99.6)
SLOW = Comparison("build", "again", 0.5, "a hare", 0.001)
STOPPED = Comparison("query", "all", 0.02, "a stone", 20.0, at_least=True)


def test_a_ratio_says_how_many_times_as_fast_as_the_peer() -> None:
    assert (FAST.ratio, SLOW.ratio, STOPPED.ratio) == ("25.0", "0.002", "≥ 1,000")


def test_runs_take_turns_and_the_median_counts() -> None:
    turns: list[str] = []
    left = {"a": [3.0, 1.0, 2.0], "b": [9.0, 9.0, 7.0]}

    def run(name: str) -> float:
        turns.append(name)
        return left[name].pop(0)

    assert medians({"a": lambda: run("a"), "b": lambda: run("b")}, 3) == {"a": 2.0, "b": 9.0}
    assert "".join(turns) == "ababab"


def test_each_group_is_a_table_with_the_columns_it_fills() -> None:
    build, query = tables([FAST, SLOW, STOPPED]).split("### query")
    assert build.splitlines() == [
        "### build",
        "",
        "|  | takes | beside | takes | times as fast | papers a second | peak MiB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| ten papers | 2 s | a snail | 50.0 s | 25.0 | 5.0 | 100 |",
        "| again | 500 ms | a hare | 1 ms | 0.002 |  |  |",
        "",
    ]
    assert query.splitlines()[-1] == "| all | 20.0 ms | a stone | > 20.0 s | ≥ 1,000 |"


def test_in_the_picture_the_faster_stands_to_the_right_of_one() -> None:
    drawn = list(ElementTree.fromstring(plot([FAST, SLOW, STOPPED], "here")).iter())
    across = [float(e.attrib["cx"]) for e in drawn if e.tag.endswith("circle")]
    (one,) = [float(e.attrib["x"]) for e in drawn if e.tag.endswith("text") and e.text == "1"]
    assert across[1] < one < across[0] < across[2]


def test_what_was_compared_is_text_in_the_picture() -> None:
    attack = '</text><script>alert(1)</script>&"'
    drawn = plot([Comparison(attack, attack, 1, attack, 1)], attack)
    elements = list(ElementTree.fromstring(drawn).iter())
    assert not [e for e in elements if e.tag.endswith("script")]
    assert [e.text for e in elements].count(attack) == 2


def test_a_picture_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        plot([], "")
