"""SPARQL queries: the named ones that ship, what is refused, and faults explained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.parameters import Parameter

__all__ = ["NamedQuery", "QueryError", "QueryRefused", "check", "named_queries", "syntax_error"]


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
    shown = lines[min(line, len(lines)) - 1].replace("\t", " ")
    hint = _hint(sparql, bare, complaint, prefixes)
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

_IRI = re.compile(r"""<([^<>"{}|^`\\\s]*)>""")
_UPDATE = re.compile(r"\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_FORMS = re.compile(r"\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
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
        return f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not {body.split()[0]!r}"
    return ""


def _hint(sparql: str, bare: str, complaint: str, prefixes: Mapping[str, str]) -> str:
    if _UNBOUND in complaint:
        return "a selected variable is neither grouped nor aggregated; add it to GROUP BY"
    for address in _IRI.findall(sparql):
        if ":" not in address and not re.search(r"\bBASE\b", bare, re.IGNORECASE):
            return f"<{address}> is not a whole IRI such as <http://…>; or write it with a prefix"
    declared = {*prefixes, *re.findall(r"\bPREFIX\s+([^\s:]*):", bare, re.IGNORECASE)}
    unknown = sorted({*re.findall(r"(?<![\w:-])([A-Za-z][\w-]*):", bare)} - declared)
    if _NO_PREFIX in complaint and unknown:
        known = ", ".join(sorted(prefixes))
        return f"the prefix {unknown[0]}: is not declared; known without PREFIX are {known}"
    if '"' in bare or "'" in bare:
        return "a string is not closed"
    for opening, closing in ("{}", "()"):
        missing = bare.count(opening) - bare.count(closing)
        if missing:
            return f"{abs(missing)} {closing if missing > 0 else opening} missing"
    return "not SPARQL 1.1 from here on"


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset].split("\n")
    return len(before), len(before[-1]) + 1
