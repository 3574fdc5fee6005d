"""XML that every parser takes, whatever the text in it: for writers that leave that to others."""

from __future__ import annotations

import io
import re
from typing import IO, Any

__all__ = ["CleanXml"]

_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()


class CleanXml(io.BytesIO):
    """A file to write XML in UTF-8 to, which passes it on with the characters put right; close it in the end.

    Characters that XML forbids become U+FFFD. A carriage return, which parsers would read as a line feed,
    becomes a reference.
    """

    def __init__(self, output: IO[bytes]) -> None:
        super().__init__()
        self._output, self._tail = output, b""

    def write(self, data: Any) -> int:
        """Pass on all but the last two bytes: a character of three may come in two pieces."""
        clean = _FORBIDDEN.sub(_REPLACEMENT, self._tail + bytes(data))
        self._tail = clean[-2:]
        self._output.write(clean[:-2].replace(b"\r", b"&#13;"))
        return len(data)

    def close(self) -> None:
        """Pass on the rest; the output stays open."""
        self._output.write(self._tail.replace(b"\r", b"&#13;"))
        self._tail = b""
        super().close()
