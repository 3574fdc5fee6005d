"""The SHACL shapes of ``ontology/shapes.ttl``, taken apart: what each targets, and its SPARQL constraints.

SHACL asks a SPARQL constraint once for each target node, with ``$this`` bound to it. To leave ``$this`` open
and join it with the targets asks once and gives the same answers for constraints like ours, which neither
aggregate nor use a subquery; a test compares them with pySHACL's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib import SH

from kg.rdf.violations import Violation

__all__ = ["Constraint", "Shapes", "take_apart"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A SPARQL constraint, joined with the targets of its shape."""

    query: str
    """Selects ``?this`` and perhaps ``?path`` and ``?value`` wherever the constraint is broken."""
    prefixes: dict[str, str]
    message: str
    severity: str

    def violations(self, store: ox.Store) -> Iterator[Violation]:
        """What breaks it in the default graph of a store."""
        solutions: Any = store.query(self.query, prefixes=self.prefixes)
        bound = {variable.value for variable in solutions.variables}
        for solution in solutions:
            yield Violation(
                node=solution["this"],
                path=solution["path"] if "path" in bound else None,
                value=solution["value"] if "value" in bound else solution["this"],
                message=self.message,
                severity=self.severity,
                component="SPARQLConstraintComponent",
            )


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes without their targets and SPARQL constraints, and these apart."""

    plain: rdflib.Graph
    by_class: Mapping[Any, tuple[Any, ...]]
    """Class to the shapes that target its instances."""
    by_property: Mapping[Any, tuple[Any, ...]]
    """Property to the shapes that target its subjects."""
    constraints: tuple[Constraint, ...]

    def targeting(self, targets: Iterable[tuple[Any, Any]]) -> rdflib.Graph:
        """The plain shapes with pairs of shape and node as ``sh:targetNode``."""
        graph = rdflib.Graph()
        for triple in self.plain:
            graph.add(triple)
        for shape, node in targets:
            graph.add((shape, SH.targetNode, node))
        return graph


def take_apart(shapes: rdflib.Graph) -> Shapes:
    """Sort shapes by what they target.

    Args:
        shapes: node shapes with ``sh:targetClass`` and ``sh:targetSubjectsOf``; other targets are not known.
    """
    plain = rdflib.Graph()
    for triple in shapes:
        if triple[1] not in (SH.sparql, SH.targetClass, SH.targetSubjectsOf):
            plain.add(triple)
    return Shapes(
        plain=plain,
        by_class=_shapes_by(shapes, SH.targetClass),
        by_property=_shapes_by(shapes, SH.targetSubjectsOf),
        constraints=tuple(
            _constraint(shapes, shape, node)
            for shape, node in sorted(shapes.subject_objects(SH.sparql), key=str)
        ),
    )


def _shapes_by(shapes: rdflib.Graph, target: Any) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, tuple[Any, ...]] = {}
    for shape, targeted in shapes.subject_objects(target):
        found[targeted] = (*found.get(targeted, ()), shape)
    return found


def _constraint(shapes: rdflib.Graph, shape: Any, node: Any) -> Constraint:
    classes = sorted(class_.n3() for class_ in shapes.objects(shape, SH.targetClass))
    properties = sorted(property_.n3() for property_ in shapes.objects(shape, SH.targetSubjectsOf))
    targets = [f"{{ $this a {class_} }}" for class_ in classes]
    targets += [f"{{ $this {property_} ?any }}" for property_ in properties]
    head, opening, body = str(shapes.value(node, SH.select)).partition("{")
    severity = shapes.value(shape, SH.severity) or SH.Violation
    return Constraint(
        query=f"{head}{opening} {' UNION '.join(targets)} {body}",
        prefixes={
            str(shapes.value(declared, SH.prefix)): str(shapes.value(declared, SH.namespace))
            for ontology in shapes.objects(node, SH.prefixes)
            for declared in shapes.objects(ontology, SH.declare)
        },
        message=str(shapes.value(node, SH.message)),
        severity=str(severity).removeprefix(str(SH)),
    )
