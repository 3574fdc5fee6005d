"""What reading came to: how many papers were read, and what was left out, where and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["KEPT", "Failure", "Report"]

KEPT = 1000
"""How many failures, skips and notes are kept; the counts go on past it, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that was not read as it should have been."""

    file: str
    """The file as the user named it, or as it was found in a folder the user named."""
    place: str
    """``line 12``, ``record 3`` or ``page 1``; empty for the whole file."""
    reason: str

    def __str__(self) -> str:
        """One line for a person, with no line break or control character of a file name in it."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in f"{where}: {self.reason}")


@dataclass(slots=True)
class Report:
    """Counts that :func:`kg.sources.read` keeps while it goes."""

    read: int = 0
    """Papers handed on."""
    skipped: int = 0
    """Papers and files that were left out rightly: seen before, empty."""
    failed: int = 0
    """Files and records that could not be read."""
    taken: int = 0
    """Bytes that were read of the files, a little ahead of the papers in them."""
    failures: list[Failure] = field(default_factory=list)
    """The first :data:`KEPT` failures."""
    skips: list[Failure] = field(default_factory=list)
    """The first :data:`KEPT` skips."""
    notes: list[Failure] = field(default_factory=list)
    """Papers that were read with something missing (a PDF without an abstract); the first :data:`KEPT`."""

    def fail(self, failure: Failure) -> None:
        """Count and keep something that could not be read."""
        self.failed += 1
        _keep(self.failures, failure)

    def skip(self, skip: Failure) -> None:
        """Count and keep something that was left out rightly."""
        self.skipped += 1
        _keep(self.skips, skip)

    def why_skipped(self) -> dict[str, int]:
        """How often each reason to leave something out was given, the commonest first."""
        counts = Counter(_short(skip.reason) for skip in self.skips)
        counts["others"] += self.skipped - len(self.skips)
        return {reason: count for reason, count in counts.most_common() if count}

    def note(self, note: Failure) -> None:
        """Keep a remark on a paper that was read."""
        _keep(self.notes, note)


def _short(reason: str) -> str:
    """A reason without what differs from one skip to the next."""
    if reason.startswith("an earlier paper has the same"):
        return "duplicates"
    if reason.startswith(("no title and no abstract", "no abstract follows")):
        return "no text"
    return reason.partition(";")[0].partition(":")[0]


def _keep(kept: list[Failure], failure: Failure) -> None:
    if len(kept) < KEPT:
        kept.append(failure)
