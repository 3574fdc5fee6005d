"""Text as a reader sees it, with the way back to the text as written.

Abstracts carry LaTeX (``\\textit{MedX}``, ``H\\&E``, ``92.3\\%``), words broken at a line's end ("im- age")
and odd spaces. The pipeline reads the plain text; what it finds is reported in offsets of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Plain", "to_plain"]

# What goes, and what stands in its place; the first group, where there is one, is kept.
REWRITES: tuple[tuple[str, str], ...] = (
    (r"\\(?:text\w*|emph|math\w*|textsc|underline|url|href|operatorname|boldsymbol)\s*\{", ""),
    (r"\\(?:times)\b", "×"),
    (r"\\(?:pm)\b", "±"),
    (r"\\(?:sim|approx)\b", "~"),
    (r"\\(?:alpha)\b", "α"),
    (r"\\(?:beta)\b", "β"),
    (r"\\(?:gamma)\b", "γ"),
    (r"\\(?:kappa)\b", "κ"),
    (r"\\(?:leq?|geq?|mu|sigma|lambda|,|;|!| )(?=\W|$)", ""),
    (r"\\(?=[&%_#$])", ""),
    (r"\\[`'^\"~=.](?=\{?\w)", ""),
    (r"(?<=[a-z])- (?=[a-z]{2,}(?<!\band)(?<!\bor)(?<!\bto))(?!(?:and|or|to|versus|vs)\b)", ""),
    (r"[{}$]", ""),
    (r"[\u00ad\u200b\u200c\u200d\ufeff]", ""),
    (r"[\u00a0\u2002-\u200a\u202f\t]", " "),
    (r"[\u2010\u2011\u2212]", "-"),
    (r"[\ud800-\udfff]", ""),
    (r"(?P<mark>[^\w\s])(?P=mark){19,}", ""),  # a ruled line, or an attack on whoever pairs brackets
)
PATTERN = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(REWRITES)))


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain text and, for its pieces, where each began in the original."""

    text: str
    starts: tuple[int, ...]
    """Offsets in the plain text where a piece begins, ascending."""
    origins: tuple[int, ...]
    """Where in the original the same piece begins."""

    def origin(self, offset: int) -> int:
        """The offset in the original of a character of the plain text."""
        i = bisect_right(self.starts, offset) - 1
        return self.origins[i] + offset - self.starts[i]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a non-empty stretch of the plain text came from."""
        return self.origin(start), self.origin(end - 1) + 1


def to_plain(text: str) -> Plain:
    """Plain text of a title and abstract; the length may shrink, never grow."""
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for match in PATTERN.finditer(text):
        kept = text[last : match.start()]
        written = REWRITES[int((match.lastgroup or "r0")[1:])][1]
        pieces += [kept, written]
        length += len(kept)
        if written:
            starts.append(length)
            origins.append(match.start())
            length += len(written)
        starts.append(length)
        origins.append(match.end())
        last = match.end()
    pieces.append(text[last:])
    return Plain("".join(pieces), tuple(starts), tuple(origins))
