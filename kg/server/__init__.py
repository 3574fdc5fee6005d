"""The SPARQL endpoint and its pages over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.server.settings import Settings

if TYPE_CHECKING:
    from kg.server.asgi import application
    from kg.server.running import serve

__all__ = ["Settings", "application", "serve"]


def __getattr__(name: str) -> Any:
    # The processes that evaluate queries import this package and need no web framework.
    if name == "application":
        from kg.server.asgi import application

        return application
    if name == "serve":
        from kg.server.running import serve

        return serve
    raise AttributeError(f"module 'kg.server' has no attribute {name!r}")
