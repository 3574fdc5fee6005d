"""What a PDF shows on its first pages and states of itself, read in a process of its own.

A PDF can be made to loop, or to unpack without end, in more ways than one parser can know. The process may
take so much memory and time and no more; then it is ended, and the next file has a new one.

:func:`main` is that process: a file comes in on standard input as its length and its bytes, and goes out on
standard output as a line of JSON.
"""

from __future__ import annotations

import atexit
import io
import json
import math
import os
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import IO, Any

from kg.sources.text import printable

__all__ = ["Line", "Pages", "pages", "pages_aside"]

PAGES = 3
"""Pages that are read."""
SECONDS = 30
"""Seconds of processor time that a file may take: the first pages of a long book take one."""
PATIENCE = 300.0
"""Seconds to wait for a file, as other work may keep the process from computing."""
MEMORY = 1 << 31
"""Bytes that the process may address: 2 GiB."""
LINES = 5000
"""Lines of a page that are kept."""
CHARACTERS = 1 << 18
"""Characters of a page that are kept."""
FIELDS = 4096
"""Characters of what a file states that are kept."""

_STATED = ("/Title", "/Author", "/Subject", "/doi", "/DOI", "/WPS-ARTICLEDOI")
_LENGTH = struct.Struct(">Q")
_PROGRAM = "from kg.sources.pdf_pages import main; main"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page."""

    text: str
    size: float
    """Height of its largest print in points."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The first pages of a file."""

    lines: tuple[tuple[Line, ...], ...]
    """Of each page, in reading order."""
    stated: dict[str, str]
    """What the file states of itself, by the PDF's own keys."""


def pages(raw: bytes) -> Pages:
    """Read a file here, for as long as it takes.

    Raises:
        ValueError: it is locked or broken; the message says how.
    """
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, WrongPasswordError

    found: list[tuple[Line, ...]] = []
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise WrongPasswordError
        for number, page in enumerate(reader.pages):
            if number == PAGES:
                break
            found.append(_lines(page))
        return Pages(tuple(found), _stated(reader))
    except (FileNotDecryptedError, WrongPasswordError):
        raise ValueError("it is locked by a password; save it without one") from None
    except MemoryError:
        raise
    except Exception as error:  # what a broken file makes the parser raise is of any kind
        at = f" on page {len(found) + 1}" if found else ""
        raise ValueError(f"broken{at}: {type(error).__name__}: {str(error)[:200]}") from error


def pages_aside(raw: bytes) -> Pages:
    """The same in another process.

    Raises:
        ValueError: as :func:`pages`, or it took too long or too much memory.
        OSError: no process can be started.
    """
    process = _lend()
    late = Timer(PATIENCE, process.kill)
    late.daemon = True
    late.start()
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(_LENGTH.pack(len(raw)) + raw)
        process.stdin.flush()
        line = process.stdout.readline()
    except OSError:
        line = b""
    finally:
        took_too_long = not late.is_alive()
        late.cancel()
    if not line.endswith(b"\n"):
        code = _end(process)
        if took_too_long or code == -getattr(signal, "SIGXCPU", 0):
            raise ValueError(f"it takes longer than {SECONDS} s to read")
        raise ValueError(f"it ended the process that reads it (exit code {code})")
    with _lock:
        _idle.append(process)
    answer = json.loads(line)
    if "error" in answer:
        raise ValueError(answer["error"])
    return Pages(
        tuple(tuple(Line(text, size) for text, size in page) for page in answer["lines"]), answer["stated"]
    )


_lock = Lock()
_idle: list[subprocess.Popen[bytes]] = []
_closing: list[bool] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # they answer to the process that started them


def _lend() -> subprocess.Popen[bytes]:
    """A process that waits for a file: one that has read others, else a new one."""
    with _lock:
        while _idle:
            process = _idle.pop()
            if process.poll() is None:
                return process
            _end(process)
        if not _closing:
            atexit.register(_end_all)
            _closing.append(True)
    program = f"import sys; sys.path[:] = {sys.path!r}; {_PROGRAM}({MEMORY}, {SECONDS})"
    # A process group of its own, so that Ctrl-C reaches it only through this process.
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=None if sys.platform == "win32" else 0,
    )


def _end(process: subprocess.Popen[bytes]) -> int:
    """End a process; how it ended, perhaps before."""
    process.kill()
    code = process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:
                continue
    return code


def _end_all() -> None:
    for process in _idle:
        _end(process)


def main(memory: int, seconds: int) -> None:
    """Read files until there are no more, in so many bytes of memory and seconds for each."""
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bound("RLIMIT_AS", memory)
    _bound("RLIMIT_CORE", 0)
    while len(head := stdin.read(_LENGTH.size)) == _LENGTH.size:
        raw = stdin.read(_LENGTH.unpack(head)[0])
        _bound("RLIMIT_CPU", math.ceil(time.process_time()) + seconds)
        _answer(stdout, raw, memory)


def _bound(kind: str, value: int) -> None:
    """Bound what this process may use, within what the system lets it; Windows has no such bounds."""
    if sys.platform != "win32":
        import resource

        number = getattr(resource, kind)
        most = resource.getrlimit(number)[1]
        resource.setrlimit(number, (value if most == resource.RLIM_INFINITY else min(value, most), most))


def _answer(stdout: IO[bytes], raw: bytes, memory: int) -> None:
    answer: dict[str, Any]
    try:
        found = pages(raw)
        answer = {
            "lines": [[(line.text, line.size) for line in page] for page in found.lines],
            "stated": found.stated,
        }
    except ValueError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": f"it takes more than {memory >> 20} MiB of memory to read"}
    stdout.write(json.dumps(answer).encode() + b"\n")
    stdout.flush()


class _Enough(Exception):
    """A page has shown as many characters as are kept."""


def _lines(page: Any) -> tuple[Line, ...]:
    found: list[tuple[list[str], list[float]]] = [([], [0.0])]
    size = 0

    def visit(text: str, _: Any, matrix: list[float], __: Any, print_size: float) -> None:
        nonlocal size
        height = abs(print_size * (matrix[3] or matrix[1] or 1.0))
        for i, part in enumerate(text.split("\n")):
            if i:
                found.append(([], [0.0]))
            found[-1][0].append(part)
            if part.strip():
                found[-1][1].append(round(height, 1))
        size += len(text)
        if size > CHARACTERS or len(found) > LINES:
            raise _Enough

    with suppress(_Enough):
        page.extract_text(visitor_text=visit)
    texts = [(printable("".join(parts)).strip(), max(sizes)) for parts, sizes in found]
    return tuple(Line(text, size) for text, size in texts if text)


def _stated(reader: Any) -> dict[str, str]:
    metadata = reader.metadata or {}
    values = {key: metadata.get(key) for key in _STATED}
    return {key: printable(value[:FIELDS]).strip() for key, value in values.items() if isinstance(value, str)}
