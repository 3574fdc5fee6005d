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
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


def start(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def ask(served: Served) -> httpx.Response:
    return httpx.post(served.sparql, data=QUERY, timeout=60)


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_query_that_runs_gets_its_answer_before_the_server_ends(folder: Path, number: int) -> None:
    with serving(folder, "--workers", 2, "--timeout", 4) as served, ThreadPoolExecutor() as pool:
        children = processes(served.process.pid)
        assert len(children) == 2
        running = pool.submit(ask, served)
        time.sleep(1)
        served.process.send_signal(number)
        # The answer to this one is that its time was up: nobody cut it off before.
        assert running.result().status_code == 504
        assert served.process.wait(20) == 0
        assert gone(children)
        assert served.process.stderr
        assert served.process.stderr.read() == "stopped\n"
        with pytest.raises(httpx.ConnectError):
            httpx.get(served.address)


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
