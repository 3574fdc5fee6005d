"""Attributes of edges take little room and are dicts like any other."""

from __future__ import annotations

import copy
import pickle
import tracemalloc

import networkx as nx
import pytest

from kg.attributes import Parallel, edge_attributes, edge_key
from kg.graph import KnowledgeGraph

STATED = {
    "predicate": "uses",
    "paper": "paper/p",
    "exact": "A sentence.",
    "start": 3,
    "end": 9,
    "method": "rule",
}


def test_attributes_are_a_plain_dict_of_the_same_items_in_the_same_order() -> None:
    held = edge_attributes(STATED)
    assert type(held) is dict
    assert list(held.items()) == list(STATED.items())
    assert pickle.loads(pickle.dumps(held)) == copy.deepcopy(held) == STATED
    held["unheard of"] = 1
    del held["start"]
    assert "start" not in held
    assert edge_attributes(STATED) == STATED, "those of another edge stay as they are"


def test_numbers_keep_their_type() -> None:
    for value in (1, 1.0, True, 0, 0.0, False):
        assert type(edge_attributes({"confidence": value})["confidence"]) is type(value)


def test_many_take_less_room_than_dicts_with_keys_of_their_own() -> None:
    def room(make: object) -> int:
        tracemalloc.start()
        made = [make({**STATED, "confidence": 0.5}) for _ in range(2000)]  # type: ignore[operator]
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(made) == 2000
        return taken

    assert room(edge_attributes) < 0.7 * room(lambda stated: dict(stated.items()))


def test_the_edges_of_a_paper_share_their_keys() -> None:
    assert edge_key("uses", "paper/p") is edge_key("uses", "paper/p")
    assert (edge_key("uses", "paper/p"), edge_key("broader", None)) == ("uses|paper/p", "broader|")


def test_parallel_edges_are_a_mapping_like_any_other() -> None:
    edges = Parallel()
    assert (len(edges), list(edges), dict(edges)) == (0, [], {})
    edges["b"] = {"n": 1}
    assert (edges["b"], len(edges)) == ({"n": 1}, 1)
    assert ("b" in edges, "a" in edges, None in edges) == (True, False, False)
    assert edges.get("a") is None
    edges["b"] = {"n": 2}
    edges["a"] = {"n": 3}
    assert list(edges.items()) == [("b", {"n": 2}), ("a", {"n": 3})]
    assert edges == {"b": {"n": 2}, "a": {"n": 3}} == edges
    assert copy.deepcopy(edges) == edges == pickle.loads(pickle.dumps(edges))
    assert edges.popitem() == ("a", {"n": 3})
    del edges["b"]
    assert not edges
    for missing in (lambda: edges["b"], lambda: edges.pop("b"), edges.popitem):
        with pytest.raises(KeyError):
            missing()
    edges["c"] = {}
    assert (dict(edges), edges["c"]) == ({"c": {}}, {})
    edges["d"] = {}
    assert list(edges) == ["c", "d"]


def test_networkx_takes_them_as_its_own() -> None:
    graph = KnowledgeGraph()
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for each in (graph.nx, plain):
        each.add_edge("a", "b", "k", n=1)
        each.add_edge("a", "b", "l", n=2)
        each.add_edge("b", "c", n=3)
        each.add_edge("b", "c", n=4)
        each.add_edge("c", "a", "k")
        each.add_edge("c", "a", "k", n=5)
        each.remove_edge("a", "b", "l")
        each.remove_edge("b", "c")
    assert list(graph.nx.edges(keys=True, data=True)) == list(plain.edges(keys=True, data=True))
    assert nx.utils.graphs_equal(graph.nx, plain)
    assert nx.utils.graphs_equal(graph.nx.reverse(), plain.reverse())
    assert nx.utils.graphs_equal(pickle.loads(pickle.dumps(graph.nx)), plain)
    assert nx.utils.graphs_equal(graph.nx.copy(), plain)
    assert nx.shortest_path_length(graph.nx, "a", "c", weight="n") == 4
    graph.nx.remove_node("a")
    assert graph.nx.number_of_edges() == 1
