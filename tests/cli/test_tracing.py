"""Commands that trace: each format, the filters, and answers that are no."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import run

from kg.graph import KnowledgeGraph


def test_lineage_prints_both_directions_and_sentences_when_asked(output: Path) -> None:
    plain = run("lineage", "alphanet")
    assert plain.exit_code == 0
    assert "trainedOn: Gamma" in plain.stdout
    assert "basedOn: Betanet" in plain.stdout
    assert "Betanet extends Alphanet." not in plain.stdout
    assert "“Betanet extends Alphanet.”" in run("lineage", "alphanet", "--evidence").stdout


def test_lineage_is_printed_in_each_format(output: Path) -> None:
    answer = json.loads(run("lineage", "alphanet", "--format", "json").stdout)
    assert "Betanet extends Alphanet." in json.dumps(answer["downstream"])
    rows = list(csv.DictReader(io.StringIO(run("lineage", "alphanet", "--format", "csv").stdout)))
    assert ("model/betanet", "basedOn") in {(row["subject"], row["link"]) for row in rows}
    table = run("lineage", "alphanet", "--format", "table", "--evidence").stdout
    assert table.splitlines()[0].split()[:3] == ["side", "depth", "subject_name"]
    assert "Betanet extends Alphanet." in table
    assert run("lineage", "alphanet", "--format", "dot").stdout.startswith("digraph lineage {\n")
    assert run("lineage", "alphanet", "--format", "mermaid").stdout.startswith("flowchart LR\n")
    assert run("lineage", "alphanet", "--format", "html").stdout.startswith("<!DOCTYPE html>\n")


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(
    in_folder: Path, small_graph: KnowledgeGraph
) -> None:
    small_graph.nx.nodes["model/betanet"]["label"] = "=cmd()"
    small_graph.save(in_folder / "output")
    rows = csv.DictReader(io.StringIO(run("lineage", "alphanet", "--format", "csv").stdout))
    assert "'=cmd()" in {row["subject_name"] for row in rows}


@pytest.mark.parametrize(
    ("options", "there", "gone"),
    [
        (["--up"], "Gamma", "Betanet"),
        (["--down"], "Betanet", "depends on (1"),
        (["--up", "--down"], "Betanet", "nonsense"),
        (["--only", "builtWith,derivedFrom"], "builtWith: Epsilon", "basedOn"),
        (["--min-confidence", "0.85"], "trainedOn: Gamma (dataset; 1 paper, 0.90)", "builtWith"),
        (["--since", "2025", "--up"], "1 paper, 0.80", "Alphanet: reading films"),
        (["--modality", "imaging"], "Betanet", "2 papers"),
        (["--limit", "1", "--down"], "and 1 more", "basedOn"),
        (["--depth", "1"], "Betanet", "steps away"),
    ],
)
def test_options_narrow_what_is_printed(output: Path, options: list[str], there: str, gone: str) -> None:
    result = run("lineage", "alphanet", *options)
    assert result.exit_code == 0
    assert there in result.stdout
    assert gone not in result.stdout


def test_a_tree_is_cut_at_a_legible_number_of_links_and_data_are_whole(
    in_folder: Path, small_graph: KnowledgeGraph
) -> None:
    for number in range(50):
        small_graph.nx.add_node(f"model/m{number}", kind="model", label=f"M{number}")
        small_graph.add_claim(f"model/m{number}", "trainedOn", "dataset/delta", "paper/p3")
    small_graph.save(in_folder / "output")
    assert "└── and 20 more" in run("lineage", "delta").stdout
    assert run("lineage", "delta", "--limit", "0").stdout.count("trainedOn: M") == 50
    assert run("lineage", "delta", "--down", "--format", "csv").stdout.count("\n") == 51
    assert len(json.loads(run("lineage", "delta", "--format", "json").stdout)["downstream"]) == 50


def test_a_shared_name_is_told_and_a_kind_chooses(in_folder: Path, small_graph: KnowledgeGraph) -> None:
    small_graph.nx.add_node("dataset/betanet", kind="dataset", label="Betanet")
    small_graph.save(in_folder / "output")
    assert "others of that name: dataset/betanet" in run("lineage", "betanet").stdout
    result = run("lineage", "betanet", "--format", "json")
    assert result.stderr == "taken: model/betanet; others of that name: dataset/betanet\n"
    assert json.loads(result.stdout)["others"] == ["dataset/betanet"]
    chosen = run("lineage", "betanet", "--kind", "dataset")
    assert chosen.stdout.startswith("Betanet (dataset, dataset/betanet)\n\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["lineage", "Alphanett"], "did you mean model/alphanet?"),
        (["lineage", "X-ray"], "no model or dataset is called 'X-ray', but modality/x-ray is"),
        (["lineage", "alphanet", "--only", "beats"], "no link of a lineage is called 'beats'; choose from "),
        (["lineage", "alphanet", "--modality", "X-rays"], "did you mean modality/x-ray?"),
        (["path", "alphanet", "Gama"], "did you mean dataset/gamma?"),
        (["path", "alphanet", "alphanet"], "both ends are model/alphanet"),
        (["path", "gamma", "delta"], "not connected by dependencies: --any goes by every relation"),
        (["path", "betanet", "gamma", "--max-length", "1"], "the shortest way has 2 steps"),
    ],
)
def test_an_answer_that_is_no_exits_1_and_says_what_to_do(
    output: Path, arguments: list[str], complaint: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")
    assert complaint in result.stderr


def test_path_prints_the_ways_with_sentences(output: Path) -> None:
    result = run("path", "betanet", "gamma")
    assert result.exit_code == 0
    assert "2 steps: Betanet ─basedOn→ Alphanet ─trainedOn→ Gamma\n" in result.stdout
    assert "“Betanet extends Alphanet.”" in result.stdout
    assert run("path", "betanet", "gamma", "--limit", "1").stdout.count(" steps: ") == 1
    found = json.loads(run("path", "betanet", "gamma", "--format", "json").stdout)
    assert (found["start"], found["end"]) == ("model/betanet", "dataset/gamma")


def test_path_by_any_relation_takes_things_of_any_kind(output: Path) -> None:
    assert "evaluatedOn" in run("path", "gamma", "delta", "--any").stdout
    assert run("path", "betanet", "x-ray").exit_code == 1
    assert run("path", "betanet", "x-ray", "--any").stdout.startswith("1 step: Betanet ─hasModality→ X-ray\n")


def test_names_of_papers_cannot_command_the_terminal(in_folder: Path, hostile_graph: KnowledgeGraph) -> None:
    hostile_graph.save(in_folder / "output")
    (model,) = (key for key, known in hostile_graph.nodes("model") if known["label"] == "=cmd()")
    for arguments in (["lineage", model, "--evidence"], ["path", model, "model/;"]):
        result = run(*arguments)
        assert result.exit_code == 0
        assert not {"\x1b", "\x00", "\u202e"} & set(result.stdout)
    for format in ("csv", "table", "dot", "mermaid", "html"):
        result = run("lineage", model, "--format", format, "--evidence")
        assert result.exit_code == 0
        assert result.stdout
