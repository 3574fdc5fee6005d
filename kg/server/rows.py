"""Rows of SELECT queries, as the pages ask for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["Row", "Rows", "rows_for", "texts"]

_JSON = "application/sparql-results+json"

Row = Mapping[str, NamedNode | Literal]
"""The bound variables of one solution; blank nodes are left out."""

Rows = Callable[[str], Awaitable[list[Row]]]
"""Evaluates a SELECT query."""


def rows_for(request: Request) -> Rows:
    """Evaluates queries on behalf of a request, which waits for its turn as any query of that client does.

    The result raises what :meth:`kg.server.workers.Workers.query` raises.
    """
    from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

    workers, client = request.app.state.workers, request.client.host if request.client else "unknown"

    async def rows(sparql: str) -> list[Row]:
        reply = await workers.query(sparql, accept=(_JSON,), client=client)
        solutions = parse_query_results(reply.body, QueryResultsFormat.JSON)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [
            {name: term for name in names if isinstance(term := solution[name], NamedNode | Literal)}
            for solution in solutions
        ]

    return rows


def texts(row: Row) -> dict[str, str]:
    """The IRIs and values of a row as plain text."""
    return {name: term.value for name, term in row.items()}
