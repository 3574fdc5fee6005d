"""Lineage: what a model or dataset depends on, and what depends on it.

A dependency is an edge of one of :data:`kg.graph.DEPENDS_ON`; parallel edges are the papers behind it. Being
evaluated on a dataset is no dependency, and is told apart.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any, Literal

import networkx as nx

from kg.finding import UnknownName, find, suggest
from kg.graph import DEPENDS_ON, KnowledgeGraph, Node

__all__ = ["Lineage", "Step", "Support", "downstream", "lineage", "upstream"]

TRACED = ("model", "dataset")
"""Kinds of node that have a lineage."""

DEEPEST = 100
"""Levels a tree has at most; what lies beyond is said to be cut."""

TITLE_LENGTH = 80
"""Characters of a paper's title beside a link, at most."""

NARROWEST = 20
"""Characters that text is folded or cut to, at least, however narrow the terminal."""

End = Literal["", "cycle", "repeated", "cut"]


@dataclass(frozen=True, slots=True)
class Support:
    """One paper's statement of a link."""

    paper: Node
    title: str
    exact: str
    """The sentence; empty when the paper's record has none."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Step:
    """A link of a lineage tree: the thing it leads to, and what is behind that."""

    node: Node
    label: str
    kind: str
    predicate: str
    depth: int
    """1 for what is linked to the target itself."""
    claims: tuple[Support, ...]
    """The papers that state the link, the most confident first."""
    children: tuple[Step, ...] = ()
    end: End = ""
    """Why the tree goes no further although there is more: the thing is on the way here already
    (``cycle``), stands elsewhere in the tree (``repeated``), or lies at the depth asked for (``cut``)."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The answer: the target and the trees on both sides of it."""

    node: Node
    label: str
    kind: str
    upstream: tuple[Step, ...]
    """What the target depends on."""
    downstream: tuple[Step, ...]
    """What depends on the target."""
    evaluated: tuple[Step, ...]
    """Models evaluated on the dataset, or datasets the model was evaluated on."""
    others: tuple[Node, ...] = ()
    """Other nodes that go by the name asked for."""

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists, nested like the trees."""
        return asdict(self)

    def to_text(self, evidence: bool = False, width: int | None = None) -> str:
        """The trees as lines of text.

        Args:
            evidence: whether to print the sentences, each with its paper; else one paper's title a link.
            width: columns that a line may take: titles are shortened and sentences folded to it.
        """
        lines = [f"{_line(self.label)} ({self.kind}, {self.node})"]
        if self.others:
            lines.append(f"  others of that name: {', '.join(self.others)}")
        on = "evaluated on it" if self.kind == "dataset" else "it was evaluated on"
        for title, steps in (
            ("depends on", self.upstream),
            ("what depends on it", self.downstream),
            (on, self.evaluated),
        ):
            lines += ["", f"{title}:" if steps else f"{title}: nothing known"]
            lines += _tree(steps, evidence, width)
        return "\n".join(lines)


def lineage(graph: KnowledgeGraph, name: str, depth: int | None = None) -> Lineage:
    """Trace a model or dataset in both directions.

    Args:
        graph: where to look.
        name: a label, alias, node key or IRI; of several nodes of one name the one with most edges is taken.
        depth: how many steps to follow; all (up to :data:`DEEPEST`) when left out.

    Raises:
        UnknownName: no model or dataset has that name.
        ValueError: ``depth`` is less than 1.
    """
    found = find(graph, name, TRACED)
    if not found:
        raise UnknownName(name, TRACED, suggest(graph, name, TRACED))
    node, *others = found
    attributes = graph.nx.nodes[node]
    evaluated = _links(graph.nx, node, frozenset({"evaluatedOn"}), up=attributes["kind"] == "model")
    return Lineage(
        node,
        attributes["label"],
        attributes["kind"],
        upstream(graph.nx, node, depth),
        downstream(graph.nx, node, depth),
        tuple(_step(graph.nx, *link, depth=1) for link in evaluated),
        tuple(others),
    )


def upstream(
    graph: nx.MultiDiGraph[Node],
    node: Node,
    depth: int | None = None,
    predicates: frozenset[str] = DEPENDS_ON,
) -> tuple[Step, ...]:
    """What a node depends on, as a tree: breadth first, each thing unfolded once, cycles ended.

    Linear in the edges reached.

    Raises:
        ValueError: ``depth`` is less than 1.
    """
    return _walk(graph, node, depth, predicates, up=True)


def downstream(
    graph: nx.MultiDiGraph[Node],
    node: Node,
    depth: int | None = None,
    predicates: frozenset[str] = DEPENDS_ON,
) -> tuple[Step, ...]:
    """What depends on a node; see :func:`upstream`."""
    return _walk(graph, node, depth, predicates, up=False)


_Link = tuple[Node, str, tuple[Support, ...]]


def _walk(
    graph: nx.MultiDiGraph[Node], root: Node, depth: int | None, predicates: frozenset[str], up: bool
) -> tuple[Step, ...]:
    """Lay the tree out breadth first, then make the steps from the leaves up."""
    if depth is not None and depth < 1:
        raise ValueError(f"depth is {depth}; it counts steps, so it must be at least 1")
    limit = min(depth or DEEPEST, DEEPEST)
    seen = {root}
    # One place a step: node, predicate, claims, depth, the place it hangs from, why it ends.
    places: list[tuple[_Link, int, int, End]] = []
    waiting: deque[tuple[Node, int, int]] = deque([(root, 0, -1)])
    while waiting:
        node, level, parent = waiting.popleft()
        for link in _links(graph, node, predicates, up):
            target = link[0]
            end: End = ""
            if target == root or target in _way(places, parent):
                end = "cycle"
            elif target in seen or level + 1 >= limit:
                more = _goes_on(graph, target, predicates, up)
                end = ("repeated" if target in seen else "cut") if more else ""
            else:
                waiting.append((target, level + 1, len(places)))
            seen.add(target)
            places.append((link, level + 1, parent, end))
    children: dict[int, list[Step]] = defaultdict(list)
    for place in range(len(places) - 1, -1, -1):
        link, level, parent, end = places[place]
        below = tuple(reversed(children.pop(place, [])))
        children[parent].append(_step(graph, *link, depth=level, children=below, end=end))
    return tuple(reversed(children[-1]))


def _way(places: list[tuple[_Link, int, int, End]], place: int) -> Iterator[Node]:
    """The nodes from a place back to the root."""
    while place >= 0:
        (node, *_), _, place_above, _ = places[place]
        yield node
        place = place_above


def _goes_on(graph: nx.MultiDiGraph[Node], node: Node, predicates: frozenset[str], up: bool) -> bool:
    edges = graph.out_edges(node, data=True) if up else graph.in_edges(node, data=True)
    return any(attributes["predicate"] in predicates for *_, attributes in edges)


def _links(graph: nx.MultiDiGraph[Node], node: Node, predicates: frozenset[str], up: bool) -> list[_Link]:
    """Neighbours by predicate with the papers that say so, those of most papers first."""
    edges = graph.out_edges(node, data=True) if up else graph.in_edges(node, data=True)
    claims: dict[tuple[Node, str], list[Support]] = defaultdict(list)
    for subject, object_, attributes in edges:
        if attributes["predicate"] in predicates:
            paper = attributes["paper"]
            title = graph.nodes[paper]["label"] if paper in graph else paper
            support = Support(paper, title, attributes.get("exact", ""), attributes.get("confidence", 1.0))
            claims[object_ if up else subject, attributes["predicate"]].append(support)
    links = [
        (other, predicate, tuple(sorted(papers, key=lambda s: (-s.confidence, s.paper))))
        for (other, predicate), papers in claims.items()
    ]
    return sorted(links, key=lambda link: (-len(link[2]), link[0], link[1]))


def _step(
    graph: nx.MultiDiGraph[Node],
    node: Node,
    predicate: str,
    claims: tuple[Support, ...],
    *,
    depth: int,
    children: tuple[Step, ...] = (),
    end: End = "",
) -> Step:
    attributes = graph.nodes[node]
    return Step(node, attributes["label"], attributes["kind"], predicate, depth, claims, children, end)


_ENDS = {"cycle": " ↺ cycle", "repeated": " (see elsewhere here)", "cut": " …"}
_BEFORE_TITLE = " — "


def _tree(steps: tuple[Step, ...], evidence: bool, width: int | None, indent: str = "") -> Iterator[str]:
    """Lines of a tree, drawn as ``tree(1)`` does."""
    for place, step in enumerate(steps, 1):
        branch, below = ("├── ", "│   ") if place < len(steps) else ("└── ", "    ")
        papers = f"{len(step.claims)} paper{'s' * (len(step.claims) != 1)}"
        surest = step.claims[0]
        told = f"{step.predicate}: {_line(step.label)} ({step.kind}; {papers}, {surest.confidence:.2f})"
        line = indent + branch + told + _ENDS.get(step.end, "")
        if evidence:
            yield line
            yield from _sentences(step, indent + below + ("│   " if step.children else "    "), width)
        else:
            room = TITLE_LENGTH if width is None else max(width - len(line) - len(_BEFORE_TITLE), 0)
            title = _shortened(surest.title, min(room, TITLE_LENGTH))
            yield f"{line}{_BEFORE_TITLE}{title}" if title else line
        yield from _tree(step.children, evidence, width, indent + below)


def _sentences(step: Step, stem: str, width: int | None) -> Iterator[str]:
    """What each paper says, and which paper it is."""
    room = None if width is None else max(width - len(stem), NARROWEST)
    for claim in step.claims:
        said = f"“{_line(claim.exact)}”" if claim.exact else "(no sentence)"
        paper = f"— {_line(claim.title)} [{claim.paper}]"
        for text in (said, paper):
            lines = [text] if room is None else wrap(text, room, break_on_hyphens=False)
            yield from (stem + line for line in lines)


def _shortened(title: str, room: int) -> str:
    """A title cut between words to so many characters; empty where hardly any would be left."""
    title = _line(title)
    if len(title) <= room:
        return title
    return "" if room < NARROWEST else title[: room - 1].rpartition(" ")[0] + "…"


def _line(text: str) -> str:
    """Text on one line, so that a name or sentence cannot look like a line of the tree."""
    return " ".join(text.split())
