"""Figures of quality: what counts as found, how papers are paired, and that the figures are as agreed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import Annotation, evaluate, read_gold
from kg.records import PaperRecord

ROOT = Path(__file__).parent.parent
SEEDS_GOLD = ROOT / "tests" / "gold" / "seeds.jsonl"
REFERENCE = ROOT.parent / "shared" / "eval" / "score.py"
REFERENCE_GOLD = REFERENCE.with_name("gold-dev.jsonl")

ABSTRACT = "We train Alpha-Net on the Omega cohort of chest films and report an F1 of 0.90 against BetaNet."


def paper(**fields: Any) -> PaperRecord:
    return PaperRecord.from_json({"id": "p1", "title": "Alpha for films", "abstract": ABSTRACT, **fields})


def gold(**fields: Any) -> Annotation:
    return Annotation(paper(**fields), "wetrainalphanetontheomegacohortofchestfilmsandreportanf1of09")


def model(name: str, role: str = "introduced", aliases: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"name": name, "role": role, "aliases": list(aliases)}


def counts(kind: str, expected: Annotation, found: PaperRecord) -> tuple[int, int, int]:
    figure = evaluate([expected], [found]).figures[kind]
    return figure.found, figure.missed, figure.made_up


def test_an_alias_on_either_side_finds_the_name() -> None:
    expected = gold(models=[model("AN", aliases=("Alpha Network X",))])
    assert counts("models", expected, paper(models=[model("alpha network x")])) == (1, 0, 0)
    assert counts("models", expected, paper(models=[model("Other", aliases=("A.N.",))])) == (1, 0, 0)


def test_one_annotated_name_is_found_once_and_its_double_is_made_up() -> None:
    found = paper(models=[model("AlphaNet"), model("Alpha-Net"), model("Gamma")])
    assert counts("models", gold(models=[model("AlphaNet"), model("BetaNet")]), found) == (1, 1, 2)


def test_a_wrong_role_is_missed_and_made_up_but_the_name_is_found() -> None:
    expected, found = gold(models=[model("AlphaNet")]), paper(models=[model("AlphaNet", "compared")])
    assert counts("models", expected, found) == (1, 0, 0)
    assert counts("models role", expected, found) == (0, 1, 1)


def test_relations_match_through_aliases_and_need_the_same_predicate_and_direction() -> None:
    expected = gold(
        models=[model("AlphaNet", aliases=("AN",)), model("BetaNet")],
        relations=[{"subject": "AlphaNet", "predicate": "outperforms", "object": "BetaNet"}],
    )
    models = [model("AN"), model("BetaNet")]

    def relation(subject: str, predicate: str, object_: str) -> PaperRecord:
        claim = {"subject": subject, "predicate": predicate, "object": object_}
        return paper(models=models, relations=[claim])

    assert counts("relations", expected, relation("AN", "outperforms", "BetaNet")) == (1, 0, 0)
    assert counts("relations", expected, relation("BetaNet", "outperforms", "AN")) == (0, 1, 1)
    assert counts("relations", expected, relation("AN", "comparedWith", "BetaNet")) == (0, 1, 1)


@pytest.mark.parametrize(
    ("value", "matches"), [("0.9", True), ("+0.90%", True), ("0.91", False), ("-0.90", False)]
)
def test_results_match_by_number_not_by_spelling(value: str, matches: bool) -> None:
    expected = gold(results=[{"model": None, "metric": "F1", "value": "0.90"}])
    found = paper(results=[{"model": None, "metric": "F1", "value": value}])
    assert counts("results", expected, found) == ((1, 0, 0) if matches else (0, 1, 1))


def test_a_number_reported_twice_must_be_found_twice() -> None:
    result = {"model": None, "metric": "F1", "value": "0.90"}
    assert counts("results", gold(results=[result, result]), paper(results=[result])) == (1, 1, 0)


def test_papers_pair_by_title_when_the_abstract_is_unknown_and_by_abstract_when_the_title_differs() -> None:
    found = paper(tasks=["segmentation"])
    by_title = Annotation(paper(abstract="", title="ALPHA, for films.", tasks=["segmentation"]), "")
    by_start = Annotation(paper(title="", tasks=["segmentation"]), gold().start)
    stranger = Annotation(paper(title="Another paper", tasks=["segmentation"]), "anotherabstract")
    assert evaluate([by_title], [found]).figures["tasks"].found == 1
    assert evaluate([by_start], [found]).figures["tasks"].found == 1
    evaluation = evaluate([stranger], [found])
    assert (evaluation.without_record, evaluation.figures["tasks"].missed) == (1, 1)


def test_two_papers_without_title_or_abstract_are_not_one_paper() -> None:
    blank = Annotation(paper(title="", abstract="", tasks=["segmentation"]), "")
    assert evaluate([blank], [paper(title="", abstract="", tasks=["segmentation"])]).without_record == 1


def test_mean_is_over_the_seven_kinds_and_leaves_roles_out() -> None:
    fields = {"models": [model("AlphaNet")], "tasks": ["segmentation"]}
    evaluation = evaluate([gold(**fields)], [paper(**fields)])
    assert evaluation.figures["models role"].f1 == 1
    assert evaluation.mean == pytest.approx(2 / 7, abs=1e-4)


def test_differences_name_paper_kind_and_labels() -> None:
    evaluation = evaluate([gold(tasks=["segmentation"])], [paper(tasks=["detection"])])
    (difference,) = evaluation.differences
    assert (difference.paper, difference.kind) == ("p1", "tasks")
    assert (difference.missed, difference.made_up) == (("segmentation",), ("detection",))


def test_no_annotation_is_an_error_and_not_a_figure() -> None:
    with pytest.raises(ValueError, match="no annotated papers"):
        evaluate([], [paper()])


@pytest.mark.parametrize("line", ["{", "[1]", '{"title": "T", "models": [{}]}', '{"models": ["name"]}'])
def test_a_bad_line_of_gold_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "p1", "title": "T"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl:3: not an annotated paper"):
        read_gold(path)


def test_the_gold_of_the_seeds_holds_beginnings_and_no_abstracts() -> None:
    lines = [json.loads(line) for line in SEEDS_GOLD.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(read_gold(SEEDS_GOLD)) == 77
    assert all("abstract" not in line and len(line["start"]) == 60 for line in lines)


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference scorer is not beside this checkout")
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_figures_equal_the_reference_scorer(tmp_path: Path, seed: int) -> None:
    texts = [json.loads(line) for line in REFERENCE_GOLD.read_text(encoding="utf-8").splitlines()]
    reference = [record for record in texts if record["id"].startswith("S")]
    predicted = spoil(reference, random.Random(seed))
    gold_path, predicted_path = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    for path, records in ((gold_path, reference), (predicted_path, predicted)):
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")

    def reference_says(*options: str) -> str:
        command = [sys.executable, str(REFERENCE), str(gold_path), str(predicted_path), *options]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    evaluation = evaluate(read_gold(SEEDS_GOLD), map(PaperRecord.from_json, predicted))
    expected = json.loads(reference_says("--json"))
    assert 0 < expected["mean"] < 1
    assert expected["papers without a record"] > 0
    assert evaluation.to_json() == expected
    assert str(evaluation) == reference_says().rstrip("\n")


def spoil(records: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Annotated papers made worse at random: papers, names, roles, relations and numbers lost and made up."""
    spoilt = []
    for record in json.loads(json.dumps(records)):
        if chance.random() < 0.05:
            continue
        for kind in ("models", "datasets", "modalities", "metrics", "tasks", "relations", "results"):
            record[kind] = [item for item in record[kind] if chance.random() > 0.2]
        for entity in record["models"] + record["datasets"]:
            if chance.random() < 0.2:
                entity["role"] = chance.choice(["introduced", "used", "mentioned"])
            if entity["aliases"] and chance.random() < 0.5:
                entity["name"], entity["aliases"] = entity["aliases"][0], [entity["name"]]
        for result in record["results"]:
            if chance.random() < 0.2:
                result["value"] = str(chance.randint(1, 99))
        if chance.random() < 0.3:
            record["models"].insert(0, {"name": "Invented Model", "aliases": ["IM"], "role": "used"})
            record["relations"].append({"subject": "IM", "predicate": "basedOn", "object": "Nothing"})
            record["metrics"].append("Dice")
        spoilt.append(record)
    return spoilt
