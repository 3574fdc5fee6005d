"""What the endpoint allows and how much of it."""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field

__all__ = ["MEGABYTE", "Settings"]

MEGABYTE = 1_000_000
_DAY = 86_400
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#\s@]+", re.IGNORECASE)


def _workers() -> int:
    # More than the cores, so that a few slow queries leave room for quick ones.
    return max(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of an endpoint; those of time in seconds, those of size in bytes.

    Raises:
        ValueError: a limit that nothing could be within, or an origin that is none.
    """

    timeout: float = 30.0
    """How long one query may run, and how long it may wait for its turn."""
    answer_bytes: int = 100 * MEGABYTE
    """How large one answer may be."""
    memory_bytes: int = 1000 * MEGABYTE
    """How much memory one query may take, besides what the opened graph takes."""
    query_bytes: int = MEGABYTE
    """How long the body of a request may be."""
    workers: int = field(default_factory=_workers)
    """Processes that evaluate queries: as many run at once, the others wait."""
    waiting: int = 1000
    """How many queries may wait."""
    cors: tuple[str, ...] = ("*",)
    """Origins whose pages may ask; ``*`` is any, none is none."""

    def __post_init__(self) -> None:
        for name in ("timeout", "answer_bytes", "memory_bytes", "query_bytes", "workers", "waiting"):
            if not 0 < getattr(self, name) < math.inf:
                raise ValueError(f"{name} is {getattr(self, name)}: it must be a number above 0")
        if self.timeout > _DAY:
            raise ValueError(f"timeout is {self.timeout}: it must be at most {_DAY} s, which is a day")
        for origin in self.cors:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin!r} is no origin: write it like https://example.org, with no path")
