"""Short forms and what they stand for."""

import pytest
from spacy.language import Language

from kg.extract.candidates import find_candidates
from kg.extract.definitions import abbreviates
from kg.extract.groups import group_candidates


@pytest.mark.parametrize(
    ("short", "long", "between", "long_first"),
    [
        ("DyMix-Net", "Dynamic Mixing Network", None, True),
        ("QUAIL", "Quiet-Universal Imaging Learner", ": ", False),
        ("MFox-RAG", "Versatile Multimodal Fox RAG System", " (", True),
    ],
)
def test_free_abbreviations_are_recognised(
    short: str, long: str, between: str | None, long_first: bool
) -> None:
    assert abbreviates(short, long, between, long_first)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("SAM", "SAM Adapter Network"),
        ("FooNet", "Bar Baz Quux"),
        ("Foo", "Fast Open Object"),
        ("AB", "Alpha Beta Net"),
    ],
)
def test_what_merely_shares_letters_is_not(short: str, long: str) -> None:
    assert not abbreviates(short, long)


def test_both_forms_and_a_plural_are_one_group(base: Language) -> None:
    doc = base(
        "DyMix-Net: Dynamic Mixing Network\n\nWe test FOXs and FOX. DyMix-Net is a Dynamic Mixing Network."
    )
    groups = group_candidates(doc, find_candidates(doc))
    forms = [{m.text for m in g.mentions} for g in groups]
    assert any({"DyMix-Net", "Dynamic Mixing Network"} <= f for f in forms)
    assert any({"FOX", "FOXs"} <= f for f in forms)
