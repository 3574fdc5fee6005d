"""Heavy queries end with a clear answer, and do others no harm."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from serving import HEAVY, Served, gone, processes, serving

from kg.server import Settings
from kg.server.faults import Busy
from kg.server.workers import Workers

QUICK = "SELECT ?model { ?model a fair4ml:MLModel }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


@pytest.fixture(scope="module")
def narrow(folder: Path) -> Iterator[Served]:
    """A server with small limits."""
    with serving(folder, "--workers", 3, "--timeout", 2, "--max-answer", 1, "--memory", 200) as served:
        yield served


def ask(served: Served, query: str, **more: object) -> httpx.Response:
    return httpx.post(served.sparql, data={"query": query, **more}, timeout=60)


def test_a_cross_product_times_out_while_others_are_answered(narrow: Served) -> None:
    with ThreadPoolExecutor(8) as pool:
        heavy = [pool.submit(ask, narrow, HEAVY) for _ in range(1)]
        answered = 0
        while not all(one.done() for one in heavy):
            reply = ask(narrow, QUICK)
            assert reply.status_code == 200
            answered += not all(one.done() for one in heavy)
        replies = [one.result() for one in heavy]
    assert answered
    for reply in replies:
        assert reply.status_code == 504
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert "2 s" in reply.text
        assert "LIMIT" in reply.text


def test_more_heavy_queries_than_workers_leave_the_server_whole(narrow: Served) -> None:
    with ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda _: ask(narrow, HEAVY), range(12)))
    assert {reply.status_code for reply in replies} <= {503, 504}
    busy = [reply for reply in replies if reply.status_code == 503]
    assert busy
    assert all(int(reply.headers["retry-after"]) > 0 for reply in busy)
    assert ask(narrow, QUICK).status_code == 200


def test_an_answer_that_is_too_large_is_an_error_and_not_cut(narrow: Served) -> None:
    reply = ask(narrow, LARGE, format="csv")
    assert reply.status_code == 413
    assert "1 MB" in reply.text
    assert len(ask(narrow, LARGE + " LIMIT 500").json()["results"]["bindings"]) == 500


@linux
def test_a_query_that_takes_too_much_memory_is_an_error(folder: Path) -> None:
    with serving(folder, "--workers", 2, "--timeout", 60, "--memory", 50) as served:
        reply = ask(served, LARGE + " ORDER BY ?l ?a LIMIT 5")
        assert reply.status_code == 507
        assert "50 MB" in reply.text
        assert ask(served, QUICK).status_code == 200


@linux
def test_a_query_nobody_waits_for_any_longer_is_stopped(folder: Path) -> None:
    with serving(folder, "--workers", 1, "--timeout", 60) as served:
        (before,) = processes(served.process.pid)
        host = urlsplit(served.address)
        with socket.create_connection((host.hostname or "", host.port or 0)) as connection:
            query = f"GET /sparql?query={HEAVY.replace(' ', '+').replace('?', '%3F').replace('&', '%26')}"
            connection.sendall(f"{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(1)
        assert ask(served, QUICK).status_code == 200
        assert processes(served.process.pid).isdisjoint({before})


@linux
def test_workers_that_somebody_ends_are_replaced(folder: Path) -> None:
    with serving(folder, "--workers", 2) as served:
        before = processes(served.process.pid)
        for number in before:
            os.kill(number, signal.SIGKILL)
        assert gone(before)
        assert [ask(served, QUICK).status_code for _ in range(3)] == [200, 200, 200]
        assert len(processes(served.process.pid) - before) == 2


def test_fifty_clients_at_once_are_all_answered(endpoint: Served) -> None:
    queries = [QUICK, "ASK { ?s ?p ?o }", "DESCRIBE model:one", "SELECT * { ?s ?p ?o } LIMIT 100"]
    end = time.monotonic() + 4

    async def one(number: int) -> list[int]:
        codes = []
        async with httpx.AsyncClient(timeout=60) as client:
            while not codes or time.monotonic() < end:
                query = queries[(number + len(codes)) % len(queries)]
                codes.append((await client.post(endpoint.sparql, data={"query": query})).status_code)
        return codes

    async def all_() -> list[list[int]]:
        return await asyncio.gather(*map(one, range(50)))

    for codes in asyncio.run(all_()):
        assert codes
        assert set(codes) == {200}


def test_one_client_cannot_shut_another_out(folder: Path) -> None:
    async def scene() -> None:
        async with Workers(folder, Settings(workers=2, timeout=60)) as workers:
            greedy = [asyncio.create_task(workers.query(HEAVY, client="greedy")) for _ in range(4)]
            await asyncio.sleep(0.2)
            assert (await workers.query(QUICK, client="modest", timeout=30)).body
            assert not any(task.done() for task in greedy)
            for task in greedy:
                task.cancel()
            await asyncio.gather(*greedy, return_exceptions=True)

    asyncio.run(scene())


def test_a_full_queue_says_so_at_once(folder: Path) -> None:
    async def scene() -> None:
        async with Workers(folder, Settings(workers=1, timeout=3, waiting=1)) as workers:
            slow = [asyncio.create_task(workers.query(HEAVY)) for _ in range(2)]
            await asyncio.sleep(0.2)
            with pytest.raises(Busy, match="1 queries wait"):
                await workers.query(QUICK)
            await asyncio.gather(*slow, return_exceptions=True)

    asyncio.run(scene())


@pytest.mark.parametrize(
    "limit", ["timeout", "answer_bytes", "memory_bytes", "query_bytes", "workers", "waiting"]
)
def test_a_limit_that_nothing_could_keep_is_no_limit(limit: str) -> None:
    with pytest.raises(ValueError, match=limit):
        Settings(**{limit: 0})
    with pytest.raises(ValueError, match=limit):
        Settings(**{limit: float("nan")})


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/", "https://a.org https://b.org", ""])
def test_what_is_no_origin_is_not_taken_for_one(origin: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        Settings(cors=(origin,))
