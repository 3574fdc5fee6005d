"""A paper out of one JSON object: which names its fields go by in the files people have.

Tables rather than code: a new feed is a new name in a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kg.records import Document, PaperRecord
from kg.sources.authors import names
from kg.sources.metadata import bare_arxiv_id
from kg.sources.papers import document, identifier
from kg.sources.text import printable

__all__ = ["CONTAINERS", "DEEPEST", "paper", "papers_in", "parsed"]

_CONTAINERS = (
    "results result resultList response hits docs documents records collection "
    "entries entry papers items data articles message"
)
CONTAINERS = frozenset(_CONTAINERS.split())
"""Fields under which a feed keeps its list of papers, perhaps one within another."""

DEEPEST = 100
"""Lists and objects that may stand one in another."""
_VALUES = 1 << 21
"""Values that one line may hold: an empty list takes 3 bytes of it and 64 of memory."""

_OWN = {"models", "datasets", "relations", "source"}
"""What tells a record that this product wrote; annotated papers have no ``source``."""
_MISSING = object()

# Each row: one field of ours by the names it goes by, the best first; a dot leads into an object or its
# first item.
_TITLE = "title paper.title titles display_name"
_ABSTRACT = "abstract abstractText abstractNote summary paper.abstract paper.summary description"
_AUTHORS = "authors_parsed authors author authorString paper.authors creators creator authorList"
_ISSUED = (
    "issued publicationDate publication_date published publishedAt published_date firstPublicationDate date "
    "versions.created datePublished paper.publishedAt update_date publicationYear pub_year pubYear year"
)
_URL = "url URL link entry_id abs_url landing_page_url html_url paper.url"
_DOI = "doi DOI externalIds.DOI externalIds.doi ids.doi paper.doi"
_ARXIV = "arxiv_id arxivId arxiv externalIds.ArXiv eprint paper.arxiv_id paper.id id entry_id"


def paper(record: Any, source: str) -> Document:
    """The document that a JSON object describes; our own records come back as they were written.

    Raises:
        ValueError: it is no object, or has neither a title nor an abstract by any name we know.
    """
    if not isinstance(record, dict):
        raise ValueError(
            f"not an object but {type(record).__name__}; a paper is an object with a title or abstract"
        )
    if isinstance(record.get("abstract"), str) and record.keys() >= _OWN:
        return _own(record, source)
    title, abstract = _text(record, _TITLE), _text(record, _ABSTRACT)
    if title is None and abstract is None:
        fields = ", ".join(sorted(map(str, record))[:12])
        raise ValueError(f"neither a title nor an abstract; its fields are: {printable(fields)[:200]}")
    given = _text(record, _ARXIV) or ""
    return document(
        title=title or "",
        abstract=abstract or "",
        authors=names(next(_values(record, _AUTHORS), ())),
        issued=_date(record),
        url=_text(record, _URL),
        doi=_text(record, _DOI),
        arxiv_id=bare_arxiv_id(given),
        source=source,
    )


def parsed(line: str) -> Any:
    """What a line of JSON holds.

    Raises:
        ValueError: it is broken, nested too deep, or holds too many values.
    """
    if len(line) > _VALUES and sum(map(line.count, "[{,")) > _VALUES:
        raise ValueError(f"more than {_VALUES:,} values; split it")
    try:
        return json.loads(line)
    except RecursionError:
        raise ValueError("nested too deep") from None


def papers_in(value: Any, depth: int = 0) -> Iterator[Any]:
    """The objects of a list, or of the list that a feed's object holds; else the value itself.

    Raises:
        ValueError: feeds lie in feeds without end.
    """
    if depth > DEEPEST:
        raise ValueError(f"lists within lists, more than {DEEPEST} deep")
    if isinstance(value, dict) and not any(name in value for name in ("abstract", "summary")):
        for name in filter(CONTAINERS.__contains__, value):
            if isinstance(value.get(name), list) or (
                isinstance(value.get(name), dict) and "title" not in value
            ):
                yield from papers_in(value[name], depth + 1)
                return
    if isinstance(value, list):
        yield from value
    else:
        yield value


def _own(record: Mapping[str, Any], source: str) -> Document:
    """A record of this product: its text untouched, as the offsets of its evidence count in it."""
    read = PaperRecord.from_json({"title": "", **record}).document
    wrong = [name for name in ("title", "source") if not isinstance(getattr(read, name), str)]
    wrong += [
        name
        for name in ("issued", "url", "doi", "arxiv_id")
        if not isinstance(getattr(read, name), str | None)
    ]
    wrong += [name for name in ("authors", "links") if not _strings(getattr(read, name))]
    if wrong:
        raise ValueError(f"a record whose {wrong[0]} has the wrong type; write it again with kg extract")
    return replace(
        read,
        id=identifier(read.title, read.abstract, doi=read.doi, arxiv_id=read.arxiv_id),
        source=read.source or source,
    )


def _strings(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, str) for item in value)


def _text(record: Mapping[str, Any], names: str) -> str | None:
    """The first of the fields that is there and holds text; ``""`` when one is there and empty."""
    found = None
    for value in _values(record, names):
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and (value.strip() or found is None):
            found = value
            if value.strip():
                break
        if value is None and found is None:
            found = ""
    return found


def _date(record: Mapping[str, Any]) -> str | None:
    """A date as text; the lists of numbers that citation exports write become one."""
    for value in _values(record, _ISSUED):
        if isinstance(value, dict):
            parts = value.get("date-parts") or [[]]
            value = parts[0] if isinstance(parts, list) else value.get("raw")
        if isinstance(value, list):
            value = "-".join(f"{part:02}" for part in value if isinstance(part, int))
        if isinstance(value, int | str) and not isinstance(value, bool) and value:
            return str(value)
    return None


def _values(record: Mapping[str, Any], names: str) -> Iterator[Any]:
    """What stands under each of the names, in their order, where anything does."""
    for name in names.split():
        value: Any = record
        for key in name.split("."):
            value = value[0] if isinstance(value, list) and value else value
            value = value.get(key, _MISSING) if isinstance(value, dict) else _MISSING
        if value is not _MISSING:
            yield value
