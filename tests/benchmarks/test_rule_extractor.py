"""What rules alone read off the wording; every name here is made up."""

import json
from pathlib import Path

import pytest
from rules import RuleExtractor

from kg.records import PaperRecord
from kg.training.papers import read_papers
from kg.vocabulary import load


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor(load())


def read(
    extractor: RuleExtractor, folder: Path, abstract: str, title: str = "On reading scans"
) -> PaperRecord:
    path = folder / "paper.jsonl"
    path.write_text(json.dumps({"id": "p", "title": title, "abstract": abstract}), encoding="utf-8")
    (paper,) = read_papers([path], {}, None)
    return extractor.extract(paper)


def test_every_name_of_a_list_is_what_the_noun_behind_it_says(
    extractor: RuleExtractor, tmp_path: Path
) -> None:
    record = read(extractor, tmp_path, "We test on the WombatCT, HeronMR, and FoxUS2 datasets.")
    assert [d.name for d in record.datasets] == ["WombatCT", "HeronMR", "FoxUS2"]
    assert record.models == ()


@pytest.mark.parametrize(
    ("title", "models", "datasets"),
    [
        ("LynxNet: fast reading of scans", ["LynxNet"], []),
        ("LynxSet: a large benchmark for the reading of scans", [], ["LynxSet"]),
        ("Out of sight: reading scans with care", [], []),
    ],
)
def test_a_title_names_what_stands_before_its_colon(
    extractor: RuleExtractor, tmp_path: Path, title: str, models: list[str], datasets: list[str]
) -> None:
    record = read(extractor, tmp_path, "Scans are many and readers are few.", title)
    assert [m.name for m in record.models] == models
    assert [d.name for d in record.datasets] == datasets
    assert {e.role for e in (*record.models, *record.datasets)} <= {"introduced"}


def test_a_class_of_models_is_no_name(extractor: RuleExtractor, tmp_path: Path) -> None:
    record = read(extractor, tmp_path, "We propose a CNN model that outperforms GAN-based models and VLMs.")
    assert record.models == ()


def test_relations_and_results_follow_their_sentence(extractor: RuleExtractor, tmp_path: Path) -> None:
    record = read(
        extractor,
        tmp_path,
        "We propose LynxNet, which is built on the OtterNet model. We train LynxNet on the FoxUS2 dataset. "
        "LynxNet outperforms the BadgerNet model. It was read by 12 readers (p < 0.05). "
        "LynxNet reaches an accuracy and recall of 91.5% and 88.2%.",
    )
    assert {(r.subject, r.predicate, r.object) for r in record.relations} == {
        ("LynxNet", "basedOn", "OtterNet"),
        ("LynxNet", "trainedOn", "FoxUS2"),
        ("LynxNet", "outperforms", "BadgerNet"),
    }
    assert [(r.model, r.metric, r.value) for r in record.results] == [
        ("LynxNet", "Accuracy", "91.5"),
        ("LynxNet", "Recall", "88.2"),
    ]
