"""Small made-up graphs that tests of several rooms share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph

NASTY = 'a "quoted" <b>\n\t{x} | \\ </script> & \x00\x1b \u202eé 中 %20 =1+1'
"""Text with what breaks writers: quotes, markup, line ends, control characters, direction marks, escapes."""


@pytest.fixture
def small_graph() -> KnowledgeGraph:
    """Three papers, two models that each claim to beat the other, three datasets, and a leak.

    Betanet is based on Alphanet, which was trained on Gamma; Betanet was evaluated on Gamma.
    """
    graph = KnowledgeGraph()
    for key, attributes in _NODES.items():
        graph.nx.add_node(key, kind=key.partition("/")[0], **attributes)
    for subject, predicate, object_, paper, exact, confidence in _CLAIMS:
        evidence = {"exact": exact, "start": 10, "end": 10 + len(exact), "method": "test"}
        graph.add_claim(subject, predicate, object_, f"paper/{paper}", **evidence, confidence=confidence)
    for result, edges in _RESULTS.items():
        for predicate, target in edges.items():
            graph.add_claim(result, predicate, target, edges["reportedIn"])
    graph.nx.add_edge("modality/x-ray", "modality/imaging", key="broader|", predicate="broader")
    return graph


@pytest.fixture(scope="session")
def seeds_graph() -> KnowledgeGraph:
    """The graph of the papers that ship with the product, built once; not to be changed."""
    import kg

    return kg.build([Path(__file__).parents[1] / "seeds"])


@pytest.fixture
def hostile_graph() -> KnowledgeGraph:
    """A graph whose keys and texts all hold what could break a writer, under a base of its own."""
    graph = KnowledgeGraph(base="https://example.org/graph#")
    paper, model = f"paper/{NASTY}", "model/../a b/."
    graph.nx.add_node(
        paper,
        kind="paper",
        label=NASTY,
        title=NASTY,
        abstract=NASTY,
        authors=(NASTY, "", NASTY),
        issued=NASTY,
        url=NASTY,
        doi=NASTY,
        arxiv_id="",
        links=(NASTY, "a"),
        source=NASTY,
    )
    graph.nx.add_node(model, kind="model", label="=cmd()", aliases=("b", NASTY, "b", "a"))
    graph.nx.add_node("model/;", kind="model", label="", aliases=())
    graph.add_claim(
        paper, "introduces", model, paper, exact=NASTY, start=0, end=3, method=NASTY, confidence=1e-30
    )
    graph.add_claim(model, "basedOn", "model/;", paper)
    return graph


_NODES: dict[str, dict[str, Any]] = {
    "paper/p1": {
        "label": "Alphanet: reading films",
        "title": "Alphanet: reading films",
        "abstract": "We present Alphanet.",
        "authors": ("Zoe Young", "Ann Old"),
        "issued": "2024-03-01",
        "url": "https://example.org/p1?a=1&b=2",
        "doi": "10.1000/p1",
        "arxiv_id": "2403.00001",
        "links": ("https://example.org/z", "https://example.org/a"),
        "source": "list.txt:3",
    },
    "paper/p2": {"label": "Betanet", "title": "Betanet", "abstract": "We present Betanet.", "issued": "2025"},
    "paper/p3": {"label": "p3", "abstract": "A study.", "issued": "2025-02"},
    "model/alphanet": {"label": "Alphanet", "aliases": ("AN", "Alpha network")},
    "model/betanet": {"label": "Betanet"},
    "dataset/gamma": {"label": "Gamma", "aliases": ("Gamma CXR", "GCXR")},
    "dataset/delta": {"label": "Delta"},
    "dataset/epsilon": {"label": "Epsilon"},
    "modality/x-ray": {"label": "X-ray", "aliases": ("radiograph",)},
    "modality/imaging": {"label": "Imaging"},
    "task/classification": {"label": "classification"},
    "metric/auroc": {
        "label": "AUROC",
        "better_when": "higher",
        "unit": "fraction",
        "minimum": 0.0,
        "maximum": 1.0,
    },
    "result/p1-1": {
        "label": "AUROC 0.91",
        "value": 0.91,
        "text": "0.91",
        "gain": False,
        "condition": "external",
        "exact": "Alphanet reaches an AUROC of 0.91 on Delta.",
        "start": 40,
        "end": 83,
        "method": "test",
        "confidence": 0.8,
    },
    "result/p2-1": {
        "label": "AUROC 0.95",
        "value": 0.95,
        "text": "0.95",
        "exact": "0.95",
        "confidence": 0.75,
    },
    "result/p2-2": {"label": "0.9 to 1.1", "text": "0.9 to 1.1", "gain": True, "exact": "0.9 to 1.1"},
}

_CLAIMS = [
    ("paper/p1", "introduces", "model/alphanet", "p1", "We present Alphanet.", 0.9),
    ("paper/p1", "uses", "dataset/gamma", "p1", "trained on Gamma", 0.9),
    ("paper/p1", "mentions", "model/betanet", "p1", "unlike Betanet", 0.5),
    ("paper/p1", "hasModality", "modality/x-ray", "p1", "films", 0.9),
    ("paper/p1", "hasTask", "task/classification", "p1", "classify", 0.9),
    ("paper/p1", "reportsMetric", "metric/auroc", "p1", "AUROC", 0.9),
    ("model/alphanet", "hasModality", "modality/x-ray", "p1", "films", 0.9),
    ("model/alphanet", "hasTask", "task/classification", "p1", "classify", 0.9),
    ("model/alphanet", "trainedOn", "dataset/gamma", "p1", "trained on Gamma", 0.9),
    ("model/alphanet", "evaluatedOn", "dataset/delta", "p1", "tested on Delta", 0.8),
    ("paper/p2", "introduces", "model/betanet", "p2", "We present Betanet.", 0.9),
    ("paper/p2", "introduces", "dataset/epsilon", "p2", "and Epsilon", 0.9),
    ("paper/p2", "comparesWith", "model/alphanet", "p2", "than Alphanet", 0.9),
    ("paper/p2", "hasModality", "modality/x-ray", "p2", "films", 0.9),
    ("model/betanet", "hasModality", "modality/x-ray", "p2", "films", 0.9),
    ("model/betanet", "basedOn", "model/alphanet", "p2", "Betanet extends Alphanet.", 0.95),
    ("model/betanet", "trainedOn", "dataset/epsilon", "p2", "trained on Epsilon", 0.9),
    ("model/betanet", "evaluatedOn", "dataset/gamma", "p2", "evaluated on Gamma", 0.85),
    ("model/betanet", "evaluatedOn", "dataset/delta", "p2", "and on Delta", 0.85),
    ("model/betanet", "outperforms", "model/alphanet", "p2", "Betanet beats Alphanet.", 0.7),
    ("dataset/epsilon", "derivedFrom", "dataset/gamma", "p2", "Epsilon re-labels Gamma", 0.9),
    ("dataset/epsilon", "builtWith", "model/alphanet", "p2", "with Alphanet.", 0.6),
    ("paper/p3", "comparesWith", "model/alphanet", "p3", "Alphanet", 0.9),
    ("model/alphanet", "outperforms", "model/betanet", "p3", "Alphanet beats Betanet.", 0.6),
    ("model/alphanet", "trainedOn", "dataset/gamma", "p3", "Alphanet, trained on Gamma", 0.8),
    ("model/alphanet", "comparedWith", "model/betanet", "p3", "Alphanet and Betanet", 0.6),
]

_RESULTS = {
    "result/p1-1": {
        "evaluates": "model/alphanet",
        "onDataset": "dataset/delta",
        "inMetric": "metric/auroc",
        "reportedIn": "paper/p1",
    },
    "result/p2-1": {
        "evaluates": "model/betanet",
        "onDataset": "dataset/delta",
        "inMetric": "metric/auroc",
        "reportedIn": "paper/p2",
    },
    "result/p2-2": {"reportedIn": "paper/p2"},
}
