import unicodedata

import pytest

from kg.lines import NARROWEST, TURNING, UNSEEN, folded, one_line, shortened


def test_a_text_cannot_look_like_a_line_of_its_own() -> None:
    assert one_line(" a\r\nb\u2028c\u0085\td ") == "a b c d"


def test_a_text_is_cut_to_its_length_and_says_so() -> None:
    assert shortened("ab\ncd", 5) == "ab cd"
    assert shortened("ab\ncde", 5) == "ab c…"


@pytest.mark.parametrize("width", [None, 1, 30, 60])
def test_folding_loses_no_word_and_keeps_to_the_width(width: int | None) -> None:
    text = "Trained on MIMIC-CXR and on a dataset of chest radiographs from several hospitals."
    lines = folded(text, width, "  ")
    assert " ".join(line.removeprefix("  ") for line in lines) == text
    assert all(line.startswith("  ") for line in lines)
    if width is not None:
        assert len(lines) > 1
        assert all(len(line) <= max(width, NARROWEST + 2) for line in lines)


def test_no_name_is_broken_at_its_hyphen() -> None:
    assert folded("0123456789 MIMIC-CXR-JPG", 20) == ["0123456789", "MIMIC-CXR-JPG"]


def test_every_control_and_every_mark_that_turns_text_round_is_unseen() -> None:
    turns = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    obeyed = {chr(code) for code in range(0x10000) if unicodedata.bidirectional(chr(code)) in turns}
    obeyed |= {chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Cc"}
    obeyed |= {"\u061c", "\u200e", "\u200f"}
    assert {chr(code) for code in range(0x10000) if UNSEEN.match(chr(code))} == obeyed
    assert TURNING in UNSEEN.pattern
