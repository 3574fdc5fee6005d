"""Which of the media types on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["best"]


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type to answer with; ``None`` when the client takes none of them.

    The most exact range that fits a type decides its quality. Of types liked equally the first offered wins.
    Parameters other than ``q`` are left aside, and so is what is no media range; a header without any media
    range is as good as none.

    Args:
        accept: the ``Accept`` header; without one the first type is taken.
        offered: media types without parameters, those preferred first.
    """
    ranges = [
        (match["type"].lower(), _quality(match["parameters"])) for match in _RANGE.finditer(accept or "")
    ]
    if not ranges:
        return offered[0] if offered else None
    liked = [(_liking(type_, ranges), -place, type_) for place, type_ in enumerate(offered)]
    quality, _, type_ = max(liked, default=(0.0, 0, ""))
    return type_ if quality > 0 else None


_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(
    rf"""(?:^|,)[ \t]*(?P<type>{_TOKEN}/{_TOKEN})(?P<parameters>(?:[ \t]*;(?:[^",;]|"(?:[^"\\]|\\.)*")*)*)"""
)
_Q = re.compile(r"""(?:^|;)[ \t]*q[ \t]*=[ \t]*([01](?:\.\d*)?|\.\d+)[ \t]*(?=;|$)""", re.IGNORECASE)


def _quality(parameters: str) -> float:
    match = _Q.search(re.sub(r'"(?:[^"\\]|\\.)*"', "", parameters))
    return min(float(match[1]), 1.0) if match else 1.0


def _liking(type_: str, ranges: Sequence[tuple[str, float]]) -> float:
    family = type_.partition("/")[0]
    for range_ in (type_.lower(), f"{family.lower()}/*", "*/*"):
        qualities = [quality for name, quality in ranges if name == range_]
        if qualities:
            return max(qualities)
    return 0.0
