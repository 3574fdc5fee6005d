"""Keys that names and numbers are compared by."""

from __future__ import annotations

import pytest

from kg.spelling import name_key, result_value


def test_spelling_plural_and_generic_head_do_not_make_another_name() -> None:
    assert name_key("Alpha-Net models") == name_key("alphanets") == "alphanet"
    assert name_key("ViT++") != name_key("ViT")
    assert name_key("Bias") == "bias"


@pytest.mark.parametrize("text", ["1,234.50", "+1234.5", " 1234.5% "])
def test_one_number_has_one_value_however_it_is_written(text: str) -> None:
    assert result_value(text) == 1234.5


def test_a_value_that_is_no_single_number_is_compared_as_a_name() -> None:
    assert result_value("0.8 to 0.9") == result_value("0.8 TO 0.9") != result_value("0.8 to 0.7")
