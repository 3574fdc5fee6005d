"""A lineage as lines of text, drawn as ``tree(1)`` does."""

from __future__ import annotations

from collections.abc import Iterator

from kg.lineage.answer import EVALUATED, Lineage
from kg.lineage.copies import COPIED
from kg.lineage.links import Support
from kg.lineage.tracing import Step, Trace, walk
from kg.lines import NARROWEST, folded, one_line

__all__ = ["counted", "headed", "left_out", "sentences", "silence", "text"]

SELDOM = "abstracts seldom tell what a model was trained on or data were made from: not known is not none"
"""Said where a lineage finds nothing above its target."""

TITLE_LENGTH = 80
"""Characters of a paper's title beside a link, at most."""

_ENDS = {"cycle": " ↺ cycle", "repeated": " (see elsewhere here)", "cut": " …"}
_BEFORE_TITLE = " — "


def text(lineage: Lineage, evidence: bool = False, width: int | None = None) -> str:
    """The trees of a lineage as lines of text; see :meth:`kg.lineage.Lineage.to_text`."""
    lines = [f"{one_line(lineage.label)} ({lineage.kind}, {lineage.node})"]
    if lineage.others:
        lines.append(f"  others of that name: {', '.join(map(one_line, lineage.others))}")
    for heading, trace in headed(lineage):
        lines += ["", heading]
        lines += _tree(trace.steps, trace.more, evidence, width)
    if said := [line for line in (silence(lineage), left_out(lineage)) if line]:
        lines += ["", *said]
    return "\n".join(lines)


def headed(lineage: Lineage) -> Iterator[tuple[str, Trace]]:
    """Each side with its heading: how much it holds, or that it holds nothing."""
    for side, trace in lineage.traces.items():
        yield _heading(side, lineage, trace), trace


def left_out(lineage: Lineage) -> str:
    """What was kept from the trees, by the filter or as of a copy, in one line; empty when nothing."""
    held_back = sum(trace.held_back for trace in lineage.traces.values())
    undated = frozenset[str]().union(*(trace.undated for trace in lineage.traces.values()))
    of_no_year = f" ({counted(len(undated), 'paper')} of no known year)" if undated else ""
    copies = sum(trace.copies for trace in lineage.traces.values())
    parts = []
    if held_back:
        parts.append(f"{counted(held_back, 'link')} that no paper states as asked{of_no_year}")
    if copies:
        parts.append(f"{counted(copies, 'link')} of another copy of a model (--copies follows them)")
    return f"left out: {'; '.join(parts)}" if parts else ""


def silence(lineage: Lineage) -> str:
    """What it means that nothing is known above the target; empty when something is."""
    above = lineage.traces.get("upstream")
    return "" if above is None or above.steps or above.held_back else SELDOM


def counted(number: int, thing: str) -> str:
    """A number and what it counts, in the plural where it is not one."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def sentences(claims: tuple[Support, ...], stem: str, width: int | None) -> Iterator[str]:
    """What each paper says, and which paper it is, behind a stem and folded to a width."""
    for claim in claims:
        said = f"“{one_line(claim.exact)}”" if claim.exact else "(no sentence)"
        paper = f"— {one_line(claim.title)} [{one_line(claim.paper)}]" if claim.paper else "— (no paper)"
        yield from folded(said, width, stem)
        yield from folded(paper, width, stem)


def _heading(side: str, lineage: Lineage, trace: Trace) -> str:
    if side == EVALUATED:
        title = "evaluated on it" if lineage.kind == "dataset" else "it was evaluated on"
    else:
        title = "depends on" if side == "upstream" else "what depends on it"
    if not trace.steps:
        return f"{title}: nothing " + ("that passes" if trace.held_back else "known")
    shown = len({step.node for _, step in walk(lineage.node, trace.steps)} - {lineage.node})
    deep = f", up to {counted(trace.furthest, 'step')} away" if trace.furthest > 1 else ""
    some = f"; {shown:,} shown" if shown < trace.things else ""
    return f"{title} ({counted(trace.things, 'thing')}{deep}{some}):"


def _tree(
    steps: tuple[Step, ...], more: int, evidence: bool, width: int | None, indent: str = ""
) -> Iterator[str]:
    for place, step in enumerate(steps, 1):
        last = place == len(steps) and not more
        branch, below = ("└── ", "    ") if last else ("├── ", "│   ")
        papers = counted(len(step.claims), "paper")
        copied = f"; {COPIED}" if step.copy else ""
        told = (
            f"{step.predicate}: {one_line(step.label)} ({step.kind}; {papers}, {step.confidence:.2f}{copied})"
        )
        line = indent + branch + told + _ENDS.get(step.end, "")
        if step.copies:
            line += f" ({counted(step.copies, 'link')} of another copy not followed)"
        if evidence:
            yield line
            stem = indent + below + ("│   " if step.children or step.more else "    ")
            yield from sentences(step.claims, stem, width)
        else:
            room = TITLE_LENGTH if width is None else max(width - len(line) - len(_BEFORE_TITLE), 0)
            title = _shortened(step.claims[0].title, min(room, TITLE_LENGTH))
            yield f"{line}{_BEFORE_TITLE}{title}" if title else line
        yield from _tree(step.children, step.more, evidence, width, indent + below)
    if more:
        yield f"{indent}└── and {more:,} more"


def _shortened(title: str, room: int) -> str:
    """A title cut between words to so many characters; empty where hardly any would be left."""
    title = one_line(title)
    if len(title) <= room:
        return title
    return "" if room < NARROWEST else title[: room - 1].rpartition(" ")[0] + "…"
