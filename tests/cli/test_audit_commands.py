"""Commands that weigh what papers say: exit codes, formats, and corrections on a build."""

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import papers, run

from kg.graph import KnowledgeGraph


def test_audit_exits_with_1_when_anything_is_found_and_with_0_if_asked_to(output: Path) -> None:
    result = run("audit")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "Betanet was evaluated on Gamma" in result.stdout
    assert run("audit", "--exit-zero").exit_code == 0


def test_audit_exits_with_0_when_nothing_is_found(in_folder: Path) -> None:
    KnowledgeGraph().save(in_folder / "output")
    result = run("audit")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "leakage 0 (abstracts seldom tell what a model was trained on), disagreements 0, duplicates 0, "
        "orphans 0\n"
    )


def test_audit_answers_as_json_and_csv(output: Path) -> None:
    found = json.loads(run("audit", "--format", "json", "--only", "leakage,disagreements").stdout)
    assert {finding["check"] for finding in found["findings"]} == {"leakage", "disagreements"}
    assert found["findings"][0]["said"][0]["sentence"] == "evaluated on Gamma"
    result = run("audit", "--format", "csv", "--only", "leakage, disagreements")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["check"] for row in rows] == [finding["check"] for finding in found["findings"]]


def test_audit_passes_over_what_is_unsure(output: Path) -> None:
    assert "disagreements 0" in run("audit", "--min-confidence", "0.65").stdout


@pytest.mark.parametrize(("option", "code"), [(("--only", "leaks"), 1), (("--min-confidence", "2"), 2)])
def test_audit_says_what_it_does_not_understand(output: Path, option: tuple[str, str], code: int) -> None:
    result = run("audit", *option)
    assert (result.exit_code, result.stdout) == (code, "")
    assert option[2 - code] in result.stderr


def test_leaderboard_prints_boards_with_sentences(output: Path) -> None:
    result = run("leaderboard", "--dataset", "delta", "--metric", "auroc")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "AUROC on Delta (higher is better; 2 results)" in result.stdout
    assert result.stdout.index("0.95  Betanet") < result.stdout.index("0.91  Alphanet, external")
    assert "Alphanet reaches an AUROC of 0.91 on Delta." in result.stdout


def test_leaderboard_answers_as_json_and_csv_and_tells_apart_what_is_left_out(output: Path) -> None:
    answer = json.loads(run("leaderboard", "--dataset", "Delta", "--format", "json").stdout)
    assert [row["value"] for row in answer["boards"][0]["rows"]] == ["0.95", "0.91"]
    rows = list(csv.DictReader(io.StringIO(run("leaderboard", "--dataset", "Delta", "-f", "csv").stdout)))
    assert [(row["model_label"], row["rank"]) for row in rows] == [("Betanet", "1"), ("Alphanet", "2")]


def test_leaderboard_needs_something_to_ask_for_and_suggests_names(output: Path) -> None:
    assert run("leaderboard").exit_code == 2
    result = run("leaderboard", "--dataset", "Dleta")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean dataset/delta" in result.stderr


def test_build_applies_corrections_and_names_the_lines_that_match_nothing(in_folder: Path) -> None:
    Path("c.yaml").write_text("- rename: AlphaNet\n  to: Alpha\n- reject: Beta\n")
    result = run("build", papers(in_folder / "a.json", "One"), "--corrections", "c.yaml")
    assert result.exit_code == 0
    assert result.stderr == "note: c.yaml, line 3: nothing is called 'Beta'\n"
    assert run("lineage", "Alpha").exit_code == 0


@pytest.mark.parametrize("text", ["- merge: [A, B", "- remane: A", None])
def test_a_wrong_file_of_corrections_fails_in_one_line_before_papers_are_read(
    in_folder: Path, text: str | None
) -> None:
    if text is not None:
        Path("c.yaml").write_text(text)
    result = run("build", papers(in_folder / "a.json", "One"), "--corrections", "c.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: c.yaml:")
    assert result.stderr.count("\n") == 1
    assert not Path("output").exists()
