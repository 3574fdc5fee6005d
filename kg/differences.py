"""What changed between two graphs: papers, things, claims and results that appeared, vanished or changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.graph import Attributes, KnowledgeGraph, Node
from kg.lines import one_line
from kg.results import reported
from kg.stats import NO_CLAIMS

__all__ = ["Change", "Changes", "Differences", "differences"]

_THINGS = ("model", "dataset", "modality", "metric", "task")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs."""

    key: str
    """A node's key; of a claim ``subject predicate object``; of a result what it says."""
    label: str
    """A node's label; empty for claims and results."""
    what: tuple[str, ...] = ()
    """For what is in both graphs: what differs, a line each."""

    def to_json(self) -> dict[str, Any]:
        """Without what is empty."""
        fields = {"key": self.key, "label": self.label, "what": list(self.what)}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs among things of one sort, each list in the order of the keys."""

    appeared: tuple[Change, ...]
    vanished: tuple[Change, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.appeared or self.vanished or self.changed)

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """Lists of plain dictionaries."""
        return {
            "appeared": [change.to_json() for change in self.appeared],
            "vanished": [change.to_json() for change in self.vanished],
            "changed": [change.to_json() for change in self.changed],
        }


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two graphs."""

    papers: Changes
    entities: Changes
    claims: Changes
    results: Changes

    def __bool__(self) -> bool:
        return any(changes for _, changes in self._sorts())

    def to_json(self) -> dict[str, Any]:
        """By sort, what appeared, vanished and changed."""
        return {sort: changes.to_json() for sort, changes in self._sorts()}

    def to_text(self) -> str:
        """A line for each, with ``+``, ``-`` or ``~`` in front."""
        return "\n".join(self._lines())

    def _sorts(self) -> tuple[tuple[str, Changes], ...]:
        return (
            ("papers", self.papers),
            ("entities", self.entities),
            ("claims", self.claims),
            ("results", self.results),
        )

    def _lines(self) -> Iterator[str]:
        for sort, changes in self._sorts():
            counts = len(changes.appeared), len(changes.vanished), len(changes.changed)
            yield f"{sort}: {counts[0]} appeared, {counts[1]} vanished, {counts[2]} changed"
            for sign, several in zip(
                "+-~", (changes.appeared, changes.vanished, changes.changed), strict=True
            ):
                for change in several:
                    label = f"  {one_line(change.label)}" if change.label else ""
                    yield f"  {sign} {one_line(change.key)}{label}"
                    yield from (f"      {one_line(line)}" for line in change.what)


def differences(old: KnowledgeGraph, new: KnowledgeGraph) -> Differences:
    """Compare two graphs by their keys; time is linear in both, apart from sorting.

    A claim is one thing whichever papers make it: it changed when other papers make it, or make it with
    another sentence or confidence. Results have no keys that stay, so they appear and vanish by what they
    say.
    """
    return Differences(
        papers=_nodes(old, new, ("paper",)),
        entities=_nodes(old, new, _THINGS),
        claims=_compare(_claims(old), _claims(new), _papers_changed),
        results=_results(old, new),
    )


def _nodes(old: KnowledgeGraph, new: KnowledgeGraph, kinds: tuple[str, ...]) -> Changes:
    def of(graph: KnowledgeGraph) -> dict[str, Attributes]:
        return {node: a for node, a in graph.nx.nodes(data=True) if a["kind"] in kinds}

    return _compare(of(old), of(new), _attributes_changed)


def _compare(old: Mapping[str, Any], new: Mapping[str, Any], how: Any) -> Changes:
    both = ((key, how(old[key], new[key])) for key in sorted(old.keys() & new.keys()))
    return Changes(
        appeared=tuple(_change(key, new[key]) for key in sorted(new.keys() - old.keys())),
        vanished=tuple(_change(key, old[key]) for key in sorted(old.keys() - new.keys())),
        changed=tuple(_change(key, new[key], what) for key, what in both if what),
    )


def _change(key: str, attributes: Mapping[str, Any], what: tuple[str, ...] = ()) -> Change:
    return Change(key, attributes.get("label", ""), what)


def _attributes_changed(old: Attributes, new: Attributes) -> tuple[str, ...]:
    return tuple(
        line
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
        for line in _how(name, old.get(name), new.get(name))
    )


def _how(name: str, old: Any, new: Any) -> Iterator[str]:
    if isinstance(old or new, tuple):
        yield from (f"{name} + {one}" for one in new or () if one not in (old or ()))
        yield from (f"{name} - {one}" for one in old or () if one not in (new or ()))
        if set(old or ()) == set(new or ()):
            yield f"{name}: in another order"
    elif name == "abstract":
        yield "abstract: another text"
    else:
        yield f"{name}: {'none' if old is None else old} → {'none' if new is None else new}"


def _claims(graph: KnowledgeGraph) -> dict[str, dict[Node, Attributes]]:
    """By claim, the papers that make it and how."""
    found: defaultdict[str, dict[Node, Attributes]] = defaultdict(dict)
    for subject, object_, attributes in graph.nx.edges(data=True):
        if attributes["predicate"] not in NO_CLAIMS:
            found[f"{subject} {attributes['predicate']} {object_}"][attributes.get("paper", "")] = attributes
    return found


def _papers_changed(old: Mapping[Node, Attributes], new: Mapping[Node, Attributes]) -> tuple[str, ...]:
    lines = [f"+ {paper}" for paper in sorted(new.keys() - old.keys())]
    lines += [f"- {paper}" for paper in sorted(old.keys() - new.keys())]
    for paper in sorted(old.keys() & new.keys()):
        for name in ("confidence", "exact", "method"):
            before, after = old[paper].get(name), new[paper].get(name)
            if before != after:
                said = "another sentence" if name == "exact" else f"{name} {before} → {after}"
                lines.append(f"~ {paper}: {said}")
    return tuple(lines)


def _results(old: KnowledgeGraph, new: KnowledgeGraph) -> Changes:
    before, after = _said(old), _said(new)
    return Changes(
        appeared=tuple(Change(said, "") for said in sorted((after - before).elements())),
        vanished=tuple(Change(said, "") for said in sorted((before - after).elements())),
        changed=(),
    )


def _said(graph: KnowledgeGraph) -> Counter[str]:
    """What results say, and how often."""
    found = Counter[str]()
    for result in reported(graph):
        parts = [
            result.paper or "no paper",
            result.model or "no model",
            result.metric or "no metric",
            f"{'gain ' if result.gain else ''}{result.text}",
            *([f"on {result.dataset}"] if result.dataset else []),
            *([f"({result.condition})"] if result.condition else []),
        ]
        found[" ".join(parts)] += 1
    return found
