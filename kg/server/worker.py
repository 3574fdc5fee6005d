"""One process that evaluates queries, seen from the server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.server import frames
from kg.server.faults import AnswerTooLarge, EndpointError, QueryTimeout, QueryTooHeavy, from_name
from kg.server.reply import Reply
from kg.server.settings import MEGABYTE, Settings

__all__ = ["Question", "Worker"]

_REAPING = 5.0
"""Seconds for a process to end that has closed its output."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query and what goes with it."""

    sparql: str
    accept: str
    """An Accept header; empty for whatever is preferred."""
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    timeout: float
    """Seconds."""


class Worker:
    """A process that answers one query at a time; made by :meth:`start`."""

    def __init__(self, process: asyncio.subprocess.Process, prefixes: Mapping[str, str]) -> None:
        self._process = process
        self.prefixes = prefixes
        self._ended = False

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._ended and self._process.returncode is None

    @classmethod
    async def start(cls, directory: Path, settings: Settings) -> Worker:
        """Start a process and wait until it has opened the graph.

        Raises:
            ValueError: it could not; the message says why.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # no module of the folder that the server was started in
            "-m",
            "kg.server.evaluation",
            os.fspath(directory),
            str(settings.memory_bytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # The engine writes a trace when memory ends, which the answer tells better.
            stderr=None if os.environ.get("KG_DEBUG") else asyncio.subprocess.DEVNULL,
            limit=4 * frames.CHUNK,
            start_new_session=True,  # Ctrl-C is for the server, which lets queries finish.
        )
        worker = cls(process, {})
        try:
            kind, payload = await worker._read()
        except EOFError:
            await worker.end()
            raise ValueError(f"the process that opens {directory} ended; KG_DEBUG=1 shows why") from None
        except asyncio.CancelledError:
            await worker.end()
            raise
        told = json.loads(payload)
        if kind != frames.READY:
            await worker.end()
            raise ValueError(told["text"])
        worker.prefixes = told["prefixes"]
        return worker

    async def ask(self, question: Question, settings: Settings) -> Reply:
        """Evaluate a query; :meth:`kg.server.workers.Workers.query` lists what it raises.

        The process is ended when the query takes too long or the task is cancelled.
        """
        try:
            async with asyncio.timeout(question.timeout):
                return await self._answer(question, settings)
        except TimeoutError:
            await self.end()
            raise QueryTimeout(
                f"the query was stopped after {question.timeout:g} s. Make it narrower: name a thing in "
                "place of a variable, join patterns by a shared variable, add a LIMIT."
            ) from None
        except EOFError:
            if not await self._ran_out():
                raise EndpointError("the engine failed at this query; KG_DEBUG=1 shows why") from None
            limit = settings.memory_bytes // MEGABYTE
            raise QueryTooHeavy(
                f"the query needed more than {limit} MB of memory, or is nested too deeply. Make it "
                "narrower: join patterns by a shared variable, and sort or group fewer rows."
            ) from None
        except asyncio.CancelledError:
            await self.end()
            raise

    async def end(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        self._ended = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _ran_out(self) -> bool:
        """Whether the process ended because memory or stack did, which the system ends it for."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_REAPING):
                await self._process.wait()
        await self.end()
        return (self._process.returncode or 0) < 0

    async def _answer(self, question: Question, settings: Settings) -> Reply:
        request = asdict(question) | {"answer_bytes": settings.answer_bytes}
        assert self._process.stdin
        with contextlib.suppress(ConnectionError):
            self._process.stdin.write(frames.pack(frames.REQUEST, json.dumps(request).encode()))
            await self._process.stdin.drain()
        reply = Reply()
        while True:
            kind, payload = await self._read()
            if kind == frames.END:
                return reply
            if kind == frames.MEDIA_TYPE:
                reply.media_type = payload.decode()
            elif kind == frames.DATA:
                reply.add(payload)
            else:
                raise _fault(json.loads(payload), settings)

    async def _read(self) -> tuple[bytes, bytes]:
        assert self._process.stdout
        return await frames.read(self._process.stdout)


def _fault(told: Mapping[str, str], settings: Settings) -> Exception:
    fault = from_name(told["name"], told["text"])
    if isinstance(fault, AnswerTooLarge):
        limit = settings.answer_bytes / MEGABYTE
        return AnswerTooLarge(
            f"the answer is larger than {limit:g} MB. Add a LIMIT, or ask for fewer columns."
        )
    return fault
