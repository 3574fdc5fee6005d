"""Node keys to IRIs and back: ``model/pixcell`` under the base, whatever characters a key holds."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

__all__ = ["author_iri", "check_base", "claim_iri", "claims_iri", "iri", "key"]

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DOTS = re.compile(r"(?:^|(?<=/))(\.{1,2})(?=/|$)")


def iri(key: str, base: str) -> NamedNode:
    """The IRI of a node: base and key, with all but letters, digits and ``-._~/`` percent-escaped.

    A key that is itself an absolute IRI (of a graph that somebody else wrote) stays as it is.

    Raises:
        ValueError: an absolute key is not a valid IRI.
    """
    if _ABSOLUTE.match(key):
        try:
            return NamedNode(key)
        except ValueError as error:
            raise ValueError(f"node key {key!r} looks like an IRI but is none: {error}") from None
    # Parsers may resolve "." and ".." away, so these two are escaped as well.
    path = _DOTS.sub(lambda dots: "%2E" * len(dots[1]), quote(key, safe="/", errors="replace"))
    return NamedNode(base + path)


def key(iri: str, base: str) -> str:
    """The node key of an IRI: the inverse of :func:`iri`; an IRI from elsewhere is its own key."""
    return unquote(iri[len(base) :]) if iri.startswith(base) else iri


def author_iri(paper: str, position: int, base: str) -> NamedNode:
    """The IRI of the author at a position (from 1) of a paper; who is the same across papers is not said."""
    return iri(f"author/{_name(paper)}-{position}", base)


def claim_iri(subject: str, predicate: str, object_: str, paper: str | None, base: str) -> NamedNode:
    """The IRI of a claim: the paper's name and a digest of what is claimed, the same in every build."""
    statement = "\n".join((subject, predicate, object_, paper or ""))
    digest = hashlib.sha256(statement.encode("utf-8", "replace")).hexdigest()[:16]
    return iri(f"claim/{_name(paper)}-{digest}" if paper else f"claim/{digest}", base)


def claims_iri(paper: str, base: str) -> str:
    """What the IRIs of a paper's claims begin with; with an empty name, those of none."""
    return iri(f"claim/{_name(paper)}-" if paper else "claim/", base).value


def check_base(base: str) -> str:
    """The base itself.

    Raises:
        ValueError: it is no absolute IRI that ends in ``/`` or ``#``.
    """
    try:
        NamedNode(base)
    except ValueError as error:
        raise ValueError(
            f"base {base!r} is not an IRI ({error}): use one like https://example.org/id/"
        ) from None
    if not base.endswith(("/", "#")):
        raise ValueError(f"base {base!r} must end in / or #: use {base + '/'!r}")
    return base


def _name(paper: str) -> str:
    return paper.removeprefix("paper/")
