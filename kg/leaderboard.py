"""Leaderboards: the results that papers report on a dataset in a metric, the best first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any

from kg.finding import UnknownName, find, suggest
from kg.graph import KnowledgeGraph, Node
from kg.results import Reported, on_scale, reported, written, year
from kg.spelling import name_key

__all__ = ["COLUMNS", "Board", "Leaderboard", "Row", "Unplaced", "leaderboard"]

COLUMNS = (
    "dataset",
    "metric",
    "better_when",
    "rank",
    "model",
    "model_label",
    "value",
    "score",
    "condition",
    "confidence",
    "year",
    "paper",
    "title",
    "sentence",
    "of",
)
"""Columns of :meth:`Leaderboard.to_rows`."""

_NAMINGS = frozenset({"introduces", "uses", "comparesWith", "mentions"})
_TITLE_LENGTH = 70
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One result and its place."""

    rank: int
    """1 for the best; results of one score share a rank."""
    model: Node
    model_label: str
    value: str
    """As written, with a percent sign where the sentence has one."""
    score: float
    """On the scale of the metric: of one that goes up to 1, percent are shares of one."""
    condition: str
    confidence: float
    year: int | None
    paper: Node
    title: str
    sentence: str
    """Empty when the paper's record has none."""
    of: int = 1
    """Results that the board has of this model and condition, this one included."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A result that is on no board; what its sentence does not tell is empty."""

    reason: str
    model_label: str
    dataset_label: str
    metric_label: str
    value: str
    condition: str
    confidence: float
    paper: Node
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Board:
    """Results on one dataset in one metric, the best first."""

    dataset: Node
    dataset_label: str
    metric: Node
    metric_label: str
    better_when: str
    """``higher`` or ``lower``; empty where that is not known, and higher numbers stand first."""
    rows: tuple[Row, ...]
    found: int
    """Rows there are; more than are held when a limit was asked for."""


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The boards, those of most results first, and what is on none of them."""

    boards: tuple[Board, ...]
    gains: int
    """Results that are gains over something else, which no board can hold."""
    unplaced: Mapping[str, int]
    """Why other results of what was asked for are on no board, and how many, the commonest reason first."""
    apart: tuple[Unplaced, ...] = ()
    """Those results, in the order of the reasons."""

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers."""
        return asdict(self)

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat record a row, with the keys of :data:`COLUMNS`; what is not known is empty."""
        return [
            {
                "dataset": board.dataset,
                "metric": board.metric,
                "better_when": board.better_when,
                **{name: "" if value is None else value for name, value in asdict(row).items()},
            }
            for board in self.boards
            for row in board.rows
        ]

    def to_text(self, width: int | None = None, unplaced: bool = False) -> str:
        """Boards one below the other as lines of text, each row with its sentence.

        Args:
            width: columns that a line may take; titles are shortened and sentences folded to it.
            unplaced: whether to list the results that are on no board; they are listed when there is none.
        """
        lines: list[str] = []
        for board in self.boards:
            lines += [*_board(board, width), ""]
        if not self.boards:
            lines += ["no result could be placed" if self.apart else "no results found", ""]
        if unplaced or not self.boards:
            for result in self.apart:
                lines += [*_unplaced(result, width), ""]
        return "\n".join([*lines, *self.left_out()]).rstrip()

    def left_out(self) -> list[str]:
        """A line for each sort of result that is on no board, with their number and the reason."""
        gains = [f"left out: {self.gains}, a gain over something else"] if self.gains else []
        return gains + [f"not placed: {count}, {reason}" for reason, count in self.unplaced.items()]


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


def _board(board: Board, width: int | None) -> list[str]:
    better = f"{board.better_when} is better" if board.better_when else "which way is better is not known"
    shown = "" if board.found == len(board.rows) else f", {len(board.rows)} shown"
    count = f"{board.found} result{'s' if board.found != 1 else ''}{shown}"
    lines = [f"{_line(board.metric_label)} on {_line(board.dataset_label)} ({better}; {count})"]
    ranks = max(len(str(row.rank)) for row in board.rows)
    values = max(len(_line(row.value)) for row in board.rows)
    indent = " " * (ranks + values + 5)
    for row in board.rows:
        condition = f", {_line(row.condition)}" if row.condition else ""
        again = f"; one of {row.of} results of this model here" if row.of > 1 else ""
        lines.append(
            f"{row.rank:>{ranks + 1}}  {_line(row.value):<{values}}  "
            f"{_line(row.model_label)}{condition} (confidence {row.confidence:.2f}{again})"
        )
        issued = f" ({row.year})" if row.year else ""
        lines += _source(row, issued, indent, width)
    return lines


def _unplaced(result: Unplaced, width: int | None) -> list[str]:
    ends = (result.metric_label, result.dataset_label, result.model_label, result.condition)
    known = ", ".join(_line(end) for end in ends if end)
    head = f"{_line(result.value)}  {known or 'nothing else told'} (confidence {result.confidence:.2f})"
    return [f"not placed, {result.reason}: {head}", *_source(result, "", "    ", width)]


def _source(said: Row | Unplaced, issued: str, indent: str, width: int | None) -> list[str]:
    """The sentence and its paper."""
    limit = max(_NARROWEST, (width or 10**6) - len(indent))
    title = _line(said.title)
    if len(title) > min(_TITLE_LENGTH, limit):
        title = title[: min(_TITLE_LENGTH, limit) - 1] + "…"
    sentence = f"“{_line(said.sentence)}”" if said.sentence else "(no sentence kept)"
    folded = wrap(sentence, limit) if width else [sentence]
    return [*(f"{indent}{part}" for part in folded), f"{indent}— {title}{issued}, {said.paper}"]


def _line(text: str) -> str:
    return " ".join(text.split())
