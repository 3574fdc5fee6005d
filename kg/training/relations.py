"""Train what tells how the names of a paper are related."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.company import by_document
from kg.extract.pair_features import PREDICATES, pair_features, pairs
from kg.extract.weights import Weights
from kg.spelling import name_key
from kg.training.fit import best_threshold, cross_fit, curve, fit
from kg.training.names import Found
from kg.training.papers import Paper

__all__ = ["train_relations"]

STRENGTH = 0.15
FEWEST, FEWEST_FOR_TREES = 4, 25
"""How many examples a predicate needs to be learnt at all, and by trees."""


@dataclass(slots=True)
class _Pairs:
    """Examples of one pair of kinds."""

    rows: list[dict[str, float]] = field(default_factory=list)
    said: list[set[str]] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    """How many pairs each paper has."""


def train_relations(
    papers: Sequence[Paper], folds: Sequence[int], found: Sequence[list[Found]], weights: Weights
) -> None:
    """Set a classifier for each predicate that has examples, and the threshold ``relation``."""
    scores: list[float] = []
    right: list[bool] = []
    for kinds, examples in _examples(papers, folds, found).items():
        for predicate in PREDICATES[kinds]:
            yes = [predicate in said for said in examples.said]
            labels = ["yes" if y else "no" for y in yes]
            if sum(yes) >= FEWEST_FOR_TREES:
                fitted = cross_fit(
                    examples.rows, labels, examples.folds, STRENGTH, 2, by_document(examples.sizes)
                )
                weights[predicate] = fitted.whole
                scores += [p["yes"] for p in fitted.probabilities]
                right += yes
            elif sum(yes) >= FEWEST:
                weights[predicate] = fit(examples.rows, labels, STRENGTH, rarest=2)
    gold = sum(len({(r.subject, r.predicate, r.object) for r in paper.gold.relations}) for paper in papers)
    weights.thresholds["relation"] = best_threshold(scores, right, gold)
    weights.curves["relation"] = curve(scores, right)


def _examples(
    papers: Sequence[Paper], folds: Sequence[int], found: Sequence[list[Found]]
) -> dict[tuple[str, str], _Pairs]:
    examples: dict[tuple[str, str], _Pairs] = defaultdict(_Pairs)
    for paper, fold, names in zip(papers, folds, found, strict=True):
        only = [name.named for name in names]
        before = {kinds: len(part.rows) for kinds, part in examples.items()}
        for a, b in pairs(only):
            part = examples[only[a].kind, only[b].kind]
            part.rows.append(pair_features(paper.doc, only, a, b))
            part.folds.append(fold)
            part.said.append(
                {
                    r.predicate
                    for r in paper.gold.relations
                    if name_key(r.subject) in names[a].keys and name_key(r.object) in names[b].keys
                }
            )
        for kinds, part in examples.items():
            part.sizes.append(len(part.rows) - before.get(kinds, 0))
    return examples
