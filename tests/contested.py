"""A graph in which papers contradict each other, for the tests of the named queries.

It holds what makes engines differ or a query go wrong: a ring of dependencies, a thing that several papers
state, numbers in percent beside fractions, metrics of every direction, missing ends, very long sentences and
texts full of quotes.
"""

from __future__ import annotations

from typing import Any

from kg.graph import KnowledgeGraph

__all__ = ["contested"]

NASTY = "é\"'\\ <b>\n\t中 \u202e $1 ?x }"

_LABELLED: dict[str, dict[str, Any]] = {
    "paper/p": {"issued": "2024", "abstract": "x" * 6000},
    "paper/q": {"issued": "2024-05"},
    "paper/r": {"issued": "2023-12-31"},
    "paper/s": {},
    **{f"model/{name}": {} for name in ("a", "b", "c", "d", "e")},
    f"model/{NASTY}": {"label": NASTY},
    **{f"dataset/{name}": {} for name in ("v", "w", "x", "y", "z")},
    "metric/high": {"better_when": "higher", "minimum": 0.0, "maximum": 1.0},
    "metric/low": {"better_when": "lower", "minimum": 0.0},
    "metric/free": {},
    "metric/correlation": {"better_when": "higher", "minimum": -1.0, "maximum": 1.0},
    "modality/narrow": {},
    "modality/wide": {},
    "task/narrow": {},
    "task/wide": {},
    "task/widest": {},
}

_CLAIMS: list[tuple[str, str, str, str]] = [
    # A ring: a is based on b (three papers say so), b on a; b was trained on x, on which a was evaluated.
    ("model/a", "basedOn", "model/b", "p q r"),
    ("model/b", "basedOn", "model/a", "p"),
    ("model/b", "trainedOn", "dataset/x", "p"),
    ("model/a", "evaluatedOn", "dataset/x", "q s"),
    (f"model/{NASTY}", "basedOn", "model/a", "p"),
    # c was trained on x itself, and evaluated on it and on v, which was made from x.
    ("model/c", "trainedOn", "dataset/x", "p"),
    ("model/c", "evaluatedOn", "dataset/x", "p"),
    ("model/c", "evaluatedOn", "dataset/v", "p"),
    ("dataset/v", "derivedFrom", "dataset/x", "p"),
    # d was trained on y, which was made from z, on which d was evaluated.
    ("model/d", "trainedOn", "dataset/y", "p"),
    ("dataset/y", "derivedFrom", "dataset/z", "q"),
    ("model/d", "evaluatedOn", "dataset/z", "p"),
    # d was trained on v too, and evaluated on it.
    ("model/d", "trainedOn", "dataset/v", "r"),
    ("model/d", "evaluatedOn", "dataset/v", "r"),
    # e labelled w and was trained and evaluated on it: its own doing, so no leak through an ancestor.
    ("dataset/w", "builtWith", "model/e", "p"),
    ("model/e", "trainedOn", "dataset/w", "p"),
    ("model/e", "evaluatedOn", "dataset/w", "p"),
    ("model/a", "outperforms", "model/b", "p r"),
    ("model/b", "outperforms", "model/a", "q"),
    ("model/a", "outperforms", "model/c", "r"),
    ("paper/p", "introduces", "model/a", "p"),
    ("model/a", "hasModality", "modality/narrow", "p"),
    ("model/a", "hasTask", "task/narrow", "p"),
    ("paper/q", "introduces", "dataset/x", "q"),
    ("paper/r", "introduces", "dataset/y", "r"),
    ("paper/s", "introduces", "dataset/z", "s"),
    ("paper/p", "uses", "dataset/x", "p"),
    ("paper/s", "mentions", "dataset/y", "s"),
    *((f"paper/{paper}", "hasModality", "modality/narrow", paper) for paper in "pqs"),
    ("paper/q", "hasModality", "modality/wide", "q"),
    *((f"paper/{paper}", "hasTask", "task/narrow", paper) for paper in "pq"),
    *((f"paper/{paper}", "reportsMetric", "metric/high", paper) for paper in "pqr"),
    ("paper/q", "reportsMetric", "metric/low", "q"),
]
"""Subject, predicate, object, and the papers that say so."""

