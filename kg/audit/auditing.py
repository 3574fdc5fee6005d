"""All checks run, and what they found as text and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kg.audit.disagreements import disagreements
from kg.audit.duplicates import duplicates
from kg.audit.finding import Finding, Said
from kg.audit.leakage import leakage
from kg.audit.orphans import orphans
from kg.graph import KnowledgeGraph
from kg.lines import folded, one_line, shortened

__all__ = ["CHECKS", "COLUMNS", "KINDS", "Audit", "audit"]

CHECKS: Mapping[str, Callable[[KnowledgeGraph, float], list[Finding]]] = {
    "leakage": leakage,
    "disagreements": disagreements,
    "duplicates": duplicates,
    "orphans": orphans,
}
"""Name of a check → what runs it."""

KINDS = {
    ("leakage", "ancestor"): "Evaluated on data that an ancestor was trained on or built from",
    ("leakage", "source"): "Evaluated on data made from data of the ancestry",
    (
        "leakage",
        "copy",
    ): "Evaluated on data that an ancestor may hold: a link may be said of another copy of it",
    (
        "leakage",
        "same-data",
    ): "Trained and evaluated on one dataset: in order if it has a part for each, as most have",
    ("disagreements", "outperforms"): "Each said to be better than the other",
    ("disagreements", "result"): "Two values for one result",
    ("duplicates", "name"): "May be one thing: one name",
    ("duplicates", "alias"): "May be one thing: a shared other name",
    ("duplicates", "spelling"): "May be one thing: spelled nearly alike",
    ("duplicates", "words"): "May be one thing: the same words",
    ("duplicates", "acronym"): "May be one thing: an acronym and what it may stand for",
    ("orphans", "model"): "Models of which nothing is known but that one paper mentions them",
    ("orphans", "dataset"): "Datasets of which nothing is known but that one paper mentions them",
}
"""Check and kind of a finding → what such findings are, the weightiest of a check first."""

COLUMNS = ("check", "kind", "confidence", "summary", "things", "papers", "sentences", "remedy")
"""Columns of :meth:`Audit.to_rows`."""

SELDOM = "abstracts seldom tell what a model was trained on"
"""Said where no leakage was found."""

REJECTING = (
    "most orphans are real things; one that is none goes by a line '- reject: KEY' in the corrections file, "
    "its key as in --format csv"
)

_SEPARATOR = " | "
_TITLE_LENGTH = 70


@dataclass(frozen=True, slots=True)
class Audit:
    """What the checks found."""

    checks: tuple[str, ...]
    """Those that were run."""
    findings: tuple[Finding, ...]
    """By check and kind, the surest of a kind first."""

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists."""
        return {"checks": list(self.checks), "findings": [asdict(finding) for finding in self.findings]}

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat record a finding, with the keys of :data:`COLUMNS`."""
        return [
            {
                "check": finding.check,
                "kind": finding.kind,
                "confidence": finding.confidence,
                "summary": one_line(finding.summary),
                "things": _SEPARATOR.join(finding.things),
                "papers": _SEPARATOR.join(dict.fromkeys(s.paper for s in finding.said)),
                "sentences": _SEPARATOR.join(one_line(s.sentence) for s in finding.said),
                "remedy": finding.remedy,
            }
            for finding in self.findings
        ]

    def to_text(self, width: int | None = None) -> str:
        """Findings by kind as lines of text, each with its sentences and papers.

        Args:
            width: columns that a line may take, longer ones being folded; no limit when left out. Lines for
                the corrections file are never folded.
        """
        counts = Counter((finding.check, finding.kind) for finding in self.findings)
        lines: list[str] = []
        before: tuple[str, str] | None = None
        for finding in self.findings:
            kind = finding.check, finding.kind
            if kind != before:
                lines += [f"{finding.check}: {KINDS[kind]} ({counts[kind]})", ""]
                before = kind
            lines += [*_finding(finding, width), ""]
        checks = Counter(finding.check for finding in self.findings)
        if checks["orphans"]:
            lines += [*folded(REJECTING, width, "  "), ""]
        silent = {"leakage": "" if checks["leakage"] else f" ({SELDOM})"}
        lines.append(", ".join(f"{check} {checks[check]}{silent.get(check, '')}" for check in self.checks))
        return "\n".join(lines)


def audit(graph: KnowledgeGraph, only: Iterable[str] | None = None, min_confidence: float = 0.0) -> Audit:
    """Look a graph over for leakage, disagreements, duplicates and orphans.

    Args:
        graph: where to look.
        only: names of the checks to run (:data:`CHECKS`); all when left out.
        min_confidence: findings read less surely than this, from 0 to 1, are passed over. What is found
            because something is not there is sought in the whole graph.

    Raises:
        ValueError: there is no such check, or ``min_confidence`` is not from 0 to 1.
    """
    wanted = tuple(CHECKS) if only is None else tuple(dict.fromkeys(only))
    for name in wanted:
        if name not in CHECKS:
            raise ValueError(f"no check is called {name!r}; there are {', '.join(CHECKS)}")
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence}; it must be from 0 to 1")
    order = {kind: place for place, kind in enumerate(KINDS)}
    # Pairs of any confidence keep their things from being orphans, and are passed over only then.
    least = {name: 0.0 if name == "duplicates" else min_confidence for name in wanted}
    found = [finding for name in CHECKS if name in wanted for finding in CHECKS[name](graph, least[name])]
    # What may be another thing's second name is no orphan: one line settles it, another would undo that.
    paired = {thing for finding in found if finding.check == "duplicates" for thing in finding.things}
    found = [finding for finding in found if finding.check != "orphans" or paired.isdisjoint(finding.things)]
    found = [finding for finding in found if finding.confidence >= min_confidence]
    found.sort(key=lambda f: (order[f.check, f.kind], -f.confidence, f.things))
    return Audit(tuple(name for name in CHECKS if name in wanted), tuple(found))


def _finding(finding: Finding, width: int | None) -> list[str]:
    sure = "names read with confidence" if finding.check == "duplicates" else "confidence"
    lines = folded(f"{one_line(finding.summary)} ({sure} {finding.confidence:.2f})", width, "  ")
    told: set[tuple[str, str]] = set()
    for statement in finding.said:
        place = statement.paper, statement.sentence
        lines += _statement(statement, width, again=place in told)
        told.add(place)
    if finding.remedy:
        lines.append(f"    correction: {finding.remedy}")
    return lines


def _statement(statement: Said, width: int | None, again: bool) -> list[str]:
    title = shortened(statement.title, _TITLE_LENGTH)
    what = f"{one_line(statement.subject_label)} {statement.predicate} {one_line(statement.object_label)}"
    if statement.subject == statement.paper:
        what = f"{statement.predicate} {one_line(statement.object_label)}"
    if again and statement.sentence:
        return folded(f"{what}: the same sentence ({statement.confidence:.2f})", width, "    ")
    sentence = f"“{one_line(statement.sentence)}”" if statement.sentence else "(no sentence kept)"
    return [
        *folded(f"{what}: {sentence}", width, "    "),
        *folded(f"— {title}, {statement.paper} ({statement.confidence:.2f})", width, "      "),
    ]
