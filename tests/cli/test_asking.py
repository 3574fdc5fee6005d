"""Commands that ask a graph: answers in each format, and answers that are no."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_line import run

from kg.graph import KnowledgeGraph


def test_query_answers_as_table_csv_and_json(output: Path) -> None:
    question = "SELECT ?label WHERE { ?model a fair4ml:MLModel ; rdfs:label ?label } ORDER BY ?label"
    table = run("query", question)
    assert table.exit_code == 0
    assert table.stdout.index("Alphanet") < table.stdout.index("Betanet")
    rows = list(csv.DictReader(io.StringIO(run("query", question, "--format", "csv").stdout)))
    assert rows == [{"label": "Alphanet"}, {"label": "Betanet"}]
    answer = json.loads(run("query", question, "--format", "json").stdout)
    assert [row["label"]["value"] for row in answer["results"]["bindings"]] == ["Alphanet", "Betanet"]


def test_query_may_be_a_file(output: Path) -> None:
    Path("question.rq").write_text("ASK { ?model a fair4ml:MLModel }")
    result = run("query", "question.rq")
    assert result.exit_code == 0
    assert result.stdout == "yes\n"


def test_a_question_whose_answer_is_no_exits_1(output: Path) -> None:
    result = run("query", "ASK { ?model a kg:NoSuchThing }")
    assert (result.exit_code, result.stdout) == (1, "no\n")


@pytest.mark.parametrize("question", ["SELECT ?x WHERE {", "DELETE WHERE { ?s ?p ?o }", "nonsense"])
def test_a_query_that_is_wrong_or_forbidden_fails_in_words(output: Path, question: str) -> None:
    result = run("query", question)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")


def test_queries_that_ship_are_listed_and_asked_by_name(output: Path) -> None:
    listed = run("query", "--list")
    assert listed.exit_code == 0
    names = [line for line in listed.stdout.splitlines() if line[0] != " "]
    assert names
    for name in names:
        assert run("query", name).exit_code == 0
    result = run("query", "nonsense")
    assert "no file and no query that ships is called 'nonsense'" in result.stderr
    assert names[0] in result.stderr


@pytest.mark.parametrize(
    ("question", "format"), [("SELECT * { ?s ?p ?o }", "turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "csv")]
)
def test_a_format_that_does_not_fit_the_answer_is_named_as_it_was_typed(
    output: Path, question: str, format: str
) -> None:
    result = run("query", question, "--format", format)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"as {format!r}; choose one of table, " in result.stderr


def test_lineage_prints_both_directions_and_sentences_when_asked(output: Path) -> None:
    plain = run("lineage", "alphanet")
    assert plain.exit_code == 0
    assert "Gamma" in plain.stdout
    assert "Betanet" in plain.stdout
    assert "Betanet extends Alphanet." not in plain.stdout
    assert "Betanet extends Alphanet." in run("lineage", "alphanet", "--evidence").stdout
    assert "Betanet extends Alphanet." in json.dumps(
        json.loads(run("lineage", "alphanet", "--format", "json").stdout)
    )


def test_lineage_of_an_unknown_name_exits_1_and_suggests(output: Path) -> None:
    result = run("lineage", "Alphanett")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")
    assert "did you mean model/alphanet?" in result.stderr


def test_stats_count_what_the_graph_holds(output: Path, small_graph: KnowledgeGraph) -> None:
    text = run("stats")
    assert (text.exit_code, text.stderr) == (0, "")
    answer = json.loads(run("stats", "--format", "json").stdout)
    assert answer["nodes"]["dataset"] == small_graph.counts()["dataset"]
