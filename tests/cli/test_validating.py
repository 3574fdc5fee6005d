"""The command that checks a graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import run
from pyoxigraph import RdfFormat, parse

FAULTY = """@prefix fair4ml: <https://w3id.org/fair4ml#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix paper: <https://w3id.org/biomed-kg/id/paper/> .
@prefix model: <https://w3id.org/biomed-kg/id/model/> .
"""
UNLABELLED = "model:a a fair4ml:MLModel ."
WARNED = 'paper:a a schema:ScholarlyArticle ; rdfs:label "A" ; schema:identifier "isbn:1" .'


@pytest.fixture
def faulty(in_folder: Path) -> Path:
    Path("graph.ttl").write_text(FAULTY + UNLABELLED)
    return in_folder / "graph.ttl"


def test_a_build_is_valid(output: Path) -> None:
    result = run("validate")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("valid; checked ")


def test_a_fault_is_printed_with_node_property_and_what_to_do_and_exits_1(faulty: Path) -> None:
    result = run("validate", "graph.ttl")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "violation: model:a  rdfs:label\n"
        "    Give the node one rdfs:label, a plain string without a language tag.\n"
        "1 violation; checked 1 node, 1 statement\n"
    )


def test_a_report_is_printed_as_json_and_as_turtle(faulty: Path) -> None:
    result = run("validate", "graph.ttl", "--format", "json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["valid"] is False
    assert [(r["node"], r["severity"]) for r in answer["results"]] == [
        ("<https://w3id.org/biomed-kg/id/model/a>", "Violation")
    ]
    result = run("validate", "graph.ttl", "-f", "turtle")
    assert result.exit_code == 1
    assert len(list(parse(result.stdout, format=RdfFormat.TURTLE))) > 5


def test_warnings_do_not_make_a_graph_invalid(in_folder: Path) -> None:
    Path("graph.ttl").write_text(FAULTY + WARNED)
    result = run("validate", "graph.ttl")
    assert result.exit_code == 0
    assert result.stdout.startswith('warning: paper:a  schema:identifier  "isbn:1"\n')
    assert result.stdout.splitlines()[-1].startswith("valid, 1 warning; ")


def test_text_of_a_file_cannot_command_the_terminal(in_folder: Path) -> None:
    Path("graph.ttl").write_text(FAULTY + WARNED.replace("isbn:1", r"\u001B[2J\u202Ex"))
    result = run("validate", "graph.ttl")
    assert "schema:identifier" in result.stdout
    assert not set(result.stdout) & {"\x1b", "\u202e"}


def test_without_a_graph_it_says_how_to_make_one(in_folder: Path) -> None:
    result = run("validate")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == 'error: no graph in output: run "kg build INPUT... -o output" first\n'


def test_a_broken_file_is_named_with_line_and_reason(in_folder: Path) -> None:
    Path("graph.ttl").write_text(FAULTY + "model:a a .")
    result = run("validate", "graph.ttl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: graph.ttl: not valid Turtle: ")


def test_a_file_that_is_not_there_is_told_as_a_file(in_folder: Path) -> None:
    result = run("validate", "none.ttl")
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        "error: none.ttl: there is no such file\n",
    )


def test_of_many_violations_of_a_kind_the_first_are_printed_or_all(in_folder: Path) -> None:
    Path("graph.ttl").write_text(FAULTY + "".join(f"model:a{n} a fair4ml:MLModel .\n" for n in range(9)))
    result = run("validate", "graph.ttl")
    assert (result.exit_code, result.stdout.count("violation: ")) == (1, 5)
    assert "… 9 in all\n" in result.stdout
    assert run("validate", "graph.ttl", "--all").stdout.count("violation: ") == 9


def test_a_file_about_other_things_is_not_valid(in_folder: Path) -> None:
    Path("graph.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    result = run("validate", "graph.ttl")
    assert result.exit_code == 1
    assert "nothing here is a paper, model" in result.stdout
