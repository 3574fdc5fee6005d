"""One server for the tests that only ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from serving import Served, graph, serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of :func:`serving.graph`."""
    return graph().save(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def endpoint(folder: Path) -> Iterator[Served]:
    """A server of that graph."""
    with serving(folder, "--workers", 3, "--timeout", 20) as served:
        yield served


@pytest.fixture(scope="session")
def client(endpoint: Served) -> Iterator[httpx.Client]:
    """Asks that server: ``client.get("/sparql", …)``."""
    with httpx.Client(base_url=endpoint.address, timeout=60) as asking:
        yield asking
