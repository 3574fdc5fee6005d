"""Sentences of a text as written: the same places that a reader would stop at."""

from __future__ import annotations

import time

import pytest

from kg.sentences import LONGEST, sentence_at, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It reaches 94.5% vs. 91.2% before.",
        "As Smith et al. Show-Net learns (cf. Fig. 3) from films.",
        "Errors fell to 3. 5% overall.",
        "Models (e.g. Thing-2) fail.",
        "J. Smith trained it.",
        "One line\nand the next.",
    ],
)
def test_a_stop_that_ends_nothing_splits_nothing(text: str) -> None:
    assert split(text) == [text]


def test_a_title_and_the_sentences_after_it_are_split() -> None:
    text = "A title without a stop\n\n We train it. Does it work? (Yes!) “It does.” We release Thing-160K"
    assert split(text) == [
        "A title without a stop",
        "We train it.",
        "Does it work?",
        "(Yes!)",
        "“It does.”",
        "We release Thing-160K",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", " \n \n "])
def test_a_text_of_nothing_has_no_sentence(text: str) -> None:
    assert sentences(text) == []
    assert sentence_at(text, [], 0, 0) == (0, 0)


def test_a_missing_title_leaves_the_abstract_in_place() -> None:
    text = "\n\nFirst one. Second one."
    assert split(text) == ["First one.", "Second one."]


@pytest.mark.parametrize(
    ("stretch", "sentence"),
    [
        ("Title", "Title"),
        ("AlphaNet", "We train AlphaNet."),
        ("Films", "Films are old."),
        ("AlphaNet. Films", "We train AlphaNet. Films are old."),
    ],
)
def test_a_stretch_has_the_sentence_it_stands_in(stretch: str, sentence: str) -> None:
    text = "Title\n\nWe train AlphaNet. Films are old."
    start = text.index(stretch)
    begin, end = sentence_at(text, sentences(text), start, start + len(stretch))
    assert text[begin:end] == sentence


def test_text_without_stops_is_cut_around_the_place() -> None:
    text = "word " * 5000
    begin, end = sentence_at(text, sentences(text), 12_000, 12_004)
    assert begin <= 12_000
    assert end >= 12_004
    assert end - begin <= LONGEST + 4
    assert set(text[begin:end].split()) == {"word"}


@pytest.mark.parametrize("piece", [" ", "\n", ". ", ".", ")", '."', "\n ", "a. A", "(("])
def test_time_grows_with_the_text_not_with_its_square(piece: str) -> None:
    begun = time.perf_counter()
    sentences(piece * 100_000)
    assert time.perf_counter() - begun < 5
