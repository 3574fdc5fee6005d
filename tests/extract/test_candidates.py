"""What is proposed as a possible name."""

import pytest
from spacy.language import Language

from kg.extract.candidates import find_candidates


def found(nlp: Language, text: str) -> set[str]:
    return {c.text for c in find_candidates(nlp(f"A title\n\n{text}"))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We use the FooNet model.", "FooNet"),
        ("A FooNet-based reader is trained.", "FooNet"),
        ("We evaluate on FOO-BAR/BazSet here.", "BazSet"),
        ("It beats Foo 2.5 Pro clearly.", "Foo 2.5 Pro"),
        ("We train on the Northern Heart Study in two steps.", "Northern Heart Study"),
        ("FooNet's score is high.", "FooNet"),
        ("a benchmark called greenfinch is used", "greenfinch"),
        ("Code: https://github.com/someone/QuietFox.", "QuietFox"),
        ("We release Foo-160K today.", "Foo-160K"),
        ("we propose fox mixing, a simple method", "fox mixing"),
        ("built with 3D FooNet blocks", "3D FooNet"),
    ],
)
def test_names_of_many_shapes_are_proposed(base: Language, text: str, name: str) -> None:
    assert name in found(base, text)


def test_a_definition_gives_both_forms(base: Language) -> None:
    forms = found(base, "We propose Quiet Fox Network (QFN) for this.")
    assert {"QFN", "Quiet Fox Network"} <= forms


def test_the_words_before_a_titles_colon_are_proposed(base: Language) -> None:
    doc = base("Sleepy heron: a model of birds\n\nNothing else is named here.")
    assert "Sleepy heron" in {c.text for c in find_candidates(doc)}


def test_plain_prose_proposes_nothing_but_sentence_starts(base: Language) -> None:
    assert not found(base, "the scans were read by two people and the votes were counted")


def test_candidates_never_cross_the_line_between_title_and_abstract(base: Language) -> None:
    doc = base("Reading With FooNet\n\nBarNet Reads Better")
    assert all("\n" not in c.text for c in find_candidates(doc))


@pytest.mark.parametrize("date", ["08-Oct-2023", "3 March 2020", "May 2, 2019"])
def test_a_date_is_no_name(base: Language, date: str) -> None:
    text = f"The results of FooNet were shown in Vancouver on {date}."
    assert "FooNet" in found(base, text)
    assert not any(form in date for form in found(base, text) if any(c.isdigit() for c in form))
