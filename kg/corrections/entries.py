"""The corrections there are, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AddAlias",
    "AddClaim",
    "AddEntity",
    "AddPaper",
    "Corrections",
    "Entry",
    "Merge",
    "RejectAlias",
    "RejectClaim",
    "RejectEntity",
    "RejectResult",
    "Remark",
    "Rename",
    "Split",
]


@dataclass(frozen=True, slots=True)
class _Lined:
    line: int
    """Where the entry begins in its file, from 1."""


@dataclass(frozen=True, slots=True)
class Merge(_Lined):
    """Several names are one thing, called ``into`` or, without it, as the first."""

    names: tuple[str, ...]
    into: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Split(_Lined):
    """In these papers the name is another thing."""

    name: str
    papers: tuple[str, ...]
    into: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Rename(_Lined):
    """The thing is called otherwise; the old name becomes an alias."""

    name: str
    to: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RejectEntity(_Lined):
    """There is no such thing: it goes, with its claims and, if it is a model, its results."""

    name: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RejectAlias(_Lined):
    """The thing does not go by this name."""

    alias: str
    of: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RejectClaim(_Lined):
    """Nobody says so; without predicate any claim between the two, without paper those of all papers."""

    subject: str
    object: str
    predicate: str | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class RejectResult(_Lined):
    """No such number was reported; what is left out is not asked for."""

    value: str
    """As written."""
    paper: str
    model: str | None = None
    dataset: str | None = None
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class AddEntity(_Lined):
    """There is this thing too."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddAlias(_Lined):
    """The thing goes by this name too."""

    alias: str
    of: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class AddClaim(_Lined):
    """A paper says so, in a sentence or as a note tells."""

    subject: str
    predicate: str
    object: str
    paper: str
    evidence: str | None = None
    """The sentence."""
    note: str | None = None
    """Words of whoever corrects, where there is no one sentence."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class AddPaper(_Lined):
    """A paper that was not among those read, for claims to be made by."""

    id: str
    title: str
    issued: str | None = None
    url: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None


Entry = (
    Merge
    | Split
    | Rename
    | RejectEntity
    | RejectAlias
    | RejectClaim
    | RejectResult
    | AddEntity
    | AddAlias
    | AddClaim
    | AddPaper
)


@dataclass(frozen=True, slots=True)
class Corrections:
    """The entries of one file, in order."""

    file: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """An entry that matched nothing, or not all that it names."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"
