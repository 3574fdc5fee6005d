"""Orphans: models and datasets about which the graph knows nothing but that one paper mentions them.

Such a name is often background, or no name at all.
"""

from __future__ import annotations

from kg.audit.finding import Finding, said
from kg.graph import KnowledgeGraph

__all__ = ["orphans"]


def orphans(graph: KnowledgeGraph, min_confidence: float = 0.0) -> list[Finding]:
    """Models and datasets in no relation and in no result that at most one paper names, and only mentions.

    Modalities, tasks and metrics count as no relation: a name has them from its paper. Linear in the edges.

    Args:
        graph: where to look.
        min_confidence: names whose mention is less sure are passed over. Relations of any confidence keep a
            name from being an orphan: that nothing is known of it is said of the whole graph.
    """
    found = []
    for kind in ("model", "dataset"):
        for node, attributes in graph.nodes(kind):
            edges = [
                (subject, object_, edge)
                for subject, object_, edge in (
                    *graph.nx.in_edges(node, data=True),
                    *graph.nx.out_edges(node, data=True),
                )
                if graph.nx.nodes[object_]["kind"] not in ("modality", "task", "metric")
            ]
            if len(edges) > 1 or any(edge["predicate"] != "mentions" for *_, edge in edges):
                continue
            statements = tuple(said(graph, subject, object_, edge) for subject, object_, edge in edges)
            title = f": {statements[0].title}" if statements else ""
            named = f"is only mentioned, by one paper{title}" if statements else "is named by no paper"
            summary = f"{attributes['label']} ({kind}) {named}"
            sure = min((s.confidence for s in statements), default=1.0)
            if sure >= min_confidence:
                found.append(Finding("orphans", kind, (node,), summary, sure, statements))
    return found
