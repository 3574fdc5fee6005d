"""Whether a confidence of 0.8 is right eight times in ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.evaluate import KINDS, Annotation, evaluate
from kg.extract.concepts import SCHEMES
from kg.records import PaperRecord
from kg.training.svg import BLUE, dot, line, sheet, words

__all__ = ["Judged", "draw", "judged", "table"]

Judged = tuple[str, float, bool]
"""Kind, confidence, and whether it was annotated so."""
BINS = 5


def judged(annotation: Annotation, record: PaperRecord) -> Iterator[Judged]:
    """Every finding of a record against the annotated paper, each by itself."""

    def right(kind: str, alone: PaperRecord) -> bool:
        return evaluate([annotation], [alone]).figures[kind].found > 0

    nothing = replace(record, models=(), datasets=(), concepts=(), relations=(), results=())
    for model in record.models:
        yield "models", model.confidence, right("models", replace(nothing, models=(model,)))
    for dataset in record.datasets:
        yield "datasets", dataset.confidence, right("datasets", replace(nothing, datasets=(dataset,)))
    for concept in record.concepts:
        kind = SCHEMES[concept.kind]
        yield kind, concept.confidence, right(kind, replace(nothing, concepts=(concept,)))
    for claim in record.relations:
        yield "relations", claim.confidence, right("relations", replace(record, relations=(claim,)))
    for result in record.results:
        yield "results", result.confidence, right("results", replace(record, results=(result,)))


def table(findings: Iterable[Judged]) -> list[tuple[str, list[tuple[int, float, float]]]]:
    """For each kind, and for all, by fifths of confidence: how many, mean confidence, share that is right."""
    bins: dict[str, list[list[tuple[float, bool]]]] = defaultdict(lambda: [[] for _ in range(BINS)])
    for kind, confidence, right in findings:
        for name in (kind, "all"):
            bins[name][min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [
        (
            kind,
            [
                (len(part), sum(c for c, _ in part) / len(part), sum(r for _, r in part) / len(part))
                if part
                else (0, 0.0, 0.0)
                for part in bins[kind]
            ],
        )
        for kind in (*KINDS, "all")
        if kind in bins
    ]


def draw(rows: Sequence[tuple[str, list[tuple[int, float, float]]]], path: Path) -> None:
    """A reliability diagram as SVG: confidence across, share that is right up, one panel a kind."""
    side, gap, columns = 150, 46, 4
    panels = []
    for i, (kind, bins) in enumerate(rows):
        x, y = gap + (i % columns) * (side + gap), gap + (i // columns) * (side + gap + 14)
        panels += [
            f'<g transform="translate({x},{y})">',
            words(kind, 0, -8, fill="#000", bold=True),
            f'<rect width="{side}" height="{side}" fill="none" stroke="#999"/>',
            line(0, side, side, 0, dashed=True),
        ]
        most = max((n for n, _, _ in bins), default=1) or 1
        points = []
        for n, confidence, share in bins:
            if n:
                cx, cy = confidence * side, (1 - share) * side
                points.append(f"{cx:.1f},{cy:.1f}")
                said = f"{n} findings, confidence {confidence:.2f}, right {share:.2f}"
                panels.append(dot(cx, cy, 2 + 5 * (n / most) ** 0.5, said))
        panels.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{BLUE}"/>')
        for v in (0, 0.5, 1):
            panels.append(words(f"{v:g}", v * side, side + 14, anchor="middle"))
            panels.append(words(f"{v:g}", -6, (1 - v) * side + 4, anchor="end"))
        panels.append("</g>")
    width = gap + columns * (side + gap)
    height = gap + (len(rows) + columns - 1) // columns * (side + gap + 14)
    path.write_text(sheet(panels, width, height), encoding="utf-8")
