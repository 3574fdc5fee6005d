"""Validation: what is built is valid, and each kind of fault is found, named and explained."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
import rdflib
from planted_faults import FAULTS, GOOD, HEAD, Fault
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from rdflib.namespace import SH

from kg.export import export
from kg.graph import BASE, KnowledgeGraph
from kg.rdf import prefixes
from kg.rdf.validation import Report, Violation, validate
from kg.resources import ontology


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with every fault, each on nodes of its own."""
    file = tmp_path_factory.mktemp("planted") / "graph.ttl"
    file.write_text(HEAD + GOOD + "\n".join(fault.turtle for fault in FAULTS))
    return file


@pytest.fixture(scope="module")
def report(planted: Path) -> Report:
    return validate(planted)


def full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return prefixes(BASE)[prefix] + local


def places(results: tuple[Violation, ...] | list[Violation]) -> Counter[tuple[str, str]]:
    return Counter((r.node.value, r.path.value if r.path else "") for r in results)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_found_where_it_is_and_nothing_else_beside_it(
    fault: Fault, report: Report
) -> None:
    expected = Counter((full(node), full(path) if path else "") for node, path in fault.found)
    nodes = {node for node, _ in expected}
    found = [result for result in report.results if result.node.value in nodes]
    assert places(found) == expected, [(str(r.node), str(r.path), r.message) for r in found]
    told = [r for r in found if r.message.startswith(fault.message)]
    assert told
    assert {r.severity for r in told} == {fault.severity}


def test_no_fault_is_seen_where_none_was_planted(report: Report) -> None:
    planted = {full(node) for fault in FAULTS for node, _ in fault.found}
    assert {result.node.value for result in report.results} - planted == set()


def test_every_message_of_the_shapes_was_provoked(report: Report) -> None:
    shapes = rdflib.Graph().parse(ontology("shapes.ttl"))
    messages = {str(message) for message in shapes.objects(None, SH.message)}
    assert len(messages) > 60
    assert messages - {result.message for result in report.results} == set()


def test_pyshacl_alone_finds_the_same(planted: Path, report: Report) -> None:
    shapes = rdflib.Graph().parse(ontology("shapes.ttl"))
    _, found, _ = pyshacl.validate(rdflib.Graph().parse(planted), shacl_graph=shapes)
    theirs = {
        tuple(
            str(found.value(result, part) or "")
            for part in (SH.focusNode, SH.resultPath, SH.resultMessage, SH.resultSeverity)
        )
        for result in found.objects(None, SH.result)
    }
    ours = {
        (r.node.value, r.path.value if r.path else "", r.message, str(SH[r.severity])) for r in report.results
    }
    assert ours == theirs


