"""The network as the page draws it: nodes with their places, edges between them, discs behind them.

Nodes and edges are pyvis's; they are written as rows under a line of columns, which for a large graph is a
quarter of the size.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

from kg.graph import Node
from kg.views.layout import Layout

__all__ = ["EDGE_COLUMNS", "NODE_COLUMNS", "network"]

NODE_COLUMNS = ("id", "x", "y", "size", "degree", "community")
EDGE_COLUMNS = ("from", "to", "predicate", "papers", "bend")

_SIZE = {"model": 9.0, "dataset": 8.0, "paper": 8.0}
_LARGEST = 40.0
"""Half of the width of a node, at most: what is linked a thousand times must not cover its neighbours."""
_BENDS = (0.0, 0.16, -0.16, 0.3, -0.3)
"""Roundness of the first, second … edge between the same two nodes, so that none hides another."""
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "tooltipDelay": 100000,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "arrows": {"to": {"enabled": False, "scaleFactor": 0.4}},
        "smooth": {"enabled": False},
        "hoverWidth": 1,
        "selectionWidth": 2,
    },
}


def network(
    drawn: nx.MultiDiGraph[Node], places: Layout, number: Mapping[Node, int], *, closed: bool = False
) -> dict[str, Any]:
    """Nodes, edges, discs and options of vis-network, as plain JSON data.

    Args:
        drawn: the skeleton.
        places: its layout.
        number: of every thing; see :func:`kg.views.facts.numbers`.
        closed: whether communities are drawn closed at first.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node as Dot

    shown = Network(directed=True)
    shown.set_options(json.dumps(_OPTIONS))
    degree = {node: drawn.degree(node) for node in drawn}
    # Put into the lists themselves: pyvis's own way looks through all nodes for every edge.
    for node, attributes in drawn.nodes(data=True):
        kind = attributes["kind"]
        (x, y), size = places.positions[node], _SIZE[kind]
        if kind != "paper":
            size = min(round(size + 3.4 * math.sqrt(degree[node]), 1), _LARGEST)
        more = {"x": x, "y": y, "size": size, "degree": degree[node], "community": places.homes[node]}
        shown.nodes.append(Dot(number[node], "dot", label=" ", **more).options)
    between: dict[frozenset[Node], int] = {}
    for subject, object_, attributes in drawn.edges(data=True):
        pair = frozenset((subject, object_))
        nth = between[pair] = between.get(pair, -1) + 1
        bend = _BENDS[nth % len(_BENDS)] * (1 if subject < object_ else -1)
        more = {"predicate": attributes["predicate"], "papers": attributes["papers"], "bend": bend}
        shown.edges.append(Edge(number[subject], number[object_], True, **more).options)
    nodes, edges, _, _, _, options = shown.get_network_data()
    return {
        "nodes": _rows(nodes, NODE_COLUMNS),
        "node_columns": NODE_COLUMNS,
        "edges": _rows(edges, EDGE_COLUMNS),
        "edge_columns": EDGE_COLUMNS,
        "options": json.loads(options),
        "closed": closed,
        "communities": [[c.region, c.x, c.y, c.radius] for c in places.communities],
        "regions": [
            {
                "modality": None if region.modality is None else number[region.modality],
                "several": region.several,
                "share": region.share,
                "x": region.x,
                "y": region.y,
                "radius": region.radius,
            }
            for region in places.regions
        ],
    }


def _rows(found: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[list[Any]]:
    return [[row[column] for column in columns] for row in found]
