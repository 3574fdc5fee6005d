"""How well extraction does: records against papers that people annotated.

Papers are paired by the beginning of the abstract (its first 60 letters and digits), else by title, so that
identifiers may differ and the annotations need not hold the abstract. An annotated paper that no record
answers counts as one with nothing extracted. Names are the same when any surface form of one equals any
of the other by :func:`kg.spelling.name_key`. Figures are micro averages: counts are summed over papers
first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.records import ConceptKind, Entity, PaperRecord, Result
from kg.spelling import name_key, result_value

__all__ = ["KINDS", "Annotation", "Difference", "Evaluation", "Figure", "beginning", "evaluate", "read_gold"]

KINDS = ("models", "datasets", "modalities", "metrics", "tasks", "relations", "results")
"""What the headline mean is taken over."""

_START = 60
_PLURALS: dict[ConceptKind, str] = {"modality": "modalities", "metric": "metrics", "task": "tasks"}

Resolver = Callable[[str | None], object]
"""From a name of either side to a key that is equal for the same thing."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """One paper as a person read it."""

    record: PaperRecord
    start: str
    """The first 60 letters and digits of the abstract, in lower case; empty when not known."""

    @classmethod
    def of(cls, record: PaperRecord, start: str = "") -> Annotation:
        """The annotation of a record; ``start`` is how the abstract begins where the record lacks it."""
        return cls(record, beginning(start or record.document.abstract))


@dataclass(frozen=True, slots=True)
class Difference:
    """What one paper's record lacks and what it has too much, of one kind."""

    paper: str
    kind: str
    missed: tuple[str, ...]
    made_up: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts of one kind, over all papers."""

    found: int
    """Both annotated and extracted."""
    missed: int
    made_up: int

    @property
    def gold(self) -> int:
        """How many were annotated."""
        return self.found + self.missed

    @property
    def precision(self) -> float:
        """Share of what was extracted that was annotated; 0 when nothing was extracted."""
        return _share(self.found, self.found + self.made_up)

    @property
    def recall(self) -> float:
        """Share of what was annotated that was extracted; 0 when nothing was annotated."""
        return _share(self.found, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures by kind, and where they come from."""

    figures: dict[str, Figure]
    """By kind, in the order of the annotation guidelines; roles are counted over the names found."""
    papers: int
    without_record: int
    """Annotated papers that no record answers."""
    differences: tuple[Difference, ...]

    @property
    def mean(self) -> float:
        """Mean of the F1 of :data:`KINDS`, each rounded to four places as it is printed."""
        return round(sum(round(self.figures[kind].f1, 4) for kind in KINDS) / len(KINDS), 4)

    def to_json(self) -> dict[str, Any]:
        """The figures as one JSON object, rounded to four places."""
        figures: dict[str, Any] = {
            kind: {
                "precision": round(figure.precision, 4),
                "recall": round(figure.recall, 4),
                "f1": round(figure.f1, 4),
                "gold": figure.gold,
            }
            for kind, figure in self.figures.items()
        }
        return {**figures, "mean": self.mean, "papers without a record": self.without_record}

    def __str__(self) -> str:
        rounded = self.to_json()
        lines = [
            f"{kind:<14} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}  ({f['gold']} gold)"
            for kind, f in rounded.items()
            if kind in self.figures
        ]
        lines.append(f"papers without a record: {self.without_record}")
        lines.append(f"mean F1 of {', '.join(KINDS)}: {self.mean:.4f}")
        return "\n".join(lines)


def evaluate(gold: Sequence[Annotation], records: Iterable[PaperRecord]) -> Evaluation:
    """Compare records with annotated papers.

    Args:
        gold: the annotated papers.
        records: what was extracted, in any order; papers nobody annotated are ignored. Of two records of one
            paper the later counts.

    Raises:
        ValueError: no annotated paper was given.
    """
    if not gold:
        raise ValueError("no annotated papers to compare with")
    by_start: dict[str, PaperRecord] = {}
    by_title: dict[str, PaperRecord] = {}
    for record in records:
        by_start[beginning(record.document.abstract)] = record
        by_title[_letters(record.document.title)] = record
    for index in (by_start, by_title):
        index.pop("", None)

    counts: dict[str, Counter[str]] = {}
    differences = []
    without_record = 0
    for annotation in gold:
        expected = annotation.record
        found = by_start.get(annotation.start) or by_title.get(_letters(expected.document.title))
        if found is None:
            without_record += 1
            found = PaperRecord(expected.document)
        for kind, both, missed, made_up in _compare(expected, found):
            counts.setdefault(kind, Counter()).update(found=both, missed=len(missed), made_up=len(made_up))
            if missed or made_up:
                differences.append(Difference(expected.document.id, kind, tuple(missed), tuple(made_up)))
    figures = {kind: Figure(c["found"], c["missed"], c["made_up"]) for kind, c in counts.items()}
    return Evaluation(figures, len(gold), without_record, tuple(differences))


