"""Disagreements: claims and numbers of papers that cannot all be right.

- ``outperforms``: one says that A is better than B, another that B is better than A. Where the results that
  stand in the same sentences name datasets or metrics, and none is common to both sides, the two do not
  disagree.
- ``result``: two values for one model, dataset, metric and condition, from two sentences, that differ by more
  than rounding and percent. Several values in one sentence are a list whose parts the reading did not tell
  apart, not a disagreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.audit.finding import Finding, Said, correction, said, surest
from kg.graph import KnowledgeGraph, Node
from kg.results import Reported, on_scale, reported
from kg.spelling import name_key

__all__ = ["disagreements"]

_Setting = tuple[frozenset[Node], frozenset[Node]]
"""Datasets and metrics that a sentence gives results for."""


def disagreements(graph: KnowledgeGraph, min_confidence: float = 0.0) -> list[Finding]:
    """Opposite claims to be better, and two values for one result; each pair once.

    Near linear in the claims and results: only claims of one pair of models, and results of one model,
    dataset, metric and condition, are compared.

    Args:
        graph: where to look.
        min_confidence: claims and results that are less sure are passed over; but results of any confidence
            tell what two claims are of.
    """
    results = list(reported(graph))
    sure = [result for result in results if result.confidence >= min_confidence]
    return [*_opposite(graph, results, min_confidence), *_unequal(graph, sure)]


def _opposite(graph: KnowledgeGraph, results: Iterable[Reported], min_confidence: float) -> Iterator[Finding]:
    settings = _settings(results)
    claims: defaultdict[tuple[Node, Node], list[Said]] = defaultdict(list)
    for better, worse, attributes in graph.edges("outperforms"):
        if attributes.get("confidence", 1.0) >= min_confidence and better != worse:
            claims[better, worse].append(said(graph, better, worse, attributes))
    for (one, other), mine in sorted(claims.items()):
        theirs = claims.get((other, one), []) if one < other else []
        pairs = [(a, b) for a in mine for b in theirs if _of_one_thing(a, b, settings)]
        if pairs:
            first, second = min(pairs, key=lambda p: (-min(s.confidence for s in p), p[0].paper, p[1].paper))
            what = _named(graph, first, second, settings)
            summary = (
                f"{first.subject_label} is said to outperform {first.object_label}, and the other way round"
                f"{what}"
            )
            sure = min(surest(mine).confidence, surest(theirs).confidence)
            yield Finding("disagreements", "outperforms", (one, other), summary, sure, (first, second))


def _settings(results: Iterable[Reported]) -> dict[tuple[Node, str], _Setting]:
    """For every sentence with results, by paper and text: the datasets and metrics they are of."""
    data: defaultdict[tuple[Node, str], set[Node]] = defaultdict(set)
    metrics: defaultdict[tuple[Node, str], set[Node]] = defaultdict(set)
    for result in results:
        if result.paper and result.exact:
            place = result.paper, result.exact
            data[place] |= {result.dataset} if result.dataset else set()
            metrics[place] |= {result.metric} if result.metric else set()
    return {place: (frozenset(data[place]), frozenset(metrics[place])) for place in data}


def _of_one_thing(one: Said, other: Said, settings: dict[tuple[Node, str], _Setting]) -> bool:
    """Whether the two can speak of one dataset and one metric, as far as results say."""
    if one.paper == other.paper and one.sentence == other.sentence:
        return False  # one sentence read both ways is a misreading
    mine = settings.get((one.paper, one.sentence))
    theirs = settings.get((other.paper, other.sentence))
    if mine is None or theirs is None:
        return True
    return all(not a or not b or a & b for a, b in zip(mine, theirs, strict=True))


def _named(graph: KnowledgeGraph, one: Said, other: Said, settings: dict[tuple[Node, str], _Setting]) -> str:
    """ " on this dataset in that metric", as far as both sides say so."""
    empty: _Setting = frozenset(), frozenset()
    mine = settings.get((one.paper, one.sentence), empty)
    theirs = settings.get((other.paper, other.sentence), empty)
    shared = [sorted(graph.nx.nodes[n]["label"] for n in a & b) for a, b in zip(mine, theirs, strict=True)]
    return "".join(
        f" {word} {' and '.join(labels)}" for word, labels in zip(("on", "in"), shared, strict=True) if labels
    )


def _unequal(graph: KnowledgeGraph, results: Iterable[Reported]) -> Iterator[Finding]:
    groups: defaultdict[tuple[Node, Node, Node, str], list[tuple[Reported, float]]] = defaultdict(list)
    for result in results:
        if result.gain or not (result.model and result.dataset and result.metric):
            continue
        score, _ = on_scale(result, graph.nx.nodes[result.metric])
        if score is not None:
            place = result.model, result.dataset, result.metric, name_key(result.condition)
            groups[place].append((result, score))
    for (model, data, metric, _), found in sorted(groups.items()):
        found.sort(key=lambda pair: (-pair[0].confidence, pair[0].node))
        pair = next((pair for pair in combinations(found, 2) if _differ(*pair)), None)
        if pair is None:
            continue
        (one, _), (other, _) = pair
        label = {node: graph.nx.nodes[node]["label"] for node in (model, data, metric)}
        condition = f" ({one.condition})" if one.condition else ""
        summary = (
            f"{label[model]} on {label[data]} in {label[metric]}{condition}: {one.text} and {other.text}"
        )
        least = min((one, other), key=lambda r: (r.confidence, r.node))
        yield Finding(
            "disagreements",
            "result",
            (model, data, metric, one.node, other.node),
            summary,
            least.confidence,
            (_statement(graph, one), _statement(graph, other)),
            correction({"reject": {"model": label[model], "value": least.text, "paper": least.paper}}),
        )


def _differ(one: tuple[Reported, float], other: tuple[Reported, float]) -> bool:
    """Whether two results are of two sentences, and neither number is the other rounded."""
    (mine, a), (theirs, b) = one, other
    if mine.paper == theirs.paper and mine.exact == theirs.exact:
        return False
    step = max(_step(*one), _step(*other))
    return abs(a - b) > step / 2 + 1e-9


def _step(result: Reported, score: float) -> float:
    """What the last digit of a number as written is worth, on the scale of the score."""
    digits = result.text.strip().rstrip("%").partition(".")[2]
    written = 10.0 ** -len(digits) if digits.isdigit() or not digits else 0.0
    return written * (abs(score / result.value) if result.value else 1.0)


def _statement(graph: KnowledgeGraph, result: Reported) -> Said:
    """A result as a statement: the model has the value on the dataset."""
    model, data, paper = result.model or "", result.dataset or "", result.paper or ""
    nodes = graph.nx.nodes
    return Said(
        model,
        nodes[model]["label"],
        "hasEvaluation",
        data,
        nodes[data]["label"],
        paper,
        nodes[paper]["label"] if paper in nodes else paper,
        result.exact,
        result.confidence,
    )
