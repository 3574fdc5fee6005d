"""Counts: what a graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.graph import KINDS, KnowledgeGraph
from kg.lines import one_line

__all__ = ["Ranked", "Stats", "stats"]

TOP = ("model", "dataset", "modality", "metric", "task")
"""Kinds of node that are ranked by the papers that name them."""

NO_CLAIMS = frozenset({"broader", "evaluates", "onDataset", "inMetric", "reportedIn"})
"""Predicates that hold the graph together and have no sentence of their own."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A thing and the number of papers that name it."""

    node: str
    label: str
    papers: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of a graph."""

    nodes: Mapping[str, int]
    """Nodes by kind."""
    edges: Mapping[str, int]
    """Edges by predicate, the most frequent first."""
    years: Mapping[str, int]
    """Papers by year, in order; ``unknown`` last."""
    top: Mapping[str, tuple[Ranked, ...]]
    """By kind, the things that most papers name."""
    evidence: float
    """Share of the statements that carry the text that says so, 0 to 1; 0 when there are none."""

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers."""
        return asdict(self)

    def to_text(self) -> str:
        """The counts as aligned lines of text."""
        lines: list[str] = []
        for title, counts in (("nodes", self.nodes), ("edges", self.edges), ("papers by year", self.years)):
            lines += _table(title, list(counts.items()))
        for kind, ranked in self.top.items():
            lines += _table(f"{kind}, by papers", [(one_line(r.label), r.papers) for r in ranked])
        lines.append(f"statements with the text that says so: {self.evidence:.1%}")
        return "\n".join(lines)


def stats(graph: KnowledgeGraph, top: int = 10) -> Stats:
    """Count what a graph holds; ``top`` things of each kind are ranked."""
    counts = graph.counts()
    edges: Counter[str] = Counter()
    stated = shown = 0
    namers: dict[str, set[str]] = {}
    for subject, object_, attributes in graph.nx.edges(data=True):
        predicate = attributes["predicate"]
        edges[predicate] += 1
        if predicate not in NO_CLAIMS:
            stated += 1
            shown += bool(attributes.get("exact"))
        if subject == attributes.get("paper"):
            namers.setdefault(object_, set()).add(subject)
    years = Counter(_year(attributes.get("issued", "")) for _, attributes in graph.nodes("paper"))
    ranked = {
        kind: tuple(
            sorted(
                (Ranked(n, a["label"], len(namers[n])) for n, a in graph.nodes(kind) if n in namers),
                key=lambda r: (-r.papers, r.node),
            )[:top]
        )
        for kind in TOP
    }
    return Stats(
        {kind: counts[kind] for kind in KINDS},
        dict(sorted(edges.items(), key=lambda item: (-item[1], item[0]))),
        dict(sorted(years.items())),
        ranked,
        shown / stated if stated else 0.0,
    )


def _year(issued: str) -> str:
    """The year of an ISO 8601 date; ``unknown``, which sorts last, when it does not begin with one."""
    return issued[:4] if issued[:4].isdecimal() else "unknown"


def _table(title: str, counts: Sequence[tuple[str, int]]) -> list[str]:
    """A heading and a line a count, numbers aligned; nothing when there are none."""
    if not counts:
        return []
    width = max(len(f"{count:,}") for _, count in counts)
    return [title, *(f"  {count:>{width},}  {name}" for name, count in counts), ""]
