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
