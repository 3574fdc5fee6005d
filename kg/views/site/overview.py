"""What the first page tells: how much the graph holds, and what stands out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.graph import DEPENDS_ON, KnowledgeGraph, Node
from kg.stats import stats

__all__ = ["RANKED", "overview"]

RANKED = 12
"""Things of a kind that are ranked, at most."""


def overview(graph: KnowledgeGraph) -> dict[str, Any]:
    """Counts by kind, papers by year, and by kind the things that most papers name.

    ``sources`` ranks models and datasets by how many others depend on them directly. Ranked things are rows
    of key, kind, label and count.
    """
    told = stats(graph, top=RANKED)
    dependents: dict[Node, set[Node]] = {}
    for subject, object_, attributes in graph.nx.edges(data=True):
        if attributes["predicate"] in DEPENDS_ON and subject != object_:
            dependents.setdefault(object_, set()).add(subject)
    counts = Counter({node: len(found) for node, found in dependents.items()})
    sources = sorted(counts, key=lambda node: (-counts[node], node))[:RANKED]
    return {
        "counts": dict(told.nodes),
        "years": dict(told.years),
        "top": {
            kind: [[r.node, kind, r.label, r.papers] for r in ranked] for kind, ranked in told.top.items()
        },
        "sources": [
            [node, graph.nx.nodes[node]["kind"], graph.nx.nodes[node].get("label") or node, counts[node]]
            for node in sources
        ],
        "evidence": told.evidence,
    }
