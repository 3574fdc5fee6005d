"""Conditions of results: the words after a number, and nothing made up."""

import pytest

from kg.extract.conditions import condition_of
from kg.extract.pipeline import base_pipeline
from kg.extract.reported import reported_numbers
from kg.vocabulary import load


def condition(sentence: str, value: str) -> str | None:
    doc = base_pipeline()(f"A title\n\n{sentence}")
    return next(condition_of(r) for r in reported_numbers(doc, load()) if r.number.value == value)


@pytest.mark.parametrize(
    ("sentence", "value", "expected"),
    [
        ("It reached an AUC of 0.94 for advanced fibrosis, and more.", "0.94", "for advanced fibrosis"),
        ("Dice was 0.43 (whole tumour) and 0.31 (core).", "0.43", "whole tumour"),
        ("Dice was 0.43 (whole tumour) and 0.31 (core).", "0.31", "core"),
        ("The AUC was 0.91 and 0.88 in external validation.", "0.91", "in external validation"),
        ("Accuracy rose to 91% without any augmentation.", "91", "without any augmentation"),
        ("The AUC was 0.91.", "0.91", None),
        ("The AUC was 0.91, outperforming others.", "0.91", None),
        ("A gain of 4.1% in terms of Dice.", "4.1", None),
        ("The AUC was 0.91 (95% CI: 0.88-0.93).", "0.91", None),
    ],
)
def test_the_words_after_a_number_are_its_condition(sentence: str, value: str, expected: str | None) -> None:
    assert condition(sentence, value) == expected
