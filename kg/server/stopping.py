"""How the server ends: queries that run get a few seconds, then everybody is told and all is closed."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from kg.server.workers import Workers

__all__ = ["LAST_ANSWERS", "EndingServer"]

LAST_ANSWERS = 3.0
"""Seconds that queries have to finish once the server is told to stop."""
LAST_BYTES = 2.0
"""Seconds that clients have after that to take what is on its way."""
AT_ONCE = 0.2
"""The same when the server is told a second time."""
_TICK = 0.05


class EndingServer(uvicorn.Server):
    """Serves until SIGINT or SIGTERM, then lets queries finish, tells the others that it stops, and returns.

    A second signal leaves out the waiting. Signals are not raised again afterwards: :attr:`interrupted` says
    which it was.

    Args:
        workers: closed when the server has ended.
        stopping: called with the number of queries that are given time, when there are any.
    """

    def __init__(
        self, config: uvicorn.Config, workers: Workers, stopping: Callable[[int], None] | None = None
    ) -> None:
        super().__init__(config)
        self._workers = workers
        self._stopping = stopping
        self.interrupted = False
        """Whether it was Ctrl-C (SIGINT)."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal: the first ends the server with time for queries, the next at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.interrupted |= sig == signal.SIGINT

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything; there is nothing left to wait for afterwards."""
        if self._workers.asked and self._stopping:
            self._stopping(self._workers.asked)
        hurrying = asyncio.create_task(self._hurry())
        try:
            await super().shutdown(sockets)
        finally:
            hurrying.cancel()
            # Here signals are still ours, so that no further one can leave a process behind.
            await self._workers.close()

    async def _hurry(self) -> None:
        """End what is still there when its time is up."""
        await self._wait(LAST_ANSWERS)
        self._workers.dismiss()
        await asyncio.sleep(AT_ONCE)
        await self._wait(LAST_BYTES)
        for connection in list(self.server_state.connections):
            connection.transport.abort()

    async def _wait(self, seconds: float) -> None:
        """Wait so long, or until the server is told a second time."""
        end = asyncio.get_running_loop().time() + seconds
        while not self.force_exit and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_TICK)
