"""A full disk, a folder that cannot be written: one line, and what was there stays whole."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_in import extract

from kg.building import build
from kg.sources import Report


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of three papers."""
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"title": f"Paper {n}", "abstract": f"Number {n} trains Net-{n}."} for n in range(3)])
    )
    return path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 KiB, where one can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)], capture_output=True
    )
    if made.returncode:
        pytest.skip("needs the right to mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_on_a_full_disk_the_old_output_stays_whole(source: Path, disk: Path) -> None:
    output = disk / "out"
    build(source, output=output, extract=extract, page=False, report=Report())
    before = contents(output)
    assert before
    more = [{"title": f"Paper {n}", "abstract": f"Number {n} trains Net-{n}." * 50} for n in range(100)]
    source.write_text(json.dumps(more))
    with pytest.raises(OSError, match="no space is left: free some and run the command again") as error:
        build(source, output=output, extract=extract, page=False)
    assert error.value.filename == str(output)
    assert contents(output) == before
    assert not list(output.glob(".writing-*"))


def test_an_error_of_the_disk_in_any_stage_is_told_in_words(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    build(source, output=output, extract=extract)
    before = contents(output)

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for stage in ("kg.graph.KnowledgeGraph.save", "kg.views.write_graph_page", "kg.options.Options.write"):
        with monkeypatch.context() as patch:
            patch.setattr(stage, full)
            with pytest.raises(OSError, match="no space is left"):
                build([source], output=output, extract=extract, min_confidence=0.5)
        assert contents(output) == before


def test_without_room_for_the_store_the_rest_is_there_and_it_is_told(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(directory: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("kg.store.write_store", full)
    report = Report()
    build(source, output=tmp_path / "out", extract=extract, report=report)
    assert "graph.nq" in contents(tmp_path / "out")
    (note,) = report.notes
    assert "store: not made" in str(note)
    assert "no space is left" in str(note)


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read(source: Path, disk: Path) -> None:
    (disk / "out").mkdir()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for output in (disk / "out", disk / "new"):
        report = Report()
        with pytest.raises(OSError, match=r"cannot be written .*: choose another folder"):
            build(source, output=output, report=report)
        assert report.read == 0


def test_an_input_that_vanishes_while_others_are_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.json").write_text(
            json.dumps([{"title": f"Paper {name}", "abstract": f"On {name}, at length."}])
        )

    def removing(documents):  # type: ignore[no-untyped-def]
        for record in extract(documents):
            (folder / "c.json").unlink(missing_ok=True)
            yield record

    report = Report()
    graph = build([folder, tmp_path / "gone"], output=tmp_path / "out", extract=removing, report=report)
    assert graph.counts()["paper"] == 2
    assert [str(failure) for failure in report.failures] == [
        f"{folder / 'c.json'}: no such file; check the path",
        f"{tmp_path / 'gone'}: no such file; check the path",
    ]
