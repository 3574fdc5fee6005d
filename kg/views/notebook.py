"""A graph inside a notebook: a page in a frame of its own, so that no style or script gets out or in."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path

from kg.graph import KnowledgeGraph

__all__ = ["LARGEST", "framed", "framed_graph"]

LARGEST = 1_500
"""Papers, models and datasets whose network a notebook can keep: the page is saved in it, some megabytes."""

_HEIGHT = 620
"""Of the frame, in pixels."""


def framed_graph(graph: KnowledgeGraph) -> str:
    """The network for a notebook; of a graph of more than :data:`LARGEST` things, what it holds."""
    from kg.views.graph_page import write_graph_page
    from kg.views.site import summary_page

    counts = graph.counts()
    if sum(counts[kind] for kind in ("paper", "model", "dataset")) > LARGEST:
        return framed(summary_page(graph))
    with tempfile.TemporaryDirectory() as folder:
        page = write_graph_page(graph, Path(folder, "graph.html"))
        return framed(page.read_text(encoding="utf-8"))


def framed(page: str, height: int = _HEIGHT) -> str:
    """A whole HTML document as a frame: its scripts run, but reach neither the notebook nor its cookies.

    Args:
        page: the document.
        height: of the frame, in pixels.
    """
    style = "border: 1px solid #8886; border-radius: 8px"
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-popups" width="100%" '
        f'height="{height}" style="{style}" title="Knowledge graph"></iframe>'
    )
