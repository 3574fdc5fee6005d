"""The answer to a query as bytes, in memory while small and else in a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from kg.server.frames import CHUNK

__all__ = ["Reply"]

_IN_MEMORY = 2**20


class Reply:
    """An answer, whole before anyone sees any of it; the file, if there is one, goes with the object."""

    def __init__(self) -> None:
        self.media_type = ""
        """What the body is, without parameters."""
        self.size = 0
        """Bytes of the body."""
        self._file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._digest = hashlib.blake2b(digest_size=16)

    @property
    def body(self) -> bytes:
        """The whole answer."""
        return b"".join(self.chunks())

    @property
    def digest(self) -> str:
        """The same for the same answer."""
        return self._digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The answer in pieces."""
        self._file.seek(0)
        while chunk := self._file.read(CHUNK):
            yield chunk

    def add(self, data: bytes) -> None:
        """Append a piece."""
        self.size += len(data)
        self._digest.update(data)
        self._file.write(data)
