"""From annotated papers to weights.

Names come first; relations and results are then trained on names as the classifier finds them in papers it
was not trained on, so that they learn to live with its mistakes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from kg.evaluate import _number as result_value
from kg.evaluate import name_key
from kg.extract.classifier import Classifier
from kg.extract.concept_features import concept_features, find_concepts
from kg.extract.concepts import SCHEMES
from kg.extract.groups import choose_names
from kg.extract.names import lexicon_features, named, role_features
from kg.extract.pair_features import PREDICATES, Named, pair_features, pairs
from kg.extract.result_features import metric_features, model_features, number_features
from kg.extract.results import Reported, metric_mentions, reported_numbers
from kg.extract.weights import Weights
from kg.training.fit import fit
from kg.training.papers import Background, Paper, entity_keys
from kg.vocabulary import Vocabulary

__all__ = ["folds", "train"]

STRENGTH = {"names": 0.3, "roles": 0.3, "concepts": 0.15, "relations": 0.15, "results": 0.1, "links": 0.1}
THRESHOLDS = {
    "model": 0.33, "dataset": 0.28, "modality": 0.42, "metric": 0.36, "task": 0.33,
    "relation": 0.29, "result": 0.5, "measures": 0.2,
}  # fmt: skip
"""Least probabilities, chosen by cross-validation over gold-train (see ``docs/extraction.md``)."""

NAME_KINDS = ("model", "dataset", "neither")
Lexicon = dict[str, list[int]]


def folds(count: int, size: int) -> list[list[int]]:
    """Indices of ``size`` papers dealt into ``count`` folds, the same every time."""
    order = np.random.RandomState(0).permutation(size)
    return [sorted(int(i) for i in part) for part in np.array_split(order, count)]


def train(papers: Sequence[Paper], words: Background, vocabulary: Vocabulary, inner: int = 5) -> Weights:
    """Weights from annotated papers.

    Args:
        papers: the annotated papers.
        words: background words, as shipped with the weights.
        vocabulary: of the concepts.
        inner: folds for the names that relations and results are trained on.
    """
    weights = Weights()
    weights.thresholds = dict(THRESHOLDS)
    weights.background = words
    lexicon = _lexicon(papers)
    weights.lexicon = {key: tuple(counts) for key, counts in lexicon.items() if counts[0] or counts[1]}
    weights["names"] = _fit_names(papers, lexicon)
    weights["roles"] = _fit_roles(papers, lexicon)
    for kind, scheme in SCHEMES.items():
        weights[kind] = _fit_concepts(papers, kind, scheme, vocabulary)
    found = _names_out_of_fold(papers, inner)
    for predicate, classifier in _fit_relations(papers, found):
        weights[predicate] = classifier
    for name, classifier in _fit_results(papers, found, vocabulary):
        weights[name] = classifier
    return weights


def _lexicon(papers: Sequence[Paper]) -> Lexicon:
    lexicon: Lexicon = defaultdict(lambda: [0, 0, 0])
    for paper in papers:
        for group, kind in zip(paper.groups, paper.kinds, strict=True):
            for key in group.keys:
                lexicon[key][NAME_KINDS.index(kind)] += 1
    return lexicon


def _with_lexicon(paper: Paper, lexicon: Lexicon, seen: bool) -> list[dict[str, float]]:
    """Features with the lexicon's; ``seen`` says that the paper itself is counted in it."""
    return [
        row | lexicon_features(group.keys, lexicon, NAME_KINDS.index(kind) if seen else None)
        for group, row, kind in zip(paper.groups, paper.rows, paper.kinds, strict=True)
    ]


def _fit_names(papers: Sequence[Paper], lexicon: Lexicon) -> Classifier:
    rows = [row for paper in papers for row in _with_lexicon(paper, lexicon, True)]
    return fit(rows, [kind for paper in papers for kind in paper.kinds], STRENGTH["names"])


def _fit_roles(papers: Sequence[Paper], lexicon: Lexicon) -> Classifier:
    rows: list[dict[str, float]] = []
    labels: list[str] = []
    for paper in papers:
        real = [
            (row, kind, entity)
            for row, kind, entity in zip(
                _with_lexicon(paper, lexicon, True), paper.kinds, paper.entities, strict=True
            )
            if entity is not None
        ]
        rows += role_features([(row, kind) for row, kind, _ in real])
        labels += [entity.role for _, _, entity in real]
    return fit(rows, labels, STRENGTH["roles"])


def _fit_concepts(papers: Sequence[Paper], kind: str, scheme: str, vocabulary: Vocabulary) -> Classifier:
    rows: list[dict[str, float]] = []
    labels: list[str] = []
    for paper in papers:
        gold = {name_key(c.name) for c in paper.gold.concepts if c.kind == kind}
        candidates = find_concepts(vocabulary.find(paper.doc.text, scheme))
        rows += concept_features(paper.doc, candidates)
        labels += ["yes" if name_key(c.label) in gold else "no" for c in candidates]
    return fit(rows, labels, STRENGTH["concepts"])


