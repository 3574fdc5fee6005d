"""The store of a built graph on disk: made from ``graph.nq`` beside it, made anew when that has changed.

The folder ``store`` holds one store, in a folder of its own with a name of its own, and a stamp that names it
and tells the ``graph.nq`` it was made from. A new store gets another name, and the stamp is replaced when it
is whole, so that nobody sees half of one. Size and time of ``graph.nq`` are compared with the stamp, and its
digest only when they differ, so that opening does not read the graph.

Whoever makes a store keeps others from making one meanwhile. Whoever reads one keeps it from being deleted:
the engine opens some of its files only when it comes to need them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import __version__
from kg.export.saved import GRAPH_FILE
from kg.locking import Lock
from kg.store.merging import load

__all__ = ["STORE", "check_place", "on_disk", "write_store"]

STORE = "store"
"""The folder of the store, beside ``graph.nq``."""

_STAMP, _MAKING, _READING = "graph.json", "kg.lock", "kg.reading"
_PREFIX = "graph-"
"""How names of the folders begin that hold a store."""
_FORMAT = 1
"""Changes with what a store holds for the same graph."""


def on_disk(directory: Path) -> tuple[ox.Store, Lock] | None:
    """The store of a folder, for reading, made first if need be; none where it cannot be written.

    Returns:
        The store, and what keeps it from being deleted as long as it is held.

    Raises:
        SyntaxError: ``graph.nq`` is not N-Quads.
    """
    graph, home = directory / GRAPH_FILE, directory / STORE
    if opened := _fitting(graph, home):
        return opened
    try:
        with _making(home):
            if _fitting(graph, home) is None:  # nobody made it while we waited
                _make(graph, home)
            return _fitting(graph, home)
    except OSError:
        return None


def write_store(directory: str | Path) -> None:
    """Make the store of a folder anew from its ``graph.nq`` and put it in the place of the old one.

    Raises:
        OSError: there is no ``graph.nq``, or the folder cannot be written.
        SyntaxError: ``graph.nq`` is not N-Quads.
    """
    directory = Path(directory)
    with _making(directory / STORE):
        _make(directory / GRAPH_FILE, directory / STORE)


def check_place(directory: str | Path) -> None:
    """See that nothing of somebody else's lies where the store goes.

    Raises:
        FileExistsError: something does.
    """
    home = Path(directory) / STORE
    with suppress(FileNotFoundError, NotADirectoryError):
        if home.is_dir():
            names = {path.name for path in home.iterdir()}
            if not names or names & {_STAMP, _MAKING}:
                return
        home.lstat()
        raise FileExistsError(f"{home} is no store of kg: move it away, or choose another folder")


@contextmanager
def _making(home: Path) -> Iterator[None]:
    """Be the only one who changes what is in the folder; waits for who does so already."""
    check_place(home.parent)
    home.mkdir(exist_ok=True)
    path = home / _MAKING
    path.touch()
    with Lock(path, alone=True):
        yield


def _make(graph: Path, home: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
    try:
        folder.chmod(stat.S_IMODE(home.stat().st_mode))
        # The file stays the same one while it is read, even if another takes its name.
        with graph.open("rb") as file:
            store = ox.Store(str(folder))
            # The IRIs of a saved graph were checked when it was written.
            load(store, ox.parse(file, format=ox.RdfFormat.N_QUADS, lenient=True))
            store.flush()
            del store  # closes it
            (folder / _READING).touch()
            _write_stamp(home, {**_stamp(file), "folder": folder.name})
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _clear(home, folder.name)


def _clear(home: Path, current: str) -> None:
    """Delete stores that were replaced, unless someone reads them still, and what a killed process left."""
    for folder in home.glob(f"{_PREFIX}*"):
        if folder.name != current and folder.is_dir():
            try:
                with Lock(folder / _READING, alone=True, wait=False):
                    shutil.rmtree(folder, ignore_errors=True)
            except BlockingIOError:
                continue
            except OSError:  # killed before it was whole
                shutil.rmtree(folder, ignore_errors=True)


def _fitting(graph: Path, home: Path) -> tuple[ox.Store, Lock] | None:
    try:
        stamp = json.loads((home / _STAMP).read_bytes())
        with graph.open("rb") as file:
            if not _fits(stamp, file, home):
                return None
        folder = home / str(stamp["folder"])
        lock = Lock(folder / _READING, wait=False)
        return ox.Store.read_only(str(folder)), lock
    except (OSError, ValueError):
        return None


def _fits(stamp: Any, file: BufferedReader, home: Path) -> bool:
    if not isinstance(stamp, dict) or any(stamp.get(name) != value for name, value in _made_by().items()):
        return False
    folder = stamp.get("folder")
    if not isinstance(folder, str) or not folder.startswith(_PREFIX) or Path(folder).name != folder:
        return False
    status = os.fstat(file.fileno())
    if stamp.get("size") != status.st_size:
        return False
    if stamp.get("time") == status.st_mtime_ns:
        return True
    current = _stamp(file)
    if stamp.get("digest") != current["digest"]:
        return False
    with suppress(OSError):  # next time the digest need not be computed
        _write_stamp(home, {**current, "folder": folder})
    return True


def _made_by() -> dict[str, Any]:
    return {"format": _FORMAT, "biomed-kg": __version__, "oxigraph": ox.__version__}


def _stamp(file: BufferedReader) -> dict[str, Any]:
    status = os.fstat(file.fileno())
    file.seek(0)
    digest = hashlib.file_digest(file, "blake2b").hexdigest()
    return {**_made_by(), "size": status.st_size, "time": status.st_mtime_ns, "digest": digest}


def _write_stamp(home: Path, stamp: dict[str, Any]) -> None:
    new = home / f"{_STAMP}-{os.getpid()}"
    new.write_text(json.dumps(stamp) + "\n", encoding="utf-8")
    new.replace(home / _STAMP)
