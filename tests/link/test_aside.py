"""What linking puts aside comes back as it was, and what it looks at is enough to tell names apart."""

from __future__ import annotations

import pytest
from papers import dataset, model, paper

from kg.link.aside import Aside
from kg.records import Evidence, Result


def test_records_come_back_whole_but_for_their_names() -> None:
    record = paper(
        "p",
        [model("AlphaNet", "introduced")],
        [dataset("Omega-12")],
        tasks=["segmentation"],
        claims=[("AlphaNet", "trainedOn", "Omega-12")],
        results=[Result("AlphaNet", "Dice", "0.9", Evidence(0, 4, "Dice"))],
        issued="2024-05",
    )
    aside = Aside()
    (light,) = aside.light([record])
    assert (light.models, light.datasets) == (record.models, record.datasets)
    assert (light.document.id, light.document.issued, light.document.text) == ("p", "2024-05", "\n\n")
    assert [(each.kind, each.name) for each in light.concepts] == [
        ("task", "segmentation"),
        ("metric", "Dice"),
    ]
    whole = aside.take("p")
    assert (whole.document, whole.concepts) == (record.document, record.concepts)
    assert (whole.relations, whole.results) == (record.relations, record.results)
    with pytest.raises(KeyError):
        aside.take("p")


def test_half_of_a_surrogate_pair_is_put_aside_too() -> None:
    record = paper("p", title="torn \ud800 sign")
    aside = Aside()
    list(aside.light([record]))
    assert aside.take("p").document == record.document
