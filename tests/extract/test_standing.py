"""How a name stands in its document, and what rivals it has."""

import numpy as np
import pytest
from spacy.language import Language

from kg.extract.candidates import find_candidates
from kg.extract.company import by_document, company
from kg.extract.groups import group_candidates
from kg.extract.name_features import name_features
from kg.extract.names import find_groups
from kg.extract.standing import overlaps, rivals, standing_features, style
from kg.vocabulary import load

TEXT = (
    "QuillNet: Parsing of Scans\n\n"
    "We propose QuillNet, a network. QuillNet achieves more than STAR. A star is a star."
)


def features(base: Language, text: str) -> dict[str, dict[str, float]]:
    doc = base(text)
    groups = group_candidates(doc, find_candidates(doc))
    rows = name_features(doc, groups, {})
    return {g.name: f for g, f in zip(groups, standing_features(doc, groups, rows, {}), strict=True)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BERT", "A"),
        ("nnU-Net", "A"),
        ("Mamba", "C"),
        ("Mean Teacher", "T"),
        ("superpoint", "l"),
        ("med3d", "A"),
    ],
)
def test_styles_tell_acronyms_from_words(name: str, expected: str) -> None:
    assert style(name) == expected


def test_the_name_that_opens_the_title_stands_out(base: Language) -> None:
    found = features(base, TEXT)
    assert found["QuillNet"]["opens A 1"] == 1.0
    assert found["QuillNet"]["another opens the title"] == 0.0
    assert found["STAR"]["another opens the title"] == 1.0
    assert found["QuillNet"]["proposed"] == 1.0
    assert found["QuillNet"]["acts"] > 0.0 == found["STAR"]["acts"]


def test_an_acronym_that_is_a_word_of_the_text_is_noticed(base: Language) -> None:
    found = features(base, TEXT)
    assert found["STAR"]["in small letters"] == 1.0
    assert found["QuillNet"]["in small letters"] == 0.0


def test_overlapping_candidates_know_each_other(base: Language) -> None:
    doc = base("A title\n\nWe use Mean Teacher Plus. Then comes QuillNet.")
    groups = group_candidates(doc, find_candidates(doc))
    at = {g.name: i for i, g in enumerate(groups)}
    found = overlaps(groups)
    whole = at["Mean Teacher Plus"]
    assert found[at["QuillNet"]] == []
    assert found[whole] and all(whole in found[other] for other in found[whole])


def test_rivals_are_those_that_overlap_and_those_that_do_not() -> None:
    logits = np.array([[0.0, 3.0, 0.0], [0.0, 1.0, 0.0], [2.0, 0.0, 0.0]])
    out = rivals(logits, [[1], [0], []])
    assert out[0].tolist() == [2.0, 0.0, 1.0, 2.0, 1.0, 2.0, 1.0, 0.0]
    assert out[1, 2] == 3.0 and out[1, 3] == -2.0 and out[1, 1] == 2.0
    assert out[2, 2] == -9.0


def test_company_is_counted_within_each_document() -> None:
    logits = np.array([[2.0], [1.0], [-1.0], [5.0]])
    alone = company(logits[3:])
    assert alone.tolist() == [[-9.0, -9.0, 0.0, 0.0]]
    assert company(logits[:3]).tolist() == [[1.0, 0.0, 0.0, 1.0], [2.0, 0.5, 1.0, 1.0], [2.0, 1.5, 2.0, 2.0]]
    together = by_document([3, 0, 1])(logits)
    assert together.tolist() == [*company(logits[:3]).tolist(), *alone.tolist()]


def test_an_acronym_may_spell_the_title(base: Language) -> None:
    found = features(base, "Graph Attention for Lesions\n\nWe propose GAL-Net and use STAR-3D.")
    assert found["GAL-Net"]["spells title"] == 0.75  # the n is not in it
    assert found["STAR-3D"]["spells title"] < 0.5


def test_a_part_that_a_vocabulary_knows_is_noticed(base: Language) -> None:
    _, rows = find_groups(base("A title\n\nWe compare Zorvex-ResNet with ResNet-Zorvex."), load(), {})
    parts = {feature for row in rows for feature in row if feature.endswith(" part")}
    assert parts == {"in models: last part", "in models: first part"}
