"""A value means what a person would mean by it."""

from __future__ import annotations

import pytest

from kg.graph import BASE, KnowledgeGraph
from kg.query import QueryError
from kg.store import Store
from kg.things import resolve, with_values


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store.of(small_graph)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("Gamma", BASE + "dataset/gamma"),
        ("gamma", BASE + "dataset/gamma"),
        ("  GAMMA-cxr ", BASE + "dataset/gamma"),
        ("GCXR", BASE + "dataset/gamma"),
        ("dataset/gamma", BASE + "dataset/gamma"),
        ("dataset:gamma", BASE + "dataset/gamma"),
        (f"<{BASE}dataset/gamma>", BASE + "dataset/gamma"),
        (BASE + "dataset/gamma", BASE + "dataset/gamma"),
        ("https://example.org/anything", "https://example.org/anything"),
        ("kg:basedOn", "https://w3id.org/biomed-kg/ontology#basedOn"),
        ("Alpha network", BASE + "model/alphanet"),
        ("Alphanet: reading films", BASE + "paper/p1"),
    ],
)
def test_a_value_is_an_iri_a_key_or_a_name(store: Store, value: str, meant: str) -> None:
    assert resolve(value, "thing", store).value == meant


def test_a_key_may_hold_what_an_iri_cannot() -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("dataset/a b", kind="dataset", label="other")
    assert resolve("dataset/a b", "x", Store.of(graph)).value == BASE + "dataset/a%20b"


def test_labels_go_before_aliases(small_graph: KnowledgeGraph) -> None:
    small_graph.nx.add_node("dataset/an", kind="dataset", label="AN")
    assert resolve("AN", "thing", Store.of(small_graph)).value == BASE + "dataset/an"
    assert resolve("an", "thing", Store.of(small_graph)).value == BASE + "dataset/an"


def test_of_two_things_with_one_name_the_parameter_may_tell_which(small_graph: KnowledgeGraph) -> None:
    small_graph.nx.add_node("model/gamma", kind="model", label="Gamma")
    store = Store.of(small_graph)
    assert resolve("Gamma", "dataset", store).value == BASE + "dataset/gamma"
    assert resolve("gamma", "model", store).value == BASE + "model/gamma"
    with pytest.raises(QueryError, match=r"2 things are called 'Gamma'.*dataset/gamma, .*model/g"):
        resolve("Gamma", "thing", store)


def test_a_name_that_nothing_has_brings_near_ones(store: Store) -> None:
    with pytest.raises(LookupError, match=r"no thing is called 'Gama'; did you mean .*dataset/gamma"):
        resolve("Gama", "thing", store)
    with pytest.raises(LookupError, match=r"no model is called 'dataset:gama'"):
        resolve("dataset:gama", "model", store)


def test_a_result_has_no_name(store: Store) -> None:
    with pytest.raises(LookupError):
        resolve("AUROC 0.91", "thing", store)


def test_labels_of_others_in_some_language_are_names_too() -> None:
    from pyoxigraph import Literal, NamedNode, Quad

    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    thing = NamedNode("https://example.org/röntgen")
    store = Store([Quad(thing, label, Literal("Röntgenbild", language="de"))])
    assert resolve("röntgenbild", "thing", store) == thing


def test_an_empty_value_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="dataset= has no value"):
        resolve(" ", "dataset", store)


@pytest.mark.parametrize("value", ["dataset:gamma", "Gamma", "dataset/gamma", f"<{BASE}dataset/gamma>"])
def test_a_thing_of_another_kind_than_the_parameter_asks_for_is_told(store: Store, value: str) -> None:
    sparql = "# Q?\n# param model (thing): the model\nSELECT * WHERE { ?model ?p ?o }"
    with pytest.raises(QueryError, match="dataset:gamma is a dataset, and a model is expected"):
        with_values(sparql, [f"model={value}"], store)
    assert "gamma" in with_values("SELECT * WHERE { ?model ?p ?o }", [f"model={value}"], store)


PROPERTY = "# Q?\n# param said (property): what is said\nSELECT * WHERE { ?s ?said ?o }"


@pytest.mark.parametrize(
    "value",
    [
        "trainedOn",
        "fair4ml:trainedOn",
        "<https://w3id.org/fair4ml#trainedOn>",
        "https://w3id.org/fair4ml#trainedOn",
    ],
)
def test_a_property_is_given_by_local_prefixed_or_whole_name(store: Store, value: str) -> None:
    assert "VALUES ?said { <https://w3id.org/fair4ml#trainedOn> }" in with_values(
        PROPERTY, [f"said={value}"], store
    )


@pytest.mark.parametrize("value", ["trainOn", "fair4ml:trainOn", "kg:trainedOn", "TrainedOn"])
def test_a_property_that_is_none_brings_near_ones(store: Store, value: str) -> None:
    with pytest.raises(LookupError, match=r"did you mean fair4ml:trainedOn\?"):
        with_values(PROPERTY, [f"said={value}"], store)


def test_a_property_that_is_near_none_brings_them_all(store: Store) -> None:
    with pytest.raises(LookupError, match=r"there are .*kg:basedOn.*prov:wasDerivedFrom"):
        with_values(PROPERTY, ["said=zzzz"], store)
