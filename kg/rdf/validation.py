"""A graph against the SHACL shapes of ``ontology/shapes.ttl``.

pySHACL over a whole graph takes minutes where a build takes seconds, and needs the graph in memory several
times over. So the statements go into a store on disk. pySHACL gets them from there a few thousand nodes at a
time, with the types and schemes of what these lead to, which is as far as the plain shapes look; the SPARQL
constraints are asked of the store (``shapes.py``). The outcome is the same, and time grows with the graph.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib

from kg.graph import BASE, KnowledgeGraph
from kg.rdf.dataset import from_rdflib, to_rdflib
from kg.rdf.known import misspelt_namespace
from kg.rdf.shapes import Shapes, take_apart
from kg.rdf.statements import quads
from kg.rdf.terms import RDF, SKOS, VOID
from kg.rdf.violations import SH, Report, Violation

__all__ = ["Report", "Violation", "validate"]

Progress = Callable[[str, int], None]
"""Called with a stage and how many statements or nodes are done."""

_TOGETHER = 1_000
"""Nodes that pySHACL gets at a time: more need more memory, fewer make it start more often."""
_BLANK = "urn:blank:"
"""Blank nodes are checked under IRIs that begin so, since a target is named by its IRI."""
_TYPE = RDF + "type"
_ABOUT_NEIGHBOURS = (ox.NamedNode(_TYPE), ox.NamedNode(SKOS + "inScheme"))
_EVERY = 50_000
"""Statements between two calls of the progress."""


def validate(source: str | Path | KnowledgeGraph, progress: Progress | None = None) -> Report:
    """Check a graph against the shapes.

    Args:
        source: a folder that :func:`kg.export.save` wrote, an RDF file (``.nq``, ``.ttl``, ``.nt``,
            ``.jsonld``), or a graph.
        progress: called as statements are read and nodes are checked.

    Raises:
        FileNotFoundError: there is no such file, or no graph in the folder.
        ValueError: the file is not what its extension says, or pySHACL is not installed.
    """
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise ValueError(
            f"validation needs the module {error.name}: run pip install 'biomed-kg[validate]'"
        ) from None
    from kg.resources import ontology

    tell = progress or (lambda stage, done: None)
    shapes = take_apart(rdflib.Graph().parse(ontology("shapes.ttl")))
    results: set[Violation] = set()
    nodes = things = 0
    namespaces: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as folder:
        store = ox.Store(folder)
        store.bulk_extend(_counted(_statements(source), namespaces, tell))
        for batch in _batches(_subjects(store)):
            piece, targets, found = _piece(store, batch, shapes)
            things += found
            # Targets are given one by one: pySHACL's own options for that (focus_nodes, use_shapes) leave out
            # what shapes refer to.
            _, report, _ = pyshacl.validate(piece, shacl_graph=shapes.targeting(targets), inplace=True)
            results.update(_results(report))
            nodes += len(batch)
            tell("checking: nodes", nodes)
        for number, constraint in enumerate(shapes.constraints, 1):
            results.update(constraint.violations(store))
            tell("checking: constraints", number)
        statements, base = len(store), _base(store)
        del store
    misspelt = tuple(sorted((*names, number) for names, number in namespaces.items()))
    found_ = tuple(sorted(map(_as_read, results), key=_order))
    return Report(found_, nodes, statements, things, base, misspelt)


def _statements(source: str | Path | KnowledgeGraph) -> Iterator[ox.Quad]:
    """The statements of all papers together, in the default graph."""
    found = quads(source) if isinstance(source, KnowledgeGraph) else _parsed(source)
    for quad in found:
        subject, object_ = _named(quad.subject), _named(quad.object)
        yield ox.Quad(subject, quad.predicate, object_, ox.DefaultGraph())


def _parsed(path: str | Path) -> Iterator[ox.Quad]:
    from kg.export.saved import graph_file

    file, format = graph_file(path)
    try:
        yield from ox.parse(path=file, format=format)
    except SyntaxError as error:
        raise ValueError(f"{file}: not valid {format.name}: {error}") from None


def _named(term: Any) -> Any:
    return ox.NamedNode(_BLANK + term.value) if isinstance(term, ox.BlankNode) else term


def _unnamed(term: Any) -> Any:
    blank = isinstance(term, ox.NamedNode) and term.value.startswith(_BLANK)
    return ox.BlankNode(term.value.removeprefix(_BLANK)) if blank else term


def _counted(
    statements: Iterable[ox.Quad], namespaces: Counter[tuple[str, str]], tell: Progress
) -> Iterator[ox.Quad]:
    """The same statements; those of properties and classes in a namespace like ours are counted."""
    misspelt = cache(misspelt_namespace)
    for number, statement in enumerate(statements, 1):
        yield statement
        property_, object_ = statement.predicate.value, statement.object
        term = object_.value if property_ == _TYPE and isinstance(object_, ox.NamedNode) else property_
        if names := misspelt(term):
            namespaces[names] += 1
        if number % _EVERY == 0:
            tell("reading: statements", number)


def _subjects(store: ox.Store) -> Iterator[ox.NamedNode]:
    solutions: Any = store.query("SELECT DISTINCT ?node { ?node ?property ?value }")
    return (solution["node"] for solution in solutions)


def _batches(subjects: Iterator[ox.NamedNode]) -> Iterator[list[ox.NamedNode]]:
    while batch := list(islice(subjects, _TOGETHER)):
        yield batch


def _piece(
    store: ox.Store, nodes: list[ox.NamedNode], shapes: Shapes
) -> tuple[rdflib.Graph, set[tuple[Any, Any]], int]:
    """What the graph says of some nodes, with the types and schemes of what these lead to; which shape is
    for which node; and how many of the nodes are of a class that has one."""
    graph, neighbours, targets, things = rdflib.Graph(), set(), set(), set()
    for node in nodes:
        subject = to_rdflib(node)
        for quad in store.quads_for_pattern(node, None, None):
            property_, object_ = to_rdflib(quad.predicate), to_rdflib(quad.object)
            graph.add((subject, property_, object_))
            if isinstance(quad.object, ox.NamedNode):
                neighbours.add(quad.object)
            found = shapes.by_class.get(object_, ()) if property_ == rdflib.RDF.type else ()
            if found:
                things.add(node)
            for shape in (*found, *shapes.by_property.get(property_, ())):
                targets.add((shape, subject))
    for node in neighbours.difference(nodes):
        for about in _ABOUT_NEIGHBOURS:
            for quad in store.quads_for_pattern(node, about, None):
                graph.add((to_rdflib(node), to_rdflib(about), to_rdflib(quad.object)))
    return graph, targets, len(things)


def _results(report: rdflib.Graph) -> Iterator[Violation]:
    sh = rdflib.Namespace(SH)
    for result in report.objects(None, sh.result):
        path, value = report.value(result, sh.resultPath), report.value(result, sh.value)
        yield Violation(
            node=ox.NamedNode(str(report.value(result, sh.focusNode))),
            path=None if path is None else ox.NamedNode(str(path)),
            value=None if value is None else from_rdflib(value),
            message=str(report.value(result, sh.resultMessage)),
            severity=str(report.value(result, sh.resultSeverity)).removeprefix(SH),
            component=str(report.value(result, sh.sourceConstraintComponent)).removeprefix(SH),
        )


def _as_read(result: Violation) -> Violation:
    return replace(result, node=_unnamed(result.node), value=_unnamed(result.value))


def _order(result: Violation) -> tuple[str, ...]:
    return (
        str(result.node),
        str(result.path or ""),
        str(result.value or ""),
        result.message,
        result.component,
    )


def _base(store: ox.Store) -> str:
    for quad in store.quads_for_pattern(None, ox.NamedNode(VOID + "uriSpace"), None):
        if isinstance(quad.object, ox.Literal) and quad.object.value.endswith(("/", "#")):
            return quad.object.value
    return BASE
