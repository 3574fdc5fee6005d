"""How the server and the processes that evaluate queries talk: a byte of kind, a length, the bytes."""

from __future__ import annotations

import asyncio
import struct
from typing import IO

__all__ = [
    "CHUNK",
    "DATA",
    "END",
    "FAULT",
    "MEDIA_TYPE",
    "READY",
    "REQUEST",
    "pack",
    "read",
    "receive",
    "send",
]

READY, REQUEST, MEDIA_TYPE, DATA, END, FAULT = (bytes([kind]) for kind in b"rqmd.!")
"""What a frame holds: JSON of what the process knows of its graph; JSON of a query; the media type of an
answer; a piece of it; nothing, for the answer is whole; JSON of what went wrong."""

CHUNK = 2**16
"""Bytes of an answer that are worth a frame."""

_HEAD = struct.Struct(">cI")


def pack(kind: bytes, payload: bytes) -> bytes:
    """The bytes of a frame."""
    return _HEAD.pack(kind, len(payload)) + payload


def send(output: IO[bytes], kind: bytes, payload: bytes) -> None:
    """Write a frame.

    Raises:
        OSError: nobody reads any more.
    """
    output.write(pack(kind, payload))
    output.flush()


def receive(source: IO[bytes]) -> bytes | None:
    """What the next frame holds, whatever its kind; ``None`` at the end."""
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    return source.read(_HEAD.unpack(head)[1])


async def read(source: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Kind and payload of the next frame.

    Raises:
        EOFError: there is none, or not the whole of it.
    """
    kind, length = _HEAD.unpack(await source.readexactly(_HEAD.size))
    return kind, await source.readexactly(length)
