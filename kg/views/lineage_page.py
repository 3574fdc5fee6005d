"""One page on one lineage: the layered drawing, and below it every link with its papers and sentences.

Names and sentences go through a template that escapes; a content security policy allows the page no
script and no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from kg.graph import DEPENDS_ON, KnowledgeGraph, Node
from kg.lineage.answer import Lineage
from kg.lineage.copies import COPIED
from kg.lineage.tracing import Step
from kg.lineage.tree import counted, headed, left_out, silence
from kg.lines import one_line
from kg.views.inlined import filled
from kg.views.layered import drawing

__all__ = ["address", "page"]

_STYLES = ("palette.css", "shared/tones.css", "shared/base.css", "lineage/layered.css", "lineage/lineage.css")
_ENDS = {"": "", "cycle": "↺ cycle", "repeated": "see elsewhere here", "cut": "goes on"}
# HTML has no way to write these, and half of a surrogate pair has no UTF-8.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def page(lineage: Lineage) -> str:
    """The page as HTML; the same lineage gives the same one."""
    ids = _ids(lineage)
    unused = set(ids)
    text = filled(
        "lineage/lineage.html",
        title=f"Lineage of {one_line(lineage.label)}",
        styles=_STYLES,
        allowed={"style-src": ["'unsafe-inline'"]},
        label=one_line(lineage.label),
        kind=lineage.kind,
        aliases=", ".join(lineage.graph.nx.nodes[lineage.node].get("aliases", ())),
        others=", ".join(lineage.others),
        asked=_asked(lineage),
        drawing=drawing(lineage, href=lambda node: f"#{ids[node]}"),
        sections=[
            (title.removesuffix(":"), _steps(trace.steps, lineage.graph, ids, unused), trace.more)
            for title, trace in headed(lineage)
        ],
        copied=COPIED if any(step.copy for *_, step in lineage) else "",
        left_out=left_out(lineage),
        silence=silence(lineage),
    )
    return _UNFIT.sub("\ufffd", text)


def address(paper: Mapping[str, Any]) -> str:
    """Where a paper can be read, from its attributes: an address for the web, or nothing."""
    url = paper.get("url", "")
    try:
        if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname:
            return str(url)
    except ValueError:  # what a text calls an address may be none
        pass
    if paper.get("doi"):
        return "https://doi.org/" + quote(paper["doi"], safe="/:;()", errors="replace")
    if paper.get("arxiv_id"):
        return "https://arxiv.org/abs/" + quote(paper["arxiv_id"], safe="/", errors="replace")
    return ""


def _ids(lineage: Lineage) -> dict[Node, str]:
    """The place on the page where each thing stands unfolded."""
    ids = {lineage.node: "target"}
    for _, _, _, step in lineage:
        if step.node not in ids and step.end in ("", "cut"):
            ids[step.node] = f"thing-{len(ids)}"
    return ids


def _steps(
    steps: Iterable[Step], graph: KnowledgeGraph, ids: Mapping[Node, str], unused: set[Node]
) -> list[dict[str, Any]]:
    """Steps as the template takes them; each place is given out once."""
    shown = []
    for step in steps:
        here = step.end in ("", "cut") and step.node in unused
        if here:
            unused.remove(step.node)
        shown.append(
            {
                "id": ids[step.node] if here else "",
                "predicate": step.predicate,
                "label": one_line(step.label),
                "kind": step.kind,
                "end": _ENDS[step.end],
                "stands": ids[step.node] if step.end in ("cycle", "repeated") else "",
                "papers": counted(len(step.claims), "paper"),
                "confidence": step.confidence,
                "copied": COPIED if step.copy else "",
                "copies": step.copies and f"{counted(step.copies, 'link')} of another copy not followed",
                "claims": [
                    {
                        "exact": claim.exact,
                        "title": one_line(claim.title),
                        "issued": claim.issued,
                        "confidence": claim.confidence,
                        "address": address(graph.nx.nodes[claim.paper] if claim.paper in graph.nx else {}),
                    }
                    for claim in step.claims
                ],
                "children": _steps(step.children, graph, ids, unused),
                "more": step.more,
            }
        )
    return shown


def _asked(lineage: Lineage) -> str:
    """What had to be so for a claim to count; empty when nothing had."""
    wanted = lineage.wanted
    parts = []
    if wanted.predicates != DEPENDS_ON:
        parts.append(f"only {', '.join(sorted(wanted.predicates))}")
    if wanted.min_confidence:
        parts.append(f"confidence {wanted.min_confidence:g} or more")
    if wanted.since is not None:
        parts.append(f"papers since {wanted.since}")
    if wanted.modality:
        parts.append(f"papers that work with {one_line(wanted.modality)}")
    return f"asked for: {'; '.join(parts)}" if parts else ""
