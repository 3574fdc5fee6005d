"""How many papers there will be is told before all are read, by the share of the files that was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import kg.papers
from kg.papers import papers
from kg.records import Document, PaperRecord


def alone(documents: Iterable[Document]) -> Iterator[PaperRecord]:
    return (PaperRecord(document) for document in documents)


def corpus(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            fields = {"title": f"Paper {number:05}", "abstract": f"On the number {number:05}. " * 60}
            file.write(json.dumps(fields) + "\n")
    return path


def test_a_large_file_is_estimated_and_then_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.papers, "_TELLING", 500)
    told: list[tuple[object, ...]] = []
    inputs = [corpus(tmp_path / "a.jsonl", 1200), corpus(tmp_path / "b.jsonl", 100)]
    for _ in papers(inputs, extract=alone, progress=lambda *stage: told.append(stage)):
        continue
    assert told[0] == ("reading", 1)
    estimates = [stage[2] for stage in told if stage[3:] == (True,)]
    assert len(estimates) > 300
    # That the last 100 of 1,300 are there twice cannot be known before they are read.
    assert all(1000 < int(str(estimate)) <= 1310 for estimate in estimates)
    assert told[-1][:2] == ("reading", 1200)


def test_of_standard_input_nothing_is_foretold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.papers, "_TELLING", 10)
    with corpus(tmp_path / "a.jsonl", 400).open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        told: list[tuple[object, ...]] = []
        for _ in papers("-", extract=alone, progress=lambda *stage: told.append(stage)):
            continue
    assert len(told) == 400
    assert {len(stage) for stage in told} == {2}
