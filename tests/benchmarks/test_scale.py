"""Papers dealt for the scale benchmark: the same every time, with names of their own that hold together."""

from __future__ import annotations

from itertools import islice

from dealt import deal
from stand_in import extract

from kg.link import link
from kg.records import Document


def test_dealt_papers_have_names_of_their_own_and_say_them() -> None:
    (template,) = extract([Document("t", "On AlphaNet", "AlphaNet trains on Omega-12.")])
    records = list(deal([template], 200))
    assert records == list(deal([template], 200))
    assert records[:50] == list(islice(deal([template], 1000), 50))
    names = set()
    for record in records:
        (model,), (dataset,), (claim,) = record.models, record.datasets, record.relations
        names.add(model.name)
        assert (claim.subject, claim.object) == (model.name, dataset.name)
        assert model.name in record.document.abstract
        assert dataset.name in claim.evidence.text
        assert "AlphaNet" not in record.document.text
    assert 100 < len(names) < 200
    assert link(records).counts()["paper"] == 200
