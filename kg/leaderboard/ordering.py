"""Results placed on boards and put in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.finding import UnknownName, find, suggest
from kg.graph import KnowledgeGraph, Node
from kg.leaderboard.boards import Board, Leaderboard, Row, Unplaced
from kg.results import Reported, on_scale, reported, written, year
from kg.spelling import name_key

__all__ = ["leaderboard"]

_NAMINGS = frozenset({"introduces", "uses", "comparesWith", "mentions"})
"""How a paper names a dataset."""


def leaderboard(
    graph: KnowledgeGraph,
    dataset: str | None = None,
    metric: str | None = None,
    *,
    task: str | None = None,
    modality: str | None = None,
    limit: int | None = None,
) -> Leaderboard:
    """Order the results on a dataset, in a metric, or both.

    There is one board for each dataset and metric, since numbers of two do not compare; a narrower metric
    counts as the wider one and has a board of its own. Names are found as by :func:`kg.finding.find`.

    Args:
        dataset: the dataset; all when left out.
        metric: the metric; all when left out.
        task: only results of papers or datasets with this task or a narrower one.
        modality: only results of papers or datasets with this modality or a narrower one.
        limit: rows a board holds at most; all when left out.

    Raises:
        UnknownName: nothing of that kind goes by the name.
        ValueError: neither dataset nor metric is given, or ``limit`` is less than 1.
    """
    if dataset is None and metric is None:
        raise ValueError("name a dataset, a metric or both")
    if limit is not None and limit < 1:
        raise ValueError(f"limit is {limit}; it counts rows, so it must be at least 1")
    data = None if dataset is None else {_named(graph, dataset, "dataset")}
    metrics = None if metric is None else _narrower(graph, _named(graph, metric, "metric"))
    asked = [(task, "task", "hasTask"), (modality, "modality", "hasModality")]
    filters = [
        _holders(graph, _narrower(graph, _named(graph, name, kind)), predicate)
        for name, kind, predicate in asked
        if name is not None
    ]
    placed: dict[tuple[Node, Node], list[tuple[Reported, float]]] = defaultdict(list)
    gains, unplaced = 0, list[tuple[str, Reported]]()
    for result in reported(graph):
        if not all(result.paper in holders or result.dataset in holders for holders in filters):
            continue
        if not _concerns(graph, result, data, metrics):
            continue
        score, reason = _score(graph, result)
        if result.gain:
            gains += 1
        elif reason:
            unplaced.append((reason, result))
        elif result.dataset and result.metric and score is not None:
            placed[result.dataset, result.metric].append((result, score))
    boards = [_rank(graph, *place, found, limit) for place, found in placed.items()]
    boards.sort(key=lambda b: (-b.found, b.dataset_label, b.metric_label, b.dataset, b.metric))
    counts = Counter(reason for reason, _ in unplaced)
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    apart = [_apart(graph, *pair) for reason in ordered for pair in unplaced if pair[0] == reason]
    return Leaderboard(tuple(boards), gains, ordered, tuple(apart))


def _named(graph: KnowledgeGraph, name: str, kind: str) -> Node:
    found = find(graph, name, (kind,))
    if not found:
        raise UnknownName(name, (kind,), suggest(graph, name, (kind,)))
    return found[0]


def _narrower(graph: KnowledgeGraph, concept: Node) -> set[Node]:
    """The concept and all that are narrower."""
    found, waiting = {concept}, [concept]
    while waiting:
        for narrower, _, attributes in graph.nx.in_edges(waiting.pop(), data=True):
            if attributes["predicate"] == "broader" and narrower not in found:
                found.add(narrower)
                waiting.append(narrower)
    return found


def _holders(graph: KnowledgeGraph, concepts: Iterable[Node], predicate: str) -> set[Node]:
    """What has one of the concepts."""
    return {
        holder
        for concept in concepts
        for holder, _, attributes in graph.nx.in_edges(concept, data=True)
        if attributes["predicate"] == predicate
    }


def _concerns(
    graph: KnowledgeGraph, result: Reported, data: set[Node] | None, metrics: set[Node] | None
) -> bool:
    """Whether a result is of what was asked for, or could be: it names no dataset, its paper names that one.

    A result that names no metric counts where the dataset was asked for, since it is on it.
    """
    if metrics is not None and result.metric not in metrics:
        return result.metric is None and data is not None and result.dataset in data
    if data is None or result.dataset in data:
        return True
    return result.dataset is None and any(_names(graph, result.paper, one) for one in data)


def _names(graph: KnowledgeGraph, paper: Node | None, thing: Node) -> bool:
    found = graph.nx.get_edge_data(paper, thing) if paper else None
    return any(attributes["predicate"] in _NAMINGS for attributes in (found or {}).values())


def _score(graph: KnowledgeGraph, result: Reported) -> tuple[float | None, str]:
    """The number on the scale of its metric, or why the result has no place."""
    for end in ("model", "dataset", "metric"):
        if getattr(result, end) is None:
            return None, f"the sentence tells no {end}"
    score, reason = on_scale(result, graph.nx.nodes[result.metric or ""])
    return score, reason and f"the value {reason}"


def _rank(
    graph: KnowledgeGraph, dataset: Node, metric: Node, found: list[tuple[Reported, float]], limit: int | None
) -> Board:
    label = {node: graph.nx.nodes[node]["label"] for node in (dataset, metric)}
    better = graph.nx.nodes[metric].get("better_when", "")
    sign = 1 if better == "lower" else -1
    found.sort(key=lambda pair: (sign * pair[1], -pair[0].confidence, pair[0].node))
    ranks = {score: rank for rank, (_, score) in reversed(list(enumerate(found, 1)))}
    same = Counter((result.model, name_key(result.condition)) for result, _ in found)
    rows = tuple(
        _row(graph, result, score, ranks[score], same[result.model, name_key(result.condition)])
        for result, score in found[:limit]
    )
    return Board(dataset, label[dataset], metric, label[metric], better, rows, len(found))


def _row(graph: KnowledgeGraph, result: Reported, score: float, rank: int, of: int) -> Row:
    paper, model = result.paper or "", result.model or ""
    return Row(
        rank,
        model,
        graph.nx.nodes[model]["label"],
        written(result),
        score,
        result.condition,
        result.confidence,
        year(graph, result.paper),
        paper,
        graph.nx.nodes[paper]["label"] if paper in graph.nx else paper,
        result.exact,
        of,
    )


def _apart(graph: KnowledgeGraph, reason: str, result: Reported) -> Unplaced:
    def label(node: Node | None) -> str:
        return str(graph.nx.nodes[node]["label"]) if node and node in graph.nx else node or ""

    return Unplaced(
        reason,
        label(result.model),
        label(result.dataset),
        label(result.metric),
        written(result),
        result.condition,
        result.confidence,
        result.paper or "",
        label(result.paper),
        result.exact,
    )