def test_a_small_graph_is_valid_in_every_format(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert validate(small_graph).results == ()
    for format, name in (
        ("turtle", "g.ttl"),
        ("nquads", "g.nq"),
        ("ntriples", "g.nt"),
        ("jsonld", "g.jsonld"),
    ):
        export(small_graph, format, tmp_path / name)
        outcome = validate(tmp_path / name)
        assert outcome.valid
        assert outcome.nodes > 40
    small_graph.save(tmp_path / "output")
    assert validate(tmp_path / "output").valid


def test_nodes_without_a_name_are_checked_too(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(
        HEAD + "_:someone a fair4ml:MLModel ; fair4ml:trainedOn _:something . _:something a schema:Dataset ."
    )
    results = validate(file).violations
    assert all(isinstance(result.node, BlankNode) for result in results)
    values = {r.value for r in results if r.path and r.path.value == full("fair4ml:trainedOn")}
    assert values
    assert all(isinstance(value, BlankNode) for value in values)


def test_many_nodes_are_checked_in_pieces_with_the_same_outcome(
    planted: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.rdf.validation._TOGETHER", 7)
    assert validate(planted) == report


def test_progress_is_told_by_stage(planted: Path) -> None:
    told: list[tuple[str, int]] = []
    validate(planted, lambda stage, done: told.append((stage, done)))
    assert [done for stage, done in told if stage == "checking: nodes"][-1] > 100
    assert "checking: constraints" in {stage for stage, _ in told}


def test_a_report_as_text_tells_severity_node_path_value_and_what_to_do(report: Report) -> None:
    text = report.to_text()
    assert (
        "  kg:baseOn  model:good\n    The ontology has no property of this name: correct the spelling, or use"
    ) in text
    assert re.search(
        r"^violation: model:bi  kg:basedOn  model:bi\n(violation: .*\n)*    Nothing is based on",
        text,
        re.MULTILINE,
    )
    assert re.search(r"^warning: result:v\d+  schema:value  ", text, re.MULTILINE)
    warnings = sum(result.severity == "Warning" for result in report.results)
    last = text.splitlines()[-1]
    assert last.startswith(f"{len(report.violations)} violations, {warnings} warnings; checked ")


def test_a_long_value_is_cut_in_the_text_and_whole_in_the_data() -> None:
    long = Literal("z" * 500)
    report = Report((Violation(NamedNode("urn:x"), None, long, "Do.", "Violation", "C"),), 1, 1, 1)
    assert max(map(len, report.to_text().splitlines())) < 120
    assert "z" * 500 in json.dumps(report.to_json())
    assert "z" * 500 in report.to_turtle()


def test_a_report_as_turtle_is_a_shacl_report(report: Report) -> None:
    triples = list(parse(report.to_turtle(), format=RdfFormat.TURTLE))
    results = [t for t in triples if t.predicate.value == str(SH.result)]
    assert len(results) == len(report.results)
    conforms = [t.object for t in triples if t.predicate.value == str(SH.conforms)]
    assert [value.value for value in conforms] == ["false"]
    for part in (SH.focusNode, SH.resultMessage, SH.resultSeverity, SH.sourceConstraintComponent):
        assert sum(t.predicate.value == str(part) for t in triples) == len(results)


def test_a_graph_with_warnings_alone_is_valid(tmp_path: Path) -> None:
    warned = [fault for fault in FAULTS if fault.severity == "Warning"]
    file = tmp_path / "graph.ttl"
    file.write_text(HEAD + GOOD + "".join(fault.turtle for fault in warned))
    outcome = validate(file)
    assert outcome.valid
    assert len(outcome.results) == len(warned)
    assert outcome.to_text().splitlines()[-1].startswith(f"valid, {len(warned)} warnings; ")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("graph.ttl", "this is no Turtle", "not valid Turtle"),
        ("graph.nq", "<urn:a> <urn:b> .", "not valid N-Quads"),
        ("graph.csv", "a,b", "unknown extension"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ValueError, match=complaint) as caught:
        validate(tmp_path / name)
    assert name in str(caught.value)


def test_without_pyshacl_it_says_what_to_install(
    small_graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(ValueError, match=r"pip install 'biomed-kg\[validate\]'"):
        validate(small_graph)


def _alike(number: int, message: str) -> list[Violation]:
    path = NamedNode("urn:p")
    return [Violation(NamedNode(f"urn:{n}"), path, None, message, "Violation", "C") for n in range(number)]


def test_violations_of_a_kind_are_told_together_the_first_of_them_and_a_count() -> None:
    report = Report((*_alike(7, "Do this."), *_alike(2, "Do that.")), 9, 9, 9)
    lines = report.to_text(most=5).splitlines()
    assert lines[:7] == [
        *(f"violation: <urn:{n}>  <urn:p>" for n in range(5)),
        "… 7 in all",
        "    Do this.",
    ]
    assert lines[7:10] == [*(f"violation: <urn:{n}>  <urn:p>" for n in range(2)), "    Do that."]
    assert lines[10].startswith("9 violations; ")
    assert report.to_text().count("violation: ") == 9


def test_a_file_with_nothing_of_the_ontology_in_it_is_not_valid(tmp_path: Path) -> None:
    file = tmp_path / "other.ttl"
    for content in ("", "<urn:a> a <urn:Cat> ; <urn:name> 'Tom' ."):
        file.write_text(content)
        report = validate(file)
        assert not report.valid and report.results == ()
        assert "is this the right file?" in report.to_text()
        assert report.to_json()["valid"] is False


def test_a_build_of_no_papers_is_valid() -> None:
    assert validate(KnowledgeGraph()).valid


def test_a_namespace_that_is_nearly_ours_is_told_first(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    other = HEAD.replace("<http://schema.org/>", "<https://schema.org/>")
    file.write_text(other + 'dataset:a a schema:Dataset ; schema:name "A" ; <urn:own> 1 .')
    report = validate(file)
    assert report.misspelt == (("https://schema.org/", "http://schema.org/", 2),)
    assert report.to_text().startswith(
        "2 statements with https://schema.org/: this graph's namespace is http:"
    )
    assert not report.valid
