"""How well names of datasets are found in corpora that others annotated and nothing here was trained on.

    python benchmarks/mentions.py FOLDER ...

A folder is searched for the files of the corpora that are known:

- TDMSci (Hou et al., 2021): the 500 test sentences in CoNLL form, and beside them the predictions that its
  authors published, which are measured in the same way;
- the zero-shot sentences of Heddes et al. (2021), as CSV with the places of names.

Each sentence is read as a paper without a title. What is found is compared with what was annotated:

- exact: the same beginning and end;
- name: the same once the words that say what a name is of ("dataset", "corpus", "the") are left off on
  both sides, because one corpus counts them in, and extraction leaves them off;
- partial: as exact, and a name that only overlaps counts half (SemEval 2013, as in ``nervaluate``);
- overlap: any overlap is right, so that "A and B datasets" as one annotation agrees with A and B;
- token: word by word.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.extract import extract
from kg.records import Document

Span = tuple[int, int]

KIND_WORDS = re.compile(
    r"(?:[\s\-]+(?:data\s?-?\s?(?:sets?|bases?)|data|corpus|corpora|collections?|benchmarks?"
    r"|(?:training|train|test|testing|validation)(?:\s+(?:sets?|data))?|sets?|challenge|task))+$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence; spans are characters of its text."""

    text: str
    gold: tuple[Span, ...]
    published: tuple[Span, ...] | None = None
    """What the authors' own system found, where they published it."""


@dataclass(frozen=True, slots=True)
class Score:
    """How much of what was found is right, and of what was annotated is found; 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, help="folders that hold the corpora")
    parser.add_argument("--errors", action="store_true", help="also print what is missed and made up")
    arguments = parser.parse_args()
    corpora = [corpus for folder in arguments.folders for corpus in _corpora(folder)]
    if not corpora:
        sys.exit(f"error: none of {', '.join(CORPORA)} lies in these folders")
    print(f"{'':<44}" + "".join(f"{name:^23}" for name in MEASURES))
    print(f"{'':<44}" + f"{'P':>7}{'R':>7}{'F1':>7}  " * len(MEASURES))
    for name, sentences in corpora:
        start = time.perf_counter()
        found = _found(sentences)
        seconds = time.perf_counter() - start
        _show(f"{name}, ours", sentences, found)
        if all(sentence.published is not None for sentence in sentences):
            _show(f"{name}, published", sentences, [s.published or () for s in sentences])
        print(f"{len(sentences)} sentences, {sum(len(s.gold) for s in sentences)} names, {seconds:.1f} s")
        if arguments.errors:
            _show_errors(sentences, found)


def tdmsci(path: Path) -> list[Sentence]:
    """TDMSci's sentences: a token, its place in the file and its tag a line, a blank line between."""
    predictions = next(path.parent.rglob("*prediction*.conll"), None)
    guessed = [[row[1] for row in rows] for rows in _conll(predictions)] if predictions else []
    sentences = []
    for i, rows in enumerate(_conll(path)):
        base, text, spans = int(rows[0][1]), "", []
        for token, place, _ in rows:
            # Places count from the start of the file; where two tokens overlap, the text goes on.
            text = text.ljust(int(place) - base)
            spans.append((len(text), len(text) + len(token)))
            text += token
        gold = _tagged([row[2] for row in rows], spans)
        published = _tagged(guessed[i], spans) if guessed else None
        sentences.append(Sentence(text, gold, published))
    return sentences


