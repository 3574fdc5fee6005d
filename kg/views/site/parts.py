"""What a page tells of one thing, in parts of a size that a browser reads at once.

A part is one data file. It holds things whose numbers follow each other, with all that is said of them:
claims, results and, of papers, where they can be read. A thing named by thousands of papers ends its part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kg.graph import KnowledgeGraph, Node

__all__ = ["PART_ROWS", "Part", "parts"]

PART_ROWS = 600
"""Claims and results of a part, roughly: some 200 kB of text."""

Part = dict[str, Any]

_RESULT_LINKS = {"evaluates": "model", "onDataset": "dataset", "inMetric": "metric", "reportedIn": "paper"}
_PAPER = ("authors", "issued", "url", "doi", "arxiv_id", "links", "abstract")


def parts(graph: KnowledgeGraph, number: Mapping[Node, int], rows: int = PART_ROWS) -> Iterator[Part]:
    """The parts, one after the other; each but the last holds at least ``rows`` claims and results.

    A part has ``things`` (by number: ``claims``, ``results`` and, of a paper, ``facts``), ``papers`` (by
    number: date and addresses of those that the claims come from) and ``sentences``, to which rows refer by
    place. A claim is subject, predicate, object, paper, sentence, method, confidence; a result is model,
    dataset, metric, value as written, whether it is a gain, condition, paper, sentence, method, confidence.
    """
    claims, results = _claims(graph, number), _results(graph, number)
    part, size = _Writer(graph, number), 0
    for key, thing in number.items():
        own, reported = claims.get(key, []), results.get(key, [])
        kind = graph.nx.nodes[key]["kind"]
        if not own and not reported and kind != "paper":
            continue
        part.add(thing, key, own, reported)
        size += len(own) + len(reported) + 1
        if size >= rows:
            yield part.close()
            part, size = _Writer(graph, number), 0
    if size:
        yield part.close()


_Edge = tuple[Node, Node, dict[str, Any]]
_Reported = tuple[dict[str, Node], dict[str, Any]]


class _Writer:
    """A part in the making."""

    def __init__(self, graph: KnowledgeGraph, number: Mapping[Node, int]) -> None:
        self.graph, self.number = graph, number
        self.things: dict[int, dict[str, Any]] = {}
        self.papers: dict[int, dict[str, Any]] = {}
        self.sentences: dict[str, int] = {}

    def add(self, thing: int, key: Node, claims: list[_Edge], results: list[_Reported]) -> None:
        told: dict[str, Any] = {
            "claims": [self._claim(*edge) for edge in claims],
            "results": [self._result(ends, attributes) for ends, attributes in results],
        }
        attributes = self.graph.nx.nodes[key]
        if attributes["kind"] == "paper":
            told["facts"] = {name: attributes[name] for name in _PAPER if attributes.get(name)}
        self.things[thing] = told

    def close(self) -> Part:
        return {"things": self.things, "papers": self.papers, "sentences": list(self.sentences)}

    def _claim(self, subject: Node, object_: Node, attributes: dict[str, Any]) -> list[Any]:
        ends = [self.number[subject], attributes["predicate"], self.number[object_]]
        return [*ends, self._paper(attributes.get("paper")), *self._evidence(attributes)]

    def _result(self, ends: dict[str, Node], attributes: dict[str, Any]) -> list[Any]:
        found = [self.number.get(ends.get(end, "")) for end in ("model", "dataset", "metric")]
        written = attributes.get("text") or attributes["label"]
        said = [written, bool(attributes.get("gain")), attributes.get("condition") or None]
        return [*found, *said, self._paper(ends.get("paper")), *self._evidence(attributes)]

    def _evidence(self, attributes: dict[str, Any]) -> list[Any]:
        exact = attributes.get("exact")
        sentence = self.sentences.setdefault(exact, len(self.sentences)) if exact else None
        return [sentence, attributes.get("method") or None, attributes.get("confidence")]

    def _paper(self, key: Node | None) -> int | None:
        paper = self.number.get(key or "")
        if paper is None or key is None:
            return None
        if paper not in self.papers:
            attributes = self.graph.nx.nodes[key]
            names = ("issued", "url", "doi", "arxiv_id")
            self.papers[paper] = {name: attributes[name] for name in names if attributes.get(name)}
        return paper


def _claims(graph: KnowledgeGraph, number: Mapping[Node, int]) -> dict[Node, list[_Edge]]:
    """Under each thing the claims that have it at one end, under a paper all that it makes too.

    Concepts have none: what has them is in the table of concepts.
    """
    found: dict[Node, list[_Edge]] = defaultdict(list)
    for subject, object_, attributes in graph.edges():
        if attributes["predicate"] == "broader" or subject not in number or object_ not in number:
            continue
        for key in dict.fromkeys((subject, object_, attributes.get("paper", ""))):
            if key in number and graph.nx.nodes[key]["kind"] in ("model", "dataset", "paper"):
                found[key].append((subject, object_, attributes))
    return found


def _results(graph: KnowledgeGraph, number: Mapping[Node, int]) -> dict[Node, list[_Reported]]:
    """Under each thing the results that name it."""
    ends: dict[Node, dict[str, Node]] = defaultdict(dict)
    for subject, object_, attributes in graph.edges():
        if attributes["predicate"] in _RESULT_LINKS:
            ends[subject][_RESULT_LINKS[attributes["predicate"]]] = object_
    found: dict[Node, list[_Reported]] = defaultdict(list)
    for key, attributes in graph.nodes("result"):
        for end in dict.fromkeys(ends[key].values()):
            if end in number:
                found[end].append((ends[key], attributes))
    return found
