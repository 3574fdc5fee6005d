"""Which claims count: by link, confidence, year and modality of the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from kg.finding import UnknownName, find, suggest
from kg.graph import DEPENDS_ON, Attributes, KnowledgeGraph, Node

__all__ = ["EVALUATED_ON", "LINKS", "Filter", "confidence", "filter_of", "papers_on", "year"]

EVALUATED_ON = "evaluatedOn"
"""Told beside a lineage, though it is no dependency."""

LINKS = (*sorted(DEPENDS_ON), EVALUATED_ON)
"""What a lineage tells of."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a claim must be to count; as it stands, any statement of a dependency."""

    predicates: frozenset[str] = DEPENDS_ON
    min_confidence: float = 0.0
    """From 0 to 1; see :func:`confidence`."""
    since: int | None = None
    """The year in which the paper appeared, or later; a paper of no known year does not pass."""
    papers: frozenset[Node] | None = None
    """Papers that count; all when left out."""
    modality: str = ""
    """What those papers work with, as it was asked for."""

    @property
    def narrows(self) -> bool:
        """Whether it keeps any claim of these predicates from counting."""
        return self.min_confidence > 0 or self.since is not None or self.papers is not None

    def passes(self, graph: nx.MultiDiGraph[Node], subject: Node, claim: Attributes) -> bool:
        """Whether a claim, given as its subject and the attributes of its edge, counts."""
        if claim["predicate"] not in self.predicates:
            return False
        if not self.narrows:
            return True
        if confidence(graph, subject, claim) < self.min_confidence:
            return False
        paper = claim.get("paper", "")
        if self.papers is not None and paper not in self.papers:
            return False
        if self.since is None:
            return True
        appeared = year(graph, paper)
        return appeared is not None and appeared >= self.since


def confidence(graph: nx.MultiDiGraph[Node], subject: Node, claim: Attributes) -> float:
    """How sure a claim is, from 0 to 1: an edge of a result as its result, others that do not say 1."""
    sure: float = claim.get("confidence", graph.nodes[subject].get("confidence", 1.0))
    return sure


def filter_of(
    graph: KnowledgeGraph,
    *,
    only: Iterable[str] | None = None,
    min_confidence: float = 0.0,
    since: int | None = None,
    modality: str | None = None,
) -> Filter:
    """The filter that a person asked for, checked.

    Args:
        graph: where the modality is looked up.
        only: some of :data:`LINKS`, written in any case; the dependencies when left out.
        min_confidence: from 0 to 1.
        since: a year.
        modality: by name; papers on a narrower one count too.

    Raises:
        UnknownName: there is no such modality.
        ValueError: a link is unknown, or a number is out of its range.
    """
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"confidence is {min_confidence}; it goes from 0 to 1")
    if since is not None and not 1000 <= since <= 9999:
        raise ValueError(f"since is {since}; it is a year of four digits")
    predicates = DEPENDS_ON if only is None else frozenset(map(_link, only))
    papers = None if modality is None else papers_on(graph, modality)
    return Filter(predicates, min_confidence, since, papers, modality or "")


def papers_on(graph: KnowledgeGraph, modality: str) -> frozenset[Node]:
    """Papers that work with a modality or a narrower one, by their own word.

    Raises:
        UnknownName: there is no such modality.
    """
    kinds = ("modality",)
    found = find(graph, modality, kinds)
    if not found:
        raise UnknownName(modality, kinds, suggest(graph, modality, kinds))
    papers: set[Node] = set()
    waiting, seen = found[:1], set(found[:1])
    while waiting:
        for subject, _, claim in graph.nx.in_edges(waiting.pop(), data=True):
            if claim["predicate"] == "hasModality" and "paper" in claim:
                papers.add(claim["paper"])
            elif claim["predicate"] == "broader" and subject not in seen:
                seen.add(subject)
                waiting.append(subject)
    return frozenset(papers)


def year(graph: nx.MultiDiGraph[Node], paper: Node) -> int | None:
    """The year in which a paper appeared; none when its date does not begin with one."""
    issued = graph.nodes[paper].get("issued", "") if paper in graph else ""
    return int(issued[:4]) if issued[:4].isascii() and issued[:4].isdecimal() else None


_BY_LOWER = {link.casefold(): link for link in LINKS}


def _link(name: str) -> str:
    link = _BY_LOWER.get(name.strip().casefold())
    if link is None:
        raise ValueError(f"no link of a lineage is called {name!r}; choose from {', '.join(LINKS)}")
    return link
