import pytest
import spacy

from kg.extract.glosses import gloss_features, noun_of
from kg.extract.words import Words


def _mention(text: str, name: str) -> tuple[Words, int, int]:
    doc = spacy.blank("en")(text)
    words = [token.lower_ for token in doc]
    start = text.index(name)
    span = doc.char_span(start, start + len(name))
    assert span is not None
    return Words(words, 0, len(words)), span.start, span.end


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("Zorvex is a large dataset of scans .", {"gloss=D", "gloss word=dataset"}),
        ("Zorvex , a data augmentation method for scans .", {"gloss=M", "gloss word=method"}),
        ("Zorvex ( ZX ) is the first model for scans .", {"gloss=M", "gloss word=model"}),
        (
            "We built a corpus of reports , called Zorvex .",
            {"called first=D", "called last=D", "called word=corpus"},
        ),
        ("Zorvex improves a model .", set()),
        ("Zorvex is better than a model .", set()),
    ],
)
def test_the_noun_a_name_is_glossed_with(text: str, features: set[str]) -> None:
    assert set(gloss_features(*_mention(text, "Zorvex"), in_title=False)) == features


def test_only_a_title_glosses_after_a_colon() -> None:
    mention = _mention("Zorvex : Towards a Multi-Centre Benchmark", "Zorvex")
    assert gloss_features(*mention, in_title=False) == {}
    glossed = _mention("Zorvex : A Multi-Centre Surgical Benchmark for Robots", "Zorvex")
    assert gloss_features(*glossed, in_title=True)["gloss=D"] == 1.0


def test_a_noun_phrase_ends_at_a_preposition_and_with_its_sentence() -> None:
    at, _, end = _mention("Zorvex a model of a dataset", "Zorvex")
    assert noun_of(at, end) == "model"
    assert noun_of(Words(["a", "deep", "network"], 0, 2), 0) is None
