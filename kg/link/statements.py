"""What becomes of papers in the graph: nodes of papers and results, and an edge for every statement."""

from __future__ import annotations

import re
import sys
from math import isfinite
from typing import Any

from kg.graph import KnowledgeGraph
from kg.link.concepts import Concepts
from kg.link.names import key
from kg.link.occurrences import Occurrence, Paper
from kg.records import Document, Evidence, Result
from kg.sentences import Span, sentence_at, sentences

__all__ = ["add_paper", "number"]

FROM_PAPER = {"introduced": "introduces", "used": "uses", "compared": "comparesWith", "mentioned": "mentions"}
"""Role of an entity → predicate from the paper to it, the strongest role first."""

OF_CONCEPT = {"modality": "hasModality", "task": "hasTask", "metric": "reportsMetric"}

OF_INTRODUCED = ("modality", "task")
"""Kinds of concept that a paper's own models and datasets have from it."""

CLAIMS = {
    "trainedOn": ("model", "dataset", "trainedOn"),
    "evaluatedOn": ("model", "dataset", "evaluatedOn"),
    "basedOn": ("model", "model", "basedOn"),
    "outperforms": ("model", "model", "outperforms"),
    "comparedWith": ("model", "model", "comparedWith"),
    "derivedFrom": ("dataset", "dataset", "derivedFrom"),
    "usedToBuild": ("model", "dataset", "builtWith"),
}
"""Predicate of a record → kind of subject, kind of object, predicate of the graph."""

TURNED = frozenset({"builtWith"})
"""Predicates of the graph that run from the record's object to its subject."""

LABEL_LENGTH = 80
"""Characters of the abstract that stand for a missing title, at most."""

Texts = dict[str, str]
"""The sentences of a paper so far, each to itself."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")


def add_paper(graph: KnowledgeGraph, paper: Paper, concepts: Concepts) -> None:
    """Add a paper's node and all that it states; its names and concepts must be nodes already.

    A claim about a name that the paper does not list, or of something about itself, is left out.
    """
    graph.nx.add_node(paper.node, kind="paper", **_metadata(paper.record.document))
    strongest: dict[str, Occurrence] = {}
    roles = list(FROM_PAPER)
    text = paper.record.document.text
    texts: Texts = {}
    spans = sentences(text)
    for occurrence in sorted(paper.occurrences, key=lambda o: roles.index(o.role)):
        if occurrence.node:
            strongest.setdefault(occurrence.node, occurrence)
    for node, occurrence in sorted(strongest.items()):
        evidence = _evidence(
            _around(text, spans, occurrence.mention), texts, confidence=occurrence.confidence
        )
        graph.add_claim(paper.node, FROM_PAPER[occurrence.role], node, paper.node, **evidence)
    introduced = [o for _, o in sorted(strongest.items()) if o.introduced]
    for concept in paper.record.concepts:
        target = concepts.node(concept.kind, concept.name)
        if target is None:
            continue
        mention = concept.mentions[0] if concept.mentions else None
        evidence = _evidence(_around(text, spans, mention), texts, confidence=concept.confidence)
        graph.add_claim(paper.node, OF_CONCEPT[concept.kind], target, paper.node, **evidence)
        for thing in introduced if concept.kind in OF_INTRODUCED else ():
            evidence["confidence"] = min(concept.confidence, thing.confidence)
            evidence["method"] = "introducing-paper"
            graph.add_claim(thing.node, OF_CONCEPT[concept.kind], target, paper.node, **evidence)
    _add_claims(graph, paper, texts)
    for place, result in enumerate(paper.record.results, 1):
        _add_result(graph, paper, place, result, concepts, texts)


def number(text: str) -> float | None:
    """The number a text is, if it is just one: "0.88", "1,024", "+4.1", "−3 %"; None for a range."""
    bare = text.strip().rstrip("%").rstrip().replace("−", "-").replace("–", "-")
    if not _NUMBER.fullmatch(bare) or not bare[-1:].isdigit():
        return None
    value = float(bare.replace(",", ""))
    return value if isfinite(value) else None


def _metadata(document: Document) -> dict[str, Any]:
    """Attributes of a paper's node, without those that are not known."""
    start = document.abstract[:LABEL_LENGTH]
    if len(start) < len(document.abstract):
        start = start.rpartition(" ")[0] or start
        start += "…"
    attributes: dict[str, Any] = {"label": document.title or " ".join(start.split()) or document.id}
    for name in ("title", "abstract", "authors", "issued", "url", "doi", "arxiv_id", "links", "source"):
        value = getattr(document, name)
        if value:
            attributes[name] = value
    return attributes


