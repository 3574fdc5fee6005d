"""Corrections applied to a linked graph, in an order of their own, and what matched nothing.

Papers are added first; then things are split, renamed, merged, and their aliases taken away; then things,
results and claims go; then things, aliases and claims are added. Among entries of one sort the file's order
holds. A name means what it means at that point, and things are found by what they were called before too, so
entries can stand in any order unless two of them contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from kg.corrections.edits import METHOD, absorb, add_names, drop, free_key, move, put_claim, rekey, take_out
from kg.corrections.entries import (
    AddAlias,
    AddClaim,
    AddEntity,
    AddPaper,
    Corrections,
    Entry,
    Merge,
    RejectAlias,
    RejectClaim,
    RejectEntity,
    RejectResult,
    Remark,
    Rename,
    Split,
)
from kg.corrections.names import Names, NoMatch
from kg.corrections.reading import ENDS, KINDS
from kg.graph import KnowledgeGraph, Node
from kg.link.names import key, slug
from kg.results import reported
from kg.spelling import result_value

__all__ = ["apply"]

Tell = Callable[[str], None]


def apply(graph: KnowledgeGraph, corrections: Corrections) -> list[Remark]:
    """Apply corrections to a graph in place.

    To apply them again changes nothing. Time is linear in the graph and in what the entries touch.

    Returns:
        What matched nothing, or not all that it names, by line.
    """
    remarks: list[Remark] = []
    names = Names(graph)
    for sort, correct in _STEPS:
        for entry in corrections.entries:
            if not isinstance(entry, sort):
                continue

            def tell(reason: str, line: int = entry.line) -> None:
                remarks.append(Remark(corrections.file, line, reason))

            try:
                correct(graph, names, entry, tell)
            except NoMatch as error:
                tell(str(error))
    return sorted(remarks, key=lambda remark: remark.line)


def _add_paper(graph: KnowledgeGraph, names: Names, entry: AddPaper, tell: Tell) -> None:
    node = f"paper/{slug(entry.id)}"
    if node in graph.nx:
        attributes = graph.nx.nodes[node]
        if attributes["label"] != entry.title:
            tell(f"there is a paper {node} already, {attributes['label']!r}: this line can go")
        return
    known = {name: getattr(entry, name) for name in ("title", "issued", "url", "doi", "arxiv_id")}
    found = {name: value for name, value in known.items() if value}
    graph.nx.add_node(node, kind="paper", label=entry.title, **found)
    names.learn(node)


def _split(graph: KnowledgeGraph, names: Names, entry: Split, tell: Tell) -> None:
    kinds = _kinds(entry.kind)
    old = names.thing(entry.name, kinds)
    kind = graph.nx.nodes[old]["kind"]
    papers = _papers(names, entry.papers, tell)
    try:
        new = names.thing(entry.into, (kind,))
    except NoMatch:
        new = free_key(graph, kind, entry.into)
    if new == old:
        tell(f"{entry.into!r} is {old} itself: give the other thing a name of its own")
        return
    made = new not in graph.nx
    if made:
        graph.nx.add_node(new, kind=kind, label=entry.into)
    before = {
        attributes.get("paper")
        for found in (graph.nx.in_edges, graph.nx.out_edges)
        for *_, attributes in found(old, data=True)
    }
    moved = move(graph, old, new, lambda attributes: attributes.get("paper") in papers)
    for paper in sorted(papers - before):
        if not any(a.get("paper") == paper for *_, a in graph.nx.in_edges(new, data=True)):
            tell(f"{paper} does not name {old}")
    if made and not moved:
        graph.nx.remove_node(new)
        return
    add_names(graph, new, entry.aliases)
    # What is the other thing's name is this one's no longer.
    theirs = {key(form) for form in (graph.nx.nodes[new]["label"], *entry.aliases)}
    _keep_aliases(graph, old, lambda form: key(form) not in theirs)
    names.learn(new)


def _rename(graph: KnowledgeGraph, names: Names, entry: Rename, tell: Tell) -> None:
    node = names.thing(entry.name, _kinds(entry.kind))
    attributes = graph.nx.nodes[node]
    if attributes["label"] == entry.to:
        return
    taken = f"{attributes['kind']}/{slug(entry.to)}"
    if taken in graph.nx and taken != node:
        tell(f"there is a {attributes['kind']} {entry.to!r} already, {taken}: merge the two instead")
        return
    new = rekey(graph, node, entry.to)
    names.move(node, new)
    names.learn(new)


def _merge(graph: KnowledgeGraph, names: Names, entry: Merge, tell: Tell) -> None:
    found: dict[Node, None] = {}
    kinds = _kinds(entry.kind)
    for name in entry.names:
        try:
            node = names.thing(name, kinds)
        except NoMatch as error:
            tell(str(error))
            continue
        found[node] = None
        # A name that several kinds have means the kind of the names before it.
        kinds = (graph.nx.nodes[node]["kind"],)
    if not found:
        return
    first = next(iter(found))
    called = entry.into or entry.names[0]
    try:
        kept = names.thing(called, kinds)
    except NoMatch:
        kept = first
    label = graph.nx.nodes[kept]["label"] if names.is_key(called) else called
    for node in found:
        if node == kept:
            continue
        absorb(graph, node, kept)
        names.move(node, kept)
    if graph.nx.nodes[kept]["label"] != label:
        new = rekey(graph, kept, label)
        names.move(kept, new)
        kept = new
    names.learn(kept)
    names.merged(kept, entry.line)


def _reject_alias(graph: KnowledgeGraph, names: Names, entry: RejectAlias, tell: Tell) -> None:
    node = names.thing(entry.of, _kinds(entry.kind))
    if not _keep_aliases(graph, node, lambda form: form != entry.alias):
        tell(f"{node} has no alias {entry.alias!r}")


def _reject_entity(graph: KnowledgeGraph, names: Names, entry: RejectEntity, tell: Tell) -> None:
    node = names.thing(entry.name, _kinds(entry.kind))
    if line := names.merging(entry.name, node):
        tell(
            f"{entry.name!r} is not rejected, since line {line} merges it into {node}: take one "
            f"of the two lines out, or reject {node}"
        )
        return
    drop(graph, node)


def _reject_result(graph: KnowledgeGraph, names: Names, entry: RejectResult, tell: Tell) -> None:
    paper = names.paper(entry.paper)
    asked = {
        kind: names.thing(name, (kind,))
        for kind in ("model", "dataset", "metric")
        if (name := getattr(entry, kind)) is not None
    }
    results = [r for r, _, a in graph.nx.in_edges(paper, data=True) if a["predicate"] == "reportedIn"]
    wanted = result_value(entry.value)
    gone = [
        result.node
        for result in reported(graph, sorted(results))
        if result_value(result.text) == wanted
        and all(getattr(result, kind) == node for kind, node in asked.items())
    ]
    graph.nx.remove_nodes_from(gone)
    if not gone:
        tell(f"{paper} has no such result {entry.value!r}")


def _reject_claim(graph: KnowledgeGraph, names: Names, entry: RejectClaim, tell: Tell) -> None:
    predicates = list(ENDS) if entry.predicate is None else [entry.predicate]
    subject_kinds, object_kinds = (
        tuple(dict.fromkeys(kind for predicate in predicates for kind in ENDS[predicate][end]))
        for end in (0, 1)
    )
    subject, object_ = names.any(entry.subject, subject_kinds), names.any(entry.object, object_kinds)
    paper = None if entry.paper is None else names.paper(entry.paper)
    edges = [
        (subject, object_, str(edge))
        for edge, attributes in (graph.nx.get_edge_data(subject, object_) or {}).items()
        if attributes["predicate"] in predicates and (paper is None or attributes.get("paper") == paper)
    ]
    take_out(graph, edges)
    if not edges:
        says = "no paper says" if paper is None else f"{paper} does not say"
        tell(f"{says} that {subject} {entry.predicate or '…'} {object_}")


def _add_entity(graph: KnowledgeGraph, names: Names, entry: AddEntity, tell: Tell) -> None:
    try:
        node = names.thing(entry.name, (entry.kind,))
    except NoMatch:
        node = free_key(graph, entry.kind, entry.name)
        graph.nx.add_node(node, kind=entry.kind, label=entry.name)
    add_names(graph, node, entry.aliases)
    names.learn(node)


def _add_alias(graph: KnowledgeGraph, names: Names, entry: AddAlias, tell: Tell) -> None:
    node = names.thing(entry.of, _kinds(entry.kind))
    add_names(graph, node, [entry.alias])
    names.learn(node)


def _add_claim(graph: KnowledgeGraph, names: Names, entry: AddClaim, tell: Tell) -> None:
    subject_kinds, object_kinds = ENDS[entry.predicate]
    paper = names.paper(entry.paper)
    subject, object_ = names.any(entry.subject, subject_kinds), names.any(entry.object, object_kinds)
    if subject == object_:
        tell(f"{subject} {entry.predicate} itself: name two things")
        return
    if graph.nx.nodes[subject]["kind"] == "paper" and subject != paper:
        tell(f"what {subject} does is said by itself, not by {paper}")
        return
    evidence: dict[str, Any] = {"method": METHOD, "confidence": entry.confidence}
    evidence["exact"] = entry.evidence or f"Note: {entry.note}"
    attributes = graph.nx.nodes[paper]
    text = f"{attributes.get('title', '')}\n\n{attributes.get('abstract', '')}"
    start = text.find(entry.evidence) if entry.evidence else -1
    if start >= 0:
        evidence |= {"start": start, "end": start + len(evidence["exact"])}
    put_claim(graph, subject, entry.predicate, object_, paper, evidence)


_STEPS: tuple[tuple[type[Entry], Callable[[KnowledgeGraph, Names, Any, Tell], None]], ...] = (
    (AddPaper, _add_paper),
    (Split, _split),
    (Rename, _rename),
    (Merge, _merge),
    (RejectAlias, _reject_alias),
    (RejectEntity, _reject_entity),
    (RejectResult, _reject_result),
    (RejectClaim, _reject_claim),
    (AddEntity, _add_entity),
    (AddAlias, _add_alias),
    (AddClaim, _add_claim),
)


def _kinds(kind: str | None) -> Collection[str]:
    return KINDS if kind is None else (kind,)


def _papers(names: Names, wanted: Collection[str], tell: Tell) -> set[Node]:
    """The papers that are there; the others are told."""
    found = set()
    for name in wanted:
        try:
            found.add(names.paper(name))
        except NoMatch as error:
            tell(str(error))
    return found


def _keep_aliases(graph: KnowledgeGraph, node: Node, keeps: Callable[[str], bool]) -> bool:
    """Take aliases away; whether any went."""
    attributes = graph.nx.nodes[node]
    aliases: tuple[str, ...] = attributes.get("aliases", ())
    kept = tuple(form for form in aliases if keeps(form))
    if kept:
        attributes["aliases"] = kept
    else:
        attributes.pop("aliases", None)
    return kept != aliases
