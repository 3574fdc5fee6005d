"""A process that extracts: documents come in on its standard input, what is found goes out as it is found.

Run by :mod:`kg.engines.workers`. A frame is its length and a pickled object; a list of documents is answered
by one frame a document, in order.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
from typing import IO, Any

__all__ = ["READY", "main", "receive", "send"]

READY = "ready"
"""What a worker says first."""

_LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], value: Any) -> None:
    """Write one object.

    Raises:
        OSError: the other end is gone.
    """
    frame = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one object.

    Raises:
        EOFError: the other end is gone.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    frame = stream.read(length)
    if len(frame) < length:
        raise EOFError
    return pickle.loads(frame)


def main(place: str, gazetteer: bool, limit: float) -> None:
    """Extract until there is nothing more to do.

    Args:
        place: where the function that extracts lies.
        gazetteer: its option.
        limit: seconds for one document, after which the other end gives it up.
    """
    # Frames have the standard streams to themselves; what a library prints goes where messages go.
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from kg.engines.found import attempt, extractor

    try:
        extract = extractor(place, gazetteer)
        list(extract([]))  # loads what it needs
    except Exception as error:
        send(stdout, f"{type(error).__name__}: {error}")
        return
    send(stdout, READY)
    try:
        while True:
            for document in receive(stdin):
                _end_after(2 * limit + 10)
                found = attempt(extract, document)
                _end_after(0)
                send(stdout, found)
    except (EOFError, OSError):
        return


def _end_after(seconds: float) -> None:
    """End this process then; 0 for never. For one that hangs when nobody is left to end it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
