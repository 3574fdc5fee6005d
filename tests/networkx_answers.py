"""What each named query should answer, computed from the NetworkX graph alone: no RDF, no SPARQL.

Each function gives the rows of the query of its name (with ``_`` for ``-``), in the order of its columns:
node keys for things, full IRIs for terms, floats for numbers, ``""`` where there is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

import networkx as nx

from kg.graph import DEPENDS_ON, KnowledgeGraph
from kg.rdf.terms import CLASSES, PREDICATES

__all__ = ["ANSWERS", "Row"]

Row = tuple[Any, ...]

MENTIONS = ("introduces", "uses", "comparesWith", "mentions")


def dependents(graph: KnowledgeGraph) -> set[Row]:
    return {
        (thing, _label(graph, thing), model, _label(graph, model))
        for model, things in _ancestors(graph).items()
        for thing in things
        if _kind(graph, model) == "model" and _kind(graph, thing) == "dataset"
    }


def ancestry(graph: KnowledgeGraph) -> set[Row]:
    return {
        (thing, _label(graph, thing), above, _label(graph, above), CLASSES[_kind(graph, above)])
        for thing, things in _ancestors(graph).items()
        for above in things
    }


def datasets_by_modality(graph: KnowledgeGraph) -> set[Row]:
    papers = defaultdict(set)
    for paper, modality in _with_wider(graph, "hasModality"):
        for _, dataset, _ in _edges(graph, *MENTIONS, subject=paper):
            if _kind(graph, paper) == "paper" and _kind(graph, dataset) == "dataset":
                papers[modality, dataset].add(paper)
    return {
        (modality, _label(graph, modality), dataset, _label(graph, dataset), float(len(found)))
        for (modality, dataset), found in papers.items()
    }


def models_by_modality_and_task(graph: KnowledgeGraph) -> set[Row]:
    modalities, tasks = _by_thing(graph, "hasModality"), _by_thing(graph, "hasTask")
    return {
        (modality, task, model, _label(graph, model), paper)
        for paper, model, _ in _edges(graph, "introduces")
        if _kind(graph, model) == "model"
        for modality in modalities[model]
        for task in tasks[model]
    }


def leaderboard(graph: KnowledgeGraph) -> set[Row]:
    rows = set()
    for result in _results(graph):
        if not (result["model"] and result["dataset"] and result["metric"] and "value" in result):
            continue
        metric = graph.nx.nodes[result["metric"]]
        score = _score(result["value"], metric)
        low, high = metric.get("minimum", score), metric.get("maximum", score)
        if low <= score <= high and not result.get("gain"):
            better, condition = metric.get("better_when", ""), result.get("condition", "")
            model = result["model"]
            board = result["dataset"], result["metric"], score, better
            rows.add((*board, model, _label(graph, model), condition, result["paper"]))
    return rows


def outperforms(graph: KnowledgeGraph) -> set[Row]:
    sure = defaultdict(list)
    for better, worse, attributes in _edges(graph, "outperforms"):
        sure[better, worse].append(round(attributes["confidence"], 9))
    return {
        (better, _label(graph, better), worse, _label(graph, worse), float(len(found)), max(found))
        for (better, worse), found in sure.items()
    }


def introduced_datasets(graph: KnowledgeGraph) -> set[Row]:
    issued = {paper: attributes.get("issued", "") for paper, attributes in graph.nodes("paper")}
    return {
        (issued[paper], dataset, _label(graph, dataset), paper, _label(graph, paper))
        for paper, dataset, _ in _edges(graph, "introduces")
        if _kind(graph, dataset) == "dataset"
    }


def evidence(graph: KnowledgeGraph) -> set[Row]:
    return {
        (subject, PREDICATES[a["predicate"]], object_, a["exact"], round(a["confidence"], 9), a["paper"])
        for subject, object_, a in graph.edges()
        if "exact" in a
    }


def disagreements(graph: KnowledgeGraph) -> set[Row]:
    claims = list(_edges(graph, "outperforms"))
    return {
        (one, other, claim["paper"], claim["exact"], counter["paper"], counter["exact"])
        for one, other, claim in claims
        for better, worse, counter in claims
        if (better, worse) == (other, one) and one < other
    }


def disagreeing_results(graph: KnowledgeGraph) -> set[Row]:
    rows = set()
    whole = [
        result
        for result in _results(graph)
        if result["model"] and result["dataset"] and result["metric"] and "value" in result
        if not result.get("gain")
    ]
    for one, other in permutations(whole, 2):
        same = all(one[end] == other[end] for end in ("model", "dataset", "metric"))
        if same and one["paper"] < other["paper"]:
            metric = graph.nx.nodes[one["metric"]]
            score, other_score = _score(one["value"], metric), _score(other["value"], metric)
            if score != other_score:
                asked = one["model"], one["dataset"], one["metric"]
                this = score, one.get("condition", ""), one["paper"]
                rows.add((*asked, *this, other_score, other.get("condition", ""), other["paper"]))
    return rows


def unevaluated_datasets(graph: KnowledgeGraph) -> set[Row]:
    return {
        (dataset, attributes["label"], float(len(papers)))
        for dataset, attributes in graph.nodes("dataset")
        if not any(True for _, object_, _ in _edges(graph, "evaluatedOn", "onDataset") if object_ == dataset)
        for papers in [{paper for paper, object_, _ in _edges(graph, *MENTIONS) if object_ == dataset}]
    }


def metrics_by_task(graph: KnowledgeGraph) -> set[Row]:
    papers = defaultdict(set)
    for paper, task in _with_wider(graph, "hasTask"):
        for _, metric, _ in _edges(graph, "reportsMetric", subject=paper):
            if _kind(graph, paper) == "paper":
                papers[task, metric].add(paper)
    return {
        (task, _label(graph, task), metric, _label(graph, metric), float(len(found)))
        for (task, metric), found in papers.items()
    }


def leakage(graph: KnowledgeGraph) -> set[Row]:
    ancestors = _ancestors(graph)
    direct = {(subject, object_) for subject, object_, _ in _edges(graph, *DEPENDS_ON)}
    return {
        (model, _label(graph, model), dataset, _label(graph, dataset), above, _label(graph, above))
        for model, dataset, _ in _edges(graph, "evaluatedOn")
        for above in ancestors.get(model, ())
        if (above, dataset) in direct
    }


def shared_sources(graph: KnowledgeGraph) -> set[Row]:
    ancestors = _ancestors(graph)
    direct = {(subject, object_) for subject, object_, _ in _edges(graph, *DEPENDS_ON)}
    return {
        (model, _label(graph, model), dataset, _label(graph, dataset), source, _label(graph, source))
        for model, dataset, _ in _edges(graph, "evaluatedOn")
        for source in ancestors.get(dataset, set()) & ancestors.get(model, set())
        if (model, dataset) not in direct and _kind(graph, source) == "dataset"
    }


def reported_results(graph: KnowledgeGraph) -> set[Row]:
    rows = set()
    for result in _results(graph):
        if model := result["model"]:
            written = result["text"], "gain" if result.get("gain") else "value", result.get("condition", "")
            about = model, _label(graph, model), result["metric"], result["dataset"]
            rows.add((*about, *written, result.get("exact", ""), result["paper"], result["key"]))
    return rows


ANSWERS: dict[str, Callable[[KnowledgeGraph], set[Row]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        ancestry,
        datasets_by_modality,
        dependents,
        disagreeing_results,
        disagreements,
        evidence,
        introduced_datasets,
        leaderboard,
        leakage,
        metrics_by_task,
        models_by_modality_and_task,
        outperforms,
        reported_results,
        shared_sources,
        unevaluated_datasets,
    )
}


def _label(graph: KnowledgeGraph, node: str) -> str:
    return str(graph.nx.nodes[node]["label"])


def _kind(graph: KnowledgeGraph, node: str) -> str:
    return str(graph.nx.nodes[node]["kind"])


def _edges(
    graph: KnowledgeGraph, *predicates: str, subject: str | None = None
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    found = graph.nx.edges(subject, data=True) if subject else graph.nx.edges(data=True)
    return (edge for edge in found if edge[2]["predicate"] in predicates)


def _ancestors(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """All that each thing depends on; itself is left out, even in a ring."""
    direct = nx.DiGraph([(subject, object_) for subject, object_, _ in _edges(graph, *DEPENDS_ON)])
    return {thing: nx.descendants(direct, thing) for thing in direct}


def _with_wider(graph: KnowledgeGraph, predicate: str) -> set[tuple[str, str]]:
    """Each thing with its concepts by a predicate, and with the wider ones."""
    wider = nx.DiGraph([(narrow, wide) for narrow, wide, _ in _edges(graph, "broader")])
    wider.add_nodes_from(graph.nx)
    return {
        (thing, each)
        for thing, concept, _ in _edges(graph, predicate)
        for each in {concept, *nx.descendants(wider, concept)}
    }


def _by_thing(graph: KnowledgeGraph, predicate: str) -> dict[str, set[str]]:
    concepts = defaultdict(set)
    for thing, concept in _with_wider(graph, predicate):
        concepts[thing].add(concept)
    return concepts


def _results(graph: KnowledgeGraph) -> Iterator[dict[str, Any]]:
    names = {"evaluates": "model", "onDataset": "dataset", "inMetric": "metric", "reportedIn": "paper"}
    for key, attributes in graph.nodes("result"):
        ends = {names[edge["predicate"]]: end for _, end, edge in graph.nx.out_edges(key, data=True)}
        yield {**dict.fromkeys(names.values(), ""), **attributes, "key": key, **ends}


def _score(value: float, metric: dict[str, Any]) -> float:
    percent = metric.get("maximum") == 1 and abs(value) > 1
    return round(value / 100 if percent else value, 9)
