"""The part of a very large graph that one page can hold: what is linked most."""

from __future__ import annotations

from heapq import nsmallest
from pathlib import Path

from kg.graph import KnowledgeGraph, Node
from kg.views.skeleton import DRAWN

__all__ = ["LARGEST", "core", "write_core_page"]

LARGEST = 10_000
"""Papers, models and datasets of a page, at most: more take minutes and much memory to lay out and open."""


def write_core_page(graph: KnowledgeGraph, path: Path, most: int = LARGEST) -> Path:
    """Write the page of a graph (:func:`kg.views.write_graph_page`); of a very large one, that of its core.

    The heading of a core's page says of how many things it shows how many.

    Raises:
        OSError: the file cannot be written.
    """
    from kg.views import write_graph_page

    part = core(graph, most)
    if part is graph:
        return write_graph_page(graph, path)
    whole = sum(count for kind, count in graph.counts().items() if kind in DRAWN)
    title = f"The {most:,} most linked of {whole:,} papers, models and datasets"
    return write_graph_page(part, path, title=title)


def core(graph: KnowledgeGraph, most: int = LARGEST) -> KnowledgeGraph:
    """The papers, models and datasets with most links, and what is stated between them.

    Modalities, metrics and tasks stay; results do where all that they are joined to does. A graph that is no
    larger comes back itself, as it is.

    Args:
        graph: any graph.
        most: how many papers, models and datasets to keep; of equals the first by key.
    """
    drawn = [key for key, attributes in graph.nx.nodes(data=True) if attributes["kind"] in DRAWN]
    if len(drawn) <= most:
        return graph

    def rank(node: Node) -> tuple[int, Node]:
        return -graph.nx.degree(node), node

    kept = set(nsmallest(most, drawn, key=rank))
    others = [(key, a["kind"]) for key, a in graph.nx.nodes(data=True) if a["kind"] not in DRAWN]
    kept.update(key for key, kind in others if kind != "result")
    kept.update([key for key, kind in others if kind == "result" and kept.issuperset(graph.nx[key])])
    return KnowledgeGraph(graph.nx.subgraph(kept).copy(), graph.base)
