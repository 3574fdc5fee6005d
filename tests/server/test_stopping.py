"""The server starts clearly and ends clean."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from serving import HEAVY, Served, gone, processes, serving

QUERY = {"query": HEAVY}
TIME_LEFT = "a query runs and may finish within 3 s; Ctrl-C again stops at once"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


def start(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def messages(served: Served) -> list[str]:
    assert served.process.stderr
    return served.process.stderr.read().splitlines()


def ask(served: Served) -> httpx.Response:
    return httpx.post(served.sparql, data=QUERY, timeout=60)


@linux
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_query_that_runs_gets_its_answer_before_the_server_ends(
    folder: Path, number: int, code: int
) -> None:
    with serving(folder, "--workers", 2, "--timeout", 2) as served, ThreadPoolExecutor() as pool:
        children = processes(served.process.pid)
        assert len(children) == 2
        running = pool.submit(ask, served)
        time.sleep(1)
        served.process.send_signal(number)
        # The answer to this one is that its time was up: nobody cut it off before.
        assert running.result().status_code == 504
        assert served.process.wait(20) == code
        assert gone(children)
        assert messages(served) == [TIME_LEFT, "stopped"]
        with pytest.raises(httpx.ConnectError):
            httpx.get(served.address)


@linux
@pytest.mark.parametrize("signals", [1, 2])
def test_queries_that_need_longer_are_told_that_the_server_stops(folder: Path, signals: int) -> None:
    # One client has all workers but one: the third query waits for its turn.
    with serving(folder, "--workers", 3) as served, ThreadPoolExecutor() as pool:
        children = processes(served.process.pid)
        running = [pool.submit(ask, served) for _ in range(3)]
        time.sleep(1)
        for _ in range(signals):
            served.process.send_signal(signal.SIGINT)
            time.sleep(0.3)
        for query in running:
            answer = query.result()
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert "the server is stopping" in answer.text
        assert served.process.wait(20) == 130
        assert len(children) == 3
        assert gone(children)
        assert messages(served) == [TIME_LEFT.replace("a query runs", "3 queries run"), "stopped"]


@linux
def test_a_client_that_does_not_take_its_answer_does_not_hold_the_server(folder: Path) -> None:
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 100000"
    with serving(folder, "--workers", 1) as served:
        address = served.address.removeprefix("http://").rpartition(":")
        with socket.create_connection((address[0], int(address[2]))) as client:
            query = httpx.URL(served.sparql, params={"query": large}).raw_path
            client.sendall(b"GET %b HTTP/1.1\r\nHost: localhost\r\n\r\n" % query)
            assert client.recv(12) == b"HTTP/1.1 200"
            served.process.send_signal(signal.SIGINT)
            assert served.process.wait(20) == 130
        assert messages(served) == ["stopped"]


@linux
def test_no_process_outlives_a_server_that_was_killed(folder: Path) -> None:
    with serving(folder, "--workers", 2, "--timeout", 1) as served, ThreadPoolExecutor() as pool:
        children = processes(served.process.pid)
        running = pool.submit(ask, served)
        time.sleep(0.3)
        served.process.kill()
        with pytest.raises(httpx.TransportError):
            running.result()
        assert len(children) == 2
        assert gone(children, within=20)


def test_a_port_in_use_is_one_clear_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = start("--graph", folder, "--port", port)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "--port" in ended.stderr


def test_an_address_of_another_machine_is_one_clear_line(folder: Path) -> None:
    ended = start("--graph", folder, "--host", "192.0.2.1", "--port", 0)
    assert ended.returncode == 1
    assert "192.0.2.1" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_without_a_graph_is_one_clear_line(tmp_path: Path) -> None:
    ended = start("--graph", tmp_path / "none", "--port", 0)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("error: ")
    assert "kg build" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_without_the_extra_it_says_what_to_install(folder: Path) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from kg.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", code, "serve", "--graph", str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "pip install 'biomed-kg[server]'" in ended.stderr


def test_other_machines_are_let_in_with_a_warning_only(folder: Path) -> None:
    with serving(folder, "--host", "0.0.0.0", "--workers", 1) as served:
        assert httpx.get(served.sparql.replace("0.0.0.0", "127.0.0.1"), params={"query": "ASK {}"}).is_success
        served.process.terminate()
        served.process.wait(20)
        assert served.process.stderr
        assert "other machines" in served.process.stderr.read()


def test_whom_cors_keeps_out_gets_no_further_by_another_host_name(folder: Path) -> None:
    with serving(folder, "--cors", "https://graph.example.org", "--workers", 1) as served:
        asked = {"query": "ASK {}"}

        def reply(**headers: str) -> httpx.Response:
            return httpx.get(served.sparql, params=asked, headers=headers)

        friend = reply(Origin="https://graph.example.org")
        assert friend.headers["access-control-allow-origin"] == "https://graph.example.org"
        assert "access-control-allow-origin" not in reply(Origin="https://evil.example").headers
        assert reply(Host="evil.example").status_code == 400
        assert reply(Host="localhost:80").is_success
        assert reply(Host="graph.example.org").is_success
