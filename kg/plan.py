"""What a query asks an engine to do: its algebra, step by step, with the number of statements behind each.

Oxigraph does not tell in which order it evaluates a query. The algebra of the SPARQL standard (here as rdflib
makes it) tells what is joined, filtered and grouped, inner steps first; counts tell which pattern is large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kg.lines import shortened

__all__ = ["Count", "explained"]

Count = Callable[[str], int]
"""How many solutions a group graph pattern (``{ ?s ?p ?o }``) has on its own."""


def explained(sparql: str, prefixes: Mapping[str, str], count: Count | None = None) -> str:
    """The algebra of a query, a step a line, indented under the step that takes its solutions.

    Args:
        prefixes: known without declaration; names are shortened with them.
        count: tells how many statements fit a pattern; no numbers when left out.

    Raises:
        ValueError: rdflib cannot read the query, though the engine may.
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = translateQuery(parseQuery(sparql), initNs=dict(prefixes))
    except RecursionError:
        raise ValueError("no plan: the query is nested too deeply") from None
    except Exception as error:  # rdflib has no class of its own for what it cannot read
        said = shortened(str(error), 200)
        raise ValueError(f"no plan, since rdflib cannot read the query: {said}") from None
    lines = list(_Steps(prefixes, count).of(query.algebra, 0, ""))
    width = max((len(step) for step, _ in lines), default=0)
    return "".join(f"{step:<{width}}  {number:>10}".rstrip() + "\n" for step, number in lines)


Line = tuple[str, str]
_NAMES = {
    "SelectQuery": "Select",
    "AskQuery": "Ask",
    "ConstructQuery": "Construct",
    "DescribeQuery": "Describe",
    "LeftJoin": "LeftJoin (OPTIONAL)",
    "BGP": "Patterns (BGP)",
    "ToMultiSet": "Solutions of",
    "values": "VALUES",
    "Extend": "Extend (BIND)",
    "AggregateJoin": "Aggregate",
}
_INNER = ("p", "p1", "p2")
_HELD = ("graph", "part", "where")
"""Where EXISTS keeps its group."""


class _Steps:
    def __init__(self, prefixes: Mapping[str, str], count: Count | None) -> None:
        self._prefixes, self._count = prefixes, count

    def of(self, step: Any, depth: int, graph: str) -> Iterator[Line]:
        """Lines of a step and of those it takes solutions from; ``graph`` is the GRAPH they stand in."""
        indent = "  " * depth
        yield f"{indent}{_NAMES.get(step.name, step.name)}{self._about(step)}", ""
        for group in _exists(step.get("expr")):
            yield f"{indent}  {group.name.removeprefix('Builtin_').replace('NOTEXISTS', 'NOT EXISTS')}", ""
            for pattern in _triples(group):
                yield self._pattern(pattern, indent + "    ", graph)
        for pattern in step.triples if step.name == "BGP" else ():
            yield self._pattern(pattern, indent + "  ", graph)
        if step.name == "Graph":
            graph = step.term.n3()
        for name in _INNER:
            if isinstance(step.get(name), Mapping):
                yield from self.of(step[name], depth + 1, graph)

    def _about(self, step: Any) -> str:
        if step.name in ("Project", "Group", "OrderBy"):
            terms = step.PV if step.name == "Project" else step.expr or ()
            return " " + " ".join(filter(None, map(self._short, terms)))
        if step.name == "Extend":
            return f" {self._term(step.var)}"
        if step.name == "Graph":
            return f" {self._term(step.term)}"
        if step.name == "Slice":
            return f" {step.length} from {step.start}"
        if step.name in ("Filter", "LeftJoin"):
            names = sorted({variable.n3() for variable in _variables(step.expr)})
            return " on " + " ".join(names) if names else ""
        if step.name == "values":
            names = sorted({variable.n3() for row in step.res for variable in row})
            return f" {' '.join(names)}: {len(step.res)}"
        return ""

    def _short(self, term: Any) -> str:
        order, variable = None, term
        # Grouped by a variable, an expression, or ordered by either in a direction.
        if isinstance(term, Mapping):
            order, variable = term["order"], term["expr"]
        shown = "(…)" if isinstance(variable, Mapping) else self._term(variable)
        return f"DESC({shown})" if order == "DESC" else shown

    def _pattern(self, pattern: Sequence[Any], indent: str, graph: str) -> Line:
        shown = " ".join(map(self._term, pattern))
        is_path = not hasattr(pattern[1], "toPython")
        if self._count is None or is_path:
            return f"{indent}{shown}", "path" if is_path else ""
        written = f"{{ {' '.join(term.n3() for term in pattern)} }}"
        return f"{indent}{shown}", f"{self._count(f'{{ GRAPH {graph} {written} }}' if graph else written):,}"

    def _term(self, term: Any) -> str:
        shown = str(term.n3())
        for prefix, namespace in self._prefixes.items():
            shown = shown.replace(f"<{namespace}", f"\0{prefix}:")
        parts = shown.split("\0")
        return parts[0] + "".join(part.replace(">", "", 1) for part in parts[1:])


def _exists(expression: Any) -> Iterator[Any]:
    """The EXISTS and NOT EXISTS of an expression."""
    if isinstance(expression, Mapping):
        if getattr(expression, "name", "") in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield expression
            return
        for name, value in expression.items():
            if name != "_vars":
                yield from _exists(value)
    elif isinstance(expression, list | tuple):
        for value in expression:
            yield from _exists(value)


def _variables(expression: Any) -> Iterator[Any]:
    from rdflib.term import Variable

    if isinstance(expression, Variable):
        yield expression
    elif isinstance(expression, Mapping):
        for name, value in expression.items():
            if name not in ("_vars", *_HELD):
                yield from _variables(value)
    elif isinstance(expression, list | tuple):
        for value in expression:
            yield from _variables(value)


def _triples(group: Any) -> Iterator[Sequence[Any]]:
    """The patterns of a group that was not made into algebra."""
    if isinstance(group, Mapping):
        for triple in group.get("triples", ()) or ():
            yield from (triple[place : place + 3] for place in range(0, len(triple) - 2, 3))
        for name in _HELD:
            yield from _triples(group.get(name))
    elif isinstance(group, list | tuple):
        for part in group:
            yield from _triples(part)
