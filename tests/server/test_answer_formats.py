"""Answers hold whatever a graph may hold, in every format."""

from __future__ import annotations

import asyncio
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.query import QueryError, QueryRefused
from kg.server import Settings
from kg.server.faults import NotAcceptable
from kg.server.reply import Reply
from kg.server.workers import Workers

NASTY = "a\\r\\nb\\u0001\\u000B\\uFFFE\\uFFFF </literal><script xmlns='http://www.w3.org/1999/xhtml'/>&amp; é"
"""As a SPARQL string: a line end, what XML forbids, and markup."""


@pytest.fixture(scope="module")
def ask(folder: Path):
    """Asks a pool of one worker for an answer in one media type."""
    with asyncio.Runner() as runner:
        pool = Workers(folder, Settings(workers=1))
        runner.run(pool.start())

        def answer(sparql: str, accept: str = "", **more: object) -> Reply:
            return runner.run(pool.query(sparql, accept=(accept,), **more))

        yield answer
        runner.run(pool.close())


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "application/xml", "text/xml"])
def test_results_in_xml_are_well_formed_whatever_they_hold(ask, accept: str) -> None:
    tree = ElementTree.fromstring(ask(f'SELECT ("{NASTY}" AS ?x) {{}}', accept).body)
    assert [literal.text for literal in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [
        "a\r\nb\ufffd\ufffd\ufffd\ufffd </literal><script xmlns='http://www.w3.org/1999/xhtml'/>&amp; é"
    ]


def test_rdf_in_xml_is_well_formed_whatever_it_holds(ask) -> None:
    body = ask(f'CONSTRUCT {{ <a:a> <a:b> "{NASTY}" }} WHERE {{}}', "application/rdf+xml").body
    assert ElementTree.fromstring(body)[0][0].text.startswith("a\r\nb\ufffd\ufffd\ufffd\ufffd </literal>")


@pytest.mark.parametrize("triple", ["<a:a> <http://a/12> 1", "<a:a> a <http://a/~>"])
def test_what_rdf_in_xml_cannot_say_is_an_error_and_not_broken_xml(ask, triple: str) -> None:
    query = f"CONSTRUCT {{ {triple} }} WHERE {{}}"
    with pytest.raises(NotAcceptable, match="Turtle"):
        ask(query, "application/rdf+xml")
    assert len(list(ox.parse(ask(query, "text/turtle").body, format=ox.RdfFormat.TURTLE))) == 1


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/trig", "application/n-triples", "application/ld+json"]
)
def test_rdf_holds_any_text_as_it_is(ask, accept: str) -> None:
    query = 'CONSTRUCT { <a:a> <a:b> "\\u0001\\r\\n\\"\\\\ @prefix x: <y:> ." } WHERE {}'
    format = ox.RdfFormat.from_media_type(accept)
    (quad,) = ox.parse(ask(query, accept).body, format=format)
    assert isinstance(quad.object, ox.Literal)
    assert quad.object.value == '\x01\r\n"\\ @prefix x: <y:> .'


def test_the_same_question_gets_the_same_bytes(ask) -> None:
    query = "CONSTRUCT WHERE { ?s rdfs:label ?o }"
    first, second = ask(query, "text/turtle"), ask(query, "text/turtle")
    assert first.body == second.body
    assert first.digest == second.digest
    assert first.body.startswith(b"@prefix dataset:")


def test_a_long_answer_is_whole(ask) -> None:
    numbers = " ".join(map(str, range(300)))
    reply = ask(f"SELECT ?a ?b {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}", "text/csv")
    assert len(reply.body) == reply.size > 2**19
    assert reply.body.count(b"\r\n") == 300 * 300 + 1


def test_faults_keep_their_kind_on_the_way(ask) -> None:
    with pytest.raises(QueryRefused):
        ask("SELECT * { SERVICE <http://127.0.0.1/> {} }")
    with pytest.raises(QueryError, match="line 1"):
        ask("SELECT * {")
    with pytest.raises(QueryError, match="graph"):
        ask("ASK {}", default_graphs=["not an iri"])
    assert ask("ASK {}").body


def test_turtle_declares_the_prefixes_that_it_uses_and_no_others(ask) -> None:
    few = ask('CONSTRUCT { model:one rdfs:label "dataset:one", "<a> task:x" } WHERE {}', "text/turtle").body
    assert [line.split()[1] for line in few.splitlines() if line.startswith(b"@prefix")] == [
        b"model:",
        b"rdfs:",
    ]
    assert ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(false) }", "text/turtle").body == b""


def test_a_prefix_first_used_late_in_a_long_answer_is_declared_there(ask) -> None:
    long = "x" * 300_000
    # Ordered, so that the one with the prefix comes after what is held back for the top.
    query = f"""CONSTRUCT {{ ?s rdfs:comment ?o }} WHERE {{
      {{ SELECT * {{ VALUES (?s ?o) {{ (<http://a/> "{long}") (model:z "z") }} }} ORDER BY ?s }} }}"""
    body = ask(query, "text/turtle").body
    assert body.startswith(b"@prefix rdfs:")
    assert body.index(b"@prefix model:") > len(long)
    assert {str(quad.subject) for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)} == {
        "<http://a/>",
        "<https://w3id.org/biomed-kg/id/model/z>",
    }
