"""Abstracts made of two others each, the same ones every time, with a name of their own.

The first half of the sentences is of one, the second of another: papers name a few things several times,
which sentences from everywhere would not.

Each also says a name and a number that occur nowhere else: new papers bring new words, and what only grows
with words would show.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.records import Document
from kg.sentences import sentences

__all__ = ["Parts", "abstracts", "parts", "write"]

SYLLABLES = "ba co dri fel gan hu jo kra lim no pex qui ras tol vu wen xi yor zam".split()


@dataclass(frozen=True, slots=True)
class Parts:
    """What abstracts are made of."""

    titles: Sequence[str]
    said: Sequence[Sequence[str]]
    """The sentences of each abstract."""


def parts(inputs: Sequence[Path]) -> Parts:
    """Titles and sentences of papers, out of anything that ``kg build`` reads.

    Raises:
        SystemExit: there are none.
    """
    from kg.sources import read

    documents = [document for document in read(inputs) if document.abstract]
    if not documents:
        raise SystemExit(f"no abstracts in {', '.join(map(str, inputs))}")
    titles = [document.title for document in documents]
    return Parts(titles, [[d.abstract[a:b] for a, b in sentences(d.abstract)] for d in documents])


def abstracts(of: Parts, count: int) -> Iterator[Document]:
    """So many papers; the first of many are those of few."""
    for i in range(count):
        chance = random.Random(i)
        name = "".join(chance.choices(SYLLABLES, k=3)).capitalize() + f"Net-{i}"
        own = f"We propose {name}, which reaches an accuracy of {chance.uniform(50, 100):.5f}%."
        one, other = chance.choice(of.said), chance.choice(of.said)
        abstract = " ".join([own, *one[: len(one) // 2], *other[len(other) // 2 :]])
        yield Document(f"p{i}", f"{name}: {chance.choice(of.titles)}", abstract, issued=f"{2015 + i % 11}")


def write(of: Parts, count: int, path: Path) -> None:
    """Write papers as JSON Lines, whole or not at all; a file that is there stays."""
    if path.exists():
        return
    aside = path.with_suffix(".part")
    with aside.open("w", encoding="utf-8", newline="\n") as file:
        for paper in abstracts(of, count):
            fields = {"title": paper.title, "abstract": paper.abstract, "date": paper.issued}
            file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    aside.replace(path)
