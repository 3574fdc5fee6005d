"""Copies: what a paper says of a model that it did not make may hold only for the copy it made for itself.

A paper that trains a well-known network on data of its own says nothing of the weights that others build on.
"""

from __future__ import annotations

import networkx as nx

from kg.graph import Node

__all__ = ["COPIED", "of_a_copy"]

COPIED = "a copy of that paper's own"
"""What is said beside such a link."""


def of_a_copy(graph: nx.MultiDiGraph[Node], subject: Node, paper: Node) -> bool:
    """Whether what a paper says of a model is about a copy of its own.

    It is when the paper uses the model or compares with it, does not present it, and is not the only one to
    name it. A paper that only mentions the model speaks of the model itself, as others know it.

    Args:
        graph: a graph of the shape that :mod:`kg.graph` describes.
        subject: what is spoken of; of a dataset there are no such copies.
        paper: who speaks.
    """
    if graph.nodes[subject]["kind"] != "model" or paper not in graph:
        return False
    roles = {edge["predicate"] for edge in (graph.get_edge_data(paper, subject) or {}).values()}
    if "introduces" in roles or roles.isdisjoint(("uses", "comparesWith")):
        return False
    return any(
        other != paper and graph.nodes[other]["kind"] == "paper" for other in graph.predecessors(subject)
    )
