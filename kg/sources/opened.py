"""One opened file: its bytes from the start (unpacked if it is gzip), as decoded lines, records and blocks.

Nothing here holds more than one line or record, and neither may take more than :data:`LIMIT`.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.sources.gzipped import unpacked
from kg.sources.report import Failure, Report

__all__ = ["LIMIT", "OpenFile", "weight"]

HEAD = 1 << 17
"""How many bytes of a file its shape is recognised from."""

LIMIT = 1 << 25
"""The most bytes that a line, or characters that a record or a plain text may have: 32 MiB."""

REFERENCE = 1 << 20
"""The same for a reference, which holds no paper's whole text: 1 MiB."""

_LINE = 64
"""What a line takes in memory besides its characters."""
_REASON = 300
"""A reason is cut here: parsers quote what they choke on, of whatever length it is."""
_LINE_END = re.compile(rb"\r\n|\r|\n")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class OpenFile:
    """A file being read.

    Args:
        name: what the user calls the file; failures carry it.
        label: a shorter name for the ``source`` of documents, the same on every machine.
        raw: the file's bytes.
        report: where failures, skips and notes go.

    Raises:
        OSError: the file's first bytes cannot be read.
        EOFError: it is gzip and ends in its first bytes.
    """

    def __init__(self, name: str, label: str, raw: BinaryIO, report: Report) -> None:
        self.name = name
        self.label = _one_line(label)
        self.report = report
        self.place = ""
        """Where reading has come to; says where a failure happened that ended the file."""
        start, stream = _peek(raw, 2)
        if start == b"\x1f\x8b":
            stream = unpacked(stream)
        start, self.stream = _peek(stream, HEAD)
        self.start = start[:8]
        """The file's first bytes, for recognising what is packed."""
        self.encoding = _encoding(start)
        self.head = _decode(start, self.encoding)
        """The file's first characters, for recognising its shape."""

    def fail(self, place: str, reason: str) -> None:
        """Report something that cannot be read."""
        self.report.fail(Failure(self.name, place, reason[:_REASON]))

    def skip(self, place: str, reason: str) -> None:
        """Report something that is rightly left out."""
        self.report.skip(Failure(self.name, place, reason[:_REASON]))

    def note(self, place: str, reason: str) -> None:
        """Report that something is missing in a paper that is read."""
        self.report.note(Failure(self.name, place, reason[:_REASON]))

    def at(self, place: int | str) -> str:
        """The ``source`` of a document: ``listing.txt:12`` for a line, ``papers.xml:record 3``."""
        return f"{self.label}:{place}" if place else self.label

    def utf8(self, valid: bool = False) -> BinaryIO:
        """The bytes as UTF-8 without a byte order mark, whatever the file is written in.

        Args:
            valid: whether bytes that are not UTF-8, in a file that seems to be, become what they are in
                Windows-1252; else they are handed on as they are.
        """
        if self.encoding == "utf-8" and not valid:
            return self.stream
        return io.BufferedReader(_Recoded(self.stream, self.encoding))

    def lines(self) -> Iterator[tuple[int, str]]:
        """Lines without their ends, numbered from 1.

        A line that is not UTF-8 is read as Windows-1252. One longer than :data:`LIMIT` is reported as a
        failure and left out.

        Raises:
            OSError, EOFError, zlib.error: the file breaks off or cannot be read further.
            ValueError: it is a gzip bomb.
        """
        stream = self.utf8()
        number = 0
        while raw := stream.readline(LIMIT):
            if len(raw) == LIMIT and not raw.endswith(b"\n"):
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(HEAD)
                number += 1
                self.fail(f"line {number}", f"the line is longer than {LIMIT >> 20} MiB; split it")
                continue
            for line in _lines(raw):
                number += 1
                self.place = f"line {number}"
                yield number, _decode(line, "utf-8")

    def records(self, start: re.Pattern[str]) -> Iterator[tuple[int, list[str]]]:
        """Lines in groups, each from a line that matches ``start`` to the next, with the first one's number.

        What stands before the first such line is left out. A group longer than :data:`REFERENCE` is a
        failure.
        """
        first, group, size = 0, list[str](), 0
        for number, line in self.lines():
            if start.match(line):
                if group:
                    yield first, group
                first, group, size = number, [], 0
            if not first:
                continue
            size += weight(line)
            if size <= REFERENCE:
                group.append(line)
            elif group or size == weight(line):
                self.fail(
                    f"line {first}", f"the record is longer than {REFERENCE >> 20} MiB: an end is missing"
                )
                group = []
        if group:
            yield first, group

    def blocks(self) -> Iterator[tuple[int, str]]:
        """Runs of lines between blank lines, each joined to one line, with the number of its first line."""
        for first, group in self.paragraphs():
            yield first, " ".join(group)

    def paragraphs(self) -> Iterator[tuple[int, list[str]]]:
        """Runs of lines between blank lines, with the number of the first line."""
        first, group, size = 0, list[str](), 0
        for number, line in self.lines():
            if line.strip() and size <= LIMIT:
                first, size = first or number, size + weight(line)
                group.append(line)
            elif group:
                yield first, group
                first, group, size = 0, [], 0
        if group:
            yield first, group


def weight(line: str) -> int:
    """What a line that is kept takes of a bound: its characters, and something for being a line."""
    return len(line) + _LINE


class _Recoded(io.RawIOBase):
    """Bytes read as UTF-8; of another encoding what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        errors = "kg.windows-1252" if encoding == "utf-8" else "replace"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            raw = self._stream.read(HEAD)
            self._rest = self._decoder.decode(raw, final=not raw).encode("utf-8", "replace")
            if not raw:
                break
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class _Rewound(io.RawIOBase):
    """A stream whose first bytes were taken off and are put back."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._start[: len(buffer)] or self._stream.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _peek(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes, and the stream as if they had not been read; works on pipes too."""
    start = b""
    while len(start) < size and (part := stream.read(size - len(start))):
        start += part
    return start, io.BufferedReader(_Rewound(start, stream))


def _lines(raw: bytes) -> Iterator[bytes]:
    """As ``splitlines``, one at a time: of nothing but line ends, a list would be forty times as large."""
    line = raw.removesuffix(b"\n").removesuffix(b"\r")
    if b"\r" not in line:
        yield line
        return
    start = 0
    for end in _LINE_END.finditer(raw):
        yield raw[start : end.start()]
        start = end.end()
    if start < len(raw):
        yield raw[start:]


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("kg.windows-1252", _as_windows)


def _encoding(start: bytes) -> str:
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    # UTF-16 without a mark: in Western text every second byte is zero.
    even, odd = start[0:2000:2], start[1:2000:2]
    if even and even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    if odd and odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    return "utf-8"


def _decode(raw: bytes, encoding: str) -> str:
    """Text; a character cut off at the end is dropped, bytes that are not UTF-8 are taken as Windows-1252."""
    try:
        if encoding == "utf-8" and not raw[-1:] > b"\x7f":
            return raw.decode()
        return codecs.getincrementaldecoder(encoding)().decode(raw)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            return raw.decode(encoding, "replace")
        return raw.decode("cp1252", "replace")


def _one_line(name: str) -> str:
    """A file's name as UTF-8 can hold it, without line breaks and control characters."""
    name = name.encode("utf-8", "backslashreplace").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
