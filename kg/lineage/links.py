"""The links of one node: what it is joined to, and the papers that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from kg.graph import DEPENDS_ON, Attributes, Node
from kg.lineage.copies import of_a_copy
from kg.lineage.filters import Filter, confidence

__all__ = ["Link", "Support", "claims", "links", "links_between"]


@dataclass(frozen=True, slots=True)
class Support:
    """One paper's statement of a link."""

    paper: Node
    title: str
    issued: str
    """The date, as exact as it is known; empty when it is not."""
    exact: str
    """The sentence; empty when the paper's record has none."""
    confidence: float
    copy: bool = False
    """Whether it holds for a copy of the paper's own; see :mod:`kg.lineage.copies`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A neighbour by one predicate."""

    node: Node
    """The neighbour."""
    predicate: str
    claims: tuple[Support, ...]
    """The papers that state the link, the most confident first."""

    @property
    def copy(self) -> bool:
        """Whether all of them state it of a copy of their own."""
        return all(claim.copy for claim in self.claims)

    def shares_a_paper(self, other: Link) -> bool:
        """Whether one paper states both links."""
        return not {claim.paper for claim in self.claims}.isdisjoint(claim.paper for claim in other.claims)


def links(graph: nx.MultiDiGraph[Node], node: Node, wanted: Filter, *, up: bool) -> list[Link]:
    """Links of a node that at least one passing claim states, those of most papers first.

    Linear in the edges of the node on that side.

    Args:
        graph: a graph of the shape that :mod:`kg.graph` describes.
        node: a node of it.
        wanted: which claims count.
        up: whether to go from subject to object, so from the dependent thing to what it depends on.
    """
    passing = claims(graph, node, wanted, up=up)
    return _grouped(graph, ((other, node if up else other, claim) for other, claim in passing))


def claims(
    graph: nx.MultiDiGraph[Node], node: Node, wanted: Filter, *, up: bool
) -> Iterator[tuple[Node, Attributes]]:
    """Passing edges out of a node, or with ``up`` false into it, as neighbour and attributes."""
    # The dictionaries themselves: networkx's views of them take four times as long, and a hub has many edges.
    joined = graph._succ if up else graph._pred  # type: ignore[attr-defined]
    predicates, narrows = wanted.predicates, wanted.narrows
    for other, parallel in joined[node].items():
        for claim in parallel.values():
            # Most edges of a hub are of other predicates; they are put aside first.
            if claim["predicate"] in predicates and (
                not narrows or wanted.passes(graph, node if up else other, claim)
            ):
                yield other, claim


def links_between(graph: nx.MultiDiGraph[Node], subject: Node, object_: Node, wanted: Filter) -> list[Link]:
    """What passing claims state of one node with another as object."""
    stated = (graph.get_edge_data(subject, object_) or {}).values()
    passing = (claim for claim in stated if wanted.passes(graph, subject, claim))
    return _grouped(graph, ((object_, subject, claim) for claim in passing))


def _grouped(graph: nx.MultiDiGraph[Node], stated: Iterable[tuple[Node, Node, Attributes]]) -> list[Link]:
    """Links out of claims, each given as neighbour, subject and attributes."""
    supports: dict[tuple[Node, str], list[Support]] = {}
    for other, subject, claim in stated:
        supports.setdefault((other, claim["predicate"]), []).append(_support(graph, subject, claim))
    for papers in supports.values():
        if len(papers) > 1:
            papers.sort(key=lambda support: (-support.confidence, support.paper))
    found = [Link(other, predicate, tuple(papers)) for (other, predicate), papers in supports.items()]
    found.sort(key=lambda link: (-len(link.claims), link.node, link.predicate))
    return found


def _support(graph: nx.MultiDiGraph[Node], subject: Node, claim: Attributes) -> Support:
    paper = claim.get("paper", "")
    known: Attributes = graph.nodes[paper] if paper in graph else {}
    return Support(
        paper,
        str(known.get("label", paper)),
        known.get("issued", ""),
        # The edges of a result carry no sentence and no confidence; the result itself does.
        claim.get("exact", "") or graph.nodes[subject].get("exact", ""),
        confidence(graph, subject, claim),
        claim["predicate"] in DEPENDS_ON and of_a_copy(graph, subject, paper),
    )
