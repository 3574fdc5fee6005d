"""The knowledge graph: a NetworkX MultiDiGraph inside, with what every node and edge carries written down.

Nodes are keyed by their path under the entity base (``model/pixcell``), so that a key and an IRI are
the same thing but for the base. Every attribute is a string, a number, a boolean or a tuple of strings;
an attribute that is not known is left out.

===========  ===============================================================================
kind         attributes besides ``kind`` and ``label``
===========  ===============================================================================
paper        ``abstract authors issued url doi arxiv_id links source``; ``title`` when it has one
model        ``aliases``
dataset      ``aliases``
modality     ``aliases`` (as are metric and task); the label is the vocabulary's canonical label
metric       and ``better_when`` ("higher" or "lower"; absent when neither is better), ``unit``,
             ``minimum``, ``maximum`` (floats: the ends of its range), as far as the vocabulary says
result       ``value`` (float, when the text is one number), ``text`` (as written), ``gain``,
             ``condition``, and the evidence attributes of an edge
===========  ===============================================================================

Edges are keyed by ``predicate|paper``: one edge for each paper that makes the claim, so that the number of
parallel edges is the number of papers behind it. Each carries ``predicate``, ``paper`` (node key; absent
on ``broader``, whose key is ``broader|``), and the evidence: ``exact`` (the sentence), ``start``, ``end``
(offsets in the paper's text), ``method``, ``confidence`` (0 to 1).

========================================  =================================================
predicate                                 from → to
========================================  =================================================
introduces uses comparesWith mentions     paper → model or dataset
hasModality hasTask reportsMetric         paper, model or dataset → modality, task, metric
trainedOn evaluatedOn                     model → dataset
basedOn outperforms comparedWith          model → model
derivedFrom                               dataset → dataset
builtWith                                 dataset → model (the record's ``usedToBuild``, turned round)
evaluates onDataset inMetric reportedIn   result → model, dataset, metric, paper
broader                                   modality, metric or task → the wider one
========================================  =================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.attributes import Parallel, edge_attributes, edge_key

if TYPE_CHECKING:
    import rdflib

    from kg.lineage import Lineage

__all__ = ["BASE", "DEPENDS_ON", "KINDS", "KnowledgeGraph"]

BASE = "https://w3id.org/biomed-kg/id/"
"""Where entities live unless the user says otherwise."""

KINDS = ("paper", "model", "dataset", "modality", "metric", "task", "result")

DEPENDS_ON = frozenset({"trainedOn", "basedOn", "derivedFrom", "builtWith"})
"""Predicates that state a dependency, from the dependent thing to what it depends on."""

Node = str
Attributes = dict[str, Any]


class KnowledgeGraph:
    """Papers, the things they name and the claims that join them.

    Args:
        nx_graph: a graph of the shape described above; an empty one when left out.
        base: the IRI that node keys are relative to; ends in ``/`` or ``#``.
    """

    def __init__(self, nx_graph: nx.MultiDiGraph[Node] | None = None, base: str = BASE) -> None:
        self.nx: nx.MultiDiGraph[Node] = nx.MultiDiGraph() if nx_graph is None else nx_graph
        if nx_graph is None:
            self.nx.edge_key_dict_factory = Parallel  # type: ignore[misc, method-assign]
        self.base = base

    def __eq__(self, other: object) -> bool:
        """Equal when base, nodes, edges and every attribute are."""
        if not isinstance(other, KnowledgeGraph):
            return NotImplemented
        return self.base == other.base and nx.utils.graphs_equal(self.nx, other.nx)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = self.counts()
        return "KnowledgeGraph(" + ", ".join(f"{kind}: {counts[kind]}" for kind in KINDS) + ")"

    def nodes(self, kind: str | None = None) -> Iterator[tuple[Node, Attributes]]:
        """Nodes with their attributes, in the order of their keys; of one kind if asked."""
        for key in sorted(self.nx):
            attributes = self.nx.nodes[key]
            if kind is None or attributes["kind"] == kind:
                yield key, attributes

    def edges(self, predicate: str | None = None) -> Iterator[tuple[Node, Node, Attributes]]:
        """Edges with their attributes, sorted by subject, object and key; of one predicate if asked."""
        # Those of one subject at a time: tuples of all edges would take more room than their attributes.
        for subject in sorted(self.nx):
            out = self.nx.out_edges(subject, keys=True, data=True)
            for _, object_, _, attributes in sorted(out, key=itemgetter(1, 2)):
                if predicate is None or attributes["predicate"] == predicate:
                    yield subject, object_, attributes

    def counts(self) -> Counter[str]:
        """How many nodes of each kind."""
        return Counter(attributes["kind"] for _, attributes in self.nx.nodes(data=True))

    def add_claim(self, subject: Node, predicate: str, object_: Node, paper: Node, **evidence: Any) -> None:
        """State a claim of one paper; of two statements of the same claim the more confident stays."""
        key = edge_key(predicate, paper)
        stated = {"predicate": predicate, "paper": paper, **evidence}
        old = self.nx.get_edge_data(subject, object_, key)
        if old is None:
            self.nx.add_edge(subject, object_, key=key)
            self.nx.get_edge_data(subject, object_)[key] = edge_attributes(stated)
        elif evidence.get("confidence", 1.0) > old.get("confidence", 1.0):
            old.update(stated)

    def lineage(self, name: str, depth: int | None = None, **options: Any) -> Lineage:
        """What a model or dataset depends on, and what depends on it; see :func:`kg.lineage.lineage`.

        Args:
            name: a label, alias, node key or IRI.
            depth: how many steps to follow; all when left out.
            options: ``kind up down only min_confidence since modality limit``.
        """
        from kg.lineage import lineage

        return lineage(self, name, depth, **options)

    def _repr_html_(self) -> str:
        """The graph in a notebook: its network, or what it holds when that is too large for one."""
        from kg.views.notebook import framed_graph

        return framed_graph(self)

    def rdf(self) -> rdflib.Dataset:
        """The graph as an RDF dataset with one named graph a paper (see ``docs/graph.md``)."""
        from kg.rdf import to_dataset

        return to_dataset(self)

    def save(self, directory: str | Path = "output") -> Path:
        """Write ``graph.ttl``, ``graph.nq`` and ``graph.graphml`` into a folder, made if needed.

        Raises:
            OSError: the folder cannot be written.
        """
        from kg.export import save

        return save(self, Path(directory))
