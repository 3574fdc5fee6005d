"""Public corpora of names in papers, with their labels mapped to ours.

They annotate otherwise than our guidelines: SciREX calls any technique a method and any data material, and
the other two leave models out. So what looks like a name but is not said to be one of ours is left open, and
a method or material counts only when it looks like a name. Sentences of the corpora's test parts are not
read, except that SciREX holds 11 sentences of the TDMSci test and the Heddes training set 26 of its own.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LabelledText", "read_heddes", "read_public", "read_scirex", "read_tdmsci"]

Span = tuple[int, int, str]
NAME = re.compile(r"[A-Za-z]*[a-z\d][A-Z][\w-]*|[A-Z]{2,}[\w-]*|[A-Z][a-z]+\d+[\w-]*")
"""A word with a capital past its first letter, or a capital and a number."""
TIGHT_BEFORE = frozenset(".,;:!?)]}%'’-/")
TIGHT_AFTER = frozenset("([{-/")
SCIREX_WORDS = 400
"""How much of each paper of SciREX is read: title, abstract and a little more."""
LONGEST_NAME = 5
"""Words of a method or material of SciREX that can be a name; hyphens count."""
SCIREX_LABELS = {"Method": "MODEL", "Material": "DATASET", "Metric": "METRIC"}
TDMSCI_LABELS = {"DATASET": "DATASET", "METRIC": "METRIC"}


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with names in it, as characters, and stretches of which nothing is known."""

    text: str
    spans: tuple[Span, ...]
    """Start, end and label: MODEL, DATASET or METRIC."""
    open: tuple[tuple[int, int], ...] = ()


def read_public(scirex: Path | None, tdmsci: Path | None, heddes: Path | None) -> list[LabelledText]:
    """The training texts of the corpora whose folders are given.

    Raises:
        FileNotFoundError: a folder lacks the corpus.
    """
    texts: list[LabelledText] = []
    for folder, read in ((scirex, read_scirex), (tdmsci, read_tdmsci), (heddes, read_heddes)):
        if folder is not None:
            found = list(read(folder))
            if not found:
                raise FileNotFoundError(f"{folder}: none of the corpus's training files is here")
            texts += found
    return texts


def read_scirex(folder: Path) -> Iterator[LabelledText]:
    """The beginning of each training paper of SciREX."""
    for path in sorted(folder.glob("docs/train_docs/*.json")):
        paper = json.loads(path.read_text(encoding="utf-8"))
        words = paper["words"][:SCIREX_WORDS]
        text, places = _join(words)
        spans, general = [], []
        for first, last, kind in paper["ner"]:
            if last > len(words) or kind not in SCIREX_LABELS:
                continue
            start, end = places[first][0], places[last - 1][1]
            if kind == "Metric" or (last - first <= LONGEST_NAME and NAME.search(text, start, end)):
                spans.append((start, end, SCIREX_LABELS[kind]))
            else:
                general.append((start, end))
        yield _labelled(text, spans, general)


def read_tdmsci(folder: Path) -> Iterator[LabelledText]:
    """The training sentences of TDMSci."""
    for path in sorted(folder.glob("**/train_*.conll")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            rows = [line.split("\t") for line in block.splitlines() if line.strip()]
            if not rows:
                continue
            text, places = _join([row[0] for row in rows])
            spans = [
                (places[a][0], places[b - 1][1], TDMSCI_LABELS[kind])
                for a, b, kind in _iob([row[-1].strip() for row in rows])
                if kind in TDMSCI_LABELS
            ]
            yield _labelled(text, spans)


def read_heddes(folder: Path) -> Iterator[LabelledText]:
    """The training sentences of the data set recognition corpus of Heddes and others."""
    path = folder / "datasets" / "Train_set_sentences.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                text, spans = row["text"], []
                for start, end, label in json.loads(row["labels"].replace("'", '"')):
                    if label == "Dataset":
                        name = re.sub(r"\s+(?:data ?sets?|corpus|database|benchmark)$", "", text[start:end])
                        spans.append((start, start + len(name), "DATASET"))
                yield _labelled(text, spans)


def _labelled(
    text: str, spans: Sequence[Span], general: Sequence[tuple[int, int]] = ()
) -> LabelledText:  # fmt: skip
    """A text in which every unlabelled stretch that could be a name after all is left open."""
    loose = [*general, *(match.span() for match in NAME.finditer(text))]
    free = [(a, b) for a, b in loose if not any(a < end and start < b for start, end, _ in spans)]
    return LabelledText(text, tuple(sorted(spans)), tuple(sorted(free)))


def _join(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A text of tokens with spaces where a writer puts them, and the place of each token."""
    text, places = "", []
    for word in words:
        if text and word[0] not in TIGHT_BEFORE and text[-1] not in TIGHT_AFTER:
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def _iob(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and last token (exclusive) and kind of each run of B- and I- tags."""
    start = 0
    for i in range(1, len(tags) + 1):
        if i == len(tags) or not tags[i].startswith("I-"):
            if tags[start] != "O":
                yield start, i, tags[start][2:]
            start = i
