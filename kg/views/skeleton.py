"""What of a graph is worth drawing: papers, models, datasets, and the claims between them.

Modalities, metrics and tasks join nearly everything to everything. They are not drawn as nodes but kept
on each node as its ``concepts``, for regions and filters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import networkx as nx

from kg.graph import KnowledgeGraph, Node

__all__ = ["CLAIMS", "CONCEPT_LINKS", "DRAWN", "NAMINGS", "concepts", "skeleton"]

DRAWN = ("model", "dataset", "paper")
CLAIMS = ("trainedOn", "basedOn", "derivedFrom", "builtWith", "evaluatedOn", "outperforms", "comparedWith")
NAMINGS = ("introduces", "uses", "comparesWith", "mentions")
"""How a paper names a model or dataset."""
CONCEPT_LINKS = ("hasModality", "hasTask", "reportsMetric")

_OWN_WORK = frozenset(NAMINGS) - {"mentions"}
"""What a paper only mentions does not share the paper's modalities and tasks."""


def skeleton(graph: KnowledgeGraph) -> nx.MultiDiGraph[Node]:
    """Papers, models and datasets with one edge for each subject, predicate and object.

    Nodes carry ``kind`` and ``modalities``, the keys of those said of them, without wider ones; edges are
    keyed by predicate and carry ``predicate`` and ``papers``, the number of papers that say so. Nodes and
    edges come in the order of their keys.
    """
    drawn: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    said = _said(graph)
    for key, attributes in graph.nodes():
        if attributes["kind"] in DRAWN:
            modalities = sorted(c for c in said.get(key, ()) if graph.nx.nodes[c]["kind"] == "modality")
            drawn.add_node(key, kind=attributes["kind"], modalities=tuple(modalities))
    for subject, object_, attributes in graph.edges():
        predicate = attributes["predicate"]
        if predicate not in CLAIMS and predicate not in NAMINGS:
            continue
        if subject not in drawn or object_ not in drawn:
            continue
        if drawn.has_edge(subject, object_, predicate):
            drawn[subject][object_][predicate]["papers"] += 1
        else:
            drawn.add_edge(subject, object_, key=predicate, predicate=predicate, papers=1)
    return drawn


def concepts(graph: KnowledgeGraph, *, borrowed: bool = True) -> dict[Node, tuple[Node, ...]]:
    """Modalities, metrics and tasks of each paper, model and dataset; wider ones stand last.

    A model or dataset has its own and, if ``borrowed``, those of the papers that introduce it, use it or
    compare with it.
    """
    broader: dict[Node, set[Node]] = defaultdict(set)
    for subject, object_, _ in graph.edges("broader"):
        broader[subject].add(object_)
    return {key: _with_broader(found, broader) for key, found in _said(graph, borrowed=borrowed).items()}


def _said(graph: KnowledgeGraph, *, borrowed: bool = True) -> dict[Node, set[Node]]:
    """Concepts of each paper, and of each model and dataset from itself and, if borrowed, papers at work."""
    said: dict[Node, set[Node]] = defaultdict(set)
    namings: list[tuple[Node, Node]] = []
    for subject, object_, attributes in graph.edges():
        if attributes["predicate"] in CONCEPT_LINKS:
            said[subject].add(object_)
        elif borrowed and attributes["predicate"] in _OWN_WORK:
            namings.append((subject, object_))
    for paper, thing in namings:
        said[thing] |= said.get(paper, set())
    return {key: found for key, found in said.items() if found}


def _with_broader(found: Iterable[Node], broader: dict[Node, set[Node]]) -> tuple[Node, ...]:
    """The concepts and all that are wider than one of them, each once, found ones first."""
    ordered = dict.fromkeys(sorted(found))
    waiting = list(ordered)
    while waiting:
        wider = sorted(broader.get(waiting.pop(0), set()) - ordered.keys())
        ordered.update(dict.fromkeys(wider))
        waiting.extend(wider)
    return tuple(ordered)
