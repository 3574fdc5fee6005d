"""Locks on files, which end with the process that holds them; output folders held by one build at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["HOME", "Lock", "held"]

HOME = ".kg"
"""The folder inside an output folder in which a build keeps what is not for readers."""

_LOCK = "lock"
_ATTEMPTS = 100


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
        # Network file systems lock a file for one holder only when it is open for writing.
        self._file = path.open("r+b" if alone and os.access(path, os.W_OK) else "rb")
        try:
            _lock(self._file, alone, wait)
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


@contextmanager
def held(directory: Path) -> Iterator[Path]:
    """Be the only one who builds into a folder; gives its hidden folder for what a build keeps.

    Both are made if needed, and go again when nothing is in them at the end.

    Raises:
        BlockingIOError: somebody else builds into it.
        OSError: it cannot be made or written.
    """
    if directory.exists() and not directory.is_dir():
        raise NotADirectoryError(f"{directory} is no folder: name a folder to write to")
    made, home = not directory.exists(), directory / HOME
    lock = _only(directory, home)
    try:
        yield home
    finally:
        with suppress(OSError):
            if all(path.name == _LOCK for path in home.iterdir()):
                (home / _LOCK).unlink()
                home.rmdir()
                if made:
                    directory.rmdir()
        lock.close()


def _only(directory: Path, home: Path) -> Lock:
    for _ in range(_ATTEMPTS):
        try:
            home.mkdir(parents=True, exist_ok=True)
            (home / _LOCK).touch()
            return Lock(home / _LOCK, alone=True, wait=False)
        except BlockingIOError:
            raise BlockingIOError(
                f"{directory}: another kg writes there now: wait for it to end, or choose another folder"
            ) from None
        except FileNotFoundError:
            continue  # who held it took the folder away
        except OSError as error:
            reason = f"cannot be written ({error.strerror}): choose another folder"
            raise OSError(error.errno, reason, str(directory)) from None
    raise FileNotFoundError(f"{directory} cannot be made: choose another folder")


def _lock(file: BinaryIO, alone: bool, wait: bool) -> None:
    if sys.platform == "win32":
        if alone:  # others need none: a file that is open cannot be deleted there
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError as error:
                raise BlockingIOError(error.errno, "held by another process") from None
    else:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
