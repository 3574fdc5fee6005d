"""Graphs made of claims."""

from __future__ import annotations

from kg.graph import KnowledgeGraph

__all__ = ["made"]


def made(*claims: tuple[str, str, str]) -> KnowledgeGraph:
    """A graph of claims of one paper each, ``p1``, ``p2``…"""
    graph = KnowledgeGraph()
    for number, (subject, predicate, object_) in enumerate(claims, 1):
        for node in (subject, object_):
            kind, _, name = node.partition("/")
            graph.nx.add_node(node, kind=kind, label=name.title())
        paper = f"paper/p{number}"
        graph.nx.add_node(paper, kind="paper", label=f"Paper {number}")
        graph.add_claim(subject, predicate, object_, paper, exact=f"Sentence {number}.", confidence=0.5)
    return graph
