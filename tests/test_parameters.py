"""Values get into a query as values, wherever its braces stand and whatever the values hold."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph import KnowledgeGraph
from kg.parameters import Parameter, bind, declared, number, question
from kg.query import QueryError, named_queries
from kg.store import Store
from kg.things import with_values

GAMMA = ox.NamedNode("https://w3id.org/biomed-kg/id/dataset/gamma")
DELTA = ox.NamedNode("https://w3id.org/biomed-kg/id/dataset/delta")
HEADER = """# Which models were
# trained on it?
# param dataset (thing): the dataset, by name or IRI
# param since (number): first year
"""
EVIL = [
    'a" } UNION { ?s ?p ?o } #',
    "a' } INSERT DATA { } #",
    "a\\",
    'a\\" }',
    "a\n} ?x ?y ?z {",
    '"""',
    "{ }}} {{{",
    "?dataset",
    "\u202e\x00\x1b[2J",
]


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


def test_the_comment_at_the_top_is_the_question_and_the_parameters() -> None:
    sparql = HEADER + "SELECT * WHERE { ?model fair4ml:trainedOn ?dataset }"
    assert question(sparql) == "Which models were trained on it?"
    assert declared(sparql) == (
        Parameter("dataset", "thing", "the dataset, by name or IRI"),
        Parameter("since", "number", "first year"),
    )
    assert (question("SELECT * { }"), declared("SELECT * { } # param x (thing): no")) == ("", ())


@pytest.mark.parametrize("line", ["# param dataset: x", "# param x (text): y", "# param (thing): x"])
def test_a_declaration_that_is_none_is_told(line: str) -> None:
    with pytest.raises(QueryError, match=r"declared as '# param dataset \(thing\): the dataset'"):
        declared(f"# A question.\n{line}\nASK {{ }}")


def test_every_query_that_ships_uses_its_parameters() -> None:
    for query in named_queries().values():
        assert query.question and "param" not in query.question.split()
        for parameter in query.parameters:
            assert f"?{parameter.name}" in query.sparql.replace("# param", ""), query.name
            assert parameter.about


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?m WHERE { ?m fair4ml:trainedOn ?dataset }",
        "SELECT ?m { ?m fair4ml:trainedOn ?dataset }",
        "select ?m where{?m fair4ml:trainedOn ?dataset}",
        "# { WHERE {\nSELECT ?m WHERE { ?m fair4ml:trainedOn ?dataset }",
        "PREFIX x: <http://a/#(> SELECT ?m WHERE { ?m fair4ml:trainedOn ?dataset }",
        "SELECT ?m (IF(EXISTS { ?m a ?c }, '{', \"{\") AS ?e) WHERE { ?m fair4ml:trainedOn ?dataset }",
        "SELECT ?m FROM <https://w3id.org/biomed-kg/id/paper/p1> { ?m fair4ml:trainedOn ?dataset }",
        "SELECT ?m WHERE { SELECT DISTINCT ?m ?dataset WHERE { ?m fair4ml:trainedOn ?dataset } LIMIT 9 }",
        "SELECT ?m WHERE { { SELECT ?m ?dataset WHERE { ?m fair4ml:trainedOn ?dataset } } }",
        "SELECT ?m WHERE { { ?m fair4ml:trainedOn ?dataset } UNION { ?m kg:none ?dataset } } # }",
    ],
)
def test_a_value_is_put_into_the_outermost_where(store: Store, sparql: str) -> None:
    model = [("https://w3id.org/biomed-kg/id/model/alphanet",)]
    answers = store.query(bind(sparql, {"dataset": [GAMMA]})).strings()
    assert {row[:1] for row in answers} == set(model)
    assert store.query(bind(sparql, {"dataset": [DELTA]})).rows == ()
    assert {row[:1] for row in store.query(bind(sparql, {"dataset": [DELTA, GAMMA]})).strings()} == set(model)


@pytest.mark.parametrize(
    "sparql",
    [
        "CONSTRUCT { ?m ?p ?dataset } WHERE { ?m fair4ml:trainedOn ?dataset ; ?p ?dataset }",
        "CONSTRUCT WHERE { ?m fair4ml:trainedOn ?dataset }",
        "CONSTRUCT WHERE { ?m fair4ml:trainedOn ?dataset } # the end",
        "DESCRIBE ?m WHERE { ?m fair4ml:trainedOn ?dataset }",
        "ASK { ?m fair4ml:trainedOn ?dataset }",
    ],
)
def test_all_forms_of_query_take_values(store: Store, sparql: str) -> None:
    some, none = (store.query(bind(sparql, {"dataset": [value]})) for value in (GAMMA, DELTA))
    assert some.rows or some.boolean
    assert not none.rows and not none.boolean


def test_a_query_without_a_where_takes_none() -> None:
    with pytest.raises(QueryError, match="no WHERE"):
        bind("DESCRIBE <http://a/>", {"x": [GAMMA]})


def test_a_number_filters(store: Store) -> None:
    sparql = (
        "# Sure?\n# param least (number): confidence\n"
        "SELECT ?c WHERE { ?c a kg:Claim ; kg:confidence ?sure FILTER(!BOUND(?least) || ?sure >= ?least) }"
    )
    every = len(store.query(sparql).rows)
    some = len(store.query(with_values(sparql, ["least=0.9"], store)).rows)
    assert 0 < some < every
    with pytest.raises(QueryError, match="a number is expected"):
        with_values(sparql, ["least=many"], store)


def test_numbers_are_written_as_people_write_them() -> None:
    kinds = {text: number(text) for text in ("3", "-2", "0.5", "1e3", "", "1.", "x1", "1 2", "٣")}
    assert [text for text, literal in kinds.items() if literal] == ["3", "-2", "0.5", "1e3"]
    assert {text: value.datatype.value.rpartition("#")[2] for text, value in kinds.items() if value} == {
        "3": "integer",
        "-2": "integer",
        "0.5": "decimal",
        "1e3": "double",
    }


@pytest.mark.parametrize("text", EVIL)
def test_no_name_gets_out_of_its_value(small_graph: KnowledgeGraph, text: str) -> None:
    small_graph.nx.add_node("dataset/evil", kind="dataset", label=text)
    store = Store.of(small_graph)
    sparql = "SELECT ?dataset ?label WHERE { ?dataset rdfs:label ?label }"
    literal = bind(sparql, {"label": [ox.Literal(text)]})
    assert store.query(literal).strings() == [("https://w3id.org/biomed-kg/id/dataset/evil", text)]
    named = with_values(sparql, [f"dataset={text}"], store)
    assert store.query(named).strings() == [("https://w3id.org/biomed-kg/id/dataset/evil", text)]


@pytest.mark.parametrize("text", ["<http://a/> } #>", "http://a/>}{", "<a b>", "<>"])
def test_what_looks_like_an_iri_and_is_none_is_refused(store: Store, text: str) -> None:
    with pytest.raises((QueryError, LookupError), match=r"is none|is called"):
        with_values("SELECT ?x WHERE { ?x ?p ?o }", [f"x={text}"], store)


def test_an_unknown_parameter_is_told_those_there_are(store: Store) -> None:
    with pytest.raises(QueryError, match="no parameter 'datset'; it has dataset, since"):
        with_values(HEADER + "SELECT * { ?m ?p ?dataset }", ["datset=Gamma"], store)
    with pytest.raises(QueryError, match="no parameter 'y'; it has x, p"):
        with_values("SELECT * { ?x ?p '?y' }", ["y=Gamma"], store)
    with pytest.raises(QueryError, match="write name=value"):
        with_values("SELECT * { ?x ?p ?o }", ["x"], store)
