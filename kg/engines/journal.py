"""What was extracted already, kept on disk while a build runs and for the next one.

Entries are keyed by what extraction depends on: the document apart from where it was found, the options, and
the pipeline itself (its code, weights, vocabularies and the versions of what it stands on). So a build that
was killed goes on where it was, one with a changed input reads only what changed, and one with another
version reads everything anew.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TypeVar

from kg.engines.found import EXTRACTOR
from kg.records import Document
from kg.resources import ontology
from kg.staging import explained

__all__ = ["Journal", "pipeline_version"]

_STANDS_ON = ("numpy", "pysbd", "scispacy", "spacy")
_CODE = ("extract", "labels.py", "records.py", "resources.py", "sentences.py", "spelling.py", "vocabulary.py")
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_PROBE = 1 << 16
"""Bytes for which there must be room, which is more than the database asks for at once."""
_CHECK = 8
"""Bytes of the checksum in front of each entry."""

T = TypeVar("T")


class Journal:
    """Packed findings by document, in one SQLite file that one process at a time has open.

    It is made with the first entry. A file that is damaged is moved aside and a new one begun; an entry that
    is damaged counts as none.

    Args:
        path: the file.
        options: what extraction was asked for, and with which function.
        remark: told when something is damaged.
    """

    def __init__(
        self,
        path: Path,
        *,
        gazetteer: bool = True,
        extractor: str = EXTRACTOR,
        remark: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.path = path
        self._remark = remark
        self._seed = f"{pipeline_version()} {extractor} {gazetteer}".encode()
        self._lock = RLock()
        self._db: sqlite3.Connection | None = None
        self._told = False
        if path.exists():
            self._safely(lambda db: None)

    def get(self, document: Document) -> bytes | None:
        """What was found in a document, if that is known; it counts as used."""
        if self._db is None:
            return None
        key = self._key(document)

        def look(db: sqlite3.Connection) -> bytes | None:
            row = db.execute("SELECT found FROM papers WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            kept = bytes(row[0])
            if kept[:_CHECK] != _checksum(key + kept[_CHECK:]):
                self._tell("an entry is damaged: its paper is extracted anew")
                return None
            db.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))
            return kept[_CHECK:]

        return self._safely(look)

    def put(self, document: Document, found: bytes) -> None:
        """Keep what was found; from now on it outlasts this process.

        Raises:
            OSError: it cannot be written.
        """
        key = self._key(document)

        def write(db: sqlite3.Connection) -> None:
            db.execute("INSERT OR REPLACE INTO papers VALUES (?, ?)", (key, _checksum(key + found) + found))
            db.execute("INSERT OR IGNORE INTO used VALUES (?)", (key,))

        self._safely(write)

    def forget_unused(self) -> None:
        """Drop what was neither looked up nor put since the journal was opened, and give its space back."""
        if self._db is not None:

            def drop(db: sqlite3.Connection) -> None:
                db.execute("DELETE FROM papers WHERE key NOT IN (SELECT key FROM used)")
                db.executescript("PRAGMA incremental_vacuum")

            self._safely(drop)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _key(self, document: Document) -> bytes:
        # Where a paper was found is no part of what it says: lines move when others are put before them.
        said = {name: value for name, value in asdict(document).items() if name != "source"}
        return hashlib.blake2b(json.dumps(said).encode(), digest_size=16, key=_checksum(self._seed)).digest()

    def _safely(self, do: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the file; when it turns out to be damaged, once more with a new one."""
        with self._lock:
            for last in (False, True):
                try:
                    if self._db is None:
                        self._db = _open(self.path)
                    return do(self._db)
                except sqlite3.DatabaseError as error:
                    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
                    if last or code not in _DAMAGED:
                        with explained(self.path.parent):
                            _look_for_room(self.path, code)
                        raise OSError(f"{self.path} cannot be written or read: {error}") from error
                    self._set_aside(error)
            return None

    def _set_aside(self, error: Exception) -> None:
        self.close()
        aside = self.path.with_name(f"{self.path.name}.damaged")
        self.path.replace(aside)
        for rest in ("-wal", "-shm"):
            self.path.with_name(self.path.name + rest).unlink(missing_ok=True)
        self._told = False
        self._tell(f"damaged ({error}): set aside as {aside.name}, and all papers extracted anew")

    def _tell(self, text: str) -> None:
        if not self._told:
            self._told = True
            self._remark(text)


@cache
def pipeline_version() -> str:
    """A digest of everything but the document that extraction depends on."""
    package = Path(__file__).parents[1]
    told = hashlib.blake2b(f"{sys.version_info[:2]}".encode(), digest_size=16)
    for name in _STANDS_ON:
        told.update(f"{name} {version(name)}\n".encode())
    for path in [file for name in _CODE for file in _files(package / name)] + sorted(
        ontology().glob("*.ttl")
    ):
        told.update(f"{path.name} {path.stat().st_size}\n".encode())
        told.update(path.read_bytes())
    return told.hexdigest()


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _open(path: Path) -> sqlite3.Connection:
    # Commits outlast this process at once, and a power cut as far as was checkpointed. No other process opens
    # the file: the output folder is held.
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL").fetchall()
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("CREATE TABLE IF NOT EXISTS papers (key BLOB PRIMARY KEY, found BLOB NOT NULL)")
        db.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
    except BaseException:
        with suppress(sqlite3.Error):
            db.close()
        raise
    return db


def _look_for_room(path: Path, code: int) -> None:
    """Find out whether the database failed for want of room, which it tells of some limits only.

    Raises:
        OSError: the disk, a quota or the size that a file may have is used up.
    """
    if code == sqlite3.SQLITE_FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    if code == sqlite3.SQLITE_IOERR:
        files = (path.with_name(path.name + rest) for rest in ("", "-wal", "-shm"))
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as probe:
            probe.seek(max((file.stat().st_size for file in files if file.exists()), default=0))
            probe.write(bytes(_PROBE))
            # One that reaches the limit is cut short without an error, and the next has it.
            probe.write(bytes(_PROBE))


def _checksum(what: bytes) -> bytes:
    return hashlib.blake2b(what, digest_size=_CHECK).digest()
