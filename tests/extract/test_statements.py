"""What sentences state outright is taken at its word; every name here is made up."""

import pytest

from kg.extract import LONGEST, extract
from kg.extract.pair_features import Named
from kg.extract.statements import only_surpassed, stated
from kg.extract.words import Words
from kg.records import Document, PaperRecord


def read(text: str, title: str = "LungNet: Reading Chest X-rays") -> PaperRecord:
    (record,) = extract([Document("p", title, f"We propose LungNet, a network for classification. {text}")])
    return record


def said(record: PaperRecord, dataset: str) -> set[str]:
    return {r.predicate for r in record.relations if r.object == dataset and r.subject == "LungNet"}


@pytest.mark.parametrize(
    "text",
    [
        "LungNet was trained on the FoxCXR dataset and evaluated on the HeronCXR dataset.",
        "We train LungNet on the FoxCXR dataset and test it on the HeronCXR dataset.",
        "Our model is pre-trained on the FoxCXR dataset and evaluated on the HeronCXR dataset.",
        "We fine-tune LungNet using the FoxCXR dataset, and we validate it on the HeronCXR dataset.",
    ],
)
def test_training_data_and_test_data_are_told_apart(text: str) -> None:
    record = read(text)
    assert said(record, "FoxCXR") == {"trainedOn"}
    assert said(record, "HeronCXR") == {"evaluatedOn"}


def test_what_the_wording_decided_says_so() -> None:
    record = read("LungNet was trained on the FoxCXR dataset and evaluated on the HeronCXR dataset.")
    methods = {r.predicate: r.method for r in record.relations}
    assert methods == {"trainedOn": "wording", "evaluatedOn": "pair classifier"}


def test_trained_and_tested_on_one_dataset_is_both() -> None:
    record = read("LungNet was trained and evaluated on the FoxCXR dataset.")
    assert said(record, "FoxCXR") == {"trainedOn", "evaluatedOn"}


def test_what_is_only_outdone_is_no_base() -> None:
    record = read("On the FoxCXR dataset, it outperforms R2Net.")
    assert "basedOn" not in {r.predicate for r in record.relations if r.object == "R2Net"}


def test_each_number_goes_to_the_dataset_named_after_it() -> None:
    record = read(
        "LungNet reaches an accuracy of 91.2% on the FoxCXR dataset, 88.4% on the HeronCXR dataset "
        "and 79.5% on the WrenCXR dataset."
    )
    assert {r.value: r.dataset for r in record.results} == {
        "91.2": "FoxCXR",
        "88.4": "HeronCXR",
        "79.5": "WrenCXR",
    }


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    record = read(
        "It was trained on the FoxCXR dataset. " + "The lungs were imaged again. " * 40_000 + "BarNet won."
    )
    assert "LungNet" in {m.name for m in record.models}
    assert max(m.end for e in record.models for m in e.mentions) <= LONGEST


@pytest.mark.parametrize(
    ("sentence", "outdone"),
    [
        ("lungnet improves over r2net by a wide margin .", True),
        ("lungnet has an advantage over r2net .", True),
        ("lungnet is better than r2net .", True),
        ("lungnet is based on r2net .", False),
        ("lungnet extends r2net .", False),
    ],
)
def test_wording_tells_what_is_outdone_from_what_is_built_upon(sentence: str, outdone: bool) -> None:
    words = sentence.split()
    place = words.index("r2net")
    name = Named("r2net", "model", "compared", 0.9, ((place, place + 1),))
    assert only_surpassed([Words(words, 0, len(words))], name) is outdone


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("giraffe is initialized from r2net and pre-trained on foxcxr .", "giraffe"),
        ("giraffe is fine-tuned from r2net and then trained on foxcxr .", "giraffe"),
        ("giraffe is based on r2net trained on foxcxr .", "r2net"),
        ("giraffe outperforms others , and r2net was trained on foxcxr .", "r2net"),
    ],
)
def test_joined_verbs_share_their_subject(sentence: str, subject: str) -> None:
    words = sentence.split()
    kinds = {"giraffe": "model", "r2net": "model", "foxcxr": "dataset"}
    names = [
        Named(name, kind, "used", 0.9, ((words.index(name), words.index(name) + 1),))
        for name, kind in kinds.items()
    ]
    at = [Words(words, 0, len(words))]
    trained = [names[a].key for a in (0, 1) if "trainedOn" in stated(at, names, a, 2)]
    assert trained == [subject]
