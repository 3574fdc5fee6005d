"""Extraction in processes: in order, the same for any number of them, and losing only what fails."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import faulty_extractor
import pytest

import kg.extract
from kg.engines import extract, local
from kg.engines.local import ExtractionError
from kg.records import Document, PaperRecord
from kg.sources import Report, read

SEEDS = Path(__file__).parents[2] / "seeds"


def documents(*titles: str) -> list[Document]:
    return [Document(str(number), title, "A text.") for number, title in enumerate(titles)]


def run(papers: list[Document], report: Report | None = None, **options: object) -> list[PaperRecord]:
    return list(extract(papers, report=report, place=faulty_extractor.PLACE, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_records_come_in_order_and_are_the_same_for_any_number_of_jobs(
    jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_FEW", 10)
    monkeypatch.setattr(local, "_AHEAD", 40)
    papers = documents(*["any"] * 101)
    records = run(papers, jobs=jobs)
    assert [record.document for record in records] == papers
    assert [record.models[0].name for record in records] == [f"M-{number}-True" for number in range(101)]


def test_what_a_process_finds_is_what_extraction_finds_here() -> None:
    papers = list(read(SEEDS))[:20]
    assert list(extract(papers, jobs=1)) == list(kg.extract.extract(papers))
    unaided = list(kg.extract.extract(papers[:5], gazetteer=False))
    assert list(extract(papers[:5], jobs=1, gazetteer=False)) == unaided


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("crash", "ended the process that extracts (SIGSEGV), and was left out"),
        ("leave", "ended the process that extracts (exit code 3), and was left out"),
        ("raise", "could not be extracted (ValueError: no)"),
        ("hang", "took longer than 1 s to extract, and was left out"),
    ],
)
def test_a_document_that_fails_is_named_and_lost_alone(title: str, reason: str) -> None:
    papers = documents("a", "b", title, "c", title, "d")
    report = Report(read=6)
    records = run(papers, report, jobs=1, limit=1)
    assert [record.document.title for record in records] == ["a", "b", "c", "d"]
    assert (report.read, report.failed) == (4, 2)
    assert [str(failure) for failure in report.failures] == [
        f"2, paper 2: {reason}",
        f"4, paper 4: {reason}",
    ]


def test_what_a_library_prints_does_not_run_into_what_is_found() -> None:
    assert len(run(documents("chatter", "chatter"), jobs=1)) == 2


def test_few_documents_are_one_processs_and_many_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_FEW", 50)
    assert len({record.models[0].name for record in run(documents(*["who"] * 50), jobs=2)}) == 1
    # Each starts only when it is needed, which on one busy core may take a while.
    monkeypatch.setattr(local, "_CHUNK", 1)
    names = {record.models[0].name for record in run(documents(*["who"] * 3000), jobs=2)}
    assert 1 <= len(names) <= 2
    assert f"M-{os.getpid()}" not in names


def test_reading_goes_only_so_far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "_AHEAD", 24)
    taken = []

    def counted() -> Iterator[Document]:
        for document in documents(*["any"] * 500):
            taken.append(document)
            yield document

    stream = extract(counted(), jobs=1, place=faulty_extractor.PLACE)
    for done in range(1, 101):
        next(stream)
        assert len(taken) <= done + 24
    stream.close()


def test_no_process_outlives_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = extract(documents(*["who"] * 20), jobs=1, place=faulty_extractor.PLACE)
    process = int(next(stream).models[0].name.removeprefix("M-"))
    os.kill(process, 0)
    stream.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_document_that_hangs_does_not_keep_the_end_waiting() -> None:
    stream = extract(documents("a", "hang", "b"), jobs=1, limit=50, place=faulty_extractor.PLACE)
    next(stream)
    began = time.monotonic()
    stream.close()
    assert time.monotonic() - began < 40


def test_when_nothing_can_be_extracted_it_ends() -> None:
    with pytest.raises(ExtractionError, match=r"the first 20 papers all failed: the last one could not be"):
        run(documents(*["raise"] * 30), jobs=1)
    with pytest.raises(OSError, match=r"cannot start: ModuleNotFoundError: No module named 'nowhere'"):
        list(extract(documents("a"), jobs=1, place="nowhere:extract"))


def test_jobs_below_none_and_no_time_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="jobs are 0 or more"):
        run(documents("a"), jobs=-1)
    with pytest.raises(ValueError, match="the limit is above 0"):
        run(documents("a"), jobs=1, limit=0)
