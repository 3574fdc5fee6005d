"""Who gets the next free worker: clients in turn, so that nobody's many queries shut others out."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from typing import Generic, TypeVar

__all__ = ["Turns"]

T = TypeVar("T")


class Turns(Generic[T]):
    """Lends things out, one to a waiting client after another, each client's requests in their order.

    Args:
        share: how many a client may hold at once; when that is fewer than there are, no client can keep all
            the others waiting.
    """

    def __init__(self, share: int) -> None:
        self._share = share
        self._free: deque[T] = deque()
        self._waiting: OrderedDict[str, deque[asyncio.Future[T]]] = OrderedDict()
        self._held: Counter[str] = Counter()

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return sum(map(len, self._waiting.values()))

    def offer(self, thing: T) -> None:
        """Lend out this thing as well."""
        self._free.append(thing)
        self._lend()

    def withdraw(self) -> list[T]:
        """Take out the things that nobody holds."""
        things = list(self._free)
        self._free.clear()
        return things

    async def take(self, client: str) -> T:
        """Wait for a thing; whoever gets one calls :meth:`done` when it is no longer used."""
        turn: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        self._lend()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.done(client)
                self.offer(turn.result())
            else:
                self._forget(client, turn)
            raise

    def done(self, client: str) -> None:
        """The client no longer holds what it took; the thing itself comes back by :meth:`offer`."""
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        self._lend()

    def _lend(self) -> None:
        while self._free:
            client = next((name for name in self._waiting if self._held[name] < self._share), None)
            if client is None:
                return
            turn = self._waiting[client].popleft()
            if self._waiting[client]:
                self._waiting.move_to_end(client)
            else:
                del self._waiting[client]
            if not turn.done():
                self._held[client] += 1
                turn.set_result(self._free.popleft())

    def _forget(self, client: str, turn: asyncio.Future[T]) -> None:
        if turn in self._waiting.get(client, ()):
            self._waiting[client].remove(turn)
            if not self._waiting[client]:
                del self._waiting[client]
