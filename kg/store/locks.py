"""Locks on files, which end with the process that holds them."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

try:
    import fcntl
except ImportError:  # not a Unix: a file that is open cannot be deleted there anyway
    fcntl = None  # type: ignore[assignment]

__all__ = ["Lock"]


class Lock:
    """Held from when it is made until it is closed, or nobody refers to it any more.

    Args:
        path: a file that exists.
        alone: whether to be the only holder; else there may be others who do not want to be alone.
        wait: whether to wait until that is possible.

    Raises:
        BlockingIOError: it is not possible now, and ``wait`` is false.
        OSError: there is no such file, or it was deleted meanwhile.
    """

    def __init__(self, path: Path, alone: bool = False, wait: bool = True) -> None:
        self._file = path.open("rb")
        try:
            if fcntl is not None:
                how = (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB)
                fcntl.flock(self._file, how)
            # Who deletes a file holds its lock, so this one stays if it is there now.
            if not os.path.samestat(os.fstat(self._file.fileno()), path.stat()):
                raise FileNotFoundError(f"{path} was replaced")
        except BaseException:
            self._file.close()
            raise

    def close(self) -> None:
        """Let go of it."""
        self._file.close()

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
