"""Where sentences end."""

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    "text",
    [
        "It reaches 94.5% vs. 91.2% before.",
        "As shown by Smith et al. the gap is small.",
        "Errors fell to 3. 5% overall.",
        "Models (e.g. Thing-2) fail.",
        "J. Smith trained it.",
    ],
)
def test_a_stop_that_ends_nothing_splits_nothing(base: Language, text: str) -> None:
    assert len(list(base(text).sents)) == 1


def test_sentences_and_the_title_are_split(base: Language) -> None:
    doc = base(
        "A title without a stop\n\nWe train it. Does it work? Yes! We release Thing-160K. Then we stop."
    )
    assert [s.text.strip() for s in doc.sents] == [
        "A title without a stop",
        "We train it.",
        "Does it work?",
        "Yes!",
        "We release Thing-160K.",
        "Then we stop.",
    ]
