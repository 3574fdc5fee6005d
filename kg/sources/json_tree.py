"""A JSON document: one paper, a list of papers, or a feed's object with the list in it, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.records import Document
from kg.sources.fields import CONTAINERS, DEEPEST, paper, papers_in
from kg.sources.opened import LIMIT, OpenFile

__all__ = ["NAME", "read", "sniff"]

NAME = "JSON"

Events = Iterator[tuple[str, Any]]
_OPENING = ("start_map", "start_array")
_CLOSING = ("end_map", "end_array")
_VALUE = 64
"""What a value takes in memory besides its characters."""
_HOPELESS = 1000 * DEEPEST
"""So deep, nesting has no end."""


def sniff(head: str) -> bool:
    """Whether it starts as an object or a list of objects does."""
    start = head.lstrip()
    return start[:1] == "{" or (start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "[", "]"))


def read(file: OpenFile) -> Iterator[Document]:
    """Papers one after another; one that is none or too large is a failure, broken JSON ends the file.

    Raises:
        ValueError: it is nested without end, or holds a string without end.
    """
    import ijson  # type: ignore[import-untyped]

    stream = _Bounded(file.utf8(valid=True))
    events = stream.resting(ijson.basic_parse(stream, buf_size=1 << 20, multiple_values=True, use_float=True))
    number = 0
    try:
        for value in _values(events):
            for record in papers_in(value):
                number += 1
                file.place = f"record {number}"
                if isinstance(record, _Refused):
                    file.fail(file.place, record.reason)
                    continue
                try:
                    found = paper(record, file.at(file.place))
                except (ValueError, TypeError, KeyError) as error:
                    file.fail(file.place, f"not a paper: {error}")
                else:
                    yield found
    except ijson.JSONError as error:
        reason = str(error).strip().partition("\n")[0]
        file.fail(f"after record {number}", f"broken JSON: {reason}; what follows was not read")


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands for a record that was passed over."""

    reason: str


class _Bounded:
    """A stream that refuses to be read on and on while nothing comes of it: one string without end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._unused = 0

    def read(self, size: int) -> bytes:
        """The next bytes.

        Raises:
            ValueError: so much has been read since the last event that it must be one string.
        """
        if self._unused > LIMIT:
            raise ValueError(f"a string longer than {LIMIT >> 20} MiB")
        part = self._stream.read(size)
        self._unused += len(part)
        return part

    def resting(self, events: Events) -> Events:
        """The events, each of which shows that what was read is used."""
        for event in events:
            self._unused = 0
            yield event


def _values(events: Events) -> Iterator[Any]:
    """The items of the outermost list, or of the lists in which an object keeps papers, one at a time."""
    for event, value in events:
        if event == "start_array":
            yield from _items(events)
        elif event == "start_map":
            yield from _feed(events)
        else:
            yield value


def _items(events: Events) -> Iterator[Any]:
    for event, value in events:
        if event == "end_array":
            return
        yield _build(event, value, events)


def _feed(events: Events, depth: int = 0) -> Iterator[Any]:
    """An object whose opening was taken: the papers in it, else itself.

    A list is taken for the feed's papers unless the object has shown itself to be a paper by its abstract:
    our own record has ``results`` too.
    """
    fields: dict[str, Any] = {}
    streamed = False
    for event, key in events:
        if event == "end_map":
            break
        event, value = next(events)
        is_feed = key in CONTAINERS and not {"abstract", "summary"} & fields.keys()
        if is_feed and event == "start_array":
            streamed = True
            yield from _items(events)
        elif is_feed and event == "start_map" and "title" not in fields:
            streamed = True
            if depth > DEEPEST:
                raise ValueError(f"lists within lists, more than {DEEPEST} deep")
            yield from _feed(events, depth + 1)
        else:
            fields[key] = _build(event, value, events)
    if not streamed:
        yield fields


def _build(event: str, value: Any, events: Events) -> Any:
    """One whole value, of which the first event was taken; one too long or deep is passed over.

    Raises:
        ValueError: it is nested without end.
    """
    from ijson.common import ObjectBuilder  # type: ignore[import-untyped]

    if event not in _OPENING:
        return value
    builder = ObjectBuilder()
    refused: _Refused | None = None
    depth = size = 0
    while True:
        depth += (event in _OPENING) - (event in _CLOSING)
        size += (len(value) if isinstance(value, str) else 0) + _VALUE
        if refused is None:
            builder.event(event, value)
            if depth > DEEPEST:
                refused = _Refused(f"a record nested more than {DEEPEST} deep")
            elif size > LIMIT:
                refused = _Refused(f"a record longer than {LIMIT >> 20} MiB")
        if not depth:
            return refused or builder.value
        if depth > _HOPELESS:
            raise ValueError("nested without end")
        event, value = next(events)