def _evidence(evidence: Evidence | None, texts: Texts, **others: Any) -> dict[str, Any]:
    """Edge attributes of a piece of evidence; an empty one says nothing.

    One sentence is behind many statements of a paper; it is in memory once.
    """
    if evidence is None or not evidence.text:
        return others
    exact = texts.setdefault(evidence.text, evidence.text)
    return {"exact": exact, "start": evidence.start, "end": evidence.end, **others}


def _around(text: str, spans: list[Span], mention: Evidence | None) -> Evidence | None:
    """The sentence a mention stands in; the mention itself where the text does not hold it at that place."""
    if mention is None or not mention.text or text[mention.start : mention.end] != mention.text:
        return mention
    start, end = sentence_at(text, spans, mention.start, mention.end)
    return Evidence(start, end, text[start:end])


def _add_claims(graph: KnowledgeGraph, paper: Paper, texts: Texts) -> None:
    for claim in paper.record.relations:
        if claim.predicate not in CLAIMS:
            continue
        subject_kind, object_kind, predicate = CLAIMS[claim.predicate]
        ends = _resolve(paper, subject_kind, claim.subject), _resolve(paper, object_kind, claim.object)
        subject, object_ = reversed(ends) if predicate in TURNED else ends
        if subject and object_ and subject != object_:
            others = {"method": sys.intern(claim.method)} if claim.method else {}
            evidence = _evidence(claim.evidence, texts, **others, confidence=claim.confidence)
            graph.add_claim(subject, predicate, object_, paper.node, **evidence)


def _resolve(paper: Paper, kind: str, name: str | None) -> str | None:
    """The node that a name of the paper became: by its names first, then by their aliases."""
    wanted = key(name or "")
    if not wanted:
        return None
    mine = [o for o in paper.occurrences if o.kind == kind and o.node]
    found = [o for o in mine if o.key == wanted] or [o for o in mine if wanted in o.aliases]
    return found[0].node if found else None


def _add_result(
    graph: KnowledgeGraph, paper: Paper, place: int, result: Result, concepts: Concepts, texts: Texts
) -> None:
    """A node for a reported number, joined to what it measures."""
    node = f"result/{paper.node.removeprefix('paper/')}-{place}"
    metric = concepts.node("metric", result.metric) if result.metric else None
    metric_label = f"{graph.nx.nodes[metric]['label']} " if metric else ""
    attributes: dict[str, Any] = {
        "label": metric_label + result.value,
        "text": result.value,
        "gain": result.gain,
    }
    value = number(result.value)
    if value is not None:
        attributes["value"] = value
    for name in ("condition", "method"):
        if getattr(result, name):
            attributes[name] = getattr(result, name)
    evidence = _evidence(result.evidence, texts, confidence=result.confidence)
    graph.nx.add_node(node, kind="result", **attributes, **evidence)
    ends = {
        "evaluates": _resolve(paper, "model", result.model),
        "onDataset": _resolve(paper, "dataset", result.dataset),
        "inMetric": metric,
        "reportedIn": paper.node,
    }
    for predicate, target in ends.items():
        if target:
            graph.add_claim(node, predicate, target, paper.node)
