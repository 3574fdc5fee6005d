"""Writing that is whole or not at all: files are made aside and moved into place at the end."""

from __future__ import annotations

import errno
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.locking import Lock

__all__ = ["explained", "staged", "staged_file"]

_PREFIX, _LOCK = ".writing-", ".lock"
_YOUNG = 60.0
"""Seconds in which a folder without a lock may still get one."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """A folder to write in; when the block ends well its files replace their namesakes in ``directory``.

    It lies inside ``directory``, since a move is one step only within one file system. Each file is replaced
    in one step: between two of them a reader may find a new file beside an old one, but never half a file.
    When the block fails, what was in ``directory`` stays as it was. What a killed process left aside goes.

    Raises:
        OSError: ``directory`` cannot be made or written, or what is to be replaced is no regular file.
    """
    if directory.exists() and not directory.is_dir():
        raise NotADirectoryError(f"{directory} is no folder: name a folder to write to")
    made = not directory.exists()
    with explained(directory):
        directory.mkdir(parents=True, exist_ok=True)
        _clear(directory)
        aside, lock = _aside(directory)
    try:
        with explained(directory):
            yield aside
            files = (file for file in sorted(aside.iterdir()) if file.name != _LOCK)
            moves = [(file, directory / file.name) for file in files]
            for _, target in moves:
                # A move onto a device or pipe would put a file in its place; one onto a folder fails in
                # the middle.
                if target.exists() and not target.is_file():
                    raise FileExistsError(f"{target} is no regular file: choose another name to write to")
            for file, target in moves:
                file.replace(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        lock.close()
        if made:
            # Goes only when it is still empty, that is, when nothing was written.
            with suppress(OSError):
                directory.rmdir()


@contextmanager
def staged_file(path: Path) -> Iterator[Path]:
    """Where to write one file; when the block ends well it takes the place of ``path``, as in :func:`staged`.

    A pipe or device is written directly, since nothing may take its place; of a link, what it leads to is
    replaced.

    Raises:
        OSError: the file cannot be written, or ``path`` is a folder.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        yield path
        return
    path = path.resolve()
    with staged(path.parent) as folder:
        yield folder / path.name


@contextmanager
def explained(directory: Path) -> Iterator[None]:
    """Make the system's errors say which folder is full or cannot be written, and what to do.

    Raises:
        OSError: one of these, in words.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            reason = "no space is left: free some and run the command again; what was there is as it was"
        elif error.errno == errno.EROFS or (
            error.errno in (errno.EACCES, errno.EPERM) and _PREFIX in str(error.filename)
        ):
            reason = f"cannot be written ({error.strerror}): choose another folder"
        else:
            raise
        raise OSError(error.errno, reason, str(directory)) from error


def _aside(directory: Path) -> tuple[Path, Lock]:
    """A new folder to write in, and the lock that says that somebody does."""
    while True:
        aside = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=directory))
        with suppress(BlockingIOError, FileNotFoundError):  # taken for a left-over just now
            (aside / _LOCK).touch()
            return aside, Lock(aside / _LOCK, alone=True, wait=False)


def _clear(directory: Path) -> None:
    """Delete what processes that were killed left aside."""
    for left in directory.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if (left / _LOCK).exists():
                with Lock(left / _LOCK, alone=True, wait=False):
                    shutil.rmtree(left, ignore_errors=True)
            elif time.time() - left.stat().st_mtime > _YOUNG:
                shutil.rmtree(left, ignore_errors=True)