def heddes(path: Path) -> list[Sentence]:
    """Sentences with the places of names: columns ``text`` and ``labels``."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Sentence(row["text"], tuple((start, end) for start, end, _ in ast.literal_eval(row["labels"])))
            for row in csv.DictReader(file)
        ]


def exact(sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> Score:
    """The same beginning and end."""
    right = sum(len(set(s.gold) & set(spans)) for s, spans in zip(sentences, found, strict=True))
    return _score(right, right, sentences, found)


def name(sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> Score:
    """The same without the words that say what it is."""
    bare = [Sentence(s.text, tuple(_bare(s.text, span) for span in s.gold)) for s in sentences]
    bare_found = [[_bare(s.text, span) for span in spans] for s, spans in zip(sentences, found, strict=True)]
    return exact(bare, bare_found)


def partial(sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> Score:
    """Exact counts one; of the rest, a pair that overlaps counts half, each span in one pair."""
    points = 0.0
    for sentence, spans in zip(sentences, found, strict=True):
        same = set(sentence.gold) & set(spans)
        left = [span for span in sentence.gold if span not in same]
        points += len(same)
        for span in spans:
            other = next((g for g in left if _overlap(g, span)), None) if span not in same else None
            if other is not None:
                left.remove(other)
                points += 0.5
    return _score(points, points, sentences, found)


def overlap(sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> Score:
    """Any overlap is right."""
    right = hit = 0
    for sentence, spans in zip(sentences, found, strict=True):
        right += sum(any(_overlap(span, g) for g in sentence.gold) for span in spans)
        hit += sum(any(_overlap(span, g) for span in spans) for g in sentence.gold)
    return _score(right, hit, sentences, found)


def token(sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> Score:
    """Word by word."""
    words = [[match.span() for match in WORD.finditer(sentence.text)] for sentence in sentences]
    gold = [
        Sentence(s.text, tuple(w for w in ws if any(_overlap(w, g) for g in s.gold)))
        for s, ws in zip(sentences, words, strict=True)
    ]
    had = [
        [w for w in ws if any(_overlap(w, span) for span in spans)]
        for ws, spans in zip(words, found, strict=True)
    ]
    return exact(gold, had)


MEASURES: dict[str, Callable[[Sequence[Sentence], Sequence[Sequence[Span]]], Score]] = {
    "exact": exact,
    "name": name,
    "partial": partial,
    "overlap": overlap,
    "token": token,
}

CORPORA: dict[str, tuple[str, Callable[[Path], list[Sentence]]]] = {
    "test_500_v2.conll": ("TDMSci, test", tdmsci),
    "Zero-shot_sentences.csv": ("Heddes et al., zero-shot", heddes),
}


def _corpora(folder: Path) -> Iterator[tuple[str, list[Sentence]]]:
    for file, (title, reader) in CORPORA.items():
        for path in sorted(folder.rglob(file)):
            yield title, reader(path)


def _found(sentences: Sequence[Sentence]) -> list[list[Span]]:
    """The places of dataset names that extraction finds, sentence by sentence; of nested ones the longest."""
    documents = [Document(str(i), "", sentence.text) for i, sentence in enumerate(sentences)]
    shift = len(Document("", "", "").text)
    found = []
    for record in extract(documents):
        spans = {(m.start - shift, m.end - shift) for dataset in record.datasets for m in dataset.mentions}
        nested = {s for s in spans for other in spans if s != other and other[0] <= s[0] and s[1] <= other[1]}
        found.append(sorted(spans - nested))
    return found


def _conll(path: Path) -> list[list[list[str]]]:
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    return [[line.split("\t") for line in block.split("\n")] for block in blocks]


def _tagged(tags: Sequence[str], spans: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches tagged ``B-DATASET I-DATASET …``."""
    found: list[Span] = []
    before = "O"
    for tag, (start, end) in zip(tags, spans, strict=True):
        if tag == "I-DATASET" and before.endswith("-DATASET"):
            found[-1] = (found[-1][0], end)
        elif tag.endswith("-DATASET"):
            found.append((start, end))
        before = tag
    return tuple(found)


def _bare(text: str, span: Span) -> Span:
    start, end = span
    if article := ARTICLE.match(text[start:end]):
        start += article.end()
    if (kind := KIND_WORDS.search(text[start:end])) and kind.start():
        end = start + kind.start()
    return start, end


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _score(right: float, hit: float, sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> Score:
    had, wanted = sum(map(len, found)), sum(len(s.gold) for s in sentences)
    return Score(right / had if had else 0.0, hit / wanted if wanted else 0.0)


def _show(title: str, sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> None:
    scores = [measure(sentences, found) for measure in MEASURES.values()]
    print(f"{title:<44}" + "".join(f"{s.precision:7.3f}{s.recall:7.3f}{s.f1:7.3f}  " for s in scores))


def _show_errors(sentences: Sequence[Sentence], found: Sequence[Sequence[Span]]) -> None:
    missed: Counter[str] = Counter()
    made_up: Counter[str] = Counter()
    for s, spans in zip(sentences, found, strict=True):
        missed.update(s.text[a:b] for a, b in s.gold if not any(_overlap((a, b), f) for f in spans))
        made_up.update(s.text[a:b] for a, b in spans if not any(_overlap((a, b), g) for g in s.gold))
    for what, names in (("missed", missed), ("made up", made_up)):
        print(f"{what}: {'; '.join(f'{n} ({c})' if c > 1 else n for n, c in names.most_common())}")


if __name__ == "__main__":
    main()
