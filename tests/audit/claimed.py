"""Short ways to write graphs for the tests of the audit."""

from __future__ import annotations

from typing import Any

from kg.graph import KnowledgeGraph


def graph_of(*claims: tuple[Any, ...]) -> KnowledgeGraph:
    """A graph of claims: subject, predicate, object, paper and, if need be, sentence and confidence.

    Nodes are made of their keys; their labels are what stands behind the slash.
    """
    graph = KnowledgeGraph()
    for subject, predicate, object_, paper, *rest in claims:
        for node in (subject, object_, f"paper/{paper}"):
            kind, _, label = node.partition("/")
            graph.nx.add_node(node, kind=kind, label=label)
        exact = rest[0] if rest else f"{paper}: {subject} {predicate} {object_}."
        confidence = rest[1] if len(rest) > 1 else 0.9
        graph.add_claim(subject, predicate, object_, f"paper/{paper}", exact=exact, confidence=confidence)
    return graph


def add_result(
    graph: KnowledgeGraph,
    name: str,
    text: str,
    *,
    paper: str = "p",
    model: str | None = "a",
    dataset: str | None = "d",
    metric: str | None = "auc",
    **attributes: Any,
) -> None:
    """A result; its number is its text, its metric a share of one unless the graph has it already."""
    ends = {
        "evaluates": model and f"model/{model}",
        "onDataset": dataset and f"dataset/{dataset}",
        "inMetric": metric and f"metric/{metric}",
        "reportedIn": f"paper/{paper}",
    }
    node = f"result/{name}"
    known = {
        "label": text,
        "text": text,
        "value": float(text),
        "exact": f"{name} says {text}",
        "confidence": 0.8,
    }
    graph.nx.add_node(node, kind="result", **{**known, **attributes})
    for predicate, end in ends.items():
        if end:
            kind, _, label = end.partition("/")
            if end not in graph.nx:
                measure = (
                    {"better_when": "higher", "minimum": 0.0, "maximum": 1.0} if kind == "metric" else {}
                )
                graph.nx.add_node(end, kind=kind, label=label, **measure)
            graph.add_claim(node, predicate, end, f"paper/{paper}")
