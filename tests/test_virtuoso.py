"""Virtuoso, loaded and asked as docs/stores.md says, answers the named queries as the embedded store does."""

from __future__ import annotations

import re
import runpy
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from contested import contested
from query_rows import comparable, filled, parameters
from typer.testing import CliRunner

from kg.cli import app
from kg.endpoint import Endpoint
from kg.graph import KnowledgeGraph
from kg.query import named_queries
from kg.store import Store

pytestmark = pytest.mark.skipif(
    not (shutil.which("virtuoso-t") and shutil.which("isql-vt")), reason="Virtuoso is not installed"
)

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "stores.md"
BASE = KnowledgeGraph().base
PATIENCE = 120
"""Seconds that the server has to start and to stop."""


@dataclass(frozen=True, slots=True)
class Virtuoso:
    """A running server, and the folder that it may load from."""

    folder: Path
    sql_port: int
    http_port: int

    def run(self, statements: str) -> str:
        """What ``isql-vt`` prints."""
        script = self.folder / "script.sql"
        script.write_text(statements, encoding="utf-8")
        options = ("VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF", "ERRORS=STDOUT")
        command = ["isql-vt", f"127.0.0.1:{self.sql_port}", "dba", "dba", *options, str(script)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout

    def load(self, graph: KnowledgeGraph) -> None:
        """Make the store hold this graph and no other, with the statements of the page."""
        graph.save(self.folder / "graph")
        load, empty = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        printed = self.run(empty + load.replace("/data/graph", str(self.folder / "graph")))
        assert printed.strip() == ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/sparql"

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        return comparable(Endpoint(self.url, timeout=PATIENCE).query(query).rows, BASE)


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A server of its own with the settings of the page, on free ports."""
    folder = tmp_path_factory.mktemp("virtuoso")
    server = Virtuoso(folder, _free_port(), _free_port())
    (settings,) = re.findall(r"```ini\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for shown, here in (
        ("127.0.0.1:1111", f"127.0.0.1:{server.sql_port}"),
        ("127.0.0.1:8890", f"127.0.0.1:{server.http_port}"),
        ("/data/graph", str(folder / "graph")),
    ):
        assert settings.count(shown) == 1
        settings = settings.replace(shown, here)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    (folder / "www").mkdir()
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    log = (folder / "printed.txt").open("wb")
    process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(process, server.sql_port, folder)
        _wait_for(process, server.http_port, folder)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


# The large one first: Virtuoso keeps its plans, and one made for little data is slow on much.
@pytest.fixture(scope="module", params=["large", "contested", "seeds"])
def loaded(request: pytest.FixtureRequest, virtuoso: Virtuoso) -> KnowledgeGraph:
    """The graph that the server holds; in a large one it takes other ways to an answer."""
    graph: KnowledgeGraph
    if request.param == "large":
        graph = runpy.run_path(str(ROOT / "benchmarks" / "sparql" / "synthetic.py"))["graph_of"](100_000)
    else:
        graph = contested() if request.param == "contested" else request.getfixturevalue("seeds_graph")
    virtuoso.load(graph)
    return graph


@pytest.fixture(scope="module")
def store(loaded: KnowledgeGraph) -> Store:
    return Store.of(loaded)


def test_every_statement_of_the_file_is_loaded(virtuoso: Virtuoso, loaded: KnowledgeGraph) -> None:
    lines = (virtuoso.folder / "graph" / "graph.nq").read_text(encoding="utf-8").splitlines()
    paper = f"{loaded.base}paper/"
    count = (
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{paper}") || STR(?g) = "{loaded.base}") }}'
    )
    assert virtuoso.ask(count) == [(float(len(lines)),)]


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_answers_the_same_there(virtuoso: Virtuoso, store: Store, name: str) -> None:
    query = named_queries()[name].sparql
    here = comparable(store.query(query).rows, BASE)
    assert virtuoso.ask(query) == here


@pytest.mark.parametrize("name", named_queries())
def test_a_named_query_about_one_thing_answers_the_same_there(
    virtuoso: Virtuoso, store: Store, name: str
) -> None:
    answer = store.query(named_queries()[name].sparql)
    for parameter in parameters(name):
        column = parameter if parameter in answer.variables else answer.variables[0]
        things = {row[answer.variables.index(column)] for row in answer.rows}
        nodes = sorted(key for (key,) in comparable([(t,) for t in things if t], BASE) if "://" not in key)
        for node in [*nodes[:4], *nodes[-2:], "model/nobody"]:
            query = filled(name, BASE, **{parameter: node})
            here = comparable(store.query(query).rows, BASE)
            assert virtuoso.ask(query) == here


def test_the_named_graph_tells_the_paper_there(virtuoso: Virtuoso, store: Store) -> None:
    query = "SELECT DISTINCT ?paper ?a ?b WHERE { GRAPH ?paper { ?a kg:dependsOn ?b } }"
    here = Counter(comparable(store.query(query).rows, BASE))
    assert here
    assert Counter(virtuoso.ask(query)) == here


def test_the_command_line_prints_the_same_from_there(virtuoso: Virtuoso, loaded: KnowledgeGraph) -> None:
    model = next(subject for subject, _, _ in loaded.edges("basedOn"))
    command = ["query", "ancestry", "--param", f"thing={loaded.nx.nodes[model]['label']}"]
    here = CliRunner().invoke(app, [*command, "--graph", str(virtuoso.folder / "graph")])
    there = CliRunner().invoke(app, [*command, "--endpoint", virtuoso.url])
    assert here.exit_code == there.exit_code == 0, there.output
    assert here.stdout == there.stdout
    assert here.stdout.count("\n") > 2


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"Virtuoso did not start: {(folder / 'printed.txt').read_text()[-2000:]}")
