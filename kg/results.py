"""Numbers that papers report, each joined with what it measures, and put on one scale to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph import Attributes, KnowledgeGraph, Node

__all__ = ["Reported", "on_scale", "reported", "written", "year"]

_PERCENT = r"\s?(?:\\?%|％|percent\b|per cent\b)"
_UNITS = r"\s?(?:mm|cm|µm|um|px|HU|°|\^?\{?\\circ|degrees?\b)"
"""Units that no share of a whole has: a number with one behind it does not belong to such a metric."""
_SPREAD = r"(?:\s?(?:±|\\pm|\+/-)\s?[\d.]+)?"
"""What may stand between a number and its unit: a standard deviation."""

_ENDS = {"evaluates": "model", "onDataset": "dataset", "inMetric": "metric", "reportedIn": "paper"}


@dataclass(frozen=True, slots=True)
class Reported:
    """One number of one paper; what the text does not say is None."""

    node: Node
    paper: Node | None
    model: Node | None
    dataset: Node | None
    metric: Node | None
    text: str
    """As written."""
    value: float | None
    gain: bool
    """Whether it is a gain over something else, not a value of its own."""
    condition: str
    """Empty when the text names none."""
    exact: str
    """The sentence; empty when the record has none."""
    confidence: float


def reported(graph: KnowledgeGraph, nodes: Iterable[Node] | None = None) -> Iterator[Reported]:
    """Every result of a graph in the order of their keys, or those asked for."""
    for node in (key for key, _ in graph.nodes("result")) if nodes is None else nodes:
        attributes = graph.nx.nodes[node]
        ends: dict[str, Node | None] = dict.fromkeys(_ENDS.values())
        for _, target, edge in graph.nx.out_edges(node, data=True):
            if edge["predicate"] in _ENDS:
                ends[_ENDS[edge["predicate"]]] = target
        yield Reported(
            node,
            **ends,
            text=attributes.get("text") or attributes["label"],
            value=attributes.get("value"),
            gain=bool(attributes.get("gain")),
            condition=attributes.get("condition", ""),
            exact=attributes.get("exact", ""),
            confidence=attributes.get("confidence", 1.0),
        )


def on_scale(result: Reported, metric: Attributes) -> tuple[float | None, str]:
    """The number as its metric counts it, percent made a share of one; else None and why there is none.

    A number is taken for percent when its sentence says so or, of a metric that goes up to 1, when it is
    beyond 1.

    Args:
        metric: attributes of the metric's node (``minimum`` and ``maximum``, as far as they are known).
    """
    if result.value is None:
        return None, "is not one number"
    least, most = metric.get("minimum"), metric.get("maximum")
    value = result.value
    if most == 1:
        if _stands_before(_UNITS, result):
            return None, "has a unit that the metric has not"
        if abs(value) > 1 or _stands_before(_PERCENT, result):
            # Rounded, so that 88.2 % is 0.882 and not one bit beside it.
            value = round(value / 100, 12)
    if (least is not None and value < least) or (most is not None and value > most):
        return None, "is beyond the range of the metric"
    return value, ""


def written(result: Reported) -> str:
    """The number as its sentence has it, with the sign where it is percent."""
    percent = "%" not in result.text and _stands_before(_PERCENT, result)
    return f"{result.text}%" if percent else result.text


def year(graph: KnowledgeGraph, paper: Node | None) -> int | None:
    """The year a paper came out, if its date begins with one."""
    issued = graph.nx.nodes[paper].get("issued", "") if paper is not None and paper in graph.nx else ""
    return int(issued[:4]) if re.match(r"\d{4}(?!\d)", issued, re.ASCII) else None


def _stands_before(what: str, result: Reported) -> bool:
    """Whether the sentence has the number with this right behind it."""
    return bool(re.search(rf"(?<![\d.]){re.escape(result.text)}{_SPREAD}{what}", result.exact))
