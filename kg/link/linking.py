"""The one way through: records in, graph out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.graph import BASE, KnowledgeGraph
from kg.link.aside import Aside
from kg.link.concepts import Concepts
from kg.link.identity import join
from kg.link.iris import name_papers, name_things
from kg.link.occurrences import Occurrence, Paper, read
from kg.link.senses import split
from kg.link.statements import add_paper
from kg.records import PaperRecord

__all__ = ["link", "resolve"]


def link(records: Iterable[PaperRecord], base: str = BASE) -> KnowledgeGraph:
    """Link papers' records into one graph (its shape: :mod:`kg.graph`).

    The result does not depend on the order of the records. Time is near linear in the names.

    Args:
        records: one a paper; ids differ.
        base: the IRI that node keys are relative to; ends in ``/`` or ``#``.

    Raises:
        ValueError: two records have one id.
    """
    graph = KnowledgeGraph(base=base)
    aside = Aside()
    papers = read(aside.light(records))
    concepts = resolve(papers, graph)
    # Papers are let go as they pass into the graph: memory does not hold both. What a paper and its names
    # know of each other would keep them until the collector comes by.
    papers.reverse()
    while papers:
        paper = papers.pop()
        paper.record = aside.take(paper.record.document.id)
        add_paper(graph, paper, concepts)
        paper.occurrences.clear()
    return graph


def resolve(papers: Sequence[Paper], graph: KnowledgeGraph) -> Concepts:
    """Give every paper and every name its node, and add the nodes of things and concepts to a graph.

    All that linking has to see of all papers at once happens here. It reads their identifiers, dates, names
    and concepts, and neither texts nor claims, so that a cluster may leave those where they are.

    Returns:
        The nodes of modalities, metrics and tasks by name.
    """
    name_papers(papers)
    by_key: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for paper in papers:
        for occurrence in paper.occurrences:
            by_key[occurrence.kind, occurrence.key].append(occurrence)
    senses = [sense for place in sorted(by_key) for sense in split(by_key[place])]
    for thing in sorted(name_things(join(senses)), key=lambda t: t.node):
        aliases = {"aliases": thing.aliases} if thing.aliases else {}
        graph.nx.add_node(thing.node, kind=thing.kind, label=thing.label, **aliases)
    return Concepts(papers, graph)
