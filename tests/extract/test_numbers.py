"""Numbers as papers write them."""

import pytest
from spacy.language import Language

from kg.extract.numbers import find_numbers


def values(nlp: Language, text: str) -> list[str]:
    return [n.value for n in find_numbers(nlp(f"A title\n\n{text}"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an accuracy of 92.3%", ["92.3"]),
        ("a score of 0.88 (0.85-0.91)", ["0.88", "0.85-0.91"]),
        ("scores ranging from 0.875 to 0.966", ["0.875 to 0.966"]),
        ("improves from 0.71 to 0.78", ["0.71", "0.78"]),
        ("a gain of +4.1 points", ["+4.1"]),
        ("about ~9 % faster", ["~9"]),
        ("18. 03% higher", ["18.03"]),
        ("on 1,204 scans", ["1,204"]),
        ("0.932 vs. 0.871", ["0.932", "0.871"]),
        ("0.76±0.04", ["0.76"]),
        ("0.97 +/- 0.01", ["0.97"]),
        ("MAP@50 of 53.7", ["53.7"]),
    ],
)
def test_numbers_are_read_as_written(base: Language, text: str, expected: list[str]) -> None:
    assert values(base, text) == expected


def test_a_number_inside_a_name_is_none(base: Language) -> None:
    assert values(base, "Foo-4 and Bar2 and v1.5 were used. 52.3 followed") == ["52.3"]


def test_the_unit_is_kept(base: Language) -> None:
    number = find_numbers(base("A title\n\nan error of 3.2 mm"))[0]
    assert (number.value, number.unit) == ("3.2", "mm")