Found = tuple[Named, frozenset[str]]
"""A name as found, and the keys of the annotated entity it is, its own where it is none."""


def _names_out_of_fold(papers: Sequence[Paper], inner: int) -> list[list[Found]]:
    """Names of each paper by a classifier that was not trained on it."""
    out: list[list[Found]] = [[] for _ in papers]
    for held in folds(inner, len(papers)):
        aside = set(held)
        rest = [paper for i, paper in enumerate(papers) if i not in aside]
        lexicon = _lexicon(rest)
        names, roles = _fit_names(rest, lexicon), _fit_roles(rest, lexicon)
        for i in held:
            out[i] = _found(papers[i], names, roles, lexicon)
    return out


def _found(paper: Paper, names: Classifier, roles: Classifier, lexicon: Lexicon) -> list[Found]:
    rows = _with_lexicon(paper, lexicon, False)
    thresholds = {kind: THRESHOLDS[kind] for kind in ("model", "dataset")}
    chosen = choose_names(paper.groups, names.probabilities(rows), thresholds)
    index = {frozenset(group.keys): i for i, group in enumerate(paper.groups)}
    kept = [(group, kind, score, index[frozenset(group.keys)]) for group, kind, score in chosen]
    parts = roles.probabilities(role_features([(rows[i], kind) for _, kind, _, i in kept]))
    found = []
    for (group, kind, score, i), part in zip(kept, parts, strict=True):
        entity = paper.entities[i]
        keys = group.keys | (entity_keys(entity) if entity else set())
        role = max(part, key=lambda r: part[r])
        found.append((named(paper.doc, group, kind, role, score), frozenset(keys)))
    return found


def _fit_relations(papers: Sequence[Paper], found: Sequence[list[Found]]) -> Iterator[tuple[str, Classifier]]:
    rows: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    said: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
    for paper, names in zip(papers, found, strict=True):
        only = [name for name, _ in names]
        for a, b in pairs(only):
            kinds = (only[a].kind, only[b].kind)
            rows[kinds].append(pair_features(paper.doc, only, a, b))
            said[kinds].append(
                {
                    r.predicate
                    for r in paper.gold.relations
                    if name_key(r.subject) in names[a][1] and name_key(r.object) in names[b][1]
                }
            )
    for kinds, predicates in PREDICATES.items():
        for predicate in predicates:
            labels = ["yes" if predicate in s else "no" for s in said[kinds]]
            if labels.count("yes") >= 4:
                yield predicate, fit(rows[kinds], labels, STRENGTH["relations"], rarest=2)


Rows = list[tuple[dict[str, float], bool]]


def _fit_results(
    papers: Sequence[Paper], found: Sequence[list[Found]], vocabulary: Vocabulary
) -> Iterator[tuple[str, Classifier]]:
    rows: dict[str, Rows] = defaultdict(list)
    for paper, names in zip(papers, found, strict=True):
        left = list(paper.gold.results)
        values = [result_value(r.value) for r in left]
        for r in reported_numbers(paper.doc, metric_mentions(paper.doc, vocabulary)):
            gold = [g for g, v in zip(left, values, strict=True) if v == result_value(r.number.value)]
            features = number_features(paper.doc, r.sentence, r.number, r.numbers, r.here)
            rows["result"].append((features, bool(gold)))
            if not gold:
                continue
            rows["gain"].append((features, any(g.gain for g in gold)))
            labels = {name_key(g.metric) for g in gold if g.metric}
            _link_examples(rows, paper, r, names, labels, {g.model and name_key(g.model) for g in gold})
    for name in ("result", "gain"):
        yield name, _fit_yes_no(rows[name], STRENGTH["results"])
    for name in ("measures", "scores"):
        yield name, _fit_yes_no(rows[name], STRENGTH["links"])


def _link_examples(
    rows: dict[str, Rows],
    paper: Paper,
    r: Reported,
    names: list[Found],
    labels: set[str],
    models: set[str | None],
) -> None:
    """What a result's number measures, and of which model, as examples of both links."""
    for m, metric in enumerate(r.metrics):
        features = metric_features(paper.doc, r.sentence, r.number, r.numbers, r.metrics, m)
        rows["measures"].append((features, name_key(metric.label) in labels))
    only = [(name, keys) for name, keys in names if name.kind == "model"]
    options: list[int | None] = [None, *range(len(only))]
    for option in options:
        right = None in models if option is None else any(m in only[option][1] for m in models)
        features = model_features(paper.doc, r.sentence, r.number, r.numbers, [n for n, _ in only], option)
        rows["scores"].append((features, right))


def _fit_yes_no(rows: Rows, strength: float) -> Classifier:
    return fit([f for f, _ in rows], ["yes" if y else "no" for _, y in rows], strength, rarest=2)
