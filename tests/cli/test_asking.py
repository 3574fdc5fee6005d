"""Commands that ask a graph: answers in each format, and answers that are no."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import signal
import subprocess
from pathlib import Path

import pytest
import requests
import urllib3
from command_line import KG, run
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner

from kg.cli import app
from kg.cli.asking import query as query_command
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
    assert "(thing)" not in listed and "(property)" in listed


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


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml"])
def test_no_rows_are_told_beside_the_answer_with_the_terms_that_are_wrong(output: Path, format: str) -> None:
    result = run("query", "SELECT ?m ?d WHERE { ?m kg:trainedOn ?d }", "-f", format)
    assert result.exit_code == 0
    assert result.stderr == "0 rows\nkg:trainedOn is not in the graph; did you mean fair4ml:trainedOn?\n"
    assert "0 rows" not in result.stdout
    some = run("query", "SELECT ?m ?none WHERE { ?m a fair4ml:MLModel } LIMIT 1", "-f", format)
    assert (some.exit_code, some.stderr) == (0, "")
    unbound = run(
        "query", "SELECT ?none WHERE { ?m a fair4ml:MLModel } LIMIT 1", "-f", format, "-o", "answer"
    )
    assert (unbound.exit_code, unbound.stderr) == (0, "")


@pytest.mark.parametrize("format", ["turtle", "ntriples", "rdfxml", "jsonld", "table"])
def test_no_triples_are_told_too(output: Path, format: str) -> None:
    result = run("query", "CONSTRUCT WHERE { ?m fair4ml:trainOn ?d }", "-f", format)
    assert result.exit_code == 0 and result.stderr.startswith("0 rows\nfair4ml:trainOn is not")
    assert run("query", "CONSTRUCT WHERE { ?m fair4ml:trainedOn ?d }", "-f", format).stderr == ""


def test_an_iri_given_for_a_parameter_that_is_not_in_the_graph_is_told(output: Path) -> None:
    result = run("query", "dependents", "-p", "dataset=<http://a.example/x>")
    assert "<http://a.example/x> is not in the graph\n" in result.stderr


def test_an_ending_that_tells_no_format_lists_those_that_do(output: Path) -> None:
    for name in ("answer.xlsx", "answer"):
        result = run("query", "ASK { }", "-o", name)
        assert result.exit_code == 1 and not Path(name).exists()
        assert "end it in one of .csv .tsv" in result.stderr and ".rdf" in result.stderr
    assert run("query", "ASK { }", "-o", "answer", "-f", "json").exit_code == 0
    assert json.loads(Path("answer").read_text())["boolean"] is True


def test_a_graph_is_written_as_rdf_xml(output: Path) -> None:
    assert run("query", "CONSTRUCT WHERE { model:betanet ?p ?o }", "-o", "a.rdf").exit_code == 0
    read = set(parse(path="a.rdf", format=RdfFormat.RDF_XML))
    assert run("query", "CONSTRUCT WHERE { model:betanet ?p ?o }", "-o", "a.nt").exit_code == 0
    assert read == set(parse(path="a.nt", format=RdfFormat.N_TRIPLES)) and read


def test_what_rdf_xml_cannot_hold_is_told(output: Path) -> None:
    result = run("query", "CONSTRUCT { ?m <urn:1> ?l } WHERE { ?m rdfs:label ?l }", "-f", "rdfxml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: RDF/XML cannot hold <urn:1> as a property or class: choose turtle\n"


def test_explain_is_written_to_the_file_and_in_no_other_format(output: Path) -> None:
    question = "SELECT ?m WHERE { ?m a fair4ml:MLModel }"
    result = run("query", question, "--explain", "-o", "plan.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 rows in" in Path("plan.txt").read_text()
    for options in (("-f", "json"), ("-o", "plan.json")):
        refused = run("query", question, "--explain", *options)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "--explain prints text" in refused.stderr
    assert not Path("plan.json").exists()


def test_the_examples_of_the_help_find_something_in_the_seeds(
    seeds_graph: KnowledgeGraph, in_folder: Path
) -> None:
    seeds_graph.save(in_folder / "output")
    asked = [
        shlex.split(example)
        for example in re.findall(r"^ +kg (query .*)$", query_command.__doc__ or "", re.M)
    ]
    local = [words for words in asked if "--list" not in words and "question.rq" not in words]
    assert len(local) >= 3
    for words in local:
        if "--endpoint" in words:
            words = words[: words.index("--endpoint")]
        result = run(*words)
        assert (result.exit_code, result.stderr) == (0, ""), words
        assert len(result.stdout.splitlines()) > 2, words


def test_a_misspelt_name_of_a_query_is_answered_with_the_nearest_and_any_other_with_all(output: Path) -> None:
    result = run("query", "datasets-by-modalty")
    assert result.exit_code == 1
    assert "is called 'datasets-by-modalty'; did you mean datasets-by-modality?" in result.stderr
    assert "ancestry" not in result.stderr
    other = run("query", "zzz").stderr
    assert "did you mean" not in other and "those that ship are ancestry, datasets-by-modality" in other
