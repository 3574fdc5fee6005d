"""Where everything stands on the page, worked out beforehand so that the browser need not.

Three levels, each packed without overlap: a **piece** is a connected component of the skeleton (a large one
is split into its communities); pieces of one modality make a **region**; regions make the page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.graph import Node
from kg.views.packing import pack
from kg.views.skeleton import NAMINGS

__all__ = ["Layout", "Region", "lay_out"]

EDGE = 62.0
"""Usual length of an edge; every length here is in the unit of the page at zoom 1."""
_ROOM = (64.0, 40.0)
"""Room a node keeps free around itself, wider than tall because labels are."""
_PIECE_MARGIN, _PIECE_GAP = 24.0, 6.0
_REGION_MARGIN, _REGION_GAP = 14.0, 14.0
_LARGE = 60
"""Components above this number of nodes are split into communities."""
_STRETCH = 1.05
_SEED = 7
_CLAIM_WEIGHT = 3.0

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Region:
    """A disc that holds the pieces of one modality."""

    modality: Node | None
    """Key of the modality; None for pieces whose papers name none."""
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for every node, and the regions behind them."""

    positions: dict[Node, tuple[int, int]]
    homes: dict[Node, int]
    """Which of the regions a node stands in."""
    regions: tuple[Region, ...]


def lay_out(skeleton: nx.MultiDiGraph[Node]) -> Layout:
    """Positions for the nodes of a skeleton; the same skeleton always gives the same ones."""
    flat = _undirected(skeleton)
    pieces = [_Piece(members, _place(flat.subgraph(members))) for members in _pieces(flat)]
    fields = _fields(skeleton, pieces)
    regions: dict[Node | None, list[_Piece]] = {}
    for piece, modality in zip(pieces, fields, strict=True):
        regions.setdefault(modality, []).append(piece)

    packed = [(modality, *_pack_region(members)) for modality, members in regions.items()]
    # The largest region stands in the middle, those that name no modality outside.
    packed.sort(key=lambda region: (region[0] is None, -region[2], region[0] or ""))
    centres = pack(
        [radius for _, _, radius in packed],
        _pull(flat, [set(places) for _, places, _ in packed]),
        gap=_REGION_GAP,
        stretch=_STRETCH,
    )
    positions: dict[Node, tuple[int, int]] = {}
    homes: dict[Node, int] = {}
    discs: list[Region] = []
    for (modality, places, radius), centre in zip(packed, centres, strict=True):
        for node, place in places.items():
            homes[node] = len(discs)
            positions[node] = (round(float(centre[0] + place[0])), round(float(centre[1] + place[1])))
        discs.append(Region(modality, round(float(centre[0])), round(float(centre[1])), round(radius)))
    return Layout(positions, homes, tuple(discs))


@dataclass(frozen=True, slots=True)
class _Piece:
    members: list[Node]
    places: Points

    @property
    def radius(self) -> float:
        return float(np.hypot(*self.places.T).max()) + _PIECE_MARGIN


def _undirected(skeleton: nx.MultiDiGraph[Node]) -> nx.Graph[Node]:
    """One weighted edge for a pair; claims hold closer together than a paper's naming of a thing."""
    flat: nx.Graph[Node] = nx.Graph()
    flat.add_nodes_from(sorted(skeleton))
    for subject, object_, predicate in sorted(skeleton.edges(keys=True)):
        weight = 1.0 if predicate in NAMINGS else _CLAIM_WEIGHT
        if subject != object_:
            before = flat.get_edge_data(subject, object_, {"weight": 0.0})["weight"]
            flat.add_edge(subject, object_, weight=before + weight)
    return flat


def _pieces(flat: nx.Graph[Node]) -> list[list[Node]]:
    """Sorted members of every piece, the largest piece first."""
    pieces: list[list[Node]] = []
    for component in nx.connected_components(flat):
        if len(component) <= _LARGE:
            pieces.append(sorted(component))
            continue
        ordered: nx.Graph[Node] = nx.Graph()
        ordered.add_nodes_from(sorted(component))
        ordered.add_edges_from(sorted(flat.subgraph(component).edges(data=True), key=lambda edge: edge[:2]))
        for community in nx.community.louvain_communities(ordered, seed=_SEED):
            pieces.extend(sorted(part) for part in nx.connected_components(ordered.subgraph(community)))
    return sorted(pieces, key=lambda members: (-len(members), members))


def _place(piece: nx.Graph[Node]) -> Points:
    """Places of a connected piece's sorted nodes around the origin, an edge about ``EDGE`` long."""
    members = sorted(piece)
    if len(members) == 1:
        return np.zeros((1, 2))
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


def _fields(skeleton: nx.MultiDiGraph[Node], pieces: list[_Piece]) -> list[Node | None]:
    """The modality most papers of a piece have; of two the one that more papers have overall."""
    modalities = {node: attributes["modalities"] for node, attributes in skeleton.nodes(data=True)}
    papers = {node for node, attributes in skeleton.nodes(data=True) if attributes["kind"] == "paper"}
    overall = Counter(modality for node in papers for modality in modalities[node])
    fields: list[Node | None] = []
    for piece in pieces:
        speakers = [node for node in piece.members if node in papers] or piece.members
        count = Counter(modality for node in speakers for modality in modalities[node])
        fields.append(min(count, key=lambda m: (-count[m], -overall[m], m)) if count else None)
    return fields


def _pack_region(pieces: list[_Piece]) -> tuple[dict[Node, Points], float]:
    """Places of a region's nodes around its centre, and its radius."""
    ordered = sorted(pieces, key=lambda piece: (-round(piece.radius, 3), piece.members))
    centres = pack([piece.radius for piece in ordered], gap=_PIECE_GAP)
    radii = np.array([piece.radius for piece in ordered])
    centres = centres - _middle(centres, radii)
    extent = np.hypot(*centres.T) + radii
    places = {
        node: place + centre
        for piece, centre in zip(ordered, centres, strict=True)
        for node, place in zip(piece.members, piece.places, strict=True)
    }
    return places, float(extent.max()) + _REGION_MARGIN


def _middle(centres: Points, radii: NDArray[np.float64], rounds: int = 300) -> Points:
    """Nearly the centre of the smallest circle around discs: ever smaller steps to the farthest one.

    After Badoiu and Clarkson, "Smaller core-sets for balls", 2003.
    """
    middle = centres.mean(axis=0)
    for step in range(2, rounds):
        offset = centres - middle
        distance = np.hypot(*offset.T)
        farthest = int(np.argmax(distance + radii))
        if distance[farthest] > 0:
            reach = 1 + radii[farthest] / distance[farthest]
            middle = middle + offset[farthest] * reach / step
    return np.asarray(middle, dtype=np.float64)


def _pull(flat: nx.Graph[Node], groups: list[set[Node]]) -> Points:
    """How many edges join each two groups."""
    home = {node: i for i, group in enumerate(groups) for node in group}
    pull = np.zeros((len(groups), len(groups)))
    for a, b in flat.edges():
        pull[home[a], home[b]] += 1
        pull[home[b], home[a]] += 1
    return pull
