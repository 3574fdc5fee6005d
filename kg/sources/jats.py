"""JATS XML, the format of PubMed Central and most publishers: one article, or a set of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.records import Document
from kg.sources.opened import OpenFile
from kg.sources.papers import document
from kg.sources.xml_records import first, records, text

__all__ = ["NAME", "read", "sniff"]

NAME = "JATS XML"

_ARTICLE = re.compile(r"<(?:\w+:)?article[\s>]")
_FRONT = re.compile(r"<(?:\w+:)?(?:front|article-meta)[\s>]")
_META = "{*}front/{*}article-meta"
# Abstracts that say the same again, shorter, as a picture or in another language.
_OTHER_ABSTRACTS = {
    "graphical",
    "teaser",
    "toc",
    "key-points",
    "highlights",
    "executive-summary",
    "plain-language-summary",
}
_DATE_TYPES = ("epub", "pub", "preprint", "ppub", "collection", "")


def sniff(head: str) -> bool:
    """Whether an article opens, with the part that holds its metadata."""
    return head.lstrip().startswith("<") and bool(_ARTICLE.search(head) and _FRONT.search(head))


def read(file: OpenFile) -> Iterator[Document]:
    """Articles one after another."""
    for article, place in records(file, "article"):
        meta = article.find(_META)
        if meta is None:
            file.fail(place, "an article without front/article-meta, where title and abstract stand")
            continue
        yield document(
            title=_title(meta),
            abstract=_abstract(meta),
            authors=[_author(person) for person in meta.iterfind("{*}contrib-group/{*}contrib")],
            issued=_date(meta),
            url=next(
                (link for link in map(_href, meta.iterfind("{*}self-uri")) if link.startswith("http")), None
            ),
            doi=first(meta, "{*}article-id[@pub-id-type='doi']"),
            arxiv_id=first(meta, "{*}article-id[@pub-id-type='arxiv']"),
            source=file.at(place),
        )


def _title(meta: Any) -> str:
    title = first(meta, "{*}title-group/{*}article-title")
    subtitle = first(meta, "{*}title-group/{*}subtitle")
    return f"{title}: {subtitle}" if subtitle else title


def _abstract(meta: Any) -> str:
    for abstract in meta.iterfind("{*}abstract"):
        if abstract.get("abstract-type", "") not in _OTHER_ABSTRACTS:
            for section in abstract.iter("{*}sec"):
                heading = section.find("{*}title")
                if heading is not None:
                    words = text(heading).strip(" \n\t:.")
                    heading.clear(keep_tail=True)
                    heading.text = f"{words}: " if words else ""
            heading = abstract.find("{*}title")
            if heading is not None:
                abstract.remove(heading)
            return text(abstract)
    return ""


def _author(person: Any) -> str:
    if person.get("contrib-type", "author") != "author":
        return ""
    given = first(person, "{*}name/{*}given-names", "{*}name-alternatives/{*}name/{*}given-names")
    family = first(person, "{*}name/{*}surname", "{*}name-alternatives/{*}name/{*}surname")
    return f"{given} {family}".strip() or first(person, "{*}collab", "{*}string-name")


def _date(meta: Any) -> str:
    """The first of the publication dates in the order of how early they are."""
    dates = {(d.get("date-type") or d.get("pub-type") or ""): d for d in meta.iterfind("{*}pub-date")}
    if not dates:
        return ""
    date = next((dates[kind] for kind in _DATE_TYPES if kind in dates), next(iter(dates.values())))
    parts = [first(date, f"{{*}}{name}") for name in ("year", "month", "day")]
    separator = "-" if parts[1].isdigit() else " "
    return date.get("iso-8601-date") or separator.join(filter(None, parts))


def _href(link: Any) -> str:
    return link.get("{http://www.w3.org/1999/xlink}href") or ""
