"""The process in which ``fuzzing.py`` tries inputs on one reader: it may crash or be ended at any input.

What it does is left in a file that both processes map: how many inputs were tried, and the one at work.
"""

from __future__ import annotations

import io
import mmap
import os
import random
import re
import struct
import sys
import time
import traceback
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from mutations import MOST, mutated
from samples import samples

__all__ = ["ENGINES", "Board", "again", "attempt", "fuzz"]

ENGINES = ("atheris", "plain")
"""What chooses the inputs: coverage, or chance alone."""

# What readers document: each ends a file in one line. Of ValueError no other class, as a parser's own is a
# fault that the reader let pass.
_DOCUMENTED = (OSError, EOFError, zlib.error)
_HAND_ON = ("json_lines", "json_tree", "any")
"""Readers that hand on this product's own records as they were written."""
_CHOOSING = 600
"""Seconds of processor time that the choice of an input may take."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PARSERS = "bibtexparser ijson pylatexenc pypdf rispy kg.sources".split()


class Board:
    """The file that both processes map.

    Raises:
        OSError: it cannot be written.
    """

    _HEAD = struct.Struct("<QQQQd")

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(self._HEAD.size + MOST))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        self.tried, self.read, self.refused, _, self._before = self._HEAD.unpack_from(self._map)
        self._spent = self._before

    def begin(self, data: bytes) -> None:
        """Write down what is to be tried."""
        self.tried += 1
        self._HEAD.pack_into(self._map, 0, self.tried, self.read, self.refused, len(data), self._spent)
        self._map[self._HEAD.size : self._HEAD.size + len(data)] = data

    def spend(self, seconds: float) -> None:
        """Note how much processor time this process has spent."""
        self._spent = self._before + seconds

    def charge(self, seconds: float) -> None:
        """Add the time of an input that ended its process, which could not say so itself."""
        *counts, spent = self._HEAD.unpack_from(self._map)
        self._HEAD.pack_into(self._map, 0, *counts, spent + seconds)

    def counts(self) -> tuple[int, int, int, float]:
        """Inputs tried, papers read, failures reported and seconds of processor time, as of now."""
        tried, read, refused, _, spent = self._HEAD.unpack_from(self._map)
        return tried, read, refused, spent

    def at_work(self) -> bytes:
        """The input that was being tried last."""
        length = self._HEAD.unpack_from(self._map)[3]
        return bytes(self._map[self._HEAD.size : self._HEAD.size + length])


def attempt(reader: str, data: bytes) -> tuple[int, int]:
    """Read an input: how many papers there were, and how many failures.

    Args:
        reader: a module of ``kg.sources``, or ``any`` for the one that the input is told to be of.
        data: the input.

    Raises:
        Exception: the reader let pass what it does not document, or gave what a paper must not have.
    """
    from kg.sources import Report
    from kg.sources.opened import OpenFile
    from kg.sources.papers import ABSTRACT, TITLE

    report = Report()
    count = 0
    try:
        for paper in _papers(reader, OpenFile("input", "input", io.BytesIO(data), report)):
            count += 1
            assert paper.id, "a paper without an identifier"
            if reader not in _HAND_ON:
                paper.text.encode()  # no half of a surrogate pair
                assert not _CONTROLS.search(f"{paper.title}{paper.abstract}"), "a control character"
                # A sign may become several when it is made small or resolved.
                assert len(paper.title) <= 3 * TITLE, "a title longer than it may be"
                assert len(paper.abstract) <= 3 * ABSTRACT, "an abstract longer than it may be"
    except _DOCUMENTED:
        report.failed += 1
    except ValueError as error:
        if type(error) is not ValueError:
            raise
        report.failed += 1
    for failure in report.failures:
        assert str(failure).isprintable(), "a failure that is not one line"
        assert len(failure.reason) <= 300, "a failure that is no short line"
    return count, report.failed


def fuzz(reader: str, engine: str, seconds: float, seed: int, limit: int, memory: int, folder: Path) -> None:
    """Try inputs until the time is over; what a reader does wrong is written into the folder.

    Args:
        seconds: of processor time, loading not counted, so that nothing is lost while other work goes first.
        limit: seconds of processor time that one input may take, after which the process is ended.
        memory: bytes it may address beyond those it begins with.
    """
    board = Board(folder / f"{reader}.board")
    valid = samples(reader)
    if engine == "atheris":
        import atheris

        with atheris.instrument_imports(include=_PARSERS):
            _load(reader, valid)
    else:
        _load(reader, valid)
    _bound_memory(memory)

    until = time.process_time() + seconds

    def one(data: bytes) -> None:
        board.spend(time.process_time() - until + seconds)
        if time.process_time() > until:
            os._exit(0)  # libFuzzer takes any other way out for a fault
        data = data[:MOST]
        board.begin(data)
        _bound_time(limit)
        try:
            read, refused = attempt(reader, data)
        except Exception as error:
            _keep(folder, reader, error, data)
        else:
            board.read += read
            board.refused += refused
        finally:
            _bound_time(_CHOOSING)

    if engine == "plain":
        noise = random.Random(seed)
        while True:
            one(mutated(noise.choice(valid), noise, valid))

    def custom(data: bytes, most: int, seed: int) -> bytes:
        return mutated(data, random.Random(seed), valid, most)

    corpus = folder / f"{reader}.corpus"
    corpus.mkdir(exist_ok=True)
    for number, sample in enumerate(valid):
        (corpus / f"sample-{number}").write_bytes(sample)
    flags = f"-seed={seed + 1} -max_len={MOST} -len_control=0 -timeout=1000000 -rss_limit_mb=0"
    quiet = ["-verbosity=0", "-print_final_stats=0", f"-artifact_prefix={folder}/{reader}-"]
    atheris.Setup([sys.argv[0], *flags.split(), *quiet, str(corpus)], one, custom_mutator=custom)
    atheris.Fuzz()


def again(reader: str, data: bytes, limit: int) -> None:
    """Try one input with nothing that looks on, which would take time; too long a time ends this process."""
    _load(reader, samples(reader))
    _bound_time(limit)
    with suppress(Exception):
        attempt(reader, data)


def _papers(reader: str, file: Any) -> Iterator[Any]:
    from importlib import import_module

    from kg import sources

    if reader == "any":
        return sources._papers(file)
    if reader == "pdf":  # here, and not in the process that would contain it
        from kg.sources import pdf, pdf_pages

        return iter([pdf.paper(pdf_pages.pages(file.stream.read()), file)])
    papers: Iterator[Any] = import_module(f"kg.sources.{reader}").read(file)
    return papers


def _load(reader: str, valid: Sequence[bytes]) -> None:
    """Load what reading needs, before memory is bounded; valid inputs are read."""
    import logging

    logging.disable()
    for sample in valid:
        read, _ = attempt(reader, sample)
        assert read, f"a sample of {reader} is not read"


def _bound_time(limit: int) -> None:
    """Let the system end this process when it has computed for so long, in whatever code it is."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + limit + 1, resource.RLIM_INFINITY))


def _bound_memory(memory: int) -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    bound = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _keep(folder: Path, reader: str, error: Exception, data: bytes) -> None:
    """Write down an input and what it raised, one for each place where it is raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = frames[-1]
    name = f"{reader}-{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
    if not (folder / f"{name}.input").exists():
        (folder / f"{name}.input").write_bytes(data)
        (folder / f"{name}.txt").write_text(
            "".join(traceback.format_exception(error)), errors="backslashreplace"
        )
