"""Thresholds, curves, reliability and classes of errors."""

import random
from xml.etree import ElementTree

import pytest

from kg.evaluate import Annotation
from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result
from kg.training.errors import count_errors
from kg.training.fit import best_threshold, curve
from kg.training.reliability import draw, judged, table
from kg.vocabulary import load

WHERE = Evidence(0, 1, "Q")


def record(**fields: object) -> PaperRecord:
    text = Document(
        "p", "QuillNet", "QuillNet is trained on HearthMRI. Its accuracy is 0.9 and its Dice 0.8."
    )
    return PaperRecord(text, **fields)  # type: ignore[arg-type]


def calibrated(n: int, top: float) -> tuple[list[float], list[bool]]:
    dealt = random.Random(3)
    scores = [dealt.random() * top for _ in range(n)]
    return scores, [dealt.random() < s for s in scores]


def test_the_threshold_of_calibrated_scores_is_half_of_the_best_f1() -> None:
    scores, right = calibrated(20_000, 1.0)
    best = 0.0
    for least in [i / 100 for i in range(100)]:
        kept = [r for s, r in zip(scores, right, strict=True) if s >= least]
        best = max(best, 2 * sum(kept) / (len(kept) + sum(right)))
    assert best_threshold(scores, right, sum(right)) == pytest.approx(best / 2, abs=0.02)


def test_more_to_find_than_was_proposed_lowers_the_threshold() -> None:
    scores, right = calibrated(5_000, 1.0)
    assert best_threshold(scores, right, 3 * sum(right)) < best_threshold(scores, right, sum(right))


@pytest.mark.parametrize("right", [[True, True], [False, False]])
def test_where_nothing_can_be_told_the_threshold_is_a_half(right: list[bool]) -> None:
    assert best_threshold([0.2, 0.9], right, 2) == 0.5


def test_the_curve_undoes_overconfidence() -> None:
    dealt = random.Random(4)
    scores = [dealt.random() for _ in range(20_000)]
    right = [dealt.random() < s / 2 for s in scores]
    at, share = curve(scores, right)
    assert at == sorted(at) and share == sorted(share)
    assert share[12] == pytest.approx(at[12] / 2, abs=0.03)


def test_each_finding_is_judged_by_itself_and_binned() -> None:
    gold = record(
        models=(Entity("QuillNet", "introduced"),),
        concepts=(Concept("metric", "Accuracy"),),
        results=(Result("QuillNet", "Accuracy", "0.9", WHERE),),
    )
    found = record(
        models=(Entity("QuillNet", "used", confidence=0.95), Entity("Dice", "used", confidence=0.3)),
        concepts=(Concept("metric", "Accuracy", (), 0.9),),
        results=(
            Result("QuillNet", "Accuracy", "0.9", WHERE, confidence=0.7),
            Result("QuillNet", "Dice", "0.8", WHERE, confidence=0.5),
        ),
    )
    said = list(judged(Annotation.of(gold), found))
    assert said == [
        ("models", 0.95, True),
        ("models", 0.3, False),
        ("metrics", 0.9, True),
        ("results", 0.7, True),
        ("results", 0.5, False),
    ]
    rows = dict(table(said))
    assert rows["models"] == [(0, 0.0, 0.0), (1, 0.3, 0.0), (0, 0.0, 0.0), (0, 0.0, 0.0), (1, 0.95, 1.0)]
    assert sum(n for n, _, _ in rows["all"]) == 5


def test_the_diagram_is_an_image_with_a_point_for_each_bin(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "reliability.svg"
    draw(table([("models", 0.9, True), ("models", 0.1, False)]), path)
    points = [e for e in ElementTree.parse(path).iter() if e.tag.endswith("circle")]
    assert len(points) == 4  # two bins of models, two of all


def test_errors_are_classed_by_what_the_other_side_has() -> None:
    gold = record(
        models=(Entity("QuillNet", "introduced"), Entity("PlumeNet", "compared")),
        datasets=(Entity("HearthMRI", "used"),),
        concepts=(Concept("metric", "Accuracy"), Concept("metric", "Quillness index")),
        relations=(
            Claim("QuillNet", "trainedOn", "HearthMRI", WHERE),
            Claim("QuillNet", "outperforms", "PlumeNet", WHERE),
        ),
        results=(Result("QuillNet", "Accuracy", "0.9", WHERE), Result(None, "Dice", "0.8", WHERE)),
    )
    found = record(
        models=(Entity("QuillNet", "introduced"), Entity("HearthMRI", "used")),
        relations=(Claim("QuillNet", "basedOn", "HearthMRI", WHERE),),
        results=(Result("QuillNet", "F1", "0.9", WHERE),),
    )
    counts = count_errors([(gold, found)], load())
    assert counts["models", "missed", "the other side has no such name"] == 1
    assert counts["datasets", "missed", "the other side has it as the other kind"] == 1
    assert counts["models", "made up", "the other side has it as the other kind"] == 1
    assert counts["relations", "missed", "the other side has another predicate"] == 1
    assert counts["relations", "missed", "the other side lacks one of its names"] == 1
    assert counts["results", "missed", "the other side has another metric"] == 1
    assert counts["results", "missed", "the other side has no such number"] == 1
    assert counts["metrics", "missed", "taken for background"] == 1
    assert counts["metrics", "missed", "no vocabulary has it"] == 1
