"""What came of one extractor on one fold, kept as JSON Lines, and the table over all of them."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.evaluate import KINDS

__all__ = ["Outcome", "add_outcome", "read_outcomes", "table"]

COLUMNS = (*KINDS, "mean")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One extractor on the papers of one fold."""

    extractor: str
    fold: int
    folds: int
    papers: int
    f1: dict[str, float]
    """By kind, and their ``mean``."""
    counts: dict[str, tuple[int, int, int]]
    """By kind: found, missed, made up."""
    fit_seconds: float
    """Processor time of training."""
    extract_seconds: float
    """Processor time of extraction, from title and abstract to record."""


def add_outcome(path: Path, outcome: Outcome) -> None:
    """Append an outcome to a file, which is made where there is none."""
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(asdict(outcome), sort_keys=True) + "\n")


def read_outcomes(path: Path) -> list[Outcome]:
    """The outcomes of a file, in its order; of two of one extractor and fold the later counts.

    Raises:
        ValueError: a line is no outcome; the message names file and line.
    """
    found: dict[tuple[str, int, int], Outcome] = {}
    if path.exists():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                outcome = Outcome(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path}:{number}: no outcome: {error}; delete it") from error
            found[outcome.extractor, outcome.folds, outcome.fold] = outcome
    return list(found.values())


def table(outcomes: Iterable[Outcome]) -> str:
    """A Markdown table: mean F1 over the folds ± standard deviation, and papers a second on one core."""
    by_extractor: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_extractor.setdefault(outcome.extractor, []).append(outcome)
    lines = [f"| | {' | '.join(COLUMNS)} | papers a second | folds |", "|---" * (len(COLUMNS) + 3) + "|"]
    for name, own in by_extractor.items():
        cells = [_spread([o.f1[kind] for o in own]) for kind in COLUMNS]
        rate = sum(o.papers for o in own) / sum(o.extract_seconds for o in own)
        folds = f"{len(own)} of {own[0].folds}"
        lines.append(f"| {name} | {' | '.join(cells)} | {rate:.0f} | {folds} |")
    return "\n".join(lines)


def _spread(values: Sequence[float]) -> str:
    mean = f"{statistics.mean(values):.3f}"
    return mean if len(values) == 1 else f"{mean} ± {statistics.stdev(values):.3f}"
