"""The process that evaluates queries: one after another, within limits, for the server that started it.

The engine cannot stop a query that it began, so each runs where it can be killed without harm to others.
Run as ``python -m kg.server.evaluation DIRECTORY MEMORY_BYTES``. Requests come on standard input, a JSON
object a frame; answers go to standard output as frames (see :mod:`kg.server.frames`). The process ends with
its standard input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

from kg.server import frames
from kg.server.faults import AnswerTooLarge, NotAcceptable
from kg.store import Store

__all__ = ["main"]

GRACE = 5.0
"""Seconds after which a query ends itself that the server should have ended, for it may be gone."""


def main(directory: str, memory_bytes: int) -> None:
    """Open the graph, say so, and answer until there are no more requests."""
    # Whatever else is printed must not get among the frames.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    # A service manager may tell all processes to stop; queries that run are the server's to end.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        store = Store.open(directory)
    except (OSError, ValueError) as error:
        frames.send(output, frames.FAULT, _fault(error))
        return
    _limit_memory(memory_bytes)
    frames.send(output, frames.READY, json.dumps({"prefixes": dict(store.prefixes)}).encode())
    while (request := frames.receive(sys.stdin.buffer)) is not None:
        _answer(store, json.loads(request), output)


class _Chunks:
    """A file of the answer that is sent on in pieces, and no larger than allowed."""

    def __init__(self, output: IO[bytes], limit: int) -> None:
        self._output, self._limit, self._pending = output, limit, bytearray()

    def write(self, data: bytes) -> int:
        self._limit -= len(data)
        if self._limit < 0:
            raise AnswerTooLarge
        self._pending += data
        if len(self._pending) >= frames.CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._pending:
            frames.send(self._output, frames.DATA, bytes(self._pending))
            self._pending.clear()


def _answer(store: Store, request: dict[str, Any], output: IO[bytes]) -> None:
    from kg.server.formats import choose, offered, write

    _alarm(request["timeout"] + GRACE)
    chunks: Any = _Chunks(output, request["answer_bytes"])
    try:
        results = store.results(
            request["sparql"],
            default_graphs=request["default_graphs"],
            named_graphs=request["named_graphs"],
        )
        media_type = choose(results, request["accept"])
        if media_type is None:
            raise NotAcceptable(f"the answer has no such form; it can be had as {offered(results)}")
        frames.send(output, frames.MEDIA_TYPE, media_type.encode())
        write(results, media_type, chunks, store.prefixes)
        chunks.flush()
        frames.send(output, frames.END, b"")
    except MemoryError:
        os.abort()  # as the engine does
    except Exception as error:
        frames.send(output, frames.FAULT, _fault(error))
    finally:
        _alarm(0)


def _fault(error: Exception) -> bytes:
    return json.dumps({"name": type(error).__name__, "text": str(error)}).encode()


def _alarm(seconds: float) -> None:
    # The signal's default is to end the process, also while the engine runs.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(more: int) -> None:
    """Let the process take so many bytes more than now; only Linux tells what it has."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return
    import resource

    now = int(statm.read_text().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
