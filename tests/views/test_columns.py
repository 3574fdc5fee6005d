"""Columns and rows of a layered drawing: what they are counted by, and that neighbours come near."""

from itertools import pairwise

from kg.graph import KnowledgeGraph
from kg.lineage import lineage
from kg.views.cards import BETWEEN, DRAWN, TALL, WIDE
from kg.views.columns import GAP, MARGIN, columns, places


def chain(*links: str) -> KnowledgeGraph:
    """Models of one letter; "ab" says that a is based on b."""
    graph = KnowledgeGraph()
    for name in sorted({name for link in links for name in link}):
        graph.nx.add_node(f"model/{name}", kind="model", label=name)
    for subject, object_ in links:
        graph.add_claim(f"model/{subject}", "basedOn", f"model/{object_}", "paper/p")
    return graph


def column(graph: KnowledgeGraph, target: str) -> dict[str, int]:
    found, left_out = columns(lineage(graph, f"model/{target}"))
    assert left_out == 0
    return {node.removeprefix("model/"): number for node, number in found.items()}


def test_a_thing_stands_as_far_off_as_the_longest_way_to_it():
    graph = chain("ab", "bc", "ac", "da", "ed", "ea")
    assert column(graph, "a") == {"a": 0, "b": -1, "c": -2, "d": 1, "e": 2}


def test_a_circle_ends_and_puts_nothing_in_two_places():
    assert column(chain("ab", "bc", "ca"), "a") == {"a": 0, "b": -1, "c": -2}


def test_of_too_many_things_the_nearest_stay():
    graph = KnowledgeGraph()
    for number in range(DRAWN + 3):
        graph.nx.add_node(f"model/m{number}", kind="model", label=f"M{number}")
    for number in range(DRAWN + 2):
        graph.add_claim(f"model/m{number}", "basedOn", f"model/m{number + 1}", "paper/p")
    found, left_out = columns(lineage(graph, "M0"))
    assert left_out == 3
    assert set(found) == {f"model/m{number}" for number in range(DRAWN)}


def test_neighbours_stand_on_one_level_and_no_two_things_on_one_place():
    column = {"a1": 0, "a2": 0, "a3": 0, "b3": 1, "b1": 1, "b2": 1}
    found = places(column, [("a1", "b1"), ("a2", "b2"), ("a3", "b3")])
    for number in "123":
        assert found[f"a{number}"][1] == found[f"b{number}"][1]
        assert found[f"b{number}"][0] - found[f"a{number}"][0] == WIDE + GAP
    rows = sorted(found[f"a{number}"][1] for number in "123")
    assert rows[0] > MARGIN and {below - above for above, below in pairwise(rows)} == {TALL + BETWEEN}
