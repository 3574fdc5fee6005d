"""Writing that is whole or not at all: files are made aside and moved into place at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["staged", "staged_file"]


@contextmanager
def staged(directory: Path) -> Iterator[Path]:
    """A folder to write in; when the block ends well its files replace their namesakes in ``directory``.

    It lies inside ``directory``, since a move is one step only within one file system. Each file is replaced
    in one step: between two of them a reader may find a new file beside an old one, but never half a file.
    When the block fails, what was in ``directory`` stays as it was.

    Raises:
        OSError: ``directory`` cannot be made or written, or what is to be replaced is no regular file.
    """
    if directory.exists() and not directory.is_dir():
        raise NotADirectoryError(f"{directory} is no folder: name a folder to write to")
    made = not directory.exists()
    directory.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=directory))
    try:
        yield aside
        moves = [(file, directory / file.name) for file in sorted(aside.iterdir())]
        for _, target in moves:
            # A move onto a device or pipe would put a file in its place; one onto a folder fails half-way.
            if target.exists() and not target.is_file():
                raise FileExistsError(f"{target} is no regular file: choose another name to write to")
        for file, target in moves:
            file.replace(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
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
