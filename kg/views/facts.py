"""What the page tells about a node or an edge: names, papers, sentences and results, as plain JSON data.

Things are numbered in the order of their keys; claims and results are rows that refer to those numbers, and
to sentences by their place in a table, so that a sentence behind ten claims is stored once.
"""

from __future__ import annotations

from typing import Any

from kg.graph import KnowledgeGraph, Node
from kg.views.skeleton import concepts

__all__ = ["CLAIM_COLUMNS", "RESULT_COLUMNS", "facts", "numbers"]

CLAIM_COLUMNS = ("subject", "predicate", "object", "paper", "sentence", "method", "confidence")
RESULT_COLUMNS = (
    "model",
    "dataset",
    "metric",
    "text",
    "gain",
    "condition",
    "paper",
    "sentence",
    "method",
    "confidence",
)
_THING = (
    "kind",
    "label",
    "aliases",
    "title",
    "authors",
    "issued",
    "url",
    "doi",
    "arxiv_id",
    "links",
    "abstract",
)
_RESULT_LINKS = {"evaluates": "model", "onDataset": "dataset", "inMetric": "metric", "reportedIn": "paper"}


def numbers(graph: KnowledgeGraph) -> dict[Node, int]:
    """The number of every thing the page can tell of; results are told of under their model."""
    keys = (key for key, attributes in graph.nodes() if attributes["kind"] != "result")
    return {key: number for number, key in enumerate(keys)}


def facts(graph: KnowledgeGraph, *, abstracts: bool = True) -> dict[str, Any]:
    """Counts, things, claims, results and sentences of a graph; what is not known is None or left out."""
    told = _THING if abstracts else [name for name in _THING if name != "abstract"]
    number = numbers(graph)
    held, stated = concepts(graph), concepts(graph, borrowed=False)
    sentences: dict[str, int] = {}

    def evidence(attributes: dict[str, Any]) -> list[Any]:
        exact = attributes.get("exact")
        sentence = sentences.setdefault(exact, len(sentences)) if exact else None
        return [sentence, attributes.get("method") or None, attributes.get("confidence")]

    things = []
    for key in number:
        attributes = graph.nx.nodes[key]
        thing = {name: attributes[name] for name in told if attributes.get(name)}
        thing.setdefault("label", key)
        # The panel tells what is stated of the thing itself; filters go by what its papers are about too.
        for name, found in (("concepts", held), ("stated", stated)):
            thing[name] = [number[c] for c in found.get(key, ()) if c in number]
        things.append({"key": key, **thing})

    claims = []
    ends: dict[Node, dict[str, int]] = {}
    for subject, object_, attributes in graph.edges():
        predicate = attributes["predicate"]
        if predicate in _RESULT_LINKS:
            ends.setdefault(subject, {})[_RESULT_LINKS[predicate]] = number[object_]
        elif subject in number and object_ in number:
            paper = number.get(attributes.get("paper", ""))
            claims.append([number[subject], predicate, number[object_], paper, *evidence(attributes)])

    results = []
    for key, attributes in graph.nodes("result"):
        end = ends.get(key, {})
        text = attributes.get("text") or attributes["label"]
        ends_said = [end.get(name) for name in ("model", "dataset", "metric")]
        as_written = [text, bool(attributes.get("gain")), attributes.get("condition") or None]
        results.append([*ends_said, *as_written, end.get("paper"), *evidence(attributes)])
    return {
        "counts": dict(sorted(graph.counts().items())),
        "things": things,
        "claims": claims,
        "claim_columns": CLAIM_COLUMNS,
        "results": results,
        "result_columns": RESULT_COLUMNS,
        "sentences": list(sentences),
    }
