"""Leaving out what is not sure enough leaves a record that still holds together."""

from __future__ import annotations

import math
from typing import Any

import pytest

from kg.extract.confidence import at_least
from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result

SAID = Evidence(0, 0, "")


def record(**found: Any) -> PaperRecord:
    return PaperRecord(Document("p", "A title", "An abstract."), **found)


def test_what_is_as_sure_as_asked_for_stays_and_the_rest_goes() -> None:
    whole = record(
        models=(Entity("Alpha", "introduced", confidence=0.5), Entity("Beta", "used", confidence=0.49)),
        datasets=(Entity("Omega", "used", confidence=0.9), Entity("Psi", "used", confidence=0.1)),
        concepts=(Concept("task", "triage", confidence=0.5), Concept("modality", "CT", confidence=0.2)),
        relations=(
            Claim("Alpha", "trainedOn", "Omega", SAID, confidence=0.5),
            Claim("Alpha", "evaluatedOn", "Omega", SAID, confidence=0.3),
        ),
        results=(
            Result("Alpha", "F1", "0.9", SAID, confidence=0.6),
            Result("Alpha", "F1", "0.8", SAID, confidence=0.4),
        ),
    )
    kept = at_least(whole, 0.5)
    assert [m.name for m in kept.models] == ["Alpha"]
    assert [d.name for d in kept.datasets] == ["Omega"]
    assert [c.name for c in kept.concepts] == ["triage"]
    assert [r.predicate for r in kept.relations] == ["trainedOn"]
    assert [r.value for r in kept.results] == ["0.9"]
    assert kept.document is whole.document


def test_relations_go_with_either_of_their_names() -> None:
    whole = record(
        models=(Entity("Alpha", "introduced"), Entity("Beta", "used", ("B-Net",), confidence=0.2)),
        datasets=(Entity("Omega", "used", confidence=0.2),),
        relations=(
            Claim("Alpha", "basedOn", "Beta", SAID),
            Claim("B-Net", "basedOn", "Alpha", SAID),
            Claim("Alpha", "trainedOn", "Omega", SAID),
            Claim("Alpha", "basedOn", "a name that is not listed", SAID),
        ),
    )
    assert [r.object for r in at_least(whole, 0.5).relations] == ["a name that is not listed"]


def test_a_result_goes_with_its_model_and_outlives_its_dataset() -> None:
    whole = record(
        models=(Entity("Alpha", "introduced"), Entity("Beta", "compared", confidence=0.2)),
        datasets=(Entity("Omega", "used", confidence=0.2), Entity("Psi", "used")),
        concepts=(Concept("metric", "F1", confidence=0.2),),
        results=(
            Result("Alpha", "F1", "0.9", SAID, dataset="Omega"),
            Result("Beta", "F1", "0.8", SAID, dataset="Psi"),
            Result(None, "F1", "0.7", SAID, dataset="Psi"),
        ),
    )
    kept = [(r.model, r.metric, r.value, r.dataset) for r in at_least(whole, 0.5).results]
    assert kept == [("Alpha", "F1", "0.9", None), (None, "F1", "0.7", "Psi")]


def test_a_name_that_stays_as_something_else_keeps_its_relations() -> None:
    whole = record(
        models=(Entity("Alpha", "introduced"), Entity("Shared", "used")),
        datasets=(Entity("Shared", "used", confidence=0.1),),
        relations=(Claim("Alpha", "basedOn", "Shared", SAID),),
        results=(Result("Shared", "F1", "0.9", SAID, dataset="Shared"),),
    )
    kept = at_least(whole, 0.5)
    assert kept.relations == whole.relations
    assert [(r.model, r.dataset) for r in kept.results] == [("Shared", None)]


def test_nothing_asked_for_changes_nothing_and_hand_written_records_pass() -> None:
    unsure = record(models=(Entity("Alpha", "introduced", confidence=0.0),))
    assert at_least(unsure, 0) == unsure
    written = {
        "id": "p",
        "title": "A title",
        "models": [{"name": "Alpha", "role": "introduced", "confidence": None}],
        "datasets": [{"name": "Omega", "role": "used"}],
        "tasks": ["triage"],
        "relations": [{"subject": "Alpha", "predicate": "trainedOn", "object": "Omega"}],
        "results": [{"model": "Alpha", "metric": "F1", "value": "0.9"}],
    }
    by_hand = PaperRecord.from_json(written)
    assert at_least(by_hand, 1) == by_hand


@pytest.mark.parametrize("least", [-0.1, 1.01, math.nan, math.inf])
def test_what_is_no_confidence_is_refused(least: float) -> None:
    with pytest.raises(ValueError, match="give a number from 0 to 1"):
        at_least(record(), least)
