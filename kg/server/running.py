"""Serving until told to stop."""

from __future__ import annotations

import asyncio
import errno
import ipaddress
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from kg.server.asgi import application
from kg.server.settings import Settings
from kg.server.stopping import EndingServer
from kg.server.workers import Workers

__all__ = ["is_local", "serve"]

_CONNECTIONS = 1000
"""How many may be open at once."""
_ADDRESS_BYTES = 2**18
"""How long the head of a request may be, and with it a query in the address; longer ones are sent by POST."""


def serve(
    directory: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    settings: Settings | None = None,
    ready: Callable[[str], None] | None = None,
    stopping: Callable[[int], None] | None = None,
) -> None:
    """Serve the graph in a folder over HTTP until SIGINT or SIGTERM.

    Queries that run then have a few seconds; those that need more get a 503. A second signal ends them at
    once.

    Args:
        directory: what ``kg build`` wrote.
        host: the address to listen at; by default only this machine can reach it.
        port: 0 is any that is free.
        ready: called with the address once requests are answered.
        stopping: called with the number of queries that the server, told to stop, gives time to finish.

    Raises:
        KeyboardInterrupt: SIGINT has ended it, and all is closed; after SIGTERM it returns.
        OSError: the address is in use or not this machine's.
        ValueError: the graph cannot be opened.
    """
    with _listening(host, port) as listening:
        address = _address(host, listening.getsockname()[1])
        settings = settings or Settings()
        before = signal.signal(signal.SIGTERM, _terminate)
        try:
            interrupted = asyncio.run(
                _serve(Path(directory), host, listening, settings, address, ready, stopping)
            )
        except _Terminated:
            return
        finally:
            signal.signal(signal.SIGTERM, before)
        if interrupted:
            raise KeyboardInterrupt


def is_local(host: str) -> bool:
    """Whether only this machine can reach a server that listens at this address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _serve(
    directory: Path,
    host: str,
    listening: socket.socket,
    settings: Settings,
    address: str,
    ready: Callable[[str], None] | None,
    stopping: Callable[[int], None] | None,
) -> bool:
    """Whether Ctrl-C has ended it."""
    async with Workers(directory, settings) as workers:
        app = application(directory, settings=settings, workers=workers, local=is_local(host))
        config = uvicorn.Config(
            app,
            log_level="warning",
            lifespan="off",
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            http="h11",
            h11_max_incomplete_event_size=_ADDRESS_BYTES,
        )
        if ready:
            ready(address)
        server = EndingServer(config, workers, stopping)
        await server.serve(sockets=[listening])
        return server.interrupted


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        elsewhere = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        hint = "is the --host right?" if elsewhere else "choose another --port, or stop what listens there"
        raise OSError(f"cannot listen at {_address(host, port)}: {error.strerror}; {hint}") from None
    except OverflowError:
        raise OSError(f"cannot listen at port {port}: choose one from 1 to 65535") from None


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class _Terminated(KeyboardInterrupt):
    """SIGTERM while the server starts; later ones are :class:`EndingServer`'s."""


def _terminate(number: int, frame: FrameType | None) -> None:
    raise _Terminated
