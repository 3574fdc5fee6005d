"""Changes to a graph that keep its contract: edges moved, things renamed, claims put in and taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.graph import Attributes, KnowledgeGraph, Node
from kg.link.names import slug

__all__ = ["METHOD", "absorb", "add_names", "drop", "free_key", "move", "put_claim", "rekey", "take_out"]

METHOD = "correction"
"""The method of claims that a person added."""

ROLES = ("introduces", "uses", "comparesWith", "mentions")
"""What a paper does with a thing, the strongest first: it does one of them."""


def move(
    graph: KnowledgeGraph, old: Node, new: Node, only: Callable[[Attributes], bool] | None = None
) -> int:
    """Move the edges of one node to another; those of some kind if asked. Returns how many there were.

    A claim that would join a thing with itself goes; of two statements of one claim the more confident stays.
    """
    edges = [
        (subject, object_, edge, attributes)
        for subject, object_, edge, attributes in sorted(
            {
                (s, o, k): (s, o, k, a)
                for found in (graph.nx.in_edges, graph.nx.out_edges)
                for s, o, k, a in found(old, keys=True, data=True)
            }.values(),
            key=lambda e: e[:3],
        )
        if only is None or only(attributes)
    ]
    for subject, object_, edge, attributes in edges:
        graph.nx.remove_edge(subject, object_, key=edge)
        ends = (new if subject == old else subject), (new if object_ == old else object_)
        if ends[0] != ends[1]:
            _put(graph, *ends, attributes)
    return len(edges)


def absorb(graph: KnowledgeGraph, gone: Node, kept: Node) -> None:
    """Make one thing of two: the one kept has the claims and names of both."""
    attributes = graph.nx.nodes[gone]
    move(graph, gone, kept)
    graph.nx.remove_node(gone)
    add_names(graph, kept, (attributes["label"], *attributes.get("aliases", ())))
    for name in attributes.keys() - {"aliases"}:
        graph.nx.nodes[kept].setdefault(name, attributes[name])
    _label_results(graph, kept)


def put_claim(
    graph: KnowledgeGraph, subject: Node, predicate: str, object_: Node, paper: Node, evidence: Attributes
) -> bool:
    """State a claim in place of what a paper was read to say; whether anything changed.

    The ends that the paper does not name yet become things it mentions.
    """
    attributes = {"predicate": predicate, "paper": paper, **evidence}
    edge = f"{predicate}|{paper}"
    if graph.nx.get_edge_data(subject, object_, edge) == attributes:
        return False
    if predicate in ROLES:
        for role in ROLES:
            if graph.nx.has_edge(subject, object_, f"{role}|{paper}"):
                graph.nx.remove_edge(subject, object_, f"{role}|{paper}")
    graph.nx.add_edge(subject, object_, key=edge, **attributes)
    for end in (subject, object_):
        if graph.nx.nodes[end]["kind"] in ("model", "dataset"):
            _mention(graph, paper, end, evidence)
    return True


def take_out(graph: KnowledgeGraph, edges: Iterable[tuple[Node, Node, str]]) -> None:
    """Remove claims, by subject, object and key."""
    for subject, object_, edge in edges:
        graph.nx.remove_edge(subject, object_, key=edge)


def drop(graph: KnowledgeGraph, node: Node) -> None:
    """Remove a thing with its claims; a model with its results too. Others' results go on without it."""
    results = [
        (result, attributes["predicate"])
        for result, _, attributes in graph.nx.in_edges(node, data=True)
        if attributes["predicate"] in ("evaluates", "inMetric")
    ]
    graph.nx.remove_node(node)
    for result, predicate in results:
        if predicate == "evaluates":
            graph.nx.remove_node(result)
        else:
            graph.nx.nodes[result]["label"] = graph.nx.nodes[result].get("text", "")


def rekey(graph: KnowledgeGraph, node: Node, label: str) -> Node:
    """Give a node a new label, and the key that goes with it; the old label becomes an alias.

    Returns:
        The key it has now.
    """
    attributes = graph.nx.nodes[node]
    old, kind = attributes["label"], attributes["kind"]
    attributes["label"] = label
    add_names(graph, node, [old])
    key = f"{kind}/{slug(label)}"
    if key == node or key in graph.nx:
        key = node
    else:
        graph.nx.add_node(key, **attributes)
        move(graph, node, key)
        graph.nx.remove_node(node)
    _label_results(graph, key)
    return key


def add_names(graph: KnowledgeGraph, node: Node, names: Iterable[str]) -> None:
    """Give a node other names beside those it has."""
    attributes = graph.nx.nodes[node]
    aliases = {*attributes.get("aliases", ()), *names} - {attributes["label"], ""}
    if aliases:
        attributes["aliases"] = tuple(sorted(aliases))
    else:
        attributes.pop("aliases", None)


def free_key(graph: KnowledgeGraph, kind: str, label: str) -> Node:
    """A key for a new thing, numbered if another has it."""
    made = key = f"{kind}/{slug(label)}"
    number = 1
    while key in graph.nx:
        number += 1
        key = f"{made}-{number}"
    return key


def _put(graph: KnowledgeGraph, subject: Node, object_: Node, attributes: Mapping[str, Any]) -> None:
    """Add a moved edge beside what is there."""
    rest = {name: value for name, value in attributes.items() if name not in ("predicate", "paper")}
    predicate, paper = attributes["predicate"], attributes.get("paper")
    if paper is None:
        graph.nx.add_edge(subject, object_, key=f"{predicate}|", predicate=predicate, **rest)
        return
    if predicate in ROLES:
        there = [r for r in ROLES if graph.nx.has_edge(subject, object_, f"{r}|{paper}")]
        if there and ROLES.index(there[0]) < ROLES.index(predicate):
            return
        take_out(graph, [(subject, object_, f"{r}|{paper}") for r in there if r != predicate])
    graph.add_claim(subject, predicate, object_, paper, **rest)


def _mention(graph: KnowledgeGraph, paper: Node, thing: Node, evidence: Attributes) -> None:
    """Let a paper mention a thing it is not known to name; of several sentences the first by alphabet."""
    edge = f"mentions|{paper}"
    there = graph.nx.get_edge_data(paper, thing, edge, {})
    if any(graph.nx.has_edge(paper, thing, f"{role}|{paper}") for role in ROLES) and (
        there.get("method") != METHOD or there["exact"] <= evidence["exact"]
    ):
        return
    graph.nx.add_edge(paper, thing, key=edge, predicate="mentions", paper=paper, **evidence)


def _label_results(graph: KnowledgeGraph, metric: Node) -> None:
    """Label the results in a metric after it; of other things there are none."""
    for result, _, edge in graph.nx.in_edges(metric, data=True):
        if edge["predicate"] == "inMetric":
            attributes = graph.nx.nodes[result]
            attributes["label"] = f"{graph.nx.nodes[metric]['label']} {attributes.get('text', '')}".rstrip()
