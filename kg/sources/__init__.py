"""Documents out of the files people have: one module a format, picked by what a file holds, not its name.

A format is anything with the three members of :class:`Format`; a package adds one through the entry point
group ``kg.sources`` (``my_format = "my_package.my_format"``). Formats from outside are asked first.
"""

from __future__ import annotations

import json
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from kg.records import Document
from kg.sources.inputs import open_files
from kg.sources.opened import OpenFile
from kg.sources.papers import CUT, Seen
from kg.sources.report import Failure, Report

__all__ = ["Failure", "Format", "OpenFile", "Report", "formats", "read"]

# In the order they are asked: what has a signature first, what any text passes for last.
_FORMATS = (
    "pdf",
    "pubmed",
    "jats",
    "atom",
    "json_lines",
    "json_tree",
    "medline",
    "ris",
    "bibtex",
    "page",
    "labelled",
    "listing",
    "plain",
)

_RDF = re.compile(
    r"(?:\s|#[^\n]*\n)*+(?:@prefix\s+[^\s:]*:\s*<|@base\s+<|(?i:prefix\s+[^\s:]*:\s*<|base\s+<)"
    r"|(?:<[^<>\s]*:[^<>\s]*>|_:\S+)\s+<[^<>\s]*:[^<>\s]*>)"
)
"""How Turtle, N-Triples and N-Quads start; without this they would pass for prose."""


_ARCHIVES = {
    b"PK\x03\x04": "an archive (zip, or a document of an office program)",
    b"PK\x05\x06": "an archive (zip)",
    b"7z\xbc\xaf": "an archive (7z)",
    b"Rar!\x1a": "an archive (rar)",
    b"BZh9": "packed (bzip2)",
    b"\xfd7zXZ": "packed (xz)",
    b"\x28\xb5\x2f\xfd": "packed (zstd)",
    b"\x1f\x8b": "packed twice (gzip within gzip)",
}
"""What is packed and not unpacked here, by how it starts."""


class Format(Protocol):
    """What a format's module (or object) offers."""

    NAME: str
    """What people call the format."""

    def sniff(self, head: str) -> bool:
        """Whether a file that starts like this is of the format."""
        ...

    def read(self, file: OpenFile) -> Iterator[Document]:
        """The file's papers in turn; what cannot be read goes to ``file.fail``, and the rest goes on."""
        ...


@cache
def formats() -> tuple[Format, ...]:
    """All formats, those of other packages first.

    Raises:
        ImportError, AttributeError: another package's format cannot be loaded.
    """
    outside = [point.load() for point in sorted(entry_points(group="kg.sources"), key=lambda p: p.name)]
    return *outside, *(cast(Format, import_module(f"kg.sources.{name}")) for name in _FORMATS)


def read(
    inputs: str | Path | Iterable[str | Path],
    report: Report | None = None,
    before: Iterable[Document] = (),
) -> Iterator[Document]:
    """Papers out of files, folders (with all below them) and ``-``, standard input; each paper once.

    Papers come as they are read, so that memory stays flat; those that have a title and no abstract
    come last, because a later file may hold the same paper with its abstract. Of two copies of a paper
    (same DOI, arXiv id, title or abstract, apart from case and punctuation) the first is handed on as it
    is: what only the second says of authors or dates is lost, so name the richer file first. Only the
    papers' digests are kept to tell.

    Args:
        inputs: paths, or one alone; a path that does not exist is a failure like any other.
        report: counts what was read, skipped and failed, and keeps why.
        before: papers read already, handed on as if they stood in a first input; not counted.
    """
    inputs = [inputs] if isinstance(inputs, str | Path) else inputs
    report = Report() if report is None else report
    seen = Seen()
    with tempfile.SpooledTemporaryFile(1 << 20, "w+", encoding="utf-8") as titles_only:
        for paper in before:
            if not paper.abstract:
                titles_only.write(json.dumps([asdict(paper), None, ""]) + "\n")
            elif not seen.repeats(paper):
                yield paper
        for file in open_files(inputs, report):
            for paper in _papers(file):
                place = _place(paper, file)
                if not (paper.title or paper.abstract):
                    file.skip(place, "no title and no abstract")
                elif not paper.abstract:
                    titles_only.write(json.dumps([asdict(paper), file.name, place]) + "\n")
                elif shared := seen.repeats(paper):
                    file.skip(place, f"an earlier paper has the same {shared}")
                else:
                    report.read += 1
                    if paper.title.endswith(CUT) or paper.abstract.endswith(CUT):
                        file.note(place, "a text too long for a title or an abstract; it is cut")
                    yield paper
        titles_only.seek(0)
        for line in titles_only:
            fields, name, place = json.loads(line)
            paper = Document(
                **{**fields, "authors": tuple(fields["authors"]), "links": tuple(fields["links"])}
            )
            shared = seen.repeats(paper)
            if name is None:
                if not shared:
                    yield paper
            elif shared:
                report.skip(Failure(name, place, f"an earlier paper has the same {shared}"))
            else:
                report.read += 1
                yield paper


def _papers(file: OpenFile) -> Iterator[Document]:
    """One file's papers; whatever goes wrong in its format ends this file alone."""
    if not file.head.strip():
        file.skip("", "the file is empty")
        return
    outside, own = formats()[: -len(_FORMATS)], formats()[-len(_FORMATS) :]
    if archive := next((start for start in _ARCHIVES if file.start.startswith(start)), None):
        file.fail("", f"{_ARCHIVES[archive]}; unpack it first")
        return
    is_rdf = bool(_RDF.match(file.head))
    asked = outside if is_rdf else (*outside, *own)
    shape = next((shape for shape in asked if shape.sniff(file.head)), None)
    if shape is None and is_rdf:
        file.fail("", "not of a known shape; it looks like RDF, which holds no papers' texts to read")
        return
    if shape is None:
        known = ", ".join(shape.NAME for shape in formats())
        file.fail("", f"not of a known shape; known are {known}, each also as gzip")
        return
    try:
        yield from shape.read(file)
    except (EOFError, zlib.error) as error:
        file.fail(file.place, f"the compressed file breaks off: {error}; what came before was read")
    except Exception as error:  # a parser's own fault on a hostile file must not end the run
        file.fail(file.place, f"cannot be read as {shape.NAME}: {_reason(error)}")


def _reason(error: Exception) -> str:
    first_line = str(error).strip().partition("\n")[0][:200]
    if type(error) is ValueError:  # how readers say it themselves
        return first_line
    return f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__


def _place(paper: Document, file: OpenFile) -> str:
    if not paper.source.startswith(f"{file.label}:"):
        return file.place
    place = paper.source.removeprefix(f"{file.label}:")
    return f"line {place}" if place.isdigit() else place
