"""Commands that ask a graph: answers in each format, and answers that are no."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
from pathlib import Path

import pytest
import requests
import urllib3
from command_line import KG, run
from typer.testing import CliRunner

from kg.cli import app
from kg.graph import KnowledgeGraph
from kg.query import named_queries


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


def test_stats_count_what_the_graph_holds(output: Path, small_graph: KnowledgeGraph) -> None:
    text = run("stats")
    assert (text.exit_code, text.stderr) == (0, "")
    answer = json.loads(run("stats", "--format", "json").stdout)
    assert answer["nodes"]["dataset"] == small_graph.counts()["dataset"]


def test_a_parameter_is_given_by_name(output: Path) -> None:
    result = run("query", "dependents", "--param", "dataset=GCXR", "-f", "csv")
    assert [row["modelName"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["Alphanet", "Betanet"]
    several = run("query", "dependents", "-p", "dataset=gamma", "-p", "dataset=Epsilon", "-f", "csv")
    assert len(several.stdout.splitlines()) == 4
    Path("mine.rq").write_text("SELECT ?label WHERE { ?thing rdfs:label ?label }")
    assert run("query", "mine.rq", "-p", "thing=dataset/delta", "-f", "tsv").stdout == '?label\n"Delta"\n'


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("dataset=Gama", "no dataset is called 'Gama'; did you mean dataset/gamma"),
        ("set=Gamma", "no parameter 'set'; it has dataset, model"),
        ("Gamma", "write name=value"),
    ],
)
def test_a_parameter_that_does_not_fit_is_told(output: Path, value: str, said: str) -> None:
    result = run("query", "dependents", "--param", value)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_the_list_of_queries_tells_their_parameters(output: Path) -> None:
    listed = run("query", "--list").stdout
    for query in named_queries().values():
        for parameter in query.parameters:
            assert f"--param {parameter.name}=…  {parameter.about}" in listed


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        ("csv", b"label\r\nAlphanet\r\n"),
        ("tsv", b'?label\n"Alphanet"\n'),
        ("json", b'{"head"'),
        ("xml", b"<?xml"),
        ("txt", b"label\n"),
    ],
)
def test_the_ending_of_the_file_tells_the_format(output: Path, ending: str, start: bytes) -> None:
    question = "SELECT ?label WHERE { ?model a fair4ml:MLModel ; rdfs:label ?label } ORDER BY ?label"
    result = run("query", question, "-o", f"answer.{ending}")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert Path(f"answer.{ending}").read_bytes().startswith(start)


def test_a_graph_is_written_as_turtle_and_json(output: Path) -> None:
    question = "CONSTRUCT WHERE { model:betanet kg:basedOn ?o }"
    assert run("query", question, "-o", "a.ttl").exit_code == 0
    assert "model:betanet kg:basedOn model:alphanet" in Path("a.ttl").read_text()
    page = json.loads(run("query", question, "-f", "jsonld").stdout)
    assert page["basedOn"] == ["https://w3id.org/biomed-kg/id/model/alphanet"]


def test_a_failed_query_leaves_the_old_file(output: Path) -> None:
    Path("a.csv").write_text("old")
    assert run("query", "SELECT", "-o", "a.csv").exit_code == 1
    assert Path("a.csv").read_text() == "old"


def test_explain_prints_the_plan_with_counts_rows_and_time(output: Path) -> None:
    result = run("query", "SELECT ?m WHERE { ?m a fair4ml:MLModel }", "--explain")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines() if line]
    assert ["?m", "rdf:type", "fair4ml:MLModel", "2"] in lines
    assert lines[-1][:3] == ["2", "rows", "in"]


def test_a_query_may_come_through_a_pipe(output: Path) -> None:
    result = CliRunner().invoke(app, ["query", "-"], input="ASK { ?model a fair4ml:MLModel }")
    assert (result.exit_code, result.stdout) == (0, "yes\n")


def test_an_endpoint_that_is_none_is_one_line(in_folder: Path) -> None:
    result = run("query", "ASK { }", "--endpoint", "output")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr == "error: 'output' is no endpoint: give an address like https://example.org/sparql\n"
    )


def test_another_engine_is_asked_by_the_same_command(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def post(url: str, data: dict[str, str], **_: object) -> requests.Response:
        asked.append(data["query"])
        response = requests.Response()
        response.status_code, response.url = 200, url
        response.headers["Content-Type"] = "text/csv"
        if "uriSpace" in data["query"]:
            response.headers["Content-Type"] = "application/sparql-results+json"
        body = b'{"head":{"vars":["space"]},"results":{"bindings":[]}}'
        response.raw = urllib3.HTTPResponse(io.BytesIO(body), preload_content=False)
        return response

    monkeypatch.setattr("requests.post", post)
    result = run("query", "SELECT ?m { ?m a fair4ml:MLModel }", "--endpoint", "http://localhost:1/sparql")
    assert "PREFIX fair4ml: <https://w3id.org/fair4ml#> SELECT" in asked[-1]
    assert "answered with 'text/csv' instead of the results" in result.stderr


def test_ctrl_c_ends_a_query_that_would_not_end(output: Path) -> None:
    triples = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(9))
    command = [*KG, "query", f"SELECT (COUNT(*) AS ?n) WHERE {{ {triples} }}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (-signal.SIGINT, 130)
