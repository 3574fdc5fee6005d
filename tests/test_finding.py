"""Names that people type find the node that was meant."""

import pytest

from kg.finding import find, suggest
from kg.graph import KnowledgeGraph


@pytest.mark.parametrize(
    "name",
    [
        "Gamma",
        "gamma",
        "GCXR",
        "gamma-cxr",
        "Gamma CXR",
        "dataset/gamma",
        "https://w3id.org/biomed-kg/id/dataset/gamma",
        " <https://w3id.org/biomed-kg/id/dataset/gamma> ",
        "dataset:gamma",
    ],
)
def test_a_name_is_found_by_label_alias_key_and_iri(small_graph, name):
    assert find(small_graph, name) == ["dataset/gamma"]


def test_plus_counts_in_a_name():
    graph = KnowledgeGraph()
    graph.nx.add_node("model/u-net", kind="model", label="U-Net")
    graph.nx.add_node("model/u-net-plusplus", kind="model", label="U-Net++")
    assert find(graph, "unet") == ["model/u-net"]


def test_kinds_narrow_what_is_found(small_graph):
    assert find(small_graph, "Betanet", ["model"]) == ["model/betanet"]
    assert find(small_graph, "Betanet", ["dataset"]) == find(small_graph, "model/betanet", ["dataset"]) == []


def test_what_is_near_is_suggested_and_nothing_else(small_graph):
    assert suggest(small_graph, "Alfanet", ["model"])[0] == "model/alphanet"
    assert suggest(small_graph, "zzzzqqq") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Alphnaet", "model/alphanet"),
        ("alfa-net", "model/alphanet"),
        ("CXR Gamma", "dataset/gamma"),
        ("Epsillon", "dataset/epsilon"),
    ],
)
def test_slips_of_the_keyboard_and_turned_words_are_near(small_graph, typed, meant):
    assert suggest(small_graph, typed)[0] == meant


def test_a_key_that_an_iri_has_to_escape_is_found_by_its_iri():
    graph = KnowledgeGraph()
    graph.nx.add_node("model/é (v2)", kind="model", label="É")
    assert find(graph, "https://w3id.org/biomed-kg/id/model/%C3%A9%20%28v2%29") == ["model/é (v2)"]


def test_letters_that_fold_into_several_are_alike():
    graph = KnowledgeGraph()
    graph.nx.add_node("dataset/s", kind="dataset", label="ẞtraße-5")
    assert find(graph, "SSTRASSE5") == find(graph, "ßtrasse-5") == ["dataset/s"]
    assert find(graph, "strasse 5") == []


def test_a_name_of_any_length_or_letters_is_answered(small_graph):
    for name in ("x" * 5000, "\x00", "(a+)+$" * 20, "模型", "\ud800"):
        assert find(small_graph, name) == []
        suggest(small_graph, name)


def test_what_is_alike_in_a_few_letters_only_is_not_suggested():
    graph = KnowledgeGraph()
    graph.nx.add_node("modality/t", kind="modality", label="transcriptome")
    graph.nx.add_node("model/t", kind="model", label="Transformer")
    assert suggest(graph, "Transfomer") == ["model/t"]
