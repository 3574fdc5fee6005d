"""The part of a graph around one thing."""

from __future__ import annotations

import networkx as nx

from kg.finding import UnknownName, find, suggest
from kg.graph import KnowledgeGraph, Node
from kg.views.skeleton import DRAWN, skeleton

__all__ = ["around", "named"]

_KINDS = (*DRAWN, "modality", "task", "metric")
_RESULT = "result"


def around(graph: KnowledgeGraph, name: str, hops: int = 2) -> KnowledgeGraph:
    """The papers, models and datasets at most so many links from one, and all that is said of them.

    Modalities, tasks and metrics join nearly everything, so no step leads over them: those of the things kept
    come along, with the wider ones, and so do results whose model is kept, with their metric. A modality,
    task or metric may be the one asked for: then what has it is the first step.

    Args:
        graph: any graph; it is not changed.
        name: a label, alias, node key or IRI; of several things the best match.
        hops: links from the thing, 0 or more.

    Raises:
        UnknownName: nothing is called so.
        ValueError: ``hops`` is negative.
    """
    if hops < 0:
        raise ValueError(f"hops is a number of links, 0 or more, not {hops}")
    kept = _near(graph, named(graph, name), hops)
    of_concepts: nx.DiGraph[Node] = nx.DiGraph()
    held: set[Node] = set(kept)
    for subject, object_, attributes in graph.nx.edges(data=True):
        predicate = attributes["predicate"]
        if predicate == "broader":
            of_concepts.add_edge(subject, object_)
        elif subject in kept and graph.nx.nodes[object_]["kind"] not in DRAWN:
            held.add(object_)
        elif predicate == "evaluates" and object_ in kept:
            held.add(subject)
    for node in tuple(held):
        if graph.nx.nodes[node]["kind"] == _RESULT:
            held.update(end for end in graph.nx.successors(node) if graph.nx.nodes[end]["kind"] == "metric")
    for node in tuple(held):
        if node in of_concepts:
            held.update(nx.descendants(of_concepts, node))
    # In the order of the whole graph, so that the part is the same from run to run.
    part: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
    part.add_nodes_from((node, graph.nx.nodes[node]) for node in graph.nx if node in held)
    for subject, object_, key, attributes in graph.nx.edges(keys=True, data=True):
        if subject in held and object_ in held:
            part.add_edge(subject, object_, key, **attributes)
    return KnowledgeGraph(part, graph.base)


def named(graph: KnowledgeGraph, name: str) -> Node:
    """The thing that a part of a graph can be around, by a label, alias, node key or IRI.

    Raises:
        UnknownName: nothing is called so.
    """
    found = find(graph, name, _KINDS)
    if not found:
        raise UnknownName(name, _KINDS, suggest(graph, name, _KINDS))
    return found[0]


def _near(graph: KnowledgeGraph, thing: Node, hops: int) -> set[Node]:
    """Things of the skeleton at most so many links away, and the thing itself."""
    if graph.nx.nodes[thing]["kind"] in DRAWN:
        flat = skeleton(graph).to_undirected(as_view=True)
        return set(nx.single_source_shortest_path_length(flat, thing, cutoff=hops))
    kept = {thing}
    if hops:
        holders = [node for node in graph.nx.predecessors(thing) if graph.nx.nodes[node]["kind"] in DRAWN]
        flat = skeleton(graph).to_undirected(as_view=True)
        for holder in holders:
            kept |= set(nx.single_source_shortest_path_length(flat, holder, cutoff=hops - 1))
    return kept
