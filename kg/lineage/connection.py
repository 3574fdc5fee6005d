"""How two things are connected: the shortest ways between them, with the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kg.finding import UnknownName, find, suggest
from kg.graph import KINDS, KnowledgeGraph, Node
from kg.lineage.answer import TRACED, resolve
from kg.lineage.copies import COPIED
from kg.lineage.filters import Filter, filter_of
from kg.lineage.links import Link
from kg.lineage.paths import Path, paths
from kg.lineage.tree import counted, sentences
from kg.lines import one_line

__all__ = ["HUBS", "LONGEST", "Connection", "NotConnected", "connect"]

LONGEST = 6
"""Steps of a way, at most, unless asked otherwise: longer ones join nearly everything with everything."""

HUBS = ("modality", "metric", "task")
"""Kinds of node that join nearly everything, so that a way through one says little."""


class NotConnected(LookupError):
    """There is no way between two things; the message says how to look further."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Two things and the ways between them, the shortest first."""

    start: Node
    end: Node
    paths: tuple[Path, ...]
    graph: KnowledgeGraph = field(repr=False, compare=False)
    """Where they were looked for."""

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists."""
        names = self.graph.nx.nodes
        found = [
            {
                "nodes": [{"node": node, **_named(names[node])} for node in path.nodes],
                "hops": [asdict(hop) for hop in path.hops],
            }
            for path in self.paths
        ]
        return {"start": self.start, "end": self.end, "paths": found}

    def to_text(self, width: int | None = None) -> str:
        """Each way as a line of names and arrows, and below it what is stated of each step.

        Args:
            width: columns that sentences are folded to; as long as they are when left out.
        """
        told: set[tuple[Node, str]] = set()
        return "\n\n".join("\n".join(self._lines(path, width, told)) for path in self.paths)

    def _lines(self, path: Path, width: int | None, told: set[tuple[Node, str]]) -> Iterator[str]:
        labels = [self._label(node) for node in path.nodes]
        arrows = [str(hop) for hop in path.hops]
        chain = labels[0] + "".join(
            f" {arrow} {label}" for arrow, label in zip(arrows, labels[1:], strict=True)
        )
        yield f"{counted(len(path), 'step')}: {chain}"
        for hop in path.hops:
            for subject, links in ((hop.start, hop.forward), (hop.end, hop.backward)):
                for link in links:
                    yield from self._stated(subject, link, width, told)

    def _stated(
        self, subject: Node, link: Link, width: int | None, told: set[tuple[Node, str]]
    ) -> Iterator[str]:
        """A step, and its surest sentence where that was not told yet."""
        ends = f"{self._label(subject)} ─{link.predicate}→ {self._label(link.node)}"
        papers = f"{counted(len(link.claims), 'paper')}, {link.claims[0].confidence:.2f}"
        copied = f"; {COPIED}" if link.copy else ""
        surest = link.claims[0]
        place = surest.paper, surest.exact
        again = ": the same sentence" if surest.exact and place in told else ""
        yield f"  {ends}" + (f" ({papers}{copied}){again}" if surest.paper else "")
        if surest.paper and not again:
            told.add(place)
            yield from sentences((surest,), "      ", width)

    def _label(self, node: Node) -> str:
        return one_line(self.graph.nx.nodes[node]["label"])


def connect(
    graph: KnowledgeGraph,
    start: str,
    end: str,
    *,
    any_relation: bool = False,
    hubs: bool = False,
    min_confidence: float = 0.0,
    limit: int = 3,
    max_length: int | None = LONGEST,
) -> Connection:
    """The shortest ways between two things, along and against what is stated.

    Args:
        graph: where to look.
        start: a label, alias, node key or IRI.
        end: likewise.
        any_relation: whether to go by every relation, over papers and results too, and not by dependencies
            alone; then the two may be of any kind.
        hubs: whether a way may lead through a modality, metric or task.
        min_confidence: claims less sure than this, from 0 to 1, do not count.
        limit: how many ways at most.
        max_length: how many steps a way may have; None for any number.

    Raises:
        UnknownName: one of the two is not in the graph.
        NotConnected: there is no such way.
        ValueError: a number is out of its range, or both names are of one thing.
    """
    wanted = filter_of(graph, min_confidence=min_confidence)
    if any_relation:
        every = frozenset(claim["predicate"] for *_, claim in graph.nx.edges(data=True))
        wanted = replace(wanted, predicates=every)
    ends = (_end(graph, start, any_relation), _end(graph, end, any_relation))
    found = paths(
        graph.nx,
        *ends,
        wanted=wanted,
        around=() if hubs else HUBS,
        limit=limit,
        max_length=max_length,
    )
    if not found:
        raise NotConnected(_no_way(graph, ends, wanted, any_relation, hubs, max_length))
    return Connection(*ends, tuple(found), graph)


def _end(graph: KnowledgeGraph, name: str, any_kind: bool) -> Node:
    if not any_kind:
        try:
            return resolve(graph, name)[0]
        except UnknownName as error:
            advice = "--any takes things of any kind"
            raise UnknownName(name, TRACED, error.suggestions, error.elsewhere, advice) from None
    found = find(graph, name)
    if not found:
        raise UnknownName(name, KINDS, suggest(graph, name))
    # What a person names is a model or dataset before it is a paper of that title.
    return min(found, key=lambda node: graph.nx.nodes[node]["kind"] not in TRACED)


def _no_way(
    graph: KnowledgeGraph,
    ends: tuple[Node, Node],
    wanted: Filter,
    any_relation: bool,
    hubs: bool,
    max_length: int | None,
) -> str:
    """That there is none, and what to try."""
    by = "any relation" if any_relation else "dependencies"
    hints, within = [], ""
    if not any_relation:
        hints.append("--any goes by every relation")
    elif not hubs:
        hints.append("--hubs leads through modalities, metrics and tasks too")
    if max_length is not None:
        longer = paths(graph.nx, *ends, wanted=wanted, around=() if hubs else HUBS, limit=1)
        if longer:
            within = f" within {counted(max_length, 'step')}"
            hints.insert(0, f"the shortest way has {counted(len(longer[0]), 'step')}")
    if wanted.min_confidence:
        hints.append("a lower --min-confidence lets more count")
    hint = f": {'; '.join(hints)}" if hints else ""
    return f"{ends[0]} and {ends[1]} are not connected by {by}{within}{hint}"


def _named(known: dict[str, Any]) -> dict[str, str]:
    return {"label": known["label"], "kind": known["kind"]}
