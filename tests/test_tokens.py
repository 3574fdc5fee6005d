"""A query is taken apart without mistaking strings, IRIs and comments for what they hold."""

from __future__ import annotations

import pytest

from kg.tokens import closing, declared_prefixes, iri_of, tokens, variables


def texts(sparql: str) -> list[str]:
    return [token.text for token in tokens(sparql)]


@pytest.mark.parametrize(
    ("sparql", "expected"),
    [
        ("?a<3", ["?a", "<", "3"]),
        ("?a a <http://a/#x>.", ["?a", "a", "<http://a/#x>", "."]),
        ("a:b.c.", ["a:b.c", "."]),
        ("a:b\\,c a:%20 _:x :y", ["a:b\\,c", "a:%20", "_:x", ":y"]),
        ("'it''s' \"a\\\"}\" # {", ["'it'", "'s'", '"a\\"}"']),
        ('"""a"}\n"b"""@en-GB', ['"""a"}\n"b"""', "@en-GB"]),
        ("kg:dependsOn+/^rdfs:label?", ["kg:dependsOn", "+", "/", "^", "rdfs:label", "?"]),
    ],
)
def test_tokens_are_whole(sparql: str, expected: list[str]) -> None:
    assert texts(sparql) == expected


def test_every_token_lies_where_it_says() -> None:
    sparql = "SELECT ?x # {\nWHERE { ?x <http://a/b> 'c}' }"
    assert all(sparql[token.start : token.end] == token.text for token in tokens(sparql))


def test_a_bracket_is_closed_by_its_own() -> None:
    found = tokens("{ ( '}' [ { } ] ) } }")
    assert found[closing(found, 0)].start == 18
    assert closing(tokens("{ {"), 0) == 2


def test_variables_are_those_outside_strings_each_once() -> None:
    assert variables(tokens("SELECT ?b $a { ?b ?p '?no' } # ?never")) == ["b", "a", "p"]


def test_names_stand_for_iris() -> None:
    found = tokens("BASE <http://base/x/> PREFIX a: <y#> SELECT * { a:b <z> kg:c no:d ?v }")
    assert declared_prefixes(found) == {"a": "http://base/x/y#"}
    shown = {token.text: iri_of(token, found, {"kg": "http://kg/", "a": "http://other/"}) for token in found}
    assert shown["a:b"] == "http://base/x/y#b"  # what the query declares wins
    assert (shown["<z>"], shown["kg:c"]) == ("http://base/x/z", "http://kg/c")
    assert shown["no:d"] is shown["?v"] is None
