"""The processes that evaluate queries: asked in turn, ended when one takes too much, replaced."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from kg.server.faults import Busy, Stopping
from kg.server.reply import Reply
from kg.server.settings import Settings
from kg.server.turns import Turns
from kg.server.worker import Question, Worker

__all__ = ["Workers"]

_OWN = ""
"""The client that stands for the server's own pages."""
_PAUSE = 5.0
"""Seconds between attempts to start a worker when one failed to."""
_STOPPING = "the server is stopping, so the query was ended. Ask again when it is back."

log = logging.getLogger(__name__)


class Workers:
    """A pool of processes that hold the graph open. Use it with ``async with``, or start and close it.

    As many queries run at once as there are workers; others wait, clients taking turns. A client holds all
    workers but one at most (unless there is only one), so that its slow queries never keep others out.

    Args:
        directory: what :meth:`kg.store.Store.open` opens.
    """

    def __init__(self, directory: str | Path, settings: Settings | None = None) -> None:
        self.directory = Path(directory)
        self.settings = settings or Settings()
        self.prefixes: Mapping[str, str] = {}
        """The prefixes that a query need not declare; known once started."""
        self._turns: Turns[Worker] = Turns(max(1, self.settings.workers - 1))
        self._alive: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: set[asyncio.Task[Reply]] = set()
        self._dismissed = False
        self._closed = False

    async def start(self) -> None:
        """Start the processes. Nothing happens when they run.

        Raises:
            ValueError: the graph cannot be opened.
        """
        if self._alive:
            return
        self._dismissed = self._closed = False
        # The first may have to build the store, which the others then find.
        await self._add()
        await asyncio.gather(*(self._add() for _ in range(self.settings.workers - 1)))

    @property
    def asked(self) -> int:
        """How many queries run or wait for their turn."""
        return len(self._running)

    def dismiss(self) -> None:
        """End the queries that run or wait, and take no more: each raises :class:`Stopping`."""
        self._dismissed = self._closed = True
        for task in self._running:
            task.cancel()

    async def close(self) -> None:
        """End all processes; queries that still run raise :class:`Stopping`."""
        self.dismiss()
        await asyncio.gather(*self._running, return_exceptions=True)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._turns.withdraw()
        await asyncio.gather(*(worker.end() for worker in list(self._alive)))
        self._alive.clear()

    async def __aenter__(self) -> Workers:
        try:
            await self.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def query(
        self,
        sparql: str,
        *,
        accept: Sequence[str] = (),
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        timeout: float | None = None,
        client: str = _OWN,
    ) -> Reply:
        """Evaluate a query in one of the processes.

        When the task that waits for the answer is cancelled, the query ends as well.

        Args:
            accept: media ranges as in an Accept header (``"text/turtle"``, ``"text/csv;q=0.5"``); the
                standard JSON or Turtle when left out.
            default_graphs: IRIs of graphs that patterns outside ``GRAPH`` see, merged; all when left out.
            named_graphs: IRIs of the graphs that ``GRAPH`` sees; all when both are left out.
            timeout: seconds, if fewer than the settings allow.
            client: whose query it is; clients take turns.

        Raises:
            QueryError: the query is no SPARQL; :class:`kg.query.QueryRefused` when it may not be run.
            NotAcceptable: the answer has none of the media types.
            AnswerTooLarge: it has more bytes than allowed.
            Busy: there was no turn in time.
            QueryTimeout: it ran too long.
            QueryTooHeavy: it took more memory than allowed, or is nested too deeply.
            Stopping: the workers were dismissed before it was done.
        """
        limit = self.settings.timeout
        seconds = min(limit, timeout) if timeout else limit
        question = Question(sparql, ", ".join(accept), tuple(default_graphs), tuple(named_graphs), seconds)
        if self._dismissed:
            raise Stopping(_STOPPING)
        answer = asyncio.create_task(self._answer(question, client))
        self._running.add(answer)
        answer.add_done_callback(self._running.discard)
        try:
            return await answer
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if self._dismissed and waiting and not waiting.cancelling():
                raise Stopping(_STOPPING) from None
            raise

    async def _answer(self, question: Question, client: str) -> Reply:
        worker = await self._turn(client)
        try:
            return await worker.ask(question, self.settings)
        finally:
            self._give_back(worker, client)

    async def _turn(self, client: str) -> Worker:
        later = "Ask again in a few seconds."
        if self._turns.waiting >= self.settings.waiting:
            raise Busy(f"{self._turns.waiting} queries wait already. {later}")
        try:
            async with asyncio.timeout(self.settings.timeout):
                worker = await self._turns.take(client)
                while not worker.alive:  # somebody else has ended it
                    self._give_back(worker, client)
                    worker = await self._turns.take(client)
                return worker
        except TimeoutError:
            waited = f"{self.settings.timeout:g} s"
            raise Busy(f"all workers were busy for {waited}, so the query was not begun. {later}") from None

    def _give_back(self, worker: Worker, client: str) -> None:
        self._turns.done(client)
        if worker.alive:
            self._turns.offer(worker)
        else:
            self._alive.discard(worker)
            self._spawn()

    async def _add(self) -> None:
        worker = await Worker.start(self.directory, self.settings)
        self._alive.add(worker)
        self.prefixes = worker.prefixes
        self._turns.offer(worker)

    def _spawn(self) -> None:
        if not self._closed:
            task = asyncio.create_task(self._replace())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self) -> None:
        while True:
            try:
                return await self._add()
            except (OSError, ValueError) as error:
                log.error("cannot start a worker: %s", error)
            with contextlib.suppress(TimeoutError):
                await asyncio.sleep(_PAUSE)
