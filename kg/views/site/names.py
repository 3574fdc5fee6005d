"""What every page can look up: the names of all things, the links between them, and their concepts.

Things are numbered as in :func:`kg.views.facts.numbers`, in the order of their keys; results have no page of
their own and no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.graph import DEPENDS_ON, KnowledgeGraph, Node
from kg.lineage.copies import of_a_copy
from kg.views.skeleton import CLAIMS, NAMINGS, concepts

__all__ = ["concept_table", "link_table", "name_table"]


def name_table(graph: KnowledgeGraph, number: Mapping[Node, int], part: Mapping[int, int]) -> list[list[Any]]:
    """A row a thing, by number: key, kind, label, aliases, papers that name it, date, and its part.

    Args:
        graph: where the things come from.
        number: the number of each thing.
        part: the number of the data file that holds a thing's claims, for things that have one.
    """
    namers: dict[Node, set[Node]] = defaultdict(set)
    for paper, thing in _namings(graph):
        namers[thing].add(paper)
    return [
        [
            key,
            graph.nx.nodes[key]["kind"],
            graph.nx.nodes[key].get("label") or key,
            list(graph.nx.nodes[key].get("aliases", ())),
            len(namers.get(key, ())),
            graph.nx.nodes[key].get("issued") or None,
            part.get(number_, -1),
        ]
        for key, number_ in number.items()
    ]


def link_table(graph: KnowledgeGraph, number: Mapping[Node, int]) -> dict[str, Any]:
    """One row for each subject, predicate and object: with the papers that say so and the surest of them.

    ``predicates`` names what the rows number, ``dependencies`` those of them that lineage follows. ``copies``
    has the places of rows that all papers state of a copy of their own (:mod:`kg.lineage.copies`), and
    ``stated`` the papers of those and of what they may be carried on to, each with the place of its row.
    """
    places = {predicate: place for place, predicate in enumerate(CLAIMS)}
    rows: dict[_Row, list[float]] = defaultdict(list)
    stated: dict[_Row, set[Node]] = defaultdict(set)
    for subject, object_, attributes in graph.nx.edges(data=True):
        if attributes["predicate"] in places and subject in number and object_ in number:
            row = (number[subject], places[attributes["predicate"]], number[object_])
            rows[row].append(attributes.get("confidence", 1.0))
            if attributes["predicate"] in DEPENDS_ON:
                stated[row].add(attributes.get("paper", ""))
    key = list(number)
    copies = {
        row for row, papers in stated.items() if all(of_a_copy(graph.nx, key[row[0]], p) for p in papers)
    }
    copied = {subject for subject, _, _ in copies}
    return {
        "predicates": list(CLAIMS),
        "dependencies": [predicate for predicate in CLAIMS if predicate in DEPENDS_ON],
        "namings": list(NAMINGS),
        "rows": [[*row, len(sure), round(max(sure), 3)] for row, sure in sorted(rows.items())],
        "copies": [place for place, row in enumerate(sorted(rows)) if row in copies],
        "stated": [
            [place, sorted(number[paper] for paper in stated[row] if paper in number)]
            for place, row in enumerate(sorted(rows))
            if row in copies or (row in stated and row[2] in copied)
        ],
    }


_Row = tuple[int, int, int]
"""Subject, predicate and object, by number."""


def concept_table(graph: KnowledgeGraph, number: Mapping[Node, int]) -> dict[str, Any]:
    """Modalities, tasks and metrics of each thing, by number, and which concept is narrower than which.

    A model or dataset has its own and those of the papers that introduce it, use it or compare with it;
    a thing that has a concept has the wider ones too. ``named`` has the models and datasets that each paper
    names, in whatever way: who asks what papers on a concept name, counts those.
    """
    held = concepts(graph)
    named: dict[Node, set[int]] = defaultdict(set)
    for paper, thing in _namings(graph):
        if paper in number and thing in number and graph.nx.nodes[thing]["kind"] in ("model", "dataset"):
            named[paper].add(number[thing])
    broader = sorted(
        (number[narrow], number[wide])
        for narrow, wide, _ in graph.edges("broader")
        if narrow in number and wide in number
    )
    return {
        "held": [[number[concept] for concept in held.get(key, ()) if concept in number] for key in number],
        "named": [sorted(named.get(key, ())) for key in number],
        "broader": [list(pair) for pair in broader],
    }


def _namings(graph: KnowledgeGraph) -> Iterator[tuple[Node, Node]]:
    """Each paper with what it names, concepts included; a pair may come more than once."""
    for subject, object_, attributes in graph.nx.edges(data=True):
        if subject == attributes.get("paper"):
            yield subject, object_
