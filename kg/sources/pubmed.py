"""PubMed and MEDLINE XML, as its search, its baseline files and E-utilities write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.records import Document
from kg.sources.opened import OpenFile
from kg.sources.papers import document
from kg.sources.xml_records import first, records, text

__all__ = ["NAME", "read", "sniff"]

NAME = "PubMed XML"

_ROOT = re.compile(r"<(?:PubmedArticleSet|PubmedArticle|MedlineCitationSet|MedlineCitation)[\s>]")


def sniff(head: str) -> bool:
    """Whether one of PubMed's elements opens near the start."""
    return head.lstrip().startswith("<") and bool(_ROOT.search(head[:10_000]))


def read(file: OpenFile) -> Iterator[Document]:
    """Citations one after another."""
    outer = "PubmedArticle" if re.search(r"<PubmedArticle[\s>]", file.head) else "MedlineCitation"
    for element, place in records(file, outer):
        pmid = first(element, "./MedlineCitation/PMID", "./PMID")
        yield document(
            title=first(element, ".//Article/ArticleTitle", ".//Article/VernacularTitle"),
            abstract=_abstract(element),
            authors=[_author(author) for author in element.iterfind(".//Article/AuthorList/Author")],
            issued=_date(element),
            url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdigit() else None,
            doi=first(
                element,
                ".//Article/ELocationID[@EIdType='doi']",
                "./PubmedData/ArticleIdList/ArticleId[@IdType='doi']",
            ),
            source=file.at(place),
        )


def _abstract(element: Any) -> str:
    parts = []
    for part in element.iterfind(".//Article/Abstract/AbstractText"):
        label = part.get("Label", "")
        parts.append(f"{label}: {text(part)}" if label and label != "UNLABELLED" else text(part))
    return " ".join(parts)


def _author(author: Any) -> str:
    return f"{first(author, 'ForeName', 'Initials')} {first(author, 'LastName', 'CollectiveName')}"


def _date(element: Any) -> str:
    """The day it went on line if given, else the issue's date."""
    for path in (".//Article/ArticleDate", ".//Article/Journal/JournalIssue/PubDate"):
        date = element.find(path)
        if date is not None:
            parts = [first(date, name) for name in ("Year", "Month", "Day")]
            separator = "-" if parts[1].isdigit() else " "
            return separator.join(filter(None, parts)) or first(date, "MedlineDate")
    return ""
