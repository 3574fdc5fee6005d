"""YAML to a tree of scalars, lists and mappings that knows its lines, and nothing else.

Scalars stay the text they are: a model called ``No`` or ``1e3`` is no boolean and no number. Tags, anchors
and aliases are refused, so a file can neither make objects nor grow when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

__all__ = ["Node", "YamlError", "parse"]

DEEPEST = 6
"""Levels of lists and mappings; corrections need four."""


class YamlError(ValueError):
    """The text is no YAML that is read here; ``line`` says where, from 1."""

    def __init__(self, line: int, reason: str) -> None:
        self.line, self.reason = line, reason
        super().__init__(f"line {line}: {reason}")


@dataclass(slots=True)
class Node:
    """A scalar (``text``), a list (``items``) or a mapping (``pairs``)."""

    line: int
    text: str | None = None
    """Of a scalar; None of a list or mapping."""
    quoted: bool = False
    items: list[Node] | None = None
    pairs: dict[str, Node] | None = None
    _key: tuple[str, int] | None = field(default=None, repr=False)
    """The key of a mapping whose value comes next, and its line."""


def parse(stream: IO[bytes]) -> Node | None:
    """The tree of the one document in a stream; None when it holds none.

    Raises:
        YamlError: it is no YAML, not UTF-8 or UTF-16, nested too deep, holds two documents, tags, anchors,
            aliases, a key that is no scalar or one key twice.
    """
    root: Node | None = None
    open_: list[Node] = []
    for event in _events(stream):
        name = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 1
        if name == "AliasEvent" or getattr(event, "anchor", None):
            raise YamlError(
                line, "anchors and aliases (& and *) are not read: write it out, or quote the name"
            )
        if getattr(event, "tag", None):
            raise YamlError(line, "tags (!) are not read: take it out, or quote the name")
        if name in ("SequenceEndEvent", "MappingEndEvent"):
            open_.pop()
            continue
        if name == "ScalarEvent":
            node = Node(line, text=event.value, quoted=bool(event.style))
        elif name == "SequenceStartEvent":
            node = Node(line, items=[])
        elif name == "MappingStartEvent":
            node = Node(line, pairs={})
        elif name == "DocumentStartEvent" and root is not None:
            raise YamlError(line, "a second document begins here: a file holds one")
        else:
            continue
        if open_:
            _put(open_[-1], node)
        else:
            root = node
        if node.text is None:
            if len(open_) == DEEPEST:
                raise YamlError(line, f"nested more than {DEEPEST} levels deep")
            open_.append(node)
    return root


def _put(parent: Node, node: Node) -> None:
    """Hang a node where it belongs."""
    if parent.items is not None:
        parent.items.append(node)
    elif parent.pairs is not None:
        if parent._key is None:
            if node.text is None:
                raise YamlError(node.line, "a key must be a word, not a list or mapping: quote the name")
            parent._key = node.text, node.line
        else:
            (key, line), parent._key = parent._key, None
            if key in parent.pairs:
                raise YamlError(line, f"{key!r} is given twice in one entry")
            parent.pairs[key] = node


def _events(stream: IO[bytes]) -> Iterator[Any]:
    """What the parser sees, one after the other: what is refused is refused before the rest is read."""
    import yaml

    try:
        yield from yaml.parse(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, f"not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise YamlError(1, f"not valid YAML: {' '.join(str(error).split())}") from None
