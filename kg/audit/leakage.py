"""Leakage: models evaluated on data that their own ancestry holds.

A model's ancestry is what it depends on, at any depth (:data:`kg.graph.DEPENDS_ON`). Findings are graded,
since abstracts seldom tell which part of a dataset was used:

- ``ancestor``: an ancestor was trained on the data or built from them.
- ``source``: the data were made from data that the model or an ancestor was trained on or built from.
- ``copy``: as ``ancestor``, but some link may be said of another copy (:mod:`kg.lineage.copies`), its paper
  neither presenting nor evaluating the model at the end of the chain.
- ``same-data``: the model was itself trained on the dataset. Most benchmarks have a part to train on and
  another to test on, so this is mostly in order.

Where one sentence was read as both training and evaluation on one dataset, the evaluation counts only if the
sentence has a word for it: without one it is mostly a misreading.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.audit.finding import Finding, Said, said, surest
from kg.graph import DEPENDS_ON, KnowledgeGraph, Node
from kg.lineage.copies import of_a_copy

__all__ = ["leakage"]

TESTING = re.compile(
    r"\b(?:test|evaluat|validat|assess"  # "trained and tested on …"
    r"|experiment"  # "in experiments on …"
    r"|perform|achiev(?:es|ed|ing)|outperform)",  # "achieves … on …", not "to achieve this"
    re.IGNORECASE,
)
"""Words of a sentence that speaks of evaluation."""

Links = dict[Node, dict[Node, list[Said]]]
Way = tuple[Said, ...]
Usable = Callable[[Said], bool]


def leakage(graph: KnowledgeGraph, min_confidence: float = 0.0) -> list[Finding]:
    """Models evaluated on data of their ancestry, one finding for each model, dataset and grade.

    The chain told is a shortest one. Linear in the links above each evaluated model.

    Args:
        graph: where to look.
        min_confidence: statements that are less sure are passed over; but what a sentence or paper speaks of
            is told by statements of any confidence.
    """
    claims = _read(graph, min_confidence)
    whole = _read(graph, 0.0) if min_confidence else claims
    return [finding for model in sorted(claims.tests) for finding in _of_model(claims, whole, model)]


@dataclass(frozen=True, slots=True)
class _Claims:
    tests: Links
    """Model → dataset → who evaluated it there."""
    up: Links
    """Dependent thing → what it depends on → who says so."""
    down: dict[Node, list[Node]]
    """Thing → what depends on it."""
    copied: set[tuple[Node, Node]]
    """Thing and paper, where the paper speaks of a copy of its own."""
    homes: dict[Node, set[Node]]
    """Thing → papers that present it."""


def _read(graph: KnowledgeGraph, min_confidence: float) -> _Claims:
    claims = _Claims({}, {}, {}, set(), defaultdict(set))
    for subject, object_, attributes in graph.edges():
        predicate = attributes["predicate"]
        if predicate == "introduces":
            claims.homes[object_].add(subject)
        if attributes.get("confidence", 1.0) < min_confidence or subject == object_:
            continue
        if predicate == "evaluatedOn" or predicate in DEPENDS_ON:
            links = claims.up if predicate in DEPENDS_ON else claims.tests
            statements = links.setdefault(subject, {}).setdefault(object_, [])
            statements.append(said(graph, subject, object_, attributes))
            if predicate in DEPENDS_ON and of_a_copy(graph.nx, subject, statements[-1].paper):
                claims.copied.add((subject, statements[-1].paper))
            if predicate in DEPENDS_ON and len(statements) == 1:
                claims.down.setdefault(object_, []).append(subject)
    return claims


def _of_model(claims: _Claims, whole: _Claims, model: Node) -> Iterator[Finding]:
    """Findings by some claims, all of which are there to say what a sentence or paper speaks of."""
    told = (
        (data, [s for s in said if _speaks_of_it(whole, s)]) for data, said in claims.tests[model].items()
    )
    tests = {data: said for data, said in told if said}
    about = whole.homes.get(model, set()) | {
        s.paper for said in whole.tests[model].values() for s in said if _speaks_of_it(whole, s)
    }

    def same_copy(statement: Said) -> bool:
        return statement.paper in about or (statement.subject, statement.paper) not in claims.copied

    firm, loose = _ways(claims, model, same_copy), _ways(claims, model, lambda _: True)
    for data in sorted(tests):
        test = surest(tests[data])
        own = [s for s in claims.up.get(model, {}).get(data, ()) if same_copy(s)]
        if way := _held_above(claims, data, firm, same_copy):
            yield _finding("ancestor", test, way)
        elif way := _held_above(claims, data, loose, lambda _: True):
            yield _finding("copy", test, way)
        if own:
            yield _finding("same-data", test, (surest(own),))
        elif data not in loose and (shared := _source(claims, data, firm)):
            yield _finding("source", test, *shared)


def _speaks_of_it(claims: _Claims, test: Said) -> bool:
    """Whether a sentence speaks of evaluation, in words or because nobody read it as training too."""
    trained = claims.up.get(test.subject, {}).get(test.object, ())
    twice = any((s.paper, s.sentence) == (test.paper, test.sentence) for s in trained)
    return not twice or not test.sentence or bool(TESTING.search(test.sentence))


def _ways(claims: _Claims, start: Node, usable: Usable) -> dict[Node, Way]:
    """A shortest chain of statements to everything that a thing depends on, and none to itself."""
    ways: dict[Node, Way] = {start: ()}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for above, statements in sorted(claims.up.get(node, {}).items()):
            fitting = [s for s in statements if usable(s)]
            if fitting and above not in ways:
                ways[above] = (*ways[node], surest(fitting))
                waiting.append(above)
    return ways


def _held_above(claims: _Claims, data: Node, ways: dict[Node, Way], usable: Usable) -> Way:
    """A shortest chain to the data through something between, of equals the surest; else empty."""
    found: list[tuple[int, float, Node, Way]] = []
    for between in claims.down.get(data, ()):
        way = ways.get(between)
        fitting = [s for s in claims.up[between][data] if usable(s)]
        if way and fitting and all(s.object != data for s in way):
            whole = (*way, surest(fitting))
            found.append((len(whole), -min(s.confidence for s in whole), between, whole))
    return min(found, key=lambda f: f[:3])[3] if found else ()


def _source(claims: _Claims, data: Node, ways: dict[Node, Way]) -> tuple[Way, Way] | None:
    """The shortest chains from model and data to something that both come from."""
    made = _ways(claims, data, lambda s: s.predicate == "derivedFrom")
    shared = [(len(ways[s]) + len(made[s]), s) for s in made if made[s] and ways.get(s)]
    if not shared:
        return None
    source = min(shared)[1]
    return ways[source], made[source]


def _finding(kind: str, test: Said, way: Way, made: Way = ()) -> Finding:
    model, data = test.subject_label, test.object_label
    middle = " → ".join(s.object_label for s in way)
    summary = {
        "ancestor": f"{model} was evaluated on {data}, which its ancestry holds: {model} → {middle}",
        "copy": f"{model} was evaluated on {data}, which its ancestry may hold: {model} → {middle}",
        "source": f"{model} was evaluated on {data}, made from data of its ancestry: "
        f"{model} → {middle} ← {' ← '.join([s.subject_label for s in reversed(made)])}",
        "same-data": f"{model} was trained and evaluated on {data}",
    }[kind]
    statements = (test, *way, *made)
    things = dict.fromkeys(
        [test.subject, test.object, *(node for s in statements for node in (s.subject, s.object))]
    )
    return Finding("leakage", kind, tuple(things), summary, min(s.confidence for s in statements), statements)
