"""Small graphs to draw, and a browser that reaches nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph

CHROMIUM = shutil.which("chromium")
CHROMEDRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name resolves and no proxy helps: whatever the page asked for would fail, and be seen.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
)


@pytest.fixture
def graph() -> KnowledgeGraph:
    """Two papers on X-ray that share a dataset, one on MRI that stands alone."""
    graph = KnowledgeGraph()
    add = graph.nx.add_node
    add("paper/one", kind="paper", label="Lungs at a glance", issued="2024-03", url="https://example.org/one")
    add("paper/two", kind="paper", label="Ribs removed", authors=("Ada Moore", "Li Wen"), doi="10.1000/ribs")
    add("paper/three", kind="paper", label="Quiet scanners", abstract="A short text.")
    add("model/lungnet", kind="model", label="LungNet", aliases=("Lung Network",))
    add("model/ribnet", kind="model", label="RibNet")
    add("model/tesla", kind="model", label="TeslaFormer")
    add("dataset/chest-9", kind="dataset", label="Chest-9")
    add("dataset/chest-9-c", kind="dataset", label="Chest-9-C")
    add("modality/x-ray", kind="modality", label="X-ray")
    add("modality/mri", kind="modality", label="MRI")
    add("modality/imaging", kind="modality", label="Imaging")
    add("metric/dice", kind="metric", label="Dice")
    claim = graph.add_claim
    claim("paper/one", "introduces", "model/lungnet", "paper/one", exact="We present LungNet.")
    claim("paper/one", "uses", "dataset/chest-9", "paper/one")
    claim("paper/one", "mentions", "model/tesla", "paper/one")
    claim("paper/two", "introduces", "model/ribnet", "paper/two")
    claim("paper/two", "uses", "dataset/chest-9", "paper/two")
    claim("paper/two", "comparesWith", "model/lungnet", "paper/two")
    claim("paper/three", "introduces", "model/tesla", "paper/three")
    claim("paper/one", "hasModality", "modality/x-ray", "paper/one")
    claim("paper/two", "hasModality", "modality/x-ray", "paper/two")
    claim("paper/three", "hasModality", "modality/mri", "paper/three")
    for modality in ("modality/x-ray", "modality/mri"):
        graph.nx.add_edge(modality, "modality/imaging", key="broader", predicate="broader")
    trained = "The Lung Network was trained on Chest-9, not on Chest-9-C."
    claim(
        "model/lungnet",
        "trainedOn",
        "dataset/chest-9",
        "paper/one",
        exact=trained,
        method="cue:trained",
        confidence=0.75,
    )
    claim("paper/one", "mentions", "dataset/chest-9-c", "paper/one")
    claim("model/lungnet", "evaluatedOn", "dataset/chest-9", "paper/one", exact=trained)
    claim(
        "model/lungnet", "evaluatedOn", "dataset/chest-9", "paper/two", exact="LungNet on Chest-9 is weaker."
    )
    claim("model/ribnet", "outperforms", "model/lungnet", "paper/two", exact="RibNet is ahead of LungNet.")
    add("result/one-1", kind="result", label="0.91", text="0.91", value=0.91, gain=False, exact=trained)
    claim("result/one-1", "evaluates", "model/lungnet", "paper/one")
    claim("result/one-1", "inMetric", "metric/dice", "paper/one")
    claim("result/one-1", "reportedIn", "paper/one", "paper/one")
    return graph


@pytest.fixture
def site_graph(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The small graph with tasks, a second generation and a source of the dataset."""
    add, claim = graph.nx.add_node, graph.add_claim
    for key, label in (("task/classification", "classification"), ("task/segmentation", "segmentation")):
        add(key, kind="task", label=label)
    add("dataset/wards", kind="dataset", label="Wards")
    add("model/grandchild", kind="model", label="Grandchild")
    claim("paper/one", "hasTask", "task/classification", "paper/one", exact="We classify.")
    claim("paper/three", "hasTask", "task/segmentation", "paper/three")
    claim(
        "dataset/chest-9", "derivedFrom", "dataset/wards", "paper/one", exact="Chest-9 is drawn from Wards."
    )
    claim("model/ribnet", "basedOn", "model/lungnet", "paper/two", exact="RibNet extends LungNet.")
    claim("model/grandchild", "basedOn", "model/ribnet", "paper/two", exact="Grandchild starts from RibNet.")
    return graph


@pytest.fixture
def site(site_graph: KnowledgeGraph, tmp_path: Path) -> Path:
    """The folder of pages of that graph."""
    from kg.views.site import write_site

    write_site(site_graph, tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def open_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Opens a file in Chromium at a width and in a colour scheme, and waits until the page is ready."""
    yield from opener(tmp_path_factory.mktemp("profile"), "--disable-gpu")


@pytest.fixture(scope="session")
def open_webgl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """The same in a Chromium that draws WebGL, in software."""
    software = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
    yield from opener(tmp_path_factory.mktemp("profile"), *software)


def opener(profile: Path, *flags: str) -> Iterator[Callable[..., Any]]:
    webdriver = pytest.importorskip("selenium.webdriver")
    if CHROMIUM is None or CHROMEDRIVER is None:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, *flags, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))

    def open_(path: Path, width: int = 1200, height: int = 800, scheme: str = "light") -> Any:
        from selenium.webdriver.support.ui import WebDriverWait

        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        browser.get("about:blank")
        browser.get_log("performance")
        browser.get_log("browser")
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        browser.get(path.as_uri())
        ready = "return document.documentElement.dataset.ready === 'true'"
        WebDriverWait(browser, 20).until(lambda page: page.execute_script(ready))
        return browser

    yield open_
    browser.quit()
