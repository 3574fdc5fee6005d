"""What validation found, and how it is told: as text, JSON or a SHACL report in Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph import BASE
from kg.lines import one_line, shortened
from kg.rdf.terms import RDF, XSD, prefixes

__all__ = ["SH", "Report", "Violation"]

SH = "http://www.w3.org/ns/shacl#"

_LONGEST = 80
"""Characters of a value that the text shows."""

Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that breaks a shape."""

    node: NamedNode | BlankNode
    """What was checked."""
    path: NamedNode | None
    """The property that is wrong or missing; none when it is the node itself."""
    value: Term | None
    """The value that is wrong; none when one is missing or there are too many."""
    message: str
    """What to do."""
    severity: str
    """``Violation`` or ``Warning``; a graph is valid with warnings."""
    component: str
    """The kind of constraint: the local name in SHACL, such as ``MinCountConstraintComponent``."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation."""

    results: tuple[Violation, ...]
    """Violations and warnings, by node, path and value."""
    nodes: int
    """How many nodes were checked."""
    statements: int
    """How many statements the graph has, each counted once."""
    things: int
    """How many of the nodes are of a class that the shapes are about: papers, models, claims, …"""
    base: str = BASE
    """What the IRIs of the graph begin with."""
    misspelt: tuple[tuple[str, str, int], ...] = ()
    """Namespaces that look like wrong ones, each with the one meant and the number of statements it is in."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The results that make the graph invalid."""
        return tuple(result for result in self.results if result.severity == "Violation")

    @property
    def valid(self) -> bool:
        """Whether there is none of them, and something to check at all."""
        return bool(self.things) and not self.violations

    def to_text(self, most: int | None = None) -> str:
        """What is wrong, a line each (severity, node, path, value), with what to do below; and the counts.

        Args:
            most: results to show of those that break the same constraint; all when left out.
        """
        names = prefixes(self.base)
        lines = [
            f"{_count(number, 'statement')} with {wrong}: this graph's namespace is {meant}; mend that first"
            for wrong, meant, number in self.misspelt
        ]
        for alike in self._alike():
            for result in alike[:most]:
                parts = [result.node, result.path, result.value]
                told = "  ".join(_short(part, names) for part in parts if part is not None)
                lines.append(f"{result.severity.lower()}: {told}")
            if len(alike) > len(alike[:most]):
                lines.append(f"… {len(alike):,} in all")
            lines.append(f"    {alike[0].message}")
        return "\n".join([*lines, self._summary()])

    def to_json(self) -> dict[str, Any]:
        """The same as plain data; terms are written as in N-Triples."""
        return {
            "valid": self.valid,
            "statements": self.statements,
            "nodes": self.nodes,
            "things": self.things,
            "namespaces": [
                {"written": wrong, "meant": meant, "statements": number}
                for wrong, meant, number in self.misspelt
            ],
            "results": [
                {
                    "severity": result.severity,
                    "node": str(result.node),
                    "path": None if result.path is None else str(result.path),
                    "value": None if result.value is None else str(result.value),
                    "message": result.message,
                    "constraint": result.component,
                }
                for result in self.results
            ],
        }

    def to_turtle(self) -> str:
        """The same as a ``sh:ValidationReport``."""
        from kg.export.turtle import to_turtle

        return to_turtle(list(self._triples()), {**prefixes(self.base), "sh": SH})

    def _alike(self) -> list[list[Violation]]:
        """The results by severity, constraint and message, in the order of the first of each."""
        groups: dict[tuple[str, ...], list[Violation]] = {}
        for result in self.results:
            groups.setdefault((result.severity, result.component, result.message), []).append(result)
        return list(groups.values())

    def _summary(self) -> str:
        wrong, warned = len(self.violations), len(self.results) - len(self.violations)
        checked = f"checked {_count(self.nodes, 'node')}, {_count(self.statements, 'statement')}"
        if not self.things:
            nothing = "nothing here is a paper, model, dataset, concept, result or claim of this ontology"
            return f"not valid: {nothing}; is this the right file? {checked}"
        found = f"{'valid' if self.valid else _count(wrong, 'violation')}"
        if warned:
            found += f", {_count(warned, 'warning')}"
        return f"{found}; {checked}"

    def _triples(self) -> Iterator[Triple]:
        a, report = NamedNode(RDF + "type"), BlankNode("report")
        results = [BlankNode(f"result{number}") for number in range(1, len(self.results) + 1)]
        yield Triple(report, a, NamedNode(SH + "ValidationReport"))
        yield Triple(
            report,
            NamedNode(SH + "conforms"),
            Literal(str(not self.results).lower(), datatype=NamedNode(XSD + "boolean")),
        )
        for name in results:
            yield Triple(report, NamedNode(SH + "result"), name)
        for name, result in zip(results, self.results, strict=True):
            told: dict[str, Term | None] = {
                "focusNode": result.node,
                "resultPath": result.path,
                "value": result.value,
                "resultMessage": Literal(result.message),
                "resultSeverity": NamedNode(SH + result.severity),
                "sourceConstraintComponent": NamedNode(SH + result.component),
            }
            yield Triple(name, a, NamedNode(SH + "ValidationResult"))
            for property_, object_ in told.items():
                if object_ is not None:
                    yield Triple(name, NamedNode(SH + property_), object_)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _short(term: Term, names: dict[str, str]) -> str:
    if isinstance(term, NamedNode):
        spaces = [(len(space), name) for name, space in names.items() if term.value.startswith(space)]
        length, name = max(spaces, default=(0, ""))
        return f"{name}:{term.value[length:]}" if spaces else f"<{term.value}>"
    written = one_line(str(term))
    if isinstance(term, Literal) and term.datatype.value.startswith(XSD):
        kind = term.datatype.value.removeprefix(XSD)
        bare = kind in ("integer", "decimal", "boolean")
        written = term.value if bare else written.replace(f"<{XSD}{kind}>", f"xsd:{kind}")
    return shortened(written, _LONGEST)
