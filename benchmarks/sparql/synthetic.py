"""A graph of any size in the shape that builds have, made of invented names by a seeded generator.

How much a paper says (names, concepts, results, relations) is drawn around what builds of real abstracts
hold; which thing it says it of is drawn with weights that fall with its rank, as in real literature a few
datasets are in most papers. Models are based on earlier models, so lineage is deep and has no cycle.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

from kg.graph import KnowledgeGraph
from kg.vocabulary import load

__all__ = ["graph_of"]

TRIPLES_A_PAPER = 245
"""About what one paper adds to the merged graph."""
WORDS = (
    "a model of images trained with labels and tested on held out patients shows better scores than".split()
)


class _Ranked:
    """Draws things so that the one of rank n comes up in proportion to 1 / n."""

    def __init__(self, things: Sequence[str], chance: random.Random) -> None:
        self.things, self.chance = things, chance
        self.weights = list(accumulate(1 / rank for rank in range(1, len(things) + 1)))

    def draw(self, among: int | None = None) -> str:
        """One of all, or of the first so many."""
        end = len(self.things) if among is None else among
        return self.chance.choices(self.things[:end], cum_weights=self.weights[:end])[0]


def graph_of(triples: int, seed: int = 0) -> KnowledgeGraph:
    """A graph of about so many triples, claims included.

    Args:
        triples: the aim; what comes out is within a fifth of it.
        seed: of the generator; the same arguments give the same graph.
    """
    chance = random.Random(seed)
    papers = max(4, triples // TRIPLES_A_PAPER)
    graph = KnowledgeGraph()
    models = [f"model/net-{n}" for n in range(papers + papers // 4)]
    datasets = [f"dataset/set-{n}" for n in range(papers // 2 + 2)]
    for kind, keys in (("model", models), ("dataset", datasets)):
        for key in keys:
            graph.nx.add_node(key, kind=kind, label=key.rpartition("/")[2].title(), aliases=())
    concepts = {kind: _Ranked(_concepts(graph, kind), chance) for kind in ("modality", "metric", "task")}
    common, data = _Ranked(models[: papers // 4], chance), _Ranked(datasets, chance)
    for n in range(papers):
        _paper(graph, n, models[papers // 4 + n], models[: papers // 4 + n], common, data, concepts, chance)
    return graph


def _concepts(graph: KnowledgeGraph, kind: str) -> list[str]:
    """Those of the vocabulary, wider ones joined; their keys."""
    schemes = {"modality": "modalities", "metric": "metrics", "task": "tasks"}
    terms = load().schemes[schemes[kind]]
    keys = {term.iri: f"{kind}/{term.iri.rpartition('/')[2]}" for term in terms}
    for term in terms:
        known = {
            "better_when": term.better_when,
            "unit": term.unit,
            "minimum": term.minimum,
            "maximum": term.maximum,
        }
        graph.nx.add_node(
            keys[term.iri],
            kind=kind,
            label=term.label,
            **{name: value for name, value in known.items() if kind == "metric" and value is not None},
        )
    for term in terms:
        for wider in term.broader:
            graph.nx.add_edge(keys[term.iri], keys[wider], key="broader|", predicate="broader")
    return list(keys.values())


def _paper(
    graph: KnowledgeGraph,
    number: int,
    own: str,
    earlier: Sequence[str],
    common: _Ranked,
    data: _Ranked,
    concepts: dict[str, _Ranked],
    chance: random.Random,
) -> None:
    paper = f"paper/p{number}"
    abstract = " ".join(chance.choices(WORDS, k=220))
    title = f"Paper {number} on {own}"
    graph.nx.add_node(
        paper,
        kind="paper",
        label=title,
        title=title,
        abstract=abstract,
        issued=str(2016 + number % 10),
        source=f"synthetic.jsonl:{number}",
    )

    def say(subject: str, predicate: str, object_: str) -> None:
        start = chance.randrange(1000)
        graph.add_claim(
            subject,
            predicate,
            object_,
            paper,
            exact=abstract[start : start + 150],
            start=start,
            end=start + 150,
            confidence=round(chance.uniform(0.3, 1), 3),
            method="synthetic",
        )

    say(paper, "introduces", own)
    base = chance.choice(earlier[-60:]) if chance.random() < 0.6 else common.draw()
    trained, tested = data.draw(), [data.draw() for _ in range(chance.randint(1, 3))]
    say(paper, "uses", base)
    say(own, "basedOn", base)
    say(own, "trainedOn", trained)
    say(paper, "uses", trained)
    for dataset in tested:
        say(paper, "uses", dataset)
        say(own, "evaluatedOn", dataset)
    if chance.random() < 0.15:
        new = data.things[number % len(data.things)]
        say(paper, "introduces", new)
        older = chance.randrange(number % len(data.things) + 1)
        if data.things[older] != new:
            say(new, "derivedFrom", data.things[older])
        if chance.random() < 0.15:
            say(new, "builtWith", common.draw())
    for rival in {common.draw() for _ in range(chance.randint(0, 2))}:
        say(paper, "comparesWith", rival)
        say(own, chance.choice(("outperforms", "comparedWith")), rival)
    modality, task, metric = (concepts[kind].draw() for kind in ("modality", "task", "metric"))
    for subject in (paper, own):
        say(subject, "hasModality", modality)
        say(subject, "hasTask", task)
        say(subject, "reportsMetric", metric)
    for place in range(chance.randint(0, 2)):
        _result(graph, f"result/p{number}-{place}", paper, own, chance.choice(tested), metric, chance)


def _result(
    graph: KnowledgeGraph, key: str, paper: str, model: str, dataset: str, metric: str, chance: random.Random
) -> None:
    value = round(chance.uniform(0.5, 1), 3)
    graph.nx.add_node(
        key,
        kind="result",
        label=f"{value}",
        value=value,
        text=str(value),
        gain=False,
        exact=f"It reached {value}.",
        start=0,
        end=20,
        confidence=0.7,
        method="synthetic",
    )
    joins = {"evaluates": model, "onDataset": dataset, "inMetric": metric, "reportedIn": paper}
    for predicate, target in joins.items():
        graph.nx.add_edge(key, target, key=f"{predicate}|{paper}", predicate=predicate, paper=paper)
