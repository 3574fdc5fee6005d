"""Extraction from whole papers, written for these tests: nothing of them was trained on."""

import json

import pytest

from kg.extract import extract
from kg.records import Document, PaperRecord


def read(title: str, abstract: str) -> PaperRecord:
    (record,) = extract([Document("p", title, abstract)])
    return record


PAPER = (
    "QuillNet: Segmenting Brain Tumours in MRI",
    "Brain tumours are hard to outline. We propose QuillNet, a segmentation network built on U-Net. "
    "We train QuillNet on the HearthMRI dataset and evaluate it on the BraTS 2021 benchmark. "
    "QuillNet achieves a Dice score of 0.912 on BraTS 2021, outperforming nnU-Net. "
    "Code is available at https://github.com/example/quillnet.",
)


@pytest.fixture(scope="module")
def paper() -> PaperRecord:
    return read(*PAPER)


def test_models_and_datasets_never_seen_before_are_found(paper: PaperRecord) -> None:
    assert {m.name: m.role for m in paper.models}["QuillNet"] == "introduced"
    assert {"U-Net", "nnU-Net"} <= {m.name for m in paper.models}
    assert {"HearthMRI", "BraTS 2021"} <= {d.name for d in paper.datasets}


def test_modality_metric_and_task_are_found(paper: PaperRecord) -> None:
    assert paper.names("modality") == ["MRI"]
    assert paper.names("metric") == ["Dice"]
    assert "segmentation" in paper.names("task")


def test_relations_carry_the_sentence_that_says_so(paper: PaperRecord) -> None:
    said = {(r.subject, r.predicate, r.object): r for r in paper.relations}
    claim = said["QuillNet", "evaluatedOn", "BraTS 2021"]
    assert "BraTS 2021" in claim.evidence.text
    assert ("QuillNet", "basedOn", "U-Net") in said
    assert all(0 < r.confidence <= 1 and r.method for r in paper.relations)


def test_results_are_tied_to_metric_model_and_dataset(paper: PaperRecord) -> None:
    (result,) = paper.results
    assert (result.model, result.metric, result.value, result.dataset) == (
        "QuillNet",
        "Dice",
        "0.912",
        "BraTS 2021",
    )
    assert "0.912" in result.evidence.text


def test_offsets_point_into_the_text_as_written() -> None:
    record = read(
        r"A \textit{Fine} Title",
        r"We present \textbf{QuillNet}, a network for chest X\-rays at 92.3\% accuracy.",
    )
    text = record.document.text
    for entity in (*record.models, *record.datasets, *record.concepts):
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
    for said in (*record.relations, *record.results):
        assert text[said.evidence.start : said.evidence.end] == said.evidence.text


def test_relations_and_results_name_only_what_is_listed(paper: PaperRecord) -> None:
    names = {e.name for e in (*paper.models, *paper.datasets)}
    assert {r.subject for r in paper.relations} | {r.object for r in paper.relations} <= names
    assert {r.model for r in paper.results} - {None} <= names


def test_the_record_survives_json(paper: PaperRecord) -> None:
    assert PaperRecord.from_json(json.loads(json.dumps(paper.to_json()))) == paper


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        "   \n\n  ",
        "( ( ( ( ) [ ] } { \\ \\textit{ $ %",
        "Les patients ont été suivis pendant deux ans et aucun modèle ne fut utilisé pour les examiner.",
        "<img src=x onerror=alert(1)> </script> \u202e \x00 &amp;",
    ],
)
def test_texts_that_name_nothing_give_nothing(text: str) -> None:
    record = read("", text)
    assert not record.models
    assert not record.datasets
    assert not record.results


def test_the_same_document_gives_the_same_record(paper: PaperRecord) -> None:
    assert read(*PAPER) == paper
