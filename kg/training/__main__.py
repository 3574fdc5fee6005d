"""Retrain the weights, or cross-validate."""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from kg.evaluate import KINDS, Annotation, Evaluation, evaluate
from kg.extract.concepts import ConceptFinder
from kg.extract.names import NameFinder
from kg.extract.pipeline import base_pipeline
from kg.extract.record import to_record
from kg.extract.relations import RelationFinder
from kg.extract.results import ResultFinder
from kg.extract.weights import SHIPPED, Weights
from kg.records import PaperRecord
from kg.training.errors import count_errors
from kg.training.papers import Background, Paper, background, read_papers, texts
from kg.training.reliability import Judged, draw, judged, table
from kg.training.train import fold_of, train
from kg.vocabulary import Vocabulary, load


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated papers with abstracts, JSON Lines")
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
    words = background(texts([*arguments.gold, *arguments.background]))
    papers = read_papers(arguments.gold, words, vocabulary)
    if arguments.folds:
        _cross_validate(papers, words, vocabulary, arguments.folds, arguments.figure)
        return
    weights = train(papers, words, vocabulary)
    if arguments.test:
        print(_measure(read_papers(arguments.test, words, vocabulary), weights, vocabulary))
        return
    arguments.output.parent.mkdir(exist_ok=True)
    weights.save(arguments.output)
    print(f"{arguments.output}: {arguments.output.stat().st_size / 1e6:.1f} MB from {len(papers)} papers")


def _cross_validate(
    papers: Sequence[Paper], words: Background, vocabulary: Vocabulary, count: int, figure: Path | None
) -> None:
    figures: dict[str, list[float]] = defaultdict(list)
    records: list[PaperRecord] = []
    without: list[PaperRecord] = []
    said: list[Judged] = []
    folds = fold_of(len(papers), count)
    for k in range(count):
        rest = [paper for paper, fold in zip(papers, folds, strict=True) if fold != k]
        test = [paper for paper, fold in zip(papers, folds, strict=True) if fold == k]
        weights = train(rest, words, vocabulary)
        found = _records(test, weights, vocabulary)
        without += _records(test, weights, vocabulary, gazetteer=False)
        said += [j for a, r in zip(_gold(test), found, strict=True) for j in judged(a, r)]
        records += found
        outcome = evaluate(_gold(test), found)
        for kind in KINDS:
            figures[kind].append(outcome.figures[kind].f1)
        figures["mean"].append(outcome.mean)
        print(f"fold of {len(test)}: {outcome.mean:.4f}", flush=True)
    for kind, values in figures.items():
        print(f"{kind:<12} {statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}")
    print(evaluate(_gold(papers), records))
    print("Without the vocabularies of models and datasets:")
    print(evaluate(_gold(papers), without))
    gold = [paper.gold for paper in papers]
    by_text = {record.document.text: record for record in records}
    errors = count_errors(((g, by_text[g.document.text]) for g in gold), vocabulary)
    for (kind, how, why), n in sorted(errors.items()):
        print(f"{n:>5} {kind} {how}: {why}")
    rows = table(said)
    for kind, bins in rows:
        print(f"{kind:<12}", "  ".join(f"{n:>5} {c:.2f}→{r:.2f}" for n, c, r in bins))
    if figure is not None:
        draw(rows, figure)


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
