"""What a check finds: one finding a fault, with the sentences behind it and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph import KnowledgeGraph, Node

__all__ = ["Finding", "Said", "correction", "said", "surest"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of one paper."""

    subject: Node
    subject_label: str
    predicate: str
    object: Node
    object_label: str
    paper: Node
    title: str
    sentence: str
    """Empty when the paper's record has none."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be wrong."""

    check: str
    """``leakage``, ``disagreements``, ``duplicates`` or ``orphans``."""
    kind: str
    """Which sort of it; :data:`kg.audit.KINDS` explains each."""
    things: tuple[Node, ...]
    """What it is about, the most telling first."""
    summary: str
    """One sentence that says what was found."""
    confidence: float
    """How sure the readings behind it are, 0 to 1: that of the least sure of the statements it needs."""
    said: tuple[Said, ...] = ()
    """The statements behind it; of a chain in order."""
    remedy: str = ""
    """A line for the corrections file that settles it; empty where there is none."""


def said(graph: KnowledgeGraph, subject: Node, object_: Node, attributes: Mapping[str, object]) -> Said:
    """The statement that an edge makes."""
    nodes = graph.nx.nodes
    paper = str(attributes.get("paper") or "")
    confidence = attributes.get("confidence", 1.0)
    return Said(
        subject,
        nodes[subject]["label"],
        str(attributes["predicate"]),
        object_,
        nodes[object_]["label"],
        paper,
        nodes[paper]["label"] if paper in nodes else paper,
        str(attributes.get("exact", "")),
        confidence if isinstance(confidence, int | float) else 1.0,
    )


def surest(statements: Iterable[Said]) -> Said:
    """The statement that was read most surely; of equals the one of the first paper by key."""
    return min(statements, key=lambda s: (-s.confidence, s.paper))


def correction(entry: Mapping[str, object]) -> str:
    """An entry of a corrections file, on one line."""
    import yaml

    text = yaml.safe_dump(
        [entry], default_flow_style=True, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    return "- " + text.strip().removeprefix("[").removesuffix("]")
