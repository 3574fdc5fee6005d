"""Modalities, metrics and tasks: one node a canonical label, with what the vocabulary says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.graph import KnowledgeGraph
from kg.link.names import clean, key, slug
from kg.link.occurrences import Paper

if TYPE_CHECKING:
    from kg.vocabulary import Term, Vocabulary

__all__ = ["Concepts"]

SCHEMES = {"modality": "modalities", "metric": "metrics", "task": "tasks"}
"""Kind of concept → the scheme that lists it."""

MEASURE = ("better_when", "unit", "minimum", "maximum")
"""What a metric's node has from its term: how to read its values."""


class Concepts:
    """The concept nodes of a graph: made from all papers, then asked for by name.

    A name that the vocabulary knows is its term; other names that differ only in case, spaces and
    punctuation are one node, labelled by the most frequent (of equals the first in the alphabet). The wider
    terms of a term used are nodes too, joined by ``broader``.
    """

    def __init__(self, papers: Iterable[Paper], graph: KnowledgeGraph) -> None:
        from kg.vocabulary import load

        vocabulary = load()
        self._nodes: dict[tuple[str, str], str] = {}
        free: dict[str, Counter[str]] = {}
        used: dict[str, Term] = {}
        for (kind, name), count in sorted(_names(papers).items()):
            label = clean(name)
            term = vocabulary.lookup(label, SCHEMES[kind])
            if term is None and not key(label):
                continue
            node = _node(kind, slug(label)) if term is None else _term_node(kind, term)
            self._nodes[kind, name] = node
            if term is None:
                free.setdefault(node, Counter())[label] += count
            else:
                _add_term(graph, vocabulary, kind, term, used)
        for node, labels in free.items():
            if node not in used:
                best = min(labels.items(), key=lambda item: (-item[1], item[0]))
                graph.nx.add_node(node, kind=node.partition("/")[0], label=best[0])

    def node(self, kind: str, name: str) -> str | None:
        """The node of a concept; None for a name without a letter or digit."""
        return self._nodes.get((kind, name))


def _names(papers: Iterable[Paper]) -> Counter[tuple[str, str]]:
    """How many papers name each concept."""
    names: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        found = {(concept.kind, concept.name) for concept in paper.record.concepts}
        found |= {("metric", r.metric) for r in paper.record.results if r.metric}
        names.update(found)
    return names


def _add_term(
    graph: KnowledgeGraph, vocabulary: Vocabulary, kind: str, term: Term, used: dict[str, Term]
) -> None:
    """Add a term and the wider ones, with the edges between them."""
    for each in (term, *vocabulary.ancestors(term)):
        node = _term_node(kind, each)
        if node in used:
            continue
        used[node] = each
        graph.nx.add_node(node, kind=kind, label=each.label, **_facts(each))
        for wider in vocabulary.ancestors(each):
            if wider.iri in each.broader:
                graph.nx.add_edge(node, _term_node(kind, wider), key="broader|", predicate="broader")


def _facts(term: Term) -> dict[str, Any]:
    """What the vocabulary knows of a term besides its label."""
    known: dict[str, Any] = {"aliases": tuple(sorted(term.aliases))} if term.aliases else {}
    for name in MEASURE:
        if (value := getattr(term, name)) is not None:
            known[name] = value
    return known


def _term_node(kind: str, term: Term) -> str:
    """The node of a term: the end of its IRI where that is ours, else made from its label."""
    _, found, end = term.iri.rpartition(f"/{kind}/")
    return _node(kind, slug(end if found else term.label))


def _node(kind: str, end: str) -> str:
    return f"{kind}/{end}"
