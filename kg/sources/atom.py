"""Atom feeds of papers, first of all those of arXiv's interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.records import Document
from kg.sources.metadata import arxiv_id
from kg.sources.opened import OpenFile
from kg.sources.papers import document
from kg.sources.xml_records import first, records

__all__ = ["NAME", "read", "sniff"]

NAME = "Atom"

_ROOT = re.compile(r"<(?:\w+:)?(?:feed|entry)\s[^>]*http://www\.w3\.org/2005/Atom")


def sniff(head: str) -> bool:
    """Whether a feed or an entry of Atom opens near the start."""
    return head.lstrip().startswith("<") and bool(_ROOT.search(head[:10_000]))


def read(file: OpenFile) -> Iterator[Document]:
    """Entries one after another."""
    for entry, place in records(file, "entry"):
        address = _address(entry)
        yield document(
            title=first(entry, "{*}title"),
            abstract=first(entry, "{*}summary", "{*}content"),
            authors=[first(author, "{*}name") for author in entry.iterfind("{*}author")],
            issued=first(entry, "{*}published", "{*}updated"),
            url=address,
            doi=first(entry, "{*}doi"),
            arxiv_id=arxiv_id(first(entry, "{*}id")) or arxiv_id(address),
            source=file.at(place),
        )


def _address(entry: Any) -> str:
    """The page an entry stands for: its link, else its identifier where that is an address."""
    for link in entry.iterfind("{*}link"):
        if link.get("rel", "alternate") == "alternate" and link.get("href", "").startswith("http"):
            return str(link.get("href"))
    identifier = first(entry, "{*}id")
    return identifier if identifier.startswith("http") else ""
