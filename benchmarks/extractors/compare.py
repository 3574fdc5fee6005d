"""Train and measure extractors on the same folds, and print them side by side.

    OMP_NUM_THREADS=1 python benchmarks/extractors/compare.py GOLD.jsonl ... --outcomes FILE.jsonl
        [--extractors rules spacy] [--folds 5] [--only 0 1] [--scirex DIR] [--tdmsci DIR] [--heddes DIR]

GOLD are annotated papers with abstracts; their order makes the folds, which are those of ``python -m
kg.training --folds``. Outcomes are appended fold by fold, and the table is over all that the file holds, so a
comparison can be made in several runs. ``spacy-public`` needs folders of the public corpora. Times are
processor time of this process.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from extractor import Extractor, unmarked
from outcomes import Outcome, add_outcome, read_outcomes, table
from public_corpora import LabelledText, read_public
from rules import RuleExtractor
from spacy_ner import SpacyExtractor

from kg.evaluate import KINDS, Annotation, evaluate
from kg.training.papers import Paper, read_papers
from kg.training.train import fold_of
from kg.vocabulary import Vocabulary, load

__all__ = ["main", "measure"]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path, help="annotated papers with abstracts, JSON Lines")
    parser.add_argument("--extractors", nargs="*", default=["rules", "spacy"], choices=sorted(_makers()))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", nargs="*", type=int, help="these folds only, counted from 0")
    parser.add_argument("--epochs", type=int, default=10, help="of the spaCy extractors")
    parser.add_argument("--papers", type=int, help="the first papers only, to try things out")
    parser.add_argument("--outcomes", type=Path, required=True, help="where figures go, JSON Lines")
    for corpus in ("scirex", "tdmsci", "heddes"):
        parser.add_argument(f"--{corpus}", type=Path, help=f"folder of the public corpus {corpus}")
    arguments = parser.parse_args()
    folders = (arguments.scirex, arguments.tdmsci, arguments.heddes)
    if "spacy-public" in arguments.extractors and not any(folders):
        parser.error("spacy-public learns from public corpora: give --scirex, --tdmsci or --heddes")
    vocabulary = load()
    public = read_public(*folders) if "spacy-public" in arguments.extractors else []
    papers = read_papers(arguments.gold, {}, vocabulary)[: arguments.papers]
    folds = fold_of(len(papers), arguments.folds)
    for name in arguments.extractors:
        extractor = _makers()[name](vocabulary, public, arguments.epochs)
        for k in range(arguments.folds) if arguments.only is None else arguments.only:
            outcome = measure(name, extractor, papers, folds, k)
            add_outcome(arguments.outcomes, outcome)
            print(f"{name}, fold {k}: {outcome.f1['mean']:.4f}", flush=True)
    print(table(read_outcomes(arguments.outcomes)))


def measure(
    name: str, extractor: Extractor, papers: Sequence[Paper], folds: Sequence[int], k: int
) -> Outcome:
    """Train an extractor on all folds but one, and measure it on that one.

    Args:
        name: of the extractor.
        extractor: sees the papers of fold ``k`` without their annotations only.
        papers: annotated.
        folds: of each paper.
        k: the fold to measure on.
    """
    rest = [paper for paper, fold in zip(papers, folds, strict=True) if fold != k]
    test = [paper for paper, fold in zip(papers, folds, strict=True) if fold == k]
    start = time.process_time()
    extractor.fit(rest)
    fitted = time.process_time()
    records = [extractor.extract(unmarked(paper)) for paper in test]
    done = time.process_time()
    outcome = evaluate([Annotation.of(paper.gold) for paper in test], records)
    return Outcome(
        extractor=name,
        fold=k,
        folds=max(folds) + 1,
        papers=len(test),
        f1={kind: round(outcome.figures[kind].f1, 4) for kind in KINDS} | {"mean": outcome.mean},
        counts={kind: (f.found, f.missed, f.made_up) for kind, f in outcome.figures.items()},
        fit_seconds=round(fitted - start, 1),
        extract_seconds=round(done - fitted, 2),
    )


Maker = Callable[[Vocabulary, Sequence[LabelledText], int], Extractor]


def _makers() -> dict[str, Maker]:
    return {
        "rules": lambda vocabulary, public, epochs: RuleExtractor(vocabulary),
        "spacy": lambda vocabulary, public, epochs: SpacyExtractor(vocabulary, epochs=epochs),
        "spacy-public": lambda vocabulary, public, epochs: SpacyExtractor(vocabulary, public, epochs),
    }


if __name__ == "__main__":
    main()
