"""The web application: the SPARQL endpoint, the pages, and what both send with every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.query import QueryError
from kg.server.faults import Busy, EndpointError, Stopping, status
from kg.server.protocol import METHODS, sparql
from kg.server.settings import Settings
from kg.server.workers import Workers

__all__ = ["LOOPBACK", "application"]

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Names of this machine that no other machine can stand behind."""


def application(
    directory: str | Path,
    *,
    settings: Settings | None = None,
    workers: Workers | None = None,
    local: bool = False,
) -> Starlette:
    """An ASGI application that serves the graph in a folder.

    ``app.state`` holds ``workers``, ``settings`` and ``directory`` for those who answer requests.

    Args:
        directory: what ``kg build`` wrote.
        workers: those to ask; without them they are started with the application and end with it.
        local: whether only this machine can reach it. Where ``settings.cors`` keeps other origins out, a
            request must then name this machine or one of those origins as its host: otherwise a page could
            get past that by giving its own name this machine's address (DNS rebinding).
    """
    from kg.server.pages import routes

    settings = settings or (workers.settings if workers else Settings())
    pool = workers or Workers(directory, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if workers:
            yield
        else:
            async with pool:
                yield

    middleware = [Middleware(_Headers)]
    if local and "*" not in settings.cors:
        hosts = [*LOOPBACK, *(urlsplit(origin).hostname or "" for origin in settings.cors)]
        middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False))
    middleware.append(
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors,
            allow_methods=METHODS,
            allow_headers=["*"],
            expose_headers=["ETag", "Retry-After", "Content-Location", "Link"],
            max_age=86_400,
        )
    )
    app = Starlette(
        routes=[Route("/sparql", sparql, methods=METHODS), *routes()],
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={QueryError: _failed, EndpointError: _failed},
    )
    app.state.workers = pool
    app.state.settings = settings
    app.state.directory = Path(directory)
    return app


async def _failed(_: Request, error: Exception) -> Response:
    assert isinstance(error, QueryError | EndpointError)
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, Busy | Stopping):
        headers["Retry-After"] = "5"
    return PlainTextResponse(f"{error}\n", status(error), headers)


class _Headers:
    """Adds what every answer says to browsers, unless a page has said it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def started(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await self._app(scope, receive, started if scope["type"] == "http" else send)
