"""Why a query got no answer, with the HTTP status that says so."""

from __future__ import annotations

from typing import ClassVar

from kg.query import QueryError, QueryRefused

__all__ = [
    "AnswerTooLarge",
    "Busy",
    "EndpointError",
    "NotAcceptable",
    "QueryTimeout",
    "QueryTooHeavy",
    "Stopping",
    "from_name",
    "status",
]


class EndpointError(Exception):
    """A query without an answer for no fault of its wording; the message says what to do."""

    status: ClassVar[int] = 500


class NotAcceptable(EndpointError):
    """The answer exists in none of the media types that the client takes."""

    status = 406


class AnswerTooLarge(EndpointError):
    """The answer has more bytes than allowed."""

    status = 413


class Busy(EndpointError):
    """Too many queries wait, or no turn came in time."""

    status = 503


class Stopping(EndpointError):
    """The server ends, and the query did not get done before."""

    status = 503


class QueryTimeout(EndpointError):
    """The query ran longer than allowed."""

    status = 504


class QueryTooHeavy(EndpointError):
    """The query took more memory than allowed, or is nested deeper than the engine can follow."""

    status = 507


def status(error: QueryError | EndpointError) -> int:
    """The HTTP status of a fault: 400 for a query that is no SPARQL, 403 for one that is refused."""
    if isinstance(error, EndpointError):
        return error.status
    return 403 if isinstance(error, QueryRefused) else 400


def from_name(name: str, text: str) -> QueryError | EndpointError:
    """The fault that a worker process named; an unknown name is an :class:`EndpointError`."""
    return _NAMED.get(name, EndpointError)(text)


_NAMED: dict[str, type[QueryError] | type[EndpointError]] = {
    class_.__name__: class_ for class_ in (QueryError, QueryRefused, NotAcceptable, AnswerTooLarge)
}
