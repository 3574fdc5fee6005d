"""Pieces of the network: what hangs together closely, and how its nodes stand around one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.graph import Node
from kg.views.skeleton import NAMINGS

__all__ = ["EDGE", "Piece", "pieces", "undirected"]

EDGE = 62.0
"""Usual length of an edge; every length here is in the unit of the page at zoom 1."""
MARGIN = 24.0
"""Free space around the outermost nodes of a piece."""
_ROOM = (64.0, 40.0)
"""Room a node keeps free around itself, wider than tall because labels are."""
_LARGE = 60
"""Pieces above this number of nodes are split into communities, as far as they can be."""
_SPLITS = 4
_SEED = 7
_CLAIM_WEIGHT = 3.0

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Piece:
    """Nodes that hang together, in order, and their places around the origin."""

    members: list[Node]
    places: Points

    @property
    def radius(self) -> float:
        """Of the disc around the origin that holds all of them."""
        return float(np.hypot(*self.places.T).max()) + MARGIN


def undirected(skeleton: nx.MultiDiGraph[Node]) -> nx.Graph[Node]:
    """One weighted edge for a pair; claims hold closer together than a paper's naming of a thing."""
    flat: nx.Graph[Node] = nx.Graph()
    flat.add_nodes_from(sorted(skeleton))
    for subject, object_, predicate in sorted(skeleton.edges(keys=True)):
        weight = 1.0 if predicate in NAMINGS else _CLAIM_WEIGHT
        if subject != object_:
            before = flat.get_edge_data(subject, object_, {"weight": 0.0})["weight"]
            flat.add_edge(subject, object_, weight=before + weight)
    return flat


def pieces(flat: nx.Graph[Node]) -> list[Piece]:
    """The connected components, large ones split into their communities; the largest piece first."""
    found = [members for component in nx.connected_components(flat) for members in _split(flat, component)]
    found.sort(key=lambda members: (-len(members), members))
    return [Piece(members, _place(flat.subgraph(members))) for members in found]


def _split(flat: nx.Graph[Node], component: set[Node], splits: int = _SPLITS) -> Iterator[list[Node]]:
    """Connected parts of a component that are no larger than :data:`_LARGE`, if its links allow it."""
    if len(component) <= _LARGE or not splits:
        yield sorted(component)
        return
    ordered: nx.Graph[Node] = nx.Graph()
    ordered.add_nodes_from(sorted(component))
    edges = ((min(a, b), max(a, b), weight) for a, b, weight in flat.subgraph(component).edges(data=True))
    ordered.add_edges_from(sorted(edges, key=lambda edge: edge[:2]))
    communities = nx.community.louvain_communities(ordered, seed=_SEED)
    for community in communities:
        for part in nx.connected_components(ordered.subgraph(community)):
            yield from _split(flat, part, splits - 1 if len(communities) > 1 else 0)


def _place(piece: nx.Graph[Node]) -> Points:
    """Places of a connected piece's sorted nodes around the origin, an edge about ``EDGE`` long."""
    members = sorted(piece)
    if len(members) == 1:
        return np.zeros((1, 2))
    if len(members) > _LARGE:
        return _sunflower(piece, members)
    ordered: nx.Graph[Node] = nx.Graph()
    ordered.add_nodes_from(members)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in piece.edges()))
    found = nx.kamada_kawai_layout(ordered, weight=None)
    places = np.array([found[node] for node in members], dtype=np.float64)
    index = {node: i for i, node in enumerate(members)}
    ends = np.array([(index[a], index[b]) for a, b in ordered.edges()])
    lengths = np.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T)
    places = _spread(places * EDGE / max(float(np.median(lengths)), 1e-9))
    return np.asarray(places - (places.max(axis=0) + places.min(axis=0)) / 2, dtype=np.float64)


def _sunflower(piece: nx.Graph[Node], members: list[Node]) -> Points:
    """The best linked node in the middle, the others around it in the order of their distance to it.

    For what no community divides: mostly a hub and what hangs on it. The places are those of the seeds in a
    sunflower, which fill a disc evenly (Vogel, "A better way to construct the sunflower head", 1979).
    """
    hub = min(members, key=lambda node: (-piece.degree(node), node))
    steps = nx.single_source_shortest_path_length(piece, hub)
    ordered = sorted(members, key=lambda node: (steps[node], -piece.degree(node), node))
    place = {node: i for i, node in enumerate(ordered)}
    count = np.array([place[node] for node in members], dtype=np.float64)
    angle, distance = count * np.pi * (3 - 5**0.5), 0.62 * EDGE * np.sqrt(count)
    return np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=-1)


def _spread(places: Points, rounds: int = 80) -> Points:
    """Push apart nodes that stand in one another's room."""
    for _ in range(rounds):
        apart = (places[:, None] - places[None]) / _ROOM
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, 1.0)
        push = np.clip(1.0 - distance, 0.0, None) / np.maximum(distance, 1e-3) / 2
        if not push.any():
            break
        places = places + (push[..., None] * apart).sum(axis=1) * _ROOM
    return places
