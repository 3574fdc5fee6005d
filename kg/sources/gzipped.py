"""Gzip unpacked as a stream, and given up where far more comes out of it than papers can make."""

from __future__ import annotations

import gzip
import io
from typing import BinaryIO

__all__ = ["FREE", "RATIO", "unpacked"]

RATIO = 100
"""How many times its packed size a file may have unpacked; text packs to a tenth, a bomb to a thousandth."""

FREE = 1 << 26
"""Bytes that may come out of however little: 64 MiB."""


def unpacked(packed: BinaryIO) -> BinaryIO:
    """What is packed in a stream, packed once; gzip within gzip is not unpacked further.

    Reading from it raises EOFError, OSError or zlib.error where the packed bytes are damaged, and ValueError
    where more than :data:`FREE` bytes and more than :data:`RATIO` times the packed ones have come out.
    """
    return io.BufferedReader(_Unpacked(packed))


class _Unpacked(io.RawIOBase):
    def __init__(self, packed: BinaryIO) -> None:
        self._packed = _Counted(packed)
        self._file = gzip.GzipFile(fileobj=io.BufferedReader(self._packed))
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = self._file.readinto(buffer)
        self._size += size
        if self._size > FREE and self._size > RATIO * self._packed.size:
            raise ValueError(f"unpacked it is more than {RATIO} times as large as packed; unpack it first")
        return size


class _Counted(io.RawIOBase):
    """A stream that counts what was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._stream.read(len(buffer))
        buffer[: len(part)] = part
        self.size += len(part)
        return len(part)
