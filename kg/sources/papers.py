"""A paper's identity: documents made from what a file gives, their identifiers, which are one paper."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from kg.records import Document
from kg.sources.metadata import arxiv_id as find_arxiv_id
from kg.sources.metadata import bare_arxiv_id, links
from kg.sources.metadata import date as find_date
from kg.sources.metadata import doi as find_doi
from kg.sources.text import abstract as clean_abstract
from kg.sources.text import clean, normal, printable

__all__ = ["ABSTRACT", "CUT", "TITLE", "Lines", "Seen", "cut", "document", "identifier", "marks"]

TITLE = 1 << 12
"""The most characters that a title may have; the rest is cut off."""
ABSTRACT = 1 << 17
"""The same for an abstract: some 20,000 words."""
CUT = " […]"
"""What a text ends with that was cut."""

_SLUG_LENGTH = 60
# Sorting marks that stand on one letter takes the square of their number; a slug needs only the first words.
_SLUGGED = 2000
# A title of nothing but these ("Editorial", "Reply to the authors") says which paper only with its text.
_COMMON = """
    a abstract abstracts an and author authors book by comment comments commentary contents correction
    corrigendum discussion editor editorial editors erratum foreword from guest in index introduction issue
    letter letters news no note on preface reply response review special summary table the title to untitled
"""
_COMMON_WORDS = frozenset(_COMMON.split())
# An abstract this long is its paper's alone, whatever title stands over it.
_TELLING_ABSTRACT = 200
_ARXIV_DOI = "10.48550/arxiv."


def document(
    *,
    title: str = "",
    abstract: str = "",
    authors: Iterable[str] = (),
    issued: str | None = None,
    url: str | None = None,
    doi: str | None = None,
    arxiv_id: str | None = None,
    source: str = "",
) -> Document:
    """A document with its text cleaned, its identifiers bare, its date ISO and the addresses in its text.

    A title longer than :data:`TITLE`, or an abstract than :data:`ABSTRACT`, is cut and ends in :data:`CUT`.
    An arXiv identifier is also taken from the address and the DOI, never from the abstract, which may
    name other papers. Without an address the one that the identifier stands for is given.
    """
    title, abstract = clean(cut(title, TITLE)), clean_abstract(cut(abstract, ABSTRACT))
    url = printable(url[:TITLE]).strip() if url else None
    doi = find_doi(doi[:TITLE]) if doi else None
    arxiv = bare_arxiv_id(arxiv_id[:TITLE]) if arxiv_id else None
    arxiv = arxiv or find_arxiv_id(url or "") or find_arxiv_id(doi or "")
    doi = doi or (find_doi(url) if url and "doi.org/" in url else None)
    if not url and (arxiv or doi):
        url = f"https://arxiv.org/abs/{arxiv}" if arxiv else f"https://doi.org/{doi}"
    return Document(
        id=identifier(title, abstract, doi=doi, arxiv_id=arxiv),
        title=title,
        abstract=abstract,
        authors=tuple(filter(None, (clean(author[:TITLE]) for author in authors))),
        issued=find_date(issued[:TITLE]) if issued else None,
        url=url,
        doi=doi,
        arxiv_id=arxiv,
        links=links(f"{title}\n{abstract}"),
        source=printable(source),
    )


def identifier(title: str, abstract: str, *, doi: str | None = None, arxiv_id: str | None = None) -> str:
    """The stable identifier of a paper: arXiv's or its DOI, else made from its title, else its abstract."""
    if arxiv_id:
        return f"arxiv-{arxiv_id.replace('/', '-')}"
    if doi and not doi.startswith(_ARXIV_DOI):
        plain = re.sub(r"[^a-z0-9._-]+", "-", doi).strip("-")
        # Two DOIs may differ in the very signs that are replaced; the slash after the prefix tells nothing.
        exact = plain == doi.replace("/", "-", 1)
        return f"doi-{plain}" if exact else f"doi-{plain}-{_hex(doi, 6)}"
    if normal(title):
        slug = _slug(title)
        return f"{slug}-{_hex(_title_key(title, abstract), 6)}" if slug else f"paper-{_hex(normal(title), 8)}"
    return f"untitled-{_hex(normal(abstract), 8)}"


def cut(text: str, most: int) -> str:
    """A text of at most so many characters; where some were cut off, it ends in :data:`CUT`."""
    return text if len(text) <= most else text[:most] + CUT


class Lines:
    """Lines that make one text; those past the length at which a text is cut are not kept."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._size = 0

    def append(self, line: str) -> None:
        """Add a line."""
        if self._size <= ABSTRACT:
            self._lines.append(line)
            self._size += len(line) + 1

    def __str__(self) -> str:
        return " ".join(self._lines)


class Seen:
    """Which papers have passed; keeps short digests of their identifiers and words, not the papers."""

    def __init__(self) -> None:
        self._keys: set[bytes] = set()

    def repeats(self, paper: Document) -> str | None:
        """What the paper shares with an earlier one (DOI, arXiv id, title or abstract), or None.

        The paper counts as seen from then on.
        """
        keys, title = marks(paper)
        shared = next((kind for kind, key in keys.items() if key in self._keys), None)
        self._keys.update(keys.values())
        if title is not None:
            self._keys.add(title)
        return shared


def marks(paper: Document) -> tuple[dict[str, bytes], bytes | None]:
    """What tells that two papers are one: short digests of what a paper has.

    Returns:
        Digests by what they are of: a paper repeats an earlier one that has one of them. And a digest that
        the paper has besides, for later ones to repeat: one that has no more than a common title.
    """
    title = normal(paper.title)
    return _keys(paper), _digest("title", title) if title else None


def _keys(paper: Document) -> dict[str, bytes]:
    keys = {}
    if paper.doi:
        keys["DOI"] = _digest("doi", paper.doi)
    if paper.arxiv_id:
        keys["arXiv id"] = _digest("arxiv", paper.arxiv_id)
    if normal(paper.title):
        keys["title"] = _digest("title", _title_key(paper.title, paper.abstract))
    words = normal(paper.abstract)
    if len(words) >= _TELLING_ABSTRACT or not (keys or not words):
        keys["abstract"] = _digest("abstract", words)
    return keys


def _title_key(title: str, abstract: str) -> str:
    key = normal(title)
    words = re.findall(r"\w+", title.casefold())
    return f"{key} {normal(abstract)[:60]}".rstrip() if _COMMON_WORDS.issuperset(words) else key


def _digest(kind: str, key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8, person=kind.encode()).digest()


def _hex(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


def _slug(title: str) -> str:
    """ASCII words joined by hyphens, cut between words."""
    ascii_title = unicodedata.normalize("NFKD", title[:_SLUGGED]).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_title))
    return (
        slug
        if len(slug) <= _SLUG_LENGTH
        else slug[: _SLUG_LENGTH + 1].rpartition("-")[0] or slug[:_SLUG_LENGTH]
    )
