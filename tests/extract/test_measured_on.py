"""Which dataset a number is of; every name here is made up."""

import pytest

from kg.extract.measured_on import measured_on
from kg.extract.numbers import Number
from kg.extract.pair_features import Named
from kg.extract.reported import MetricMention, Reported
from kg.extract.words import Words

DATASETS = ("foxcxr", "heroncxr", "wrencxr")


def _datasets(text: str, metrics: tuple[str, ...] = ("dice", "iou", "auroc")) -> dict[str, str | None]:
    """The dataset of each number of a sentence."""
    words = text.split()
    sentence = Words(words, 0, len(words))
    numbers = [Number(0, 0, w, i, i + 1, "") for i, w in enumerate(words) if w[0].isdigit()]
    here = [MetricMention(i, i + 1, w) for i, w in enumerate(words) if w in metrics]
    placed = {name: [i for i, w in enumerate(words) if w == name] for name in DATASETS}
    found = {name: tuple((i, i + 1) for i in places) for name, places in placed.items() if places}
    names = [Named(name, "dataset", "used", 0.9, spans) for name, spans in found.items()]
    told = {}
    for number in numbers:
        place = measured_on(Reported(number, text, sentence, 0, numbers, here, here), names)
        told[number.value] = None if place is None else names[place].key
    return told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "it reaches 91.2 on the foxcxr dataset , 88.4 on the heroncxr dataset and 79.5 on wrencxr .",
            {"91.2": "foxcxr", "88.4": "heroncxr", "79.5": "wrencxr"},
        ),
        (
            "on foxcxr it reaches an auroc of 0.921 , and on heroncxr an auroc of 0.884 .",
            {"0.921": "foxcxr", "0.884": "heroncxr"},
        ),
        (
            "tested on the foxcxr and heroncxr datasets , it has a dice of 0.847 and 0.797 respectively .",
            {"0.847": "foxcxr", "0.797": "heroncxr"},
        ),
        (
            "on foxcxr and heroncxr it has 90.7 dice and 83.2 iou on foxcxr , and 78.1 dice on heroncxr .",
            {"90.7": "foxcxr", "83.2": "foxcxr", "78.1": "heroncxr"},
        ),
        ("it gains 14 on foxcxr , 17 on unknown , and 4 on heroncxr .", {"14": "foxcxr", "4": "heroncxr"}),
        ("it reaches 0.91 .", {"0.91": None}),
    ],
)
def test_numbers_go_to_the_dataset_that_the_sentence_gives_them(
    text: str, expected: dict[str, str | None]
) -> None:
    told = _datasets(text)
    assert {number: told[number] for number in expected} == expected
