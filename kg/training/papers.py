"""Annotated papers, read once and tokenized, and the background words of unannotated ones."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from kg.evaluate import beginning
from kg.extract.groups import NameGroup
from kg.extract.names import find_groups
from kg.extract.pipeline import base_pipeline
from kg.extract.plain import Plain, to_plain
from kg.records import Entity, PaperRecord
from kg.spelling import name_key
from kg.vocabulary import Vocabulary

__all__ = ["Background", "Paper", "background", "read_papers", "texts"]

Background = dict[str, tuple[int, float]]
WORD = re.compile(r"[A-Za-z0-9+]+")


@dataclass(slots=True)
class Paper:
    """One annotated paper: the annotations, the tokenized text, its possible names and what each is."""

    gold: PaperRecord
    plain: Plain
    doc: Doc
    groups: list[NameGroup]
    rows: list[dict[str, float]]
    kinds: list[str]
    """``model``, ``dataset`` or ``neither`` for each group."""
    entities: list[Entity | None]
    """The annotated entity of each group."""


def texts(paths: Iterable[Path], without: Collection[str] = ()) -> Iterator[str]:
    """Title and abstract of every record of JSON Lines files, those of several files once.

    A paper counted twice would make its names look known, as those of a new paper never are.

    Args:
        paths: the files.
        without: beginnings (:func:`kg.evaluate.beginning`) of abstracts to leave out.
    """
    seen = set(without)
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                start = beginning(record["abstract"])
                if start not in seen:
                    seen.add(start)
                    yield f"{record['title']}\n\n{record['abstract']}"


def background(all_texts: Iterable[str]) -> Background:
    """For each lower-cased word of two texts or more: in how many it stands, and its lower-case share."""
    documents: Counter[str] = Counter()
    total: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for text in all_texts:
        words = WORD.findall(to_plain(text).text)
        documents.update({word.lower() for word in words})
        total.update(word.lower() for word in words)
        lower.update(word.lower() for word in words if word.islower())
    return {w: (n, round(lower[w] / total[w], 2)) for w, n in documents.items() if n > 1}


def read_papers(paths: Sequence[Path], words: Background, vocabulary: Vocabulary | None) -> list[Paper]:
    """Annotated papers with the features of their possible names, as if no paper were in the background."""
    nlp = base_pipeline()
    papers = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                gold = PaperRecord.from_json(json.loads(line))
                plain = to_plain(gold.document.text)
                doc = nlp(plain.text)
                groups, rows = find_groups(doc, vocabulary, _of_others(words, plain.text))
                matched = [_entity(gold, group) for group in groups]
                kinds = [kind for kind, _ in matched]
                entities = [entity for _, entity in matched]
                papers.append(Paper(gold, plain, doc, groups, rows, kinds, entities))
    return papers


def _of_others(words: Background, text: str) -> Background:
    """The background that a paper would have met, had it not been in it."""
    others = dict(words)
    for word in {word.lower() for word in WORD.findall(text)} & words.keys():
        n, share = words[word]
        if n > 2:
            others[word] = (n - 1, share)
        else:
            del others[word]
    return others


def entity_keys(entity: Entity) -> set[str]:
    """Keys of all surface forms of an annotated entity."""
    return {key for key in map(name_key, (entity.name, *entity.aliases)) if key}


def _entity(gold: PaperRecord, group: NameGroup) -> tuple[str, Entity | None]:
    for kind, entities in (("model", gold.models), ("dataset", gold.datasets)):
        for entity in entities:
            if entity_keys(entity) & group.keys:
                return kind, entity
    return "neither", None
