"""Annotations ship without abstracts, and come together again with the texts they were made on."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import read_gold
from kg.records import Document, PaperRecord
from kg.sentences import sentences
from kg.sources import read
from kg.training.annotations import annotate, join, main, read_lines, write_lines
from kg.training.places import places

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "annotations" / "papers.jsonl"

ABSTRACT = (
    "We present QuillNet, a network built on U-Net and Swin U-Net. It was trained on Hearth–MRI. "
    "QuillNets are small; quillnet is no name."
)
PAPER: dict[str, Any] = {
    "id": "p1",
    "title": "QuillNet reads MRI",
    "abstract": ABSTRACT,
    "models": [
        {"name": "QuillNet", "aliases": [], "role": "introduced"},
        {"name": "U-Net", "aliases": ["UNet"], "role": "used"},
        {"name": "Swin U-Net", "aliases": [], "role": "used"},
    ],
    "datasets": [{"name": "Hearth-MRI", "aliases": [], "role": "used"}],
    "modalities": ["MRI"],
    "metrics": [],
    "tasks": [],
    "relations": [{"subject": "QuillNet", "predicate": "trainedOn", "object": "Hearth-MRI"}],
    "results": [],
}


def said(entity: dict[str, Any]) -> dict[str, list[str]]:
    """The words where an entity's mentions stand, by part of the paper."""
    return {
        part: [PAPER[part][a:b] for a, b in places(PAPER[part], counted)]
        for part, counted in entity["mentions"].items()
    }


@pytest.fixture(scope="module")
def seeds() -> list[Document]:
    return list(read([ROOT / "seeds"]))


@pytest.fixture(scope="module")
def gold(seeds: list[Document]) -> list[dict[str, Any]]:
    """The annotated seeds with their abstracts, as they are trained on."""
    by_start = {"".join(c for c in d.abstract.lower() if c.isascii() and c.isalnum())[:60]: d for d in seeds}
    records = list(read_lines(ROOT / "tests" / "gold" / "seeds.jsonl"))
    texts = [by_start[record.pop("start")].abstract for record in records]
    return [{**record, "abstract": text} for record, text in zip(records, texts, strict=True)]


def test_a_name_is_found_in_its_own_case_as_whole_words_and_through_other_dashes() -> None:
    annotation = annotate(PAPER)
    models = {model["name"]: said(model) for model in annotation["models"]}
    assert models["QuillNet"] == {"title": ["QuillNet"], "abstract": ["QuillNet", "QuillNet"]}
    assert said(annotation["datasets"][0])["abstract"] == ["Hearth–MRI"]


def test_a_name_within_a_longer_one_is_no_mention_of_it() -> None:
    models = {model["name"]: said(model) for model in annotate(PAPER)["models"]}
    assert models["U-Net"]["abstract"] == ["U-Net"]
    assert models["Swin U-Net"]["abstract"] == ["Swin U-Net"]


def test_places_hold_in_a_copy_with_other_spaces_and_punctuation() -> None:
    copy = ABSTRACT.replace(" ", "\n  ").replace("–", "-").upper()
    dataset = annotate(PAPER)["datasets"][0]
    assert [copy[a:b] for a, b in places(copy, dataset["mentions"]["abstract"])] == ["HEARTH-MRI"]


@pytest.mark.parametrize("stretch", [(0, 0), (3, 2), (-1, 2), (0, 9)])
def test_a_stretch_that_is_not_in_the_text_is_an_error(stretch: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        places("a b-c", [stretch])


def test_the_abstract_does_not_ship() -> None:
    shipped = json.dumps(annotate(PAPER), ensure_ascii=False)
    assert not any(ABSTRACT[a:b] in shipped for a, b in sentences(ABSTRACT))


def test_a_field_that_quotes_a_sentence_of_the_abstract_is_refused() -> None:
    result = {"model": None, "metric": None, "value": "1", "condition": "It was trained on Hearth-MRI"}
    with pytest.raises(ValueError, match=r"'p1' quotes its abstract.*It was trained"):
        annotate({**PAPER, "results": [result]})


def test_a_paper_without_an_abstract_is_refused() -> None:
    with pytest.raises(ValueError, match="'p1' has no abstract"):
        annotate({key: value for key, value in PAPER.items() if key != "abstract"})


def test_the_source_is_kept_and_filled_in_only_where_it_lacks() -> None:
    assert annotate(PAPER, "Journal")["source"] == "Journal"
    assert annotate({**PAPER, "source": "Own"}, "Journal")["source"] == "Own"
    assert "source" not in annotate(PAPER)


def test_annotated_seeds_come_back_as_they_were(gold: list[dict[str, Any]], seeds: list[Document]) -> None:
    assert len(gold) > 50
    joined = join([annotate(record) for record in gold], seeds)
    assert joined.records == gold
    assert not joined.absent and not joined.changed


def test_places_of_the_annotated_seeds_hold_a_name_or_alias(
    gold: list[dict[str, Any]], seeds: list[Document]
) -> None:
    joined = join([annotate(record) for record in gold], seeds, mentions=True)
    found = 0
    for fields in joined.records:
        record = PaperRecord.from_json(fields)
        for entity in (*record.models, *record.datasets):
            forms = {letters(form) for form in (entity.name, *entity.aliases)}
            for mention in entity.mentions:
                assert record.document.text[mention.start : mention.end] == mention.text
                assert letters(mention.text) in forms
                found += 1
    assert found > len(gold)


def test_spaces_and_punctuation_make_no_other_text_and_words_do() -> None:
    annotations = [annotate(PAPER)]
    copy = ABSTRACT.replace(" ", "  ").replace(";", ",")
    assert join(annotations, [Document("x", "", copy)]).records[0]["abstract"] == copy
    changed = join(annotations, [Document("x", "", ABSTRACT + " More.")])
    assert (changed.records, changed.changed, changed.absent) == ([], ["p1"], [])
    assert join(annotations, []).absent == ["p1"]


def test_the_same_abstract_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="'p1' and 'p2' have the same abstract"):
        join([annotate(PAPER), annotate({**PAPER, "id": "p2"})], [])


