"""Plain text out of what files hold: markup and entities resolved, white space and control characters tidied.

Letters, signs and LaTeX stay as they are: offsets of evidence are counted in what comes out of here.
"""

from __future__ import annotations

import html
import re

__all__ = ["abstract", "clean", "normal", "printable"]

# Only tags that publishers use to format titles and abstracts: "p <0.05" and unknown tags stay text.
_INLINE = (
    "i b u em strong sub sup small span a tt code abbr font italic bold sc scp monospace underline roman "
    "xref inline-formula ext-link styled-content named-content institution"
)
_BREAKS = "p br div ul ol li list list-item sec title label table tr td th h1 h2 h3 h4 disp-formula abstract"
# Possessive, here and below: a text made to that end would have every way of backtracking tried.
_ATTRIBUTES = r"(?:\s++[\w:.-]++\s*+=[^<>]*+|\s*+/?+)>"


def _tags(names: str) -> re.Pattern[str]:
    return re.compile(rf"</?(?:jats:)?(?:{'|'.join(names.split())}){_ATTRIBUTES}", re.IGNORECASE)


_INLINE_TAG = _tags(_INLINE)
_BREAK_TAG = _tags(_BREAKS)
_MATH_TAG = re.compile(rf"</?mml:[a-z]++{_ATTRIBUTES}", re.IGNORECASE)
_SECTION_TITLE = re.compile(r"<((?:jats:)?title)>\s*([^<>]{1,200}?)[\s:.]*</\1>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Among them U+0002 within a word, which PDF readers leave where a word was broken.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]|(?<=\\w)\x02(?=\\w)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_NOT_WORD = re.compile(r"[\W_]+")

# "Abstract: We", "Abstract—We", "ABSTRACT We"; but not "Abstract reasoning is" or "Abstract-level".
_ABSTRACT_PREFIX = re.compile(r"(?:(?i:abstract)\s*(?:[:：.—–]+\s*|-+\s+)|ABSTRACT\s+)(?=\S)")


def clean(text: str) -> str:
    """One line of plain text: known tags dropped, entities resolved once, white space single."""
    text = " ".join(printable(text).split())
    if "<" not in text and "&" not in text:
        return text
    if "<" in text:
        text = _SECTION_TITLE.sub(r" \2: ", text)
        text = _INLINE_TAG.sub("", _MATH_TAG.sub("", _BREAK_TAG.sub(" ", text)))
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return " ".join(printable(text).split())


def abstract(text: str) -> str:
    """An abstract as :func:`clean` gives it, starting with its own first words and not with the heading."""
    text = clean(text)
    prefix = _ABSTRACT_PREFIX.match(text)
    return text[prefix.end() :] if prefix else text


def printable(text: str) -> str:
    """The text with spaces for control characters and U+FFFD for lone surrogates, so that UTF-8 holds it."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _INVISIBLE.sub("", text)))


def normal(text: str) -> str:
    """Letters and digits alone, lower-case: what two spellings of one title have in common."""
    return _NOT_WORD.sub("", text.casefold())
