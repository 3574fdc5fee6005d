"""What edges carry, held in little room: a large graph is millions of small dicts with the same keys."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, MutableMapping, ValuesView
from functools import lru_cache
from typing import Any

__all__ = ["Parallel", "edge_attributes", "edge_key"]

_REMEMBERED = 1 << 16
"""Numbers that are held once, at most."""

Attributes = dict[str, Any]


class Parallel(MutableMapping[Any, Attributes]):
    """The edges from one node to another by key, as NetworkX asks for; mostly there is one.

    A dict of one item takes 200 bytes, this 50; from the second edge on there is a dict inside.
    """

    __slots__ = ("_held", "_key")

    def __init__(self) -> None:
        self._key: Any = None
        """Of the only edge; None when there is none, or a dict."""
        self._held: Any = None
        """Attributes of the only edge, or a dict of them by key, or nothing."""

    def __getitem__(self, key: Any) -> Attributes:
        if self._key is not None and self._key == key:
            only: Attributes = self._held
            return only
        return self._dict()[key]

    def __setitem__(self, key: Any, attributes: Attributes) -> None:
        if self._key is not None and self._key != key:
            self._key, self._held = None, self._dict()
        if self._key is None and self._held:
            self._held[key] = attributes
        else:
            self._key, self._held = key, attributes

    def __delitem__(self, key: Any) -> None:
        left = self._dict()
        del left[key]
        self._key, self._held = None, left

    def __iter__(self) -> Iterator[Any]:
        return iter(self._dict())

    def __len__(self) -> int:
        return 1 if self._key is not None else len(self._held or ())

    def __contains__(self, key: object) -> bool:
        return self._key == key if self._key is not None else bool(self._held) and key in self._held

    def __repr__(self) -> str:
        return repr(self._dict())

    def keys(self) -> KeysView[Any]:
        """The keys, in the order in which the edges were added."""
        return self._dict().keys()

    def values(self) -> ValuesView[Attributes]:
        """The attributes, in that order."""
        return self._dict().values()

    def items(self) -> ItemsView[Any, Attributes]:
        """Both."""
        return self._dict().items()

    def popitem(self) -> tuple[Any, Attributes]:
        """Take out the edge that was added last.

        Raises:
            KeyError: there is none.
        """
        left = self._dict()
        item = left.popitem()
        self._key, self._held = None, left
        return item

    def _dict(self) -> dict[Any, Attributes]:
        return {self._key: self._held} if self._key is not None else self._held or {}


def edge_attributes(attributes: Mapping[str, Any]) -> Attributes:
    """A dict of the same items that takes about half of the room, since its keys are held elsewhere.

    Numbers of the same value and type are one object.
    """
    held = _Edge.__new__(_Edge).__dict__
    for name, value in attributes.items():
        held[name] = _one(value) if isinstance(value, int | float) else value
    return held


@lru_cache(maxsize=256)
def edge_key(predicate: str, paper: str | None) -> str:
    """The key of an edge; one text for the edges of a paper, which mostly follow each other."""
    return f"{predicate}|{paper or ''}"


class _Edge:
    """Where the attributes of an edge come from: the dicts of a class's instances share their keys."""

    __slots__ = ("__dict__",)

    def __init__(self) -> None:
        # All that an edge may carry, so that there is room for the rare ones from the beginning.
        self.predicate = self.paper = self.exact = self.method = ""
        self.start = self.end = 0
        self.confidence = 1.0


@lru_cache(maxsize=_REMEMBERED, typed=True)
def _one(value: float) -> float:
    return value


_Edge()  # from now on the keys are known
