"""The comparison is fair: nobody is measured on what they saw, and the table says what was measured."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from compare import measure
from outcomes import Outcome, add_outcome, read_outcomes, table

from kg.evaluate import KINDS
from kg.records import PaperRecord
from kg.training.papers import Paper, read_papers


class Spy:
    """Remembers what it is shown, and finds nothing."""

    def __init__(self) -> None:
        self.learnt: set[str] = set()
        self.shown: list[Paper] = []

    def fit(self, papers: Sequence[Paper]) -> None:
        self.learnt = {paper.gold.document.id for paper in papers}

    def extract(self, paper: Paper) -> PaperRecord:
        self.shown.append(paper)
        return PaperRecord(paper.gold.document)


@pytest.fixture
def papers(tmp_path: Path) -> list[Paper]:
    gold = tmp_path / "gold.jsonl"
    lines = [
        {
            "id": f"p{n}",
            "title": f"Wombat{n}Net: reading scans",
            "abstract": f"Paper {n} of a pile. We propose Wombat{n}Net and test it on the Fox-{n}K dataset.",
            "models": [{"name": f"Wombat{n}Net", "role": "introduced"}],
            "datasets": [{"name": f"Fox-{n}K", "role": "used"}],
            "modalities": ["CT"],
        }
        for n in range(4)
    ]
    gold.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return read_papers([gold], {}, None)


def test_a_fold_is_measured_by_what_saw_neither_its_papers_nor_their_annotations(papers: list[Paper]) -> None:
    spy = Spy()
    outcome = measure("spy", spy, papers, [0, 1, 0, 1], 1)
    assert spy.learnt == {"p0", "p2"}
    assert [paper.gold for paper in spy.shown] == [PaperRecord(papers[n].gold.document) for n in (1, 3)]
    assert not any(paper.kinds or paper.entities for paper in spy.shown)
    assert outcome.counts["models"] == (0, 2, 0)
    assert (outcome.papers, outcome.folds) == (2, 2)


def test_a_comparison_made_in_several_runs_keeps_the_last_word_on_each_fold(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    for fold, f1 in ((0, 0.2), (1, 0.4), (0, 0.6)):
        add_outcome(path, _outcome(fold, f1))
    assert {o.fold: o.f1["mean"] for o in read_outcomes(path)} == {0: 0.6, 1: 0.4}


def test_the_table_gives_mean_and_spread_over_folds_and_papers_by_time() -> None:
    row = table([_outcome(0, 0.4), _outcome(1, 0.6)]).splitlines()[-1]
    assert row.count("0.500 ± 0.141") == len(KINDS) + 1
    assert row.endswith("| 25 | 2 of 5 |")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    add_outcome(path, _outcome(0, 0.5))
    with path.open("a", encoding="utf-8") as lines:
        lines.write('{"extractor": "half a li')
    with pytest.raises(ValueError, match=r"outcomes\.jsonl:2: no outcome"):
        read_outcomes(path)


def _outcome(fold: int, f1: float) -> Outcome:
    return Outcome("rules", fold, 5, 50, dict.fromkeys((*KINDS, "mean"), f1), {}, 0.0, 2.0)
