"""axe-core, as npm has it, finds no serious fault in any page, light or dark."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.views.site import write_single_page

AXE = "axe-core@4"
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {iframes: false}).then(
  (found) => done(found.violations.filter(({impact}) => ["serious", "critical"].includes(impact))
    .flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))),
  (error) => done([String(error)]));
"""


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    try:
        got = subprocess.run(command, capture_output=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm gave no answer")
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if got.returncode or not script.is_file():
        pytest.skip("npm has no axe-core to give")
    return script.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_serious_fault(
    graph: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any], axe: str, scheme: str, width: int
) -> None:
    graph.nx.add_node("task/classification", kind="task", label="classification")
    graph.add_claim("paper/one", "hasTask", "task/classification", "paper/one", exact="We classify.")
    graph.add_claim("model/ribnet", "basedOn", "model/lungnet", "paper/two", exact="RibNet extends LungNet.")
    graph.nx.nodes["paper/two"]["issued"] = "2021"
    page = write_single_page(graph, tmp_path / "all.html")
    browser = open_page(page, width=width, scheme=scheme)
    browser.execute_script(axe)
    found = {}
    cell = "modalities?modality/x-ray&task/classification"
    for fragment in (
        "index",
        "lineage",
        "model/lungnet",
        "paper/one",
        "metric/dice",
        "matrix?view=grid",
        "matrix?view=list",
        cell,
    ):
        browser.execute_script(
            "document.documentElement.dataset.ready = 'false'; location.hash = arguments[0]", fragment
        )
        browser.execute_async_script(
            "const done = arguments[0];"
            "const root = document.documentElement;"
            "const wait = () => root.dataset.ready === 'true' ? done() : setTimeout(wait, 20);"
            "wait();"
        )
        if faults := browser.execute_async_script(RUN):
            found[fragment] = faults
    assert found == {}
