"""A SPARQL query split into its tokens, for those who look into one without running it.

The engine has a parser of its own and keeps it to itself. What is here tells words, names and brackets from
what only looks like them inside strings, IRIs and comments; it accepts any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from urllib.parse import urljoin

__all__ = ["Token", "closing", "declared_prefixes", "iri_of", "operations", "tokens", "variables"]

Kind = Literal["string", "iri", "variable", "name", "word", "mark"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query; comments and blanks are none."""

    kind: Kind
    """``name`` is a prefixed name, ``mark`` a single character that is nothing else."""
    text: str
    start: int
    """Where it begins, in characters from 0."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)

    def is_word(self, word: str) -> bool:
        """Whether it is this keyword, in any case of letters."""
        return self.kind == "word" and self.text.upper() == word


def tokens(sparql: str) -> list[Token]:
    """All tokens of a query, in order."""
    return list(_tokens(sparql))


def closing(found: Sequence[Token], opening: int) -> int:
    """The place in ``found`` of the bracket that closes the one at ``opening``; the end if none does."""
    pairs = {"{": "}", "(": ")", "[": "]"}
    first = found[opening].text
    depth = 0
    for place in range(opening, len(found)):
        if found[place].kind == "mark":
            depth += (found[place].text == first) - (found[place].text == pairs[first])
            if not depth:
                return place
    return len(found)


def variables(found: Sequence[Token]) -> list[str]:
    """The variables of a query, in the order they first appear, without their mark."""
    return list(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))


def operations(sparql: str) -> list[str]:
    """The words of a query outside all brackets and after its prologue, in capitals: what it does.

    ``DEFINE`` with a name and a value, which some engines take for an option, counts as prologue.
    """
    found = tokens(sparql)
    words: list[str] = []
    place = depth = 0
    while place < len(found):
        token = found[place]
        if not words and (length := _PROLOGUE.get(token.text.upper())) and token.kind == "word":
            place += length
            continue
        if token.kind == "mark":
            depth = max(0, depth + (token.text in "{([") - (token.text in "})]"))
        if not depth and (token.kind == "word" or (token.kind == "mark" and token.text == "\\")):
            words.append(token.text.upper())
        place += 1
    return words


def declared_prefixes(found: Sequence[Token]) -> dict[str, str]:
    """The prefixes that a query declares, with their namespaces."""
    base = _base(found)
    return {
        name.text.rstrip(":"): _whole(iri.text[1:-1], base)
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri"
    }


def iri_of(token: Token, found: Sequence[Token], prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a token of a query stands for; none when it is no IRI or its prefix is unknown."""
    if token.kind == "iri":
        return _whole(token.text[1:-1], _base(found))
    if token.kind != "name":
        return None
    prefix, _, local = token.text.partition(":")
    namespace = {**prefixes, **declared_prefixes(found)}.get(prefix)
    return None if namespace is None else namespace + re.sub(r"\\(.)", r"\1", local)


_PROLOGUE = {"PREFIX": 3, "BASE": 2, "DEFINE": 3}
"""Tokens that each declaration takes."""

_TOKEN = re.compile(
    r'''(?P<comment>\#[^\r\n]*)
    |(?P<string>"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d_][\w.-]*|_)?:(?:[\w:%-]|\.(?=[\w.:%\\-])|\\[^\w\s])*)
    |(?P<word>@?[^\W\d]\w*(?:-\w+)*)
    |(?P<mark>\S)''',
    re.VERBOSE | re.DOTALL,
)


def _tokens(sparql: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup
        if kind is not None and kind != "comment":
            yield Token(kind, match[0], match.start())  # type: ignore[arg-type]


def _base(found: Sequence[Token]) -> str:
    for word, iri in pairwise(found):
        if word.is_word("BASE") and iri.kind == "iri":
            return iri.text[1:-1]
    return ""


def _whole(iri: str, base: str) -> str:
    joined = urljoin(base, iri)
    # urljoin takes an empty fragment for none.
    return f"{joined}#" if iri.endswith("#") and not joined.endswith("#") else joined
