"""A lineage as text that other programs draw: Graphviz and Mermaid.

Arrows run with time, from left to right: from what is depended on to what depends on it. What stands on them
is read that way too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.graph import Node
from kg.lineage.answer import EVALUATED, Lineage
from kg.lineage.copies import COPIED
from kg.lines import TURNING, shortened

__all__ = ["ONWARD", "dot", "mermaid"]

ONWARD = {
    "trainedOn": "used to train",
    "basedOn": "basis of",
    "derivedFrom": "source of",
    "builtWith": "used to build",
    "evaluatedOn": "used to evaluate",
}
"""Each link as it reads from the object to the subject."""

LONGEST = 80
"""Characters of a name in a drawing, at most."""

_SHAPES = {"model": ("ellipse", "([{}])"), "dataset": ("box", "[{}]")}
"""By kind, the shape in Graphviz and the brackets in Mermaid."""


def dot(lineage: Lineage) -> str:
    """A digraph in Graphviz's language."""
    lines = ["digraph lineage {", "  rankdir=LR;", '  node [fontname="sans-serif"];']
    for node in _things(lineage):
        known = lineage.graph.nx.nodes[node]
        style = " style=bold" if node == lineage.node else ""
        label = _quoted(_name(known["label"]))
        lines.append(f"  {_quoted(node)} [label={label} shape={_SHAPES[known['kind']][0]}{style}];")
    for subject, object_, label, evaluated in _arrows(lineage):
        style = " style=dashed" if evaluated else ""
        lines.append(f"  {_quoted(object_)} -> {_quoted(subject)} [label={_quoted(label)}{style}];")
    return "\n".join([*lines, "}"])


def mermaid(lineage: Lineage) -> str:
    """A flowchart in Mermaid's language; nodes are numbered, since a key may hold what it cannot read."""
    number = {node: f"n{place}" for place, node in enumerate(_things(lineage))}
    lines = ["flowchart LR"]
    for node, name in number.items():
        known = lineage.graph.nx.nodes[node]
        label = '"' + _entities(_name(known["label"])) + '"'
        lines.append(f"  {name}{_SHAPES[known['kind']][1].format(label)}")
    for subject, object_, label, evaluated in _arrows(lineage):
        arrow = "-.->" if evaluated else "-->"
        lines.append(f'  {number[object_]} {arrow}|"{_entities(label)}"| {number[subject]}')
    return "\n".join([*lines, f"  style {number[lineage.node]} stroke-width:4px"])


def _things(lineage: Lineage) -> dict[Node, None]:
    things = {lineage.node: None}
    for _, subject, object_, _ in lineage:
        things |= {subject: None, object_: None}
    return things


def _arrows(lineage: Lineage) -> Iterator[tuple[Node, Node, str, bool]]:
    """Each link once, as subject, object, what to write on it, and whether it is an evaluation."""
    seen = set()
    for side, subject, object_, step in lineage:
        if (subject, step.predicate, object_) not in seen:
            seen.add((subject, step.predicate, object_))
            papers = f" ({len(step.claims)})" if len(step.claims) > 1 else ""
            copied = f", {COPIED}" if step.copy else ""
            yield subject, object_, ONWARD[step.predicate] + papers + copied, side == EVALUATED


def _name(label: str) -> str:
    return shortened(label, LONGEST)


# Characters that neither language can hold, or that turn the direction of text round.
_UNFIT = re.compile(f"[\x00-\x1f\x7f-\x9f{TURNING}\ud800-\udfff]")


def _quoted(text: str) -> str:
    """A string of Graphviz: a backslash would begin an escape, a quote would end it."""
    return '"' + _UNFIT.sub("\ufffd", text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _entities(text: str) -> str:
    """Text of Mermaid: what Markdown, HTML or its own language could read as a sign is a numbered entity."""
    return _SIGNS.sub(lambda found: f"#{ord(found[0])};", _UNFIT.sub("\ufffd", text))


_SIGNS = re.compile(r"[^\w .,:/()+-]|_|[.)+-](?= )")
"""The last are marks that would begin an item of a list."""
