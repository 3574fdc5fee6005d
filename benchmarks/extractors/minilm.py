"""MiniLM alone: names where it tags them, concepts where its head is more sure than not.

    python benchmarks/extractors/minilm.py GOLD.jsonl ... --encoders FOLDER

Folds are those of ``kg.training.encoder``; each paper is read by the network trained without its fold.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter, defaultdict
from pathlib import Path

from kg.evaluate import KINDS, Annotation, evaluate
from kg.extract.findings import findings
from kg.extract.reading import ROLES, Reading
from kg.records import Concept, Entity, PaperRecord
from kg.spelling import name_key
from kg.training.papers import Paper, background, fold_reader, read_papers, texts
from kg.training.train import fold_of
from kg.vocabulary import load

SURE = 0.0
"""Least logit of a concept."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--encoders", type=Path, required=True)
    arguments = parser.parse_args()
    folds = fold_of(sum(1 for _ in texts(arguments.gold)), 5)
    words = background(texts(arguments.gold))
    papers = read_papers(arguments.gold, words, load(), fold_reader(arguments.encoders, folds))
    figures = defaultdict(list)
    for k in range(5):
        part = [p for p, fold in zip(papers, folds, strict=True) if fold == k]
        outcome = evaluate([Annotation.of(p.gold) for p in part], [record(p) for p in part])
        for kind in KINDS[:5]:
            figures[kind].append(outcome.figures[kind].f1)
    for kind, values in figures.items():
        print(f"{kind:<12} {statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}")


def record(paper: Paper) -> PaperRecord:
    reading = findings(paper.doc).reading
    assert reading is not None
    concepts = tuple(
        Concept(*label.split(" ", 1)) for label, logit in reading.concepts.items() if logit > SURE
    )
    return PaperRecord(
        paper.gold.document, names(paper, reading, 1), names(paper, reading, 3), concepts
    )


def names(paper: Paper, reading: Reading, begin: int) -> tuple[Entity, ...]:
    tags = reading.tags.argmax(axis=1).tolist()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, list[int]] = defaultdict(list)
    i = 0
    while i < len(tags):
        if tags[i] not in (begin, begin + 1):
            i += 1
            continue
        j = i + 1
        while j < len(tags) and tags[j] == begin + 1:
            j += 1
        text = paper.doc[i:j].text
        if key := name_key(text):
            found[key][text] += 1
            roles[key] += reading.roles[i:j].argmax(axis=1).tolist()
        i = j
    return tuple(
        Entity(forms.most_common(1)[0][0], ROLES[Counter(roles[key]).most_common(1)[0][0]])
        for key, forms in found.items()
    )


if __name__ == "__main__":
    main()
