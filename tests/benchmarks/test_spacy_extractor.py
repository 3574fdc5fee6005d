"""What the tagger learns from: annotated names where they stand, and public corpora with their doubts."""

import csv
import json
from pathlib import Path

import pytest
from public_corpora import LabelledText, read_public
from spacy_ner import SpacyExtractor, gold_text

from kg.training.papers import Paper, read_papers
from kg.vocabulary import load


def labels(labelled: LabelledText) -> list[tuple[str, str]]:
    return [(labelled.text[a:b], label) for a, b, label in labelled.spans]


def papers(folder: Path) -> list[Paper]:
    path = folder / "gold.jsonl"
    record = {
        "id": "p",
        "title": "Lynx: reading scans",
        "abstract": "We propose Lynx and Lynx-Large, tested on FoxUS2 by AUC and recall. Dice is not.",
        "models": [{"name": "Lynx", "role": "introduced"}, {"name": "Lynx-Large", "role": "introduced"}],
        "datasets": [{"name": "FoxUS2", "role": "used"}],
        "metrics": ["AUROC", "Recall"],
    }
    path.write_text(json.dumps(record), encoding="utf-8")
    return read_papers([path], {}, None)


def test_annotated_names_are_labelled_wherever_they_stand_whole(tmp_path: Path) -> None:
    (paper,) = papers(tmp_path)
    assert labels(gold_text(paper, load())) == [
        ("Lynx", "MODEL"),
        ("Lynx", "MODEL"),
        ("Lynx-Large", "MODEL"),
        ("FoxUS2", "DATASET"),
        ("AUC", "METRIC"),
        ("recall", "METRIC"),
    ]


def test_training_twice_on_the_same_papers_gives_the_same_records(tmp_path: Path) -> None:
    gold = papers(tmp_path)
    first, second = (SpacyExtractor(load(), epochs=30) for _ in range(2))
    for extractor in (first, second):
        extractor.fit(gold)
    record = first.extract(gold[0])
    assert record == second.extract(gold[0])
    assert {m.name for m in record.models} == {"Lynx", "Lynx-Large"}
    assert {d.name for d in record.datasets} == {"FoxUS2"}
    assert {c.name for c in record.concepts if c.kind == "metric"} == {"AUROC", "Recall"}


def test_what_a_public_corpus_does_not_settle_is_left_open(tmp_path: Path) -> None:
    scirex = tmp_path / "docs" / "train_docs"
    scirex.mkdir(parents=True)
    words = "LynxNet beats a convolutional network on FoxUS2 in recall .".split()
    spans = [[0, 1, "Method"], [3, 5, "Method"], [6, 7, "Material"], [8, 9, "Metric"], [1, 2, "Task"]]
    (scirex / "a.json").write_text(json.dumps({"words": words, "ner": spans}), encoding="utf-8")
    (text,) = read_public(tmp_path, None, None)
    assert text.text == "LynxNet beats a convolutional network on FoxUS2 in recall."
    assert labels(text) == [("LynxNet", "MODEL"), ("FoxUS2", "DATASET"), ("recall", "METRIC")]
    assert [text.text[a:b] for a, b in text.open] == ["convolutional network"]


def test_corpora_without_models_leave_open_what_could_be_one(tmp_path: Path) -> None:
    (tmp_path / "train_1.conll").write_text(
        "LynxNet\t0\tO\nsees\t8\tO\nFoxUS2\t13\tB-DATASET\ntwo\t20\tI-DATASET\n.\t23\tO\n\nWe\t0\tO\n",
        encoding="utf-8",
    )
    (tmp_path / "datasets").mkdir()
    with (tmp_path / "datasets" / "Train_set_sentences.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.DictWriter(lines, ["text", "labels"])
        rows.writeheader()
        rows.writerow({"text": "LynxNet on FoxUS2 dataset", "labels": "[[11, 25, 'Dataset']]"})
        rows.writerow({"text": "no data set here", "labels": "[[3, 11, 'Geen Dataset']]"})
    texts = read_public(None, tmp_path, tmp_path)
    assert [labels(t) for t in texts] == [[("FoxUS2 two", "DATASET")], [], [("FoxUS2", "DATASET")], []]
    assert [t.text[a:b] for t in texts for a, b in t.open] == ["LynxNet", "LynxNet"]


def test_a_folder_without_the_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="training files"):
        read_public(None, tmp_path, None)
