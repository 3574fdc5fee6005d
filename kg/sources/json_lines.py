"""JSON Lines: one object a line, as this product, arXiv's metadata dump and most pipelines write them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Document
from kg.sources.fields import paper, papers_in, parsed
from kg.sources.opened import OpenFile

__all__ = ["NAME", "read", "sniff"]

NAME = "JSON Lines"


def sniff(head: str) -> bool:
    """Whether one of the first lines is a whole object; in a JSON document none is, or it is all of it."""
    lines = head.lstrip().splitlines()[:20]
    return head.lstrip().startswith("{") and any(_is_object(line.rstrip()) for line in lines)


def read(file: OpenFile) -> Iterator[Document]:
    """Papers line by line; a broken line is a failure and the next one is read."""
    for number, line in file.lines():
        if not line.strip():
            continue
        try:
            records = list(papers_in(parsed(line)))
        except ValueError as error:
            file.fail(f"line {number}", f"not JSON: {error}")
            continue
        for record in records:
            try:
                found = paper(record, file.at(number))
            except (ValueError, TypeError, KeyError) as error:
                file.fail(f"line {number}", f"not a paper: {error}")
            else:
                yield found


def _is_object(line: str) -> bool:
    return len(line) > 2 and line[0] == "{" and line[-1] == "}"
