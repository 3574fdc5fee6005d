"""The files that a user's inputs name: files, folders with all below them, ``-`` for standard input."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, cast

from kg.sources.opened import OpenFile
from kg.sources.report import Failure, Report

__all__ = ["open_files", "size"]

_BUILT = frozenset({"graph.nq", "papers.jsonl"})
"""A folder that holds all of these is one that a build wrote into."""
_WRITTEN = frozenset({"graph.graphml", "graph.html", "graph.nq", "graph.ttl", "papers.jsonl", "store"})
"""What is a build's of its files; the rest are the user's own."""


def open_files(inputs: Iterable[str | Path], report: Report) -> Iterator[OpenFile]:
    """Open one file after another; each is closed when the next is asked for.

    Folders are read in the order of their entries' names, with what lies in them, without hidden files.
    What a build wrote is skipped (the same papers again); name its ``papers.jsonl`` to read it.
    Links that lead out of the folder and what is neither file nor folder (pipes, devices) are skipped. What
    cannot be opened is a failure, and the rest goes on.
    """
    for given in inputs:
        if str(given) == "-":
            yield from _opened(None, "stdin", report)
        elif os.path.isdir(given):  # noqa: PTH112  (Path.is_dir raises where the parent folder is closed)
            folder = Path(given)
            for file in _below(folder, Path(os.path.realpath(folder)), report):
                yield from _opened(file, file.relative_to(folder).as_posix(), report)
        else:
            yield from _opened(Path(given), Path(given).name, report)


def size(inputs: Iterable[str | Path]) -> int | None:
    """Bytes of all files that the inputs name; None with standard input, of which nobody knows."""
    total = 0
    for given in map(Path, inputs):
        if str(given) == "-":
            return None
        try:
            files = _below(given, given.resolve(), Report()) if given.is_dir() else (given,)
            total += sum(file.stat().st_size for file in files)
        except (OSError, ValueError):  # told of when it is opened
            continue
    return total


class _Counted:
    """A file whose bytes are counted as they are read."""

    def __init__(self, raw: BinaryIO, report: Report) -> None:
        self._raw, self._report = raw, report

    def read(self, size: int = -1) -> bytes:
        part = self._raw.read(size)
        self._report.taken += len(part)
        return part


def _opened(path: Path | None, label: str, report: Report) -> Iterator[OpenFile]:
    """One file, or standard input where there is no path."""
    name = "standard input" if path is None else str(path)
    try:
        with _standard_input() if path is None else path.open("rb") as raw:
            yield OpenFile(name, label, cast(BinaryIO, _Counted(raw, report)), report)
    except FileNotFoundError:
        report.fail(Failure(name, "", "no such file; check the path"))
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        report.fail(Failure(name, "", f"cannot be opened: {reason}"))


def _standard_input() -> AbstractContextManager[BinaryIO]:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return nullcontext(sys.stdin.buffer)


def _below(folder: Path, root: Path, report: Report) -> Iterator[Path]:
    # A stack and no recursion: folders may lie deeper in each other than Python calls may.
    folders = [iter(_entries(folder, root, report))]
    while folders:
        path, is_folder = next(folders[-1], (None, False))
        if path is None:
            folders.pop()
        elif is_folder:
            folders.append(iter(_entries(path, root, report)))
        else:
            yield path


def _entries(folder: Path, root: Path, report: Report) -> list[tuple[Path, bool]]:
    """What is to be read of a folder, and which of it are folders."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        report.fail(Failure(str(folder), "", f"the folder cannot be listed: {error.strerror}"))
        return []
    if {entry.name for entry in entries} >= _BUILT:
        report.skip(Failure(str(folder), "", "what a build wrote there"))
        entries = [entry for entry in entries if entry.name not in _WRITTEN]
    taken = []
    for entry in entries:
        path = folder / entry.name
        # realpath, as Path.resolve raises on a link that leads to itself
        leads_out = entry.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root)
        if entry.name.startswith("."):
            continue
        if leads_out:
            report.skip(Failure(str(path), "", "a link out of the folder; name its target as an input"))
        elif (is_folder := entry.is_dir(follow_symlinks=False)) or path.is_file() or not path.exists():
            taken.append((path, is_folder))  # what is gone fails when it is opened
        else:
            report.skip(Failure(str(path), "", "neither a file nor a folder that lies here"))
    return taken
