"""Processes that extract, asked from threads of this one; to crash or hang one loses one document alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock, Semaphore, Timer
from types import TracebackType
from typing import IO

from kg.engines.found import Lost
from kg.engines.worker import READY, receive, send
from kg.records import Document

__all__ = ["Workers"]

Keep = Callable[[Document, bytes], None]


class Workers:
    """A pool of processes, each started when it is first needed.

    Processes of Python's own pools import the user's script anew, which then has to be written for that;
    these do not, and one that ends takes no other with it.

    Args:
        count: how many there may be.
        place: where the function that extracts lies (:data:`kg.engines.found.EXTRACTOR`).
        gazetteer: its option.
        limit: seconds for one document.
        keep: called with each document and what was found, from several threads.
    """

    def __init__(self, count: int, place: str, gazetteer: bool, limit: float, keep: Keep) -> None:
        self._count, self._place, self._gazetteer, self._limit = count, place, gazetteer, limit
        self._keep = keep
        self._threads = ThreadPoolExecutor(count, "kg-extract")
        self._turns = Semaphore(1)
        self._alone = True
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._alive: set[_Worker] = set()
        self._closed = False

    def many(self) -> None:
        """Use all processes from now on, not one alone: there is enough to do."""
        if self._alone and self._count > 1:
            self._alone = False
            self._turns.release(self._count - 1)

    def submit(self, documents: Sequence[Document]) -> Future[list[bytes | Lost]]:
        """Have documents extracted, one for one and in order; does not wait.

        The future raises OSError when no process can be started, or what was found cannot be kept.
        """
        return self._threads.submit(self._extract, documents)

    def close(self) -> None:
        """End all processes; what they were asked is not answered."""
        with self._lock:
            self._closed = True
            alive = list(self._alive)
        for worker in alive:
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _extract(self, documents: Sequence[Document]) -> list[bytes | Lost]:
        found: list[bytes | Lost] = []
        with self._turns:
            while len(found) < len(documents):
                worker = self._lend()
                for one in worker.ask(documents[len(found) :], self._limit):
                    if isinstance(one, bytes):
                        self._keep(documents[len(found)], one)
                    found.append(one)
                if worker.ended:
                    self._take_away(worker)
                else:
                    self._idle.append(worker)
        return found

    def _lend(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise OSError("extraction was stopped")
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._place, self._gazetteer, self._limit)
            self._alive.add(worker)
        try:
            worker.wait_until_ready()
        except BaseException:
            self._take_away(worker)
            raise
        return worker

    def _take_away(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._alive.discard(worker)


class _Worker:
    """One process."""

    def __init__(self, place: str, gazetteer: bool, limit: float) -> None:
        program = (
            f"import sys; sys.path[:] = {sys.path!r}; "
            f"from kg.engines.worker import main; main({place!r}, {gazetteer!r}, {limit!r})"
        )
        # One thread each: they share the cores. A process group of its own, so that Ctrl-C reaches it only
        # through this process.
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            process_group=None if sys.platform == "win32" else 0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in: IO[bytes] = self._process.stdin
        self._out: IO[bytes] = self._process.stdout
        self.ended = False

    def wait_until_ready(self) -> None:
        """Wait until it has loaded what it needs.

        Raises:
            OSError: it cannot.
        """
        try:
            said = receive(self._out)
        except EOFError:
            said = self._how_it_ended()
        if said != READY:
            raise OSError(f"a process to extract with cannot start: {said}")

    def ask(self, documents: Sequence[Document], limit: float) -> Iterator[bytes | Lost]:
        """What is found in each document, up to the one that ended the process."""
        late = Event()

        def give_up() -> None:
            late.set()
            self._process.kill()

        for number in range(len(documents)):
            timer = Timer(limit, give_up)
            timer.daemon = True
            timer.start()
            try:
                if number == 0:
                    send(self._in, list(documents))
                yield receive(self._out)
            except (EOFError, OSError):
                self.ended = True
            finally:
                timer.cancel()
            if self.ended:
                how = self._how_it_ended()
                yield Lost(
                    f"took longer than {limit:g} s to extract, and was left out"
                    if late.is_set()
                    else f"ended the process that extracts ({how}), and was left out"
                )
                return

    def end(self) -> None:
        """End it now."""
        self._process.kill()
        self._process.wait()
        for stream in (self._in, self._out):
            try:
                stream.close()
            except OSError:
                continue

    def _how_it_ended(self) -> str:
        code = self._process.wait()
        if code < 0:
            return signal.Signals(-code).name
        return f"exit code {code}"