def read_gold(path: str | Path) -> list[Annotation]:
    """Annotated papers, one JSON object a line, with an ``abstract`` or its ``start`` where one is known.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no annotated paper; the message names file and line.
    """
    annotations = []
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                fields = json.loads(line)
                record = PaperRecord.from_json({"title": "", **fields})
                annotations.append(Annotation.of(record, fields.get("start", "")))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}:{number}: not an annotated paper: {error}") from error
    return annotations


def _compare(gold: PaperRecord, found: PaperRecord) -> Iterator[tuple[str, int, list[str], list[str]]]:
    """Kind, how many are in both, labels only in the annotation, labels only in the record."""
    for kind, wanted, had in _entities(gold, found):
        pairs = _pair(wanted, had)
        matched = set(pairs.values())
        missed = [entity.name for j, entity in enumerate(wanted) if j not in matched]
        yield kind, len(pairs), missed, [entity.name for i, entity in enumerate(had) if i not in pairs]
        wrong = [(wanted[j], had[i]) for i, j in pairs.items() if had[i].role != wanted[j].role]
        instead = [f"{entity.name}: {entity.role}, not {other.role}" for entity, other in wrong]
        yield f"{kind} role", len(pairs) - len(wrong), instead, [entity.name for entity, _ in wrong]
    for concept, plural in _PLURALS.items():
        wanted_names = {name_key(name): name for name in gold.names(concept)}
        found_names = {name_key(name): name for name in found.names(concept)}
        yield plural, *_overlap(wanted_names, found_names)
    resolve = _resolver(gold, found)
    yield "relations", *_overlap(_relations(gold, resolve), _relations(found, resolve))
    yield "results", *_overlap(_results(gold.results, resolve), _results(found.results, resolve))


def _entities(
    gold: PaperRecord, found: PaperRecord
) -> list[tuple[str, tuple[Entity, ...], tuple[Entity, ...]]]:
    return [("models", gold.models, found.models), ("datasets", gold.datasets, found.datasets)]


def _overlap(gold: dict[Any, str], found: dict[Any, str]) -> tuple[int, list[str], list[str]]:
    """Size of what two tables of labels share, labels only in the first, labels only in the second."""
    missed = [label for key, label in gold.items() if key not in found]
    return len(gold) - len(missed), missed, [label for key, label in found.items() if key not in gold]


def _pair(gold: Sequence[Entity], found: Sequence[Entity]) -> dict[int, int]:
    """Which extracted entity (by index) is which annotated one; each is taken once, the first that fits."""
    free = {j: _forms(entity) for j, entity in enumerate(gold)}
    pairs = {}
    for i, entity in enumerate(found):
        forms = _forms(entity)
        match = next((j for j, gold_forms in free.items() if forms & gold_forms), None)
        if match is not None:
            pairs[i] = match
            del free[match]
    return pairs


def _resolver(gold: PaperRecord, found: PaperRecord) -> Resolver:
    """Names of one thing on either side get one key, through any of their surface forms.

    Annotated names come first; where a name is both a model and a dataset it is taken for the model.
    """
    table: dict[str, tuple[str, int]] = {}
    for kind, wanted, had in _entities(gold, found):
        for j, entity in enumerate(wanted):
            for form in _forms(entity):
                table.setdefault(form, (kind, j))
        for entity in had:
            # An entity may touch two annotated ones: the first of its forms, as listed, decides.
            key = next((table[form] for form in _listed_forms(entity) if form in table), None)
            if key is not None:
                for form in _forms(entity):
                    table.setdefault(form, key)

    def resolve(name: str | None) -> object:
        return None if name is None else table.get(name_key(name), name_key(name))

    return resolve


def _relations(record: PaperRecord, resolve: Resolver) -> dict[Any, str]:
    return {
        (resolve(c.subject), c.predicate, resolve(c.object)): f"{c.subject} {c.predicate} {c.object}"
        for c in record.relations
    }


def _results(results: Iterable[Result], resolve: Resolver) -> dict[Any, str]:
    """Results by model, metric, value and, since a number may be reported twice, which time it is."""
    times: Counter[Any] = Counter()
    labels = {}
    for result in results:
        key = (resolve(result.model), name_key(str(result.metric)), result_value(result.value))
        times[key] += 1
        labels[(key, times[key])] = f"{result.model} {result.metric} = {result.value}"
    return labels


def _forms(entity: Entity) -> set[str]:
    return set(_listed_forms(entity))


def _listed_forms(entity: Entity) -> list[str]:
    return [form for form in map(name_key, (entity.name, *entity.aliases)) if form]


def _letters(text: str) -> str:
    """Lower-case letters and digits of a text, nothing else."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def beginning(abstract: str) -> str:
    """What papers are paired by: the first 60 letters and digits of the abstract, in lower case."""
    return _letters(abstract)[:_START]


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
