"""The SPARQL 1.1 Protocol's query operation, from an HTTP request to its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from kg.query import QueryRefused
from kg.server.description import describe
from kg.server.formats import GRAPHS, NAMES, RESULTS, content_type
from kg.server.frames import CHUNK
from kg.server.negotiation import best
from kg.server.reply import Reply
from kg.server.workers import Workers

__all__ = ["METHODS", "Operation", "operation", "sparql"]

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_REFUSED = "updates are refused: the graph is read-only here"
_BODY_SECONDS = 30.0
_FIELDS = 10_000
_HEADERS = {
    "Vary": "Accept",
    "Cache-Control": "no-cache",
    # RDF and XML of a query's own making must not run scripts when a browser shows them.
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for."""

    query: str | None
    """``None`` when the request has no query."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: str | None = None
    """An Accept header."""


async def sparql(request: Request) -> Response:
    """The endpoint: answers a query, describes itself when there is none."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
    asked = await operation(request)
    if asked.query is None:
        return await _described(request, asked.accept)
    workers: Workers = request.app.state.workers
    answer = workers.query(
        asked.query,
        accept=(asked.accept or "",),
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
        client=request.client.host if request.client else "unknown",
    )
    return _answered(request, await _unless_gone(request, answer))


async def operation(request: Request) -> Operation:
    """Read a request.

    Raises:
        HTTPException: 400 for parameters that are missing, repeated or no UTF-8; 413 for too long a body;
            415 for a body of another media type.
        QueryRefused: it is an update.
    """
    fields = _fields(request.scope["query_string"], "the address")
    if request.method == "POST":
        media_type, charset = _content_type(request.headers.get("content-type", ""))
        if media_type == _UPDATE:
            raise QueryRefused(_REFUSED)
        if media_type not in (_FORM, _QUERY):
            raise HTTPException(415, f"POST a query as {_QUERY}, or as a field of {_FORM}")
        if charset not in ("utf-8", "utf8", "us-ascii"):
            raise HTTPException(400, "the body must be UTF-8")
        body = await _body(request)
        if media_type == _FORM:
            fields += _fields(body, "the body")
        else:
            fields.append(("query", _text(body, "the body")))
    return _operation(fields, request)


def _operation(fields: Sequence[tuple[str, str]], request: Request) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    if values("update"):
        raise QueryRefused(_REFUSED)
    queries = values("query")
    if len(queries) > 1:
        raise HTTPException(400, f"{len(queries)} queries in one request: send one at a time")
    if not queries and request.method == "POST":
        raise HTTPException(400, "the form has no field called query")
    accept: str | None = ", ".join(request.headers.getlist("accept"))
    wanted = [name for name in (*values("format"), *values("output")) if name]
    if wanted:
        accept = _named(wanted[0])
    return Operation(
        queries[0] if queries else None, values("default-graph-uri"), values("named-graph-uri"), accept
    )


def _named(format: str) -> str:
    if format.lower() in NAMES:
        return ", ".join(NAMES[format.lower()])
    if format in RESULTS or format in GRAPHS:
        return format
    raise HTTPException(400, f"no such format; choose one of {', '.join(NAMES)}, or send an Accept header")


def _content_type(header: str) -> tuple[str, str]:
    """Media type and character set, in lower case."""
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return media_type, value.strip(' "')
    return media_type, "utf-8"


def _fields(data: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise HTTPException(400, f"{where} holds text that is not UTF-8") from None
    except ValueError:
        raise HTTPException(400, f"{where} has more than {_FIELDS} fields") from None


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, f"{where} is not UTF-8") from None


async def _body(request: Request) -> bytes:
    limit = request.app.state.settings.query_bytes
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise HTTPException(
                        413, f"the request has more than {limit} bytes, which is the most taken"
                    )
    except TimeoutError:
        raise HTTPException(408, f"the body did not arrive within {_BODY_SECONDS:g} s") from None
    except ClientDisconnect:
        raise HTTPException(400, "the body is not whole") from None
    return bytes(body)


async def _unless_gone(request: Request, answer: Coroutine[Any, Any, Reply]) -> Reply:
    """The answer; nobody evaluates it any longer once the client has hung up."""
    task = asyncio.ensure_future(answer)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise HTTPException(499, "the client hung up")
        return task.result()
    finally:
        gone.cancel()
        task.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    if request.method != "POST":
        async for _ in request.stream():
            pass
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _answered(request: Request, reply: Reply) -> Response:
    tag = f'"{reply.digest}-{reply.media_type.rpartition("/")[2]}"'
    headers = _HEADERS | {"ETag": tag, "Content-Length": str(reply.size)}
    if request.method != "POST" and _matches(request.headers.get("if-none-match", ""), tag):
        del headers["Content-Length"]
        return Response(status_code=304, headers=headers)
    media_type = content_type(reply.media_type)
    if reply.size <= CHUNK:
        return Response(reply.body, headers=headers, media_type=media_type)
    return StreamingResponse(reply.chunks(), headers=headers, media_type=media_type)


def _matches(header: str, tag: str) -> bool:
    return tag in (part.strip().removeprefix("W/") for part in header.split(","))


async def _described(request: Request, accept: str | None) -> Response:
    media_type = best(accept, [*GRAPHS, "text/html"])
    if media_type is None:
        raise HTTPException(406, "the description of this endpoint is RDF: ask for text/turtle")
    if media_type == "text/html":
        return RedirectResponse("./", 303, {"Vary": "Accept"})
    body = await describe(request, GRAPHS[media_type])
    return Response(body, headers=_HEADERS, media_type=content_type(media_type))
