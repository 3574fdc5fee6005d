"""What the XML formats share: records out of a stream, and text out of their elements.

A file is cut at its records' tags and each record is parsed alone, so that a broken one costs only itself
and memory stays flat. What stands before the first record, with any declaration of entities, never
reaches the parser: nothing outside the file is fetched and nothing is expanded; an entity that is not a
character's name stays as it is written.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from typing import Any

from kg.sources.opened import LIMIT, OpenFile

__all__ = ["first", "records", "text"]

_CHUNK = 1 << 16
_NAMESPACES = 100
"""Declarations of a root that are taken up; each is parsed again with every record."""
_BLOCKS = {"p", "sec", "title", "list", "list-item", "disp-formula", "AbstractText", "def-list", "br"}
# Second renderings of what stands beside them, and what belongs to no running text.
_DROPPED = {"fn", "graphic", "inline-graphic", "object-id", "annotation"}

_NAMESPACE = re.compile(r"""\sxmlns(?::[\w.-]+)?\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""")
_ENCODING = re.compile(r"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
# An outer subset that is named and not loaded makes an unknown entity a node instead of an error.
_DOCTYPE = '<!DOCTYPE r SYSTEM "none">'
_LOSSES = {"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY"}
"""Errors that cost nothing: the entity stays in the text."""


def records(file: OpenFile, name: str) -> Iterator[tuple[Any, str]]:
    """Elements of this name, with any prefix, and their places, one at a time.

    One within another of its name is not found. A record whose XML is broken, or that is longer than a
    record may be, is a failure and the rest goes on.
    """
    encoding = _encoding(file)
    namespaces = ""
    for number, (line, before, raw) in enumerate(_cut(file, name), start=1):
        file.place = f"record {number}"
        if number == 1:  # what the root declares holds for all records
            found = _NAMESPACE.findall(before.decode(encoding, "replace"))[:_NAMESPACES]
            namespaces = "".join(
                {declared.partition("=")[0].strip(): declared for declared in found}.values()
            )
        element = _parsed(file, line, f"<r{namespaces}>{raw.decode(encoding, 'replace')}</r>")
        if element is not None:
            yield element, file.place


def first(element: Any, *paths: str) -> str:
    """The text of the first of these paths that leads to any; ``{*}`` stands for any namespace."""
    for path in paths:
        for found in element.iterfind(path):
            if words := text(found).strip():
                return words
    return ""


def text(element: Any) -> str:
    """The text of an element and all in it, with blanks between paragraphs."""
    return "".join(_pieces(element))


def _cut(file: OpenFile, name: str) -> Iterator[tuple[int, bytes, bytes]]:
    """The line where each record starts, what stands before it (its end, if it is long), and its bytes."""
    opening = re.compile(rf"<(?:[\w.-]+:)?{name}(?=[\s>/])".encode())
    closing = re.compile(rf"</(?:[\w.-]+:)?{name}\s*>".encode())
    stream = file.utf8()
    line, buffer, searched = 1, bytearray(), 0
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        while start := _span(opening, buffer, 0):
            stop = _span(closing, buffer, max(start[1], searched))
            if not stop:
                break
            line += buffer.count(b"\n", 0, start[0])
            yield line, bytes(buffer[: start[0]]), bytes(buffer[start[0] : stop[1]])
            line += buffer.count(b"\n", start[0], stop[1])
            del buffer[: stop[1]]
            searched = 0
        # A tag may be cut by the end of the chunk; so far in, none ends.
        searched = max(0, len(buffer) - 100)
        if start and len(buffer) > LIMIT:
            file.fail(f"line {line}", f"the record is longer than {LIMIT >> 20} MiB: </{name}> is missing")
        if len(buffer) > (LIMIT if start else _CHUNK):
            line += buffer.count(b"\n", 0, searched)
            del buffer[:searched]
            searched = 0
    if start := _span(opening, buffer, 0):
        line += buffer.count(b"\n", 0, start[0])
        file.fail(f"line {line}", f"the file ends within a record: </{name}> is missing")


def _span(tag: re.Pattern[bytes], buffer: bytearray, start: int) -> tuple[int, int] | None:
    """Where a tag stands; no match, which would keep the buffer from changing its size."""
    found = tag.search(buffer, start)
    return found.span() if found else None


def _parsed(file: OpenFile, line: int, xml: str) -> Any:
    """The element in the wrapper, or None where it is broken: then the failure is reported."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        recover=True,  # to tell faults that lose text from those that don't
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring((_DOCTYPE + xml).encode("utf-8", "replace"), parser)
    faults = [fault for fault in parser.error_log.filter_from_fatals() if fault.type_name not in _LOSSES]
    if faults or root is None or not len(root):
        reason = faults[0].message.strip() if faults else "nothing in it can be read"
        at = line + faults[0].line - 1 if faults else line
        file.fail(f"line {at}", f"broken XML, {file.place} is left out: {reason}")
        return None
    return root[0]


def _encoding(file: OpenFile) -> str:
    """How the bytes of the file's UTF-8 view are to be decoded: as it declares itself, if it has no mark."""
    declared = _ENCODING.match(file.head)
    if declared and file.encoding == "utf-8":
        try:
            return codecs.lookup(declared[1]).name
        except LookupError:
            pass
    return "utf-8"


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    names = [_name(child) for child in element]
    for child, name in zip(element, names, strict=True):
        if name == "":  # an entity: html.unescape knows the characters' names and leaves any other as it is
            yield html.unescape(child.text or "")
        elif name == "tex-math":
            yield _formula("".join(child.itertext()))
        elif name in _BLOCKS:
            yield " "
            yield from _pieces(child)
            yield " "
        elif not (name in _DROPPED or (name == "math" and "tex-math" in names)):
            yield from _pieces(child)
        yield child.tail or ""


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _formula(tex: str) -> str:
    """The formula itself of a LaTeX document that holds one."""
    return tex.partition(r"\begin{document}")[2].partition(r"\end{document}")[0].strip() or tex
