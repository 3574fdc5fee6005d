"""The lineage of a model or dataset, found by name: both sides, and what it was evaluated on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.finding import UnknownName, find, suggest
from kg.graph import KnowledgeGraph, Node
from kg.lineage.filters import EVALUATED_ON, Filter, filter_of
from kg.lineage.paths import Path, paths
from kg.lineage.tracing import Step, Trace, trace, walk

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["EVALUATED", "SIDES", "TRACED", "Lineage", "lineage", "resolve"]

TRACED = ("model", "dataset")
"""Kinds of node that have a lineage."""

SIDES = ("upstream", "downstream")
EVALUATED = "evaluated"


@dataclass(frozen=True, slots=True)
class Lineage:
    """The answer: the target and the trees on both sides of it."""

    node: Node
    label: str
    kind: str
    others: tuple[Node, ...]
    """Other models and datasets that go by the name asked for."""
    traces: Mapping[str, Trace] = field(repr=False)
    """What was asked for, by name: one or both of :data:`SIDES`, and :data:`EVALUATED`."""
    wanted: Filter = field(repr=False)
    """Which claims counted."""
    copies: bool = field(repr=False)
    """Whether what papers say of copies of their own was carried on."""
    graph: KnowledgeGraph = field(repr=False, compare=False)
    """Where it was traced."""

    @property
    def upstream(self) -> tuple[Step, ...]:
        """What the target depends on."""
        return self._steps("upstream")

    @property
    def downstream(self) -> tuple[Step, ...]:
        """What depends on the target."""
        return self._steps("downstream")

    @property
    def evaluated(self) -> tuple[Step, ...]:
        """Models evaluated on the dataset, or datasets the model was evaluated on."""
        return self._steps(EVALUATED)

    def __iter__(self) -> Iterator[tuple[str, Node, Node, Step]]:
        """Every link as (side, subject, object, step), in the order in which the trees are printed."""
        for side, found in self.traces.items():
            up = side == "upstream" or (side == EVALUATED and self.kind == "model")
            for node, step in walk(self.node, found.steps):
                yield (side, node, step.node, step) if up else (side, step.node, node, step)

    def paths(self, to: str, limit: int = 5, max_length: int | None = None) -> list[Path]:
        """How the target comes from another thing, or that from the target: the shortest ways first.

        Every way goes along the dependencies, by claims that counted here. For ways that turn round on
        the way there is :func:`kg.lineage.connect`.

        Args:
            to: the other thing, as :func:`lineage` takes it.
            limit: how many ways at most.
            max_length: how many steps a way may have; any number when left out.

        Raises:
            UnknownName: no model or dataset has that name.
            ValueError: a number is less than 1, or the other thing is the target itself.
        """
        other, *_ = resolve(self.graph, to)
        nx_graph = self.graph.nx
        predicates = self.wanted.predicates - {EVALUATED_ON}
        asked: dict[str, Any] = {
            "wanted": replace(self.wanted, predicates=predicates),
            "limit": limit,
            "max_length": max_length,
            "copies": self.copies,
        }
        return paths(nx_graph, self.node, other, way="up", **asked) or paths(
            nx_graph, self.node, other, way="down", **asked
        )

    def to_networkx(self) -> nx.MultiDiGraph[Node]:
        """The target, what its trees hold and the claims between them, as a graph of the same shape.

        Evaluations are not in it, so that ``networkx.ancestors`` and the like speak of dependency.
        """
        whole = self.graph.nx
        part: nx.MultiDiGraph[Node] = nx.MultiDiGraph()
        part.add_node(self.node, **whole.nodes[self.node])
        for side, subject, object_, step in self:
            if side == EVALUATED:
                continue
            part.add_node(step.node, **whole.nodes[step.node])
            for claim in step.claims:
                key = f"{step.predicate}|{claim.paper}"
                part.add_edge(subject, object_, key, **whole.edges[subject, object_, key])
        return part

    def to_rows(self, evidence: bool = False) -> list[dict[str, Any]]:
        """One row a link; with ``evidence`` one row a paper that states it. See :mod:`kg.lineage.rows`."""
        from kg.lineage.rows import rows

        return list(rows(self, evidence))

    def to_frame(self, evidence: bool = False) -> DataFrame:
        """The rows as a pandas data frame.

        Raises:
            ImportError: pandas is not installed; the message says how to.
        """
        from kg.lineage.rows import frame

        return frame(self, evidence)

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists, nested like the trees; only the sides that were asked for."""
        asked = {
            "only": sorted(self.wanted.predicates),
            "min_confidence": self.wanted.min_confidence,
            "since": self.wanted.since,
            "modality": self.wanted.modality or None,
            "copies": self.copies,
        }
        sides = {side: [asdict(step) for step in found.steps] for side, found in self.traces.items()}
        left_out = {
            side: {
                "more": found.more,
                "held_back": found.held_back,
                "undated": len(found.undated),
                "copies": found.copies,
            }
            for side, found in self.traces.items()
        }
        head = {"node": self.node, "label": self.label, "kind": self.kind, "others": list(self.others)}
        return {**head, **sides, "left_out": left_out, "asked": asked}

    def to_text(self, evidence: bool = False, width: int | None = None) -> str:
        """The trees as lines of text.

        Args:
            evidence: whether to print the sentences, each with its paper; else one paper's title a link.
            width: columns that a line may take: titles are shortened and sentences folded to it.
        """
        from kg.lineage.tree import text

        return text(self, evidence, width)

    def to_dot(self) -> str:
        """A drawing for Graphviz, what the target depends on at the left."""
        from kg.lineage.diagrams import dot

        return dot(self)

    def to_mermaid(self) -> str:
        """A flowchart for Mermaid, what the target depends on at the left."""
        from kg.lineage.diagrams import mermaid

        return mermaid(self)

    def to_html(self) -> str:
        """One page that opens offline: a drawing, and every link with its papers and sentences."""
        from kg.views.lineage_page import page

        return page(self)

    def _repr_html_(self) -> str:
        from kg.views.notebook import framed

        return framed(self.to_html(), height=520)

    def _steps(self, side: str) -> tuple[Step, ...]:
        return self.traces[side].steps if side in self.traces else ()


