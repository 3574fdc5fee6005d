"""What lies in a folder and is no plain file is passed over, named, and the rest is read."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from kg.sources import Report, read

PROSE = "We train a net on many images and test it on others. It sees well in most of them. " * 3


def paper(number: int) -> str:
    return f"The title of paper {number}\n\nNumber {number}. {PROSE}"


def test_folders_are_read_however_deep_they_lie(tmp_path):
    depth = sys.getrecursionlimit() + 100
    home = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(depth):
            os.mkdir("d")  # noqa: PTH102  (the path as a whole may be too long to name)
            os.chdir("d")
        Path("paper.txt").write_text(paper(1))
        os.chdir(home)
        (tmp_path / "z.txt").write_text(paper(2))
        report = Report()
        found = list(read([tmp_path], report))
        assert found[-1].source == "z.txt:1"
        assert report.read + report.failed == 2
    finally:  # what tidies up after tests would call itself too deep
        os.chdir(tmp_path)
        for _ in range(depth):
            if Path("d").is_dir():
                os.chdir("d")
        Path("paper.txt").unlink(missing_ok=True)
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
        os.chdir(home)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_sockets_and_pipes_in_a_folder_are_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        os.mkfifo("pipe.jsonl")
        Path("z.txt").write_text(paper(1))
        report = Report()
        assert [found.source for found in read(["."], report)] == ["z.txt:1"]
    assert {Path(skip.file).name for skip in report.skips} == {"socket.txt", "pipe.jsonl"}


def test_a_folder_named_like_a_file_is_a_folder(tmp_path):
    (tmp_path / "papers.jsonl").mkdir()
    (tmp_path / "papers.jsonl" / "a.txt").write_text(paper(1))
    assert [found.source for found in read(tmp_path)] == ["papers.jsonl/a.txt:1"]


NAMES = [b"a\nb.txt", b"\x1b[2J.txt", b"\xff\xfe.txt", "\u202egpj.txt".encode(), b"-rf", b"a\tb", b"%s{}.txt"]


@pytest.mark.parametrize("name", NAMES, ids=map(repr, NAMES))
def test_a_file_of_any_name_is_read_and_failures_name_it_in_one_plain_line(tmp_path, name):
    folder = os.fsencode(tmp_path)
    for content, where in ((paper(1).encode(), name), (b"\x00\x01\x02", b"z" + name)):
        with open(os.path.join(folder, where), "wb") as file:  # noqa: PTH118, PTH123  (a Path is text)
            file.write(content)
    report = Report()
    (found,) = read(tmp_path, report)
    assert found.source.isprintable()
    assert found.source.encode()
    assert report.failed == 1
    assert str(report.failures[0]).isprintable()


def test_standard_input_that_is_closed_is_a_failure(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    report = Report()
    assert list(read(["-"], report)) == []
    assert "standard input" in str(report.failures[0])