def test_hostile_names_are_only_names() -> None:
    name = "(.*+?[<b>\\1\x00\u202e"
    models = [{"name": name, "aliases": ["…", ""], "role": "used"}]
    annotation = annotate({**PAPER, "title": f"On {name}", "models": models, "relations": []})
    ((start, end),) = places(f"On {name}", annotation["models"][0]["mentions"]["title"])
    assert f"On {name}"[start:end] == "b>\\1"
    assert annotation["models"][0]["mentions"]["abstract"] == []


@pytest.mark.parametrize("ending", [".jsonl", ".jsonl.gz"])
def test_files_go_out_and_back_with_the_same_bytes_every_time(tmp_path: Path, ending: str) -> None:
    texts = tmp_path / "gold.jsonl"
    write_lines([PAPER], texts)
    one, two, back = (tmp_path / f"{name}{ending}" for name in ("one", "two", "back"))
    main([str(texts), "-o", str(one)])
    main([str(texts), "-o", str(two)])
    assert one.read_bytes() == two.read_bytes()
    main([str(one), "--texts", str(texts), "-o", str(back)])
    assert list(read_lines(back)) == [PAPER]


def test_sources_are_taken_from_files_that_say_them(tmp_path: Path) -> None:
    texts, named, out = (tmp_path / name for name in ("gold.jsonl", "named.jsonl", "out.jsonl"))
    write_lines([PAPER], texts)
    write_lines([{"abstract": ABSTRACT.upper(), "source": "Journal"}], named)
    main([str(texts), "--sources", str(named), "-o", str(out)])
    assert [record["source"] for record in read_lines(out)] == ["Journal"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"bad\.jsonl:1: not JSON"),
        ("\n[]", r"bad\.jsonl:2: not an object"),
        ('{"id": "p"}', "'p' has no abstract"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path, content: str, message: str) -> None:
    bad, out = tmp_path / "bad.jsonl", tmp_path / "out.jsonl"
    bad.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit, match=message):
        main([str(bad), "-o", str(out)])
    assert not out.exists()


def test_texts_that_nobody_annotated_are_an_error(tmp_path: Path) -> None:
    annotations, texts = tmp_path / "a.jsonl.gz", tmp_path / "texts.jsonl"
    annotations.write_bytes(gzip.compress(json.dumps(annotate(PAPER)).encode()))
    write_lines([{"title": "Other", "abstract": "Something else was done here."}], texts)
    with pytest.raises(SystemExit, match="none of the texts is an annotated one"):
        main([str(annotations), "--texts", str(texts), "-o", str(tmp_path / "out.jsonl")])


def test_the_shipped_annotations_join_with_the_seeds_and_quote_none(seeds: list[Document]) -> None:
    annotations = list(read_lines(SHIPPED))
    joined = join(annotations, seeds)
    assert not joined.changed
    by_id = {annotation["id"]: annotation for annotation in annotations}
    annotated = {a.record.document.id: a.record for a in read_gold(ROOT / "tests" / "gold" / "seeds.jsonl")}
    assert annotated.keys() <= {record["id"] for record in joined.records}
    for fields in joined.records:
        rest = letters(json.dumps({k: v for k, v in by_id[fields["id"]].items() if k != "title"}))
        for a, b in sentences(fields["abstract"]):
            sentence = fields["abstract"][a:b]
            assert len(sentence.split()) < 4 or letters(sentence) not in rest


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isascii() and c.isalnum())