_RESULTS: list[tuple[str, str, str, str, float | str, bool]] = [
    ("p", "model/a", "dataset/x", "metric/high", 0.93, False),
    ("q", "model/a", "dataset/x", "metric/high", 93.0, False),  # the same in percent
    ("r", "model/a", "dataset/x", "metric/high", 0.92, False),
    ("q", "model/a", "dataset/x", "metric/high", 930.0, False),  # beyond the range even as percent
    ("p", "model/b", "dataset/x", "metric/high", 93.5, False),
    ("q", "model/b", "dataset/x", "metric/high", 1.0, False),
    ("r", "model/c", "dataset/x", "metric/high", 1e-20, False),
    ("p", "model/a", "dataset/x", "metric/high", 0.99, True),
    ("p", "model/a", "dataset/x", "metric/high", "0.9 to 1", False),
    ("p", "", "dataset/x", "metric/high", 0.9, False),
    ("p", "model/a", "", "metric/high", 0.8, False),
    ("p", "model/a", "dataset/x", "", 0.8, False),
    ("p", "model/a", "dataset/x", "metric/low", 3.5, False),
    ("p", "model/b", "dataset/x", "metric/low", 12.0, False),
    ("p", "model/c", "dataset/x", "metric/low", 0.25, False),
    ("p", "model/a", "dataset/x", "metric/free", 3.5, False),
    ("p", "model/b", "dataset/x", "metric/free", 12.0, False),
    ("p", "model/a", "dataset/x", "metric/correlation", -45.0, False),
    ("p", "model/b", "dataset/x", "metric/correlation", 0.3, False),
    ("p", "model/c", "dataset/x", "metric/correlation", 55.0, False),
    ("p", "model/d", "dataset/x", "metric/correlation", -145.0, False),
]
"""Paper, model, dataset, metric, number and whether it is a gain."""


def contested() -> KnowledgeGraph:
    """The graph; what each part of it is for, the comments above say."""
    graph = KnowledgeGraph()
    for node, attributes in _LABELLED.items():
        kind, _, name = node.partition("/")
        graph.nx.add_node(node, kind=kind, **{"label": f"{kind} {name}", **attributes})
    for narrow, wide in (
        ("modality/narrow", "modality/wide"),
        ("task/narrow", "task/wide"),
        ("task/wide", "task/widest"),
    ):
        graph.nx.add_edge(narrow, wide, key="broader|", predicate="broader")
    for number, (subject, predicate, object_, papers) in enumerate(_CLAIMS):
        for paper in papers.split():
            text = f"{subject} {predicate} {object_} ({paper})" + " at length" * (0 if number % 5 else 1000)
            evidence = {"exact": text, "start": 0, "end": len(text), "confidence": round(1 / (2 + number), 4)}
            graph.add_claim(subject, predicate, object_, f"paper/{paper}", **evidence)
    for number, result in enumerate(_RESULTS):
        _add_result(graph, number, *result)
    return graph


def _add_result(
    graph: KnowledgeGraph,
    number: int,
    paper: str,
    model: str,
    dataset: str,
    metric: str,
    value: float | str,
    gain: bool,
) -> None:
    node = f"result/{paper}-{number}"
    attributes: dict[str, Any] = {"value": value} if isinstance(value, float) else {}
    if number % 2:
        attributes["condition"] = f"under {NASTY}"
    graph.nx.add_node(
        node, kind="result", label=str(value), text=str(value), gain=gain, exact="A sentence.", **attributes
    )
    ends = {"evaluates": model, "onDataset": dataset, "inMetric": metric, "reportedIn": f"paper/{paper}"}
    for predicate, end in ends.items():
        if end:
            graph.add_claim(node, predicate, end, f"paper/{paper}")
