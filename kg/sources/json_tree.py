"""A JSON document: one paper, a list of papers, or a feed's object with the list in it, read as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.records import Document
from kg.sources.fields import CONTAINERS, paper, papers_in
from kg.sources.opened import LIMIT, OpenFile

__all__ = ["NAME", "read", "sniff"]

NAME = "JSON"

Events = Iterator[tuple[str, Any]]
_OPENING = ("start_map", "start_array")
_CLOSING = ("end_map", "end_array")


def sniff(head: str) -> bool:
    """Whether it starts as an object or a list of objects does."""
    start = head.lstrip()
    return start[:1] == "{" or (start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "[", "]"))


def read(file: OpenFile) -> Iterator[Document]:
    """Papers one after another; one that is none is a failure, broken JSON ends the file."""
    import ijson  # type: ignore[import-untyped]

    stream = _Bounded(file.utf8())
    events = stream.resting(ijson.basic_parse(stream, buf_size=1 << 20, multiple_values=True, use_float=True))
    number = 0
    try:
        for value in _values(events):
            for record in papers_in(value):
                number += 1
                file.place = f"record {number}"
                try:
                    found = paper(record, file.at(file.place))
                except (ValueError, TypeError, KeyError) as error:
                    file.fail(file.place, f"not a paper: {error}")
                else:
                    yield found
    except ijson.JSONError as error:
        reason = str(error).strip().partition("\n")[0]
        file.fail(f"after record {number}", f"broken JSON: {reason}; what follows was not read")


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


def _feed(events: Events) -> Iterator[Any]:
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
            yield from _feed(events)
        else:
            fields[key] = _build(event, value, events)
    if not streamed:
        yield fields


def _build(event: str, value: Any, events: Events) -> Any:
    """One whole value, of which the first event was taken.

    Raises:
        ValueError: it is longer than a record may be.
    """
    from ijson.common import ObjectBuilder  # type: ignore[import-untyped]

    if event not in _OPENING:
        return value
    builder = ObjectBuilder()
    depth = size = 0
    while True:
        builder.event(event, value)
        depth += (event in _OPENING) - (event in _CLOSING)
        size += len(value) + 1 if isinstance(value, str) else 1
        if not depth:
            return builder.value
        if size > LIMIT:
            raise ValueError(f"a record longer than {LIMIT >> 20} MiB")
        event, value = next(events)