def lineage(
    graph: KnowledgeGraph,
    name: str,
    depth: int | None = None,
    *,
    kind: str | None = None,
    up: bool = True,
    down: bool = True,
    only: str | Iterable[str] | None = None,
    min_confidence: float = 0.0,
    since: int | None = None,
    modality: str | None = None,
    limit: int | None = None,
    copies: bool = False,
) -> Lineage:
    """Trace a model or dataset.

    Args:
        graph: where to look.
        name: a label, alias, node key or IRI; of several nodes of one name the one with most edges is taken.
        depth: how many steps to follow; all (up to :data:`kg.lineage.DEEPEST`) when left out.
        kind: ``model`` or ``dataset``, where both go by the name.
        up: whether to trace what it depends on.
        down: whether to trace what depends on it; what it was evaluated on is told when both are wanted.
        only: some of :data:`kg.lineage.LINKS`, in a list or with commas between; all when left out.
        min_confidence: claims less sure than this, from 0 to 1, do not count.
        since: claims of papers from before this year, or of no known year, do not count.
        modality: claims of papers that do not work with this modality, or a narrower one, do not count.
        limit: how many links of one thing to follow, those of most papers first; all when left out.
        copies: whether to carry on to others what a paper says of its own copy of a model; see
            :mod:`kg.lineage.copies`.

    Raises:
        UnknownName: no model or dataset, or no modality, has that name.
        ValueError: a number is out of its range, or a kind or link is unknown.
    """
    only = only.split(",") if isinstance(only, str) else None if only is None else tuple(only)
    wanted = filter_of(graph, only=only, min_confidence=min_confidence, since=since, modality=modality)
    node, *others = resolve(graph, name, TRACED if kind is None else (kind,))
    known = graph.nx.nodes[node]
    dependencies = replace(wanted, predicates=wanted.predicates - {EVALUATED_ON})
    traces: dict[str, Trace] = {}
    for side, asked in zip(SIDES, (up, down), strict=True):
        if asked and dependencies.predicates:
            traces[side] = trace(
                graph.nx,
                node,
                up=side == "upstream",
                depth=depth,
                wanted=dependencies,
                limit=limit,
                copies=copies,
            )
    if up and down and (only is None or EVALUATED_ON in wanted.predicates):
        evaluations = replace(wanted, predicates=frozenset({EVALUATED_ON}))
        upward = known["kind"] == "model"
        traces[EVALUATED] = trace(graph.nx, node, up=upward, depth=1, wanted=evaluations, limit=limit)
    return Lineage(node, known["label"], known["kind"], tuple(others), traces, wanted, copies, graph)


def resolve(graph: KnowledgeGraph, name: str, kinds: Collection[str] = TRACED) -> list[Node]:
    """Models or datasets that go by a name, the one that is taken first.

    Raises:
        UnknownName: there is none; the message says what is near, or what else the name is of.
        ValueError: a kind has no lineage.
    """
    for kind in kinds:
        if kind not in TRACED:
            raise ValueError(f"a {kind} has no lineage; choose from {', '.join(TRACED)}")
    if found := find(graph, name, kinds):
        return found
    raise UnknownName(name, kinds, suggest(graph, name, kinds), find(graph, name))
