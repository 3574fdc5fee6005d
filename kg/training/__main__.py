"""Retrain the weights, or cross-validate."""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from kg.evaluate import KINDS, Annotation, Evaluation, beginning, evaluate
from kg.extract.concepts import ConceptFinder
from kg.extract.names import NameFinder
from kg.extract.pipeline import base_pipeline
from kg.extract.record import to_record
from kg.extract.relations import RelationFinder
from kg.extract.results import ResultFinder
from kg.extract.weights import SHIPPED, Weights
from kg.records import PaperRecord
from kg.training.errors import count_errors
from kg.training.papers import Paper, background, read_papers, texts
from kg.training.reliability import Judged, draw, judged, table
from kg.training.train import fold_of, train
from kg.vocabulary import Vocabulary, load


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated papers with abstracts, JSON Lines")
    parser.add_argument(
        "--also",
        nargs="*",
        type=Path,
        default=[],
        help="further annotated papers, to train on in every fold and to measure on in none",
    )
    parser.add_argument(
        "--background", nargs="*", type=Path, default=[], help="unannotated papers, JSON Lines"
    )
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED, help="where the weights go")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate with so many folds instead")
    parser.add_argument(
        "--test", nargs="*", type=Path, default=[], help="annotated papers to measure on, unseen"
    )
    parser.add_argument("--figure", type=Path, help="where the reliability diagram goes, with --folds")
    arguments = parser.parse_args()
    vocabulary = load()
    if arguments.folds:
        _cross_validate(arguments, vocabulary)
        return
    texts_of = [*arguments.gold, *arguments.also, *arguments.background]
    words = background(texts(texts_of, without=_beginnings(arguments.test)))
    weights = train(read_papers([*arguments.gold, *arguments.also], words, vocabulary), words, vocabulary)
    if arguments.test:
        print(_measure(read_papers(arguments.test, words, vocabulary), weights, vocabulary))
        return
    arguments.output.parent.mkdir(exist_ok=True)
    weights.save(arguments.output)
    print(f"{arguments.output}: {arguments.output.stat().st_size / 1e6:.1f} MB")


def _beginnings(paths: Sequence[Path]) -> set[str]:
    return {beginning(text.partition("\n\n")[2]) for text in texts(paths)}


def _cross_validate(arguments: argparse.Namespace, vocabulary: Vocabulary) -> None:
    figures: dict[str, list[float]] = defaultdict(list)
    gold: list[Annotation] = []
    records: list[PaperRecord] = []
    without: list[PaperRecord] = []
    said: list[Judged] = []
    starts = [beginning(text.partition("\n\n")[2]) for text in texts(arguments.gold)]
    folds = fold_of(len(starts), arguments.folds)
    for k in range(arguments.folds):
        # Not even the words of the papers that are measured on may be known.
        unseen = {start for start, fold in zip(starts, folds, strict=True) if fold == k}
        paths = [*arguments.gold, *arguments.also, *arguments.background]
        words = background(texts(paths, without=unseen))
        papers = read_papers([*arguments.gold, *arguments.also], words, vocabulary)
        test = [paper for paper, fold in zip(papers, folds, strict=False) if fold == k]
        rest = [paper for paper, fold in zip_longest(papers, folds) if fold != k]
        weights = train(rest, words, vocabulary)
        found = _records(test, weights, vocabulary)
        without += _records(test, weights, vocabulary, gazetteer=False)
        said += [j for a, r in zip(_gold(test), found, strict=True) for j in judged(a, r)]
        records += found
        gold += _gold(test)
        outcome = evaluate(_gold(test), found)
        for kind in KINDS:
            figures[kind].append(outcome.figures[kind].f1)
        figures["mean"].append(outcome.mean)
        print(f"fold of {len(test)}: {outcome.mean:.4f}", flush=True)
    for kind, values in figures.items():
        print(f"{kind:<12} {statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}")
    print(evaluate(gold, records))
    print("Without the vocabularies of models and datasets:")
    print(evaluate(gold, without))
    pairs = ((annotation.record, record) for annotation, record in zip(gold, records, strict=True))
    for (kind, how, why), n in sorted(count_errors(pairs, vocabulary).items()):
        print(f"{n:>5} {kind} {how}: {why}")
    rows = table(said)
    for kind, bins in rows:
        print(f"{kind:<12}", "  ".join(f"{n:>5} {c:.2f}→{r:.2f}" for n, c, r in bins))
    if arguments.figure is not None:
        draw(rows, arguments.figure)


def _measure(papers: Sequence[Paper], weights: Weights, vocabulary: Vocabulary) -> Evaluation:
    return evaluate(_gold(papers), _records(papers, weights, vocabulary))


def _records(
    papers: Sequence[Paper], weights: Weights, vocabulary: Vocabulary, gazetteer: bool = True
) -> list[PaperRecord]:
    nlp = base_pipeline()
    components = (
        ConceptFinder(weights, vocabulary),
        NameFinder(weights, vocabulary if gazetteer else None),
        RelationFinder(weights),
        ResultFinder(weights, vocabulary),
    )
    records = []
    for paper in papers:
        doc = nlp(paper.plain.text)
        for component in components:
            doc = component(doc)
        records.append(to_record(paper.gold.document, paper.plain, doc, weights))
    return records


def _gold(papers: Sequence[Paper]) -> list[Annotation]:
    return [Annotation.of(paper.gold) for paper in papers]


if __name__ == "__main__":
    main()
