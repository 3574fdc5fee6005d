"""SPARQL queries: the named ones that ship, what is refused, and faults explained."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.parameters import Parameter
    from kg.tokens import Token

__all__ = ["NamedQuery", "QueryError", "QueryRefused", "check", "check_form", "named_queries", "syntax_error"]


class QueryError(ValueError):
    """A query that cannot or may not be run; the message says where and what to do."""


class QueryRefused(QueryError):
    """A query that may not be run: it would change the graph or reach outside it."""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with the product."""

    name: str
    question: str
    """What it answers, in one or two sentences."""
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    """What values may be given for, in the order the file declares them."""


def named_queries() -> dict[str, NamedQuery]:
    """The queries of ``ontology/queries``, by name.

    The comment that a file begins with is its question, up to the first line that declares a parameter (see
    :mod:`kg.parameters`).
    """
    from kg.parameters import declared, question
    from kg.resources import ontology

    found = {}
    for path in sorted(ontology("queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = NamedQuery(path.stem, question(text), text, declared(text))
    return found


def check(sparql: str) -> None:
    """Refuse what reaches outside the graph.

    Raises:
        QueryRefused: the query calls another endpoint (``SERVICE``).
    """
    # Whatever could be a SERVICE clause is refused, even inside a comment or a string: how the engine
    # splits a query into words is not ours to know, and a false alarm costs less than a request sent.
    for match in _SERVICE.finditer(sparql):
        if not match["name"]:
            line, column = _place(sparql, match.start("word"))
            raise QueryRefused(
                f"line {line}, column {column}: SERVICE is refused: a query sees this graph alone.\n"
                "To ask another endpoint as well, load graph.nq into a store that allows it."
            )


def check_form(sparql: str) -> None:
    """Refuse what is no query, before it is sent to an engine that would obey it.

    Raises:
        QueryRefused: it is an update, or holds one.
        QueryError: it begins with none of SELECT, ASK, CONSTRUCT and DESCRIBE.
    """
    from kg.tokens import operations

    words = operations(sparql)
    if any(word in _UPDATES for word in words):
        raise QueryRefused("updates are refused and not sent: kg query only asks. Use a tool of that store.")
    if not words or words[0] not in _QUERIES:
        raise QueryError(_beginning(_WORDLESS.sub(" ", sparql)) or _NO_QUERY)


def syntax_error(sparql: str, error: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """The engine's complaint as one that says where the fault is and what may be wrong."""
    bare = _WORDLESS.sub(" ", sparql)
    if hint := _beginning(bare):
        return QueryRefused(hint) if hint is _UPDATE_REFUSED else QueryError(hint)
    place = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
    if not place:
        return QueryError(f"cannot read the query: {error}")
    line, column, complaint = int(place[1]), int(place[2]), place[3]
    lines = sparql.split("\n")
    hint, place_ = _hint(sparql, bare, complaint, prefixes)
    if place_ is not None:
        line, column = _place(sparql, place_)
    shown = lines[min(line, len(lines)) - 1].replace("\t", " ")
    return QueryError(f"line {line}, column {column}: {hint}\n  {shown}\n  {' ' * (column - 1)}^")


_GAP = r"(?:[ \t\r\n]|#[^\r\n]*(?:[\r\n]|$))*"
_SERVICE = re.compile(
    rf"""(?P<name>[?$:]\w*)?(?P<word>service){_GAP}(?:silent{_GAP})?(?:[<?$]|[^\s<>{{}}"']*:)""",
    re.IGNORECASE | re.ASCII,
)
"""A SERVICE clause up to its address; after ``?``, ``$`` or ``:`` the word is part of a name."""

_WORDLESS = re.compile(
    r'''"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|'''
    r"""<[^<>"{}|^`\\\s]*>|#[^\r\n]*|[?$]\w+""",
    re.DOTALL,
)
"""What holds no keywords: strings, IRIs, comments, variables."""

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_QUERIES = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATE = re.compile(rf"\s*({'|'.join(_UPDATES)})\b", re.IGNORECASE)
_FORMS = re.compile(rf"\s*({'|'.join(_QUERIES)})\b", re.IGNORECASE)
_NO_QUERY = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
_UPDATE_REFUSED = "updates are refused: the graph is read-only here. Change the input and build again."
_UNBOUND = "variable that is unbound"
_NO_PREFIX = "Prefix not found"
"""Words of the engine's complaints."""


def _beginning(bare: str) -> str:
    """What is wrong with the query as a whole, whatever place the engine stopped at; empty if nothing is."""
    body = re.sub(r"\b(?:PREFIX\s+[^\s:]*:|BASE)(?=\s)", "", bare, flags=re.IGNORECASE)
    if not body.strip():
        return "the query is empty; try SELECT * WHERE { ?s ?p ?o } LIMIT 10"
    if _UPDATE.match(body):
        return _UPDATE_REFUSED
    if not _FORMS.match(body):
        return f"{_NO_QUERY}, not {body.split()[0]!r}"
    return ""


def _hint(sparql: str, bare: str, complaint: str, prefixes: Mapping[str, str]) -> tuple[str, int | None]:
    """What may be wrong, and where that begins; no place where the engine's is the best."""
    from kg.tokens import closing, declared_prefixes, tokens

    found = tokens(sparql)
    if _UNBOUND in complaint:
        return "a selected variable is neither grouped nor aggregated; add it to GROUP BY", None
    for token in found:
        if token.kind == "iri" and ":" not in token.text and not re.search(r"\bBASE\b", bare, re.IGNORECASE):
            return (
                f"{token.text} is not a whole IRI such as <http://…>; or write it with a prefix",
                token.start,
            )
    if _NO_PREFIX in complaint:
        declared = {*prefixes, *declared_prefixes(found), "_"}
        for token in found:
            prefix, colon, _ = token.text.partition(":")
            if token.kind == "name" and colon and prefix not in declared:
                known = ", ".join(sorted(prefixes))
                hint = f"the prefix {prefix}: is not declared; known without PREFIX are {known}"
                return hint, token.start
    for token in found:
        if token.kind == "mark" and token.text in ('"', "'"):
            return "a string is not closed", token.start
    for opening, end in ("{}", "()"):
        missing = sum((token.text == opening) - (token.text == end) for token in found)
        if missing > 0:
            unclosed = next(
                token.start
                for place, token in enumerate(found)
                if token.text == opening and closing(found, place) == len(found)
            )
            line, column = _place(sparql, unclosed)
            return f"{missing} {end} missing for the {opening} at line {line}, column {column}", None
        if missing < 0:
            return f"{-missing} {opening} missing", _unopened(found, opening, end)
    return "not SPARQL 1.1 from here on", None


def _unopened(found: Sequence[Token], opening: str, end: str) -> int | None:
    """Where the first bracket is that closes none."""
    depth = 0
    for token in found:
        depth += (token.text == opening) - (token.text == end)
        if depth < 0:
            return token.start
    return None


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].split("\n")
    return len(before), len(before[-1]) + 1
