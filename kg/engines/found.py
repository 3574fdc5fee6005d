"""What extraction found in a document, as it passes between processes and is kept: without the document."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Any

from kg.records import Document, PaperRecord

__all__ = ["EXTRACTOR", "Extractor", "Lost", "attempt", "extractor", "pack", "unpack"]

EXTRACTOR = "kg.extract:extract"
"""Where the function lies that extracts: its module and its name there."""

Extractor = Callable[[Iterable[Document]], Iterable[PaperRecord]]

_FOUND = ("models", "datasets", "concepts", "relations", "results")


@dataclass(frozen=True, slots=True)
class Lost:
    """A document that could not be extracted."""

    reason: str


def extractor(place: str, gazetteer: bool) -> Extractor:
    """The function at a place like :data:`EXTRACTOR`, with its option.

    Raises:
        ImportError, AttributeError: it is not there.
    """
    module, _, name = place.partition(":")
    function: Any = getattr(import_module(module), name)
    return function if gazetteer else partial(function, gazetteer=False)


def attempt(extract: Extractor, document: Document) -> bytes | Lost:
    """What is found in one document, packed; an exception loses this document alone."""
    try:
        (record,) = extract([document])
        return pack(record)
    except Exception as error:
        said = str(error).strip().partition("\n")[0][:200]
        return Lost(f"could not be extracted ({type(error).__name__}{f': {said}' if said else ''})")


def pack(record: PaperRecord) -> bytes:
    """What a record says of its document: JSON, compressed."""
    found = record.to_json()
    return zlib.compress(json.dumps({name: found[name] for name in _FOUND}).encode(), 1)


def unpack(packed: bytes, document: Document) -> PaperRecord:
    """The record that was packed, of the document as it was read now.

    Raises:
        ValueError, KeyError, TypeError, zlib.error: these are no such bytes.
    """
    found = json.loads(zlib.decompress(packed))
    return replace(PaperRecord.from_json({"title": "", **found}), document=document)
