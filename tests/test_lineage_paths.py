"""Paths: the shortest ways, their direction, what they avoid, and an answer when there is none."""

import json

import networkx as nx
import pytest
from claims import made

from kg.finding import UnknownName
from kg.lineage import Filter, NotConnected, connect, paths

CHAIN = (
    ("model/a", "basedOn", "model/b"),
    ("model/b", "basedOn", "model/c"),
    ("model/a", "trainedOn", "dataset/d"),
    ("dataset/d", "builtWith", "model/e"),
    ("model/e", "basedOn", "model/c"),
    ("model/x", "basedOn", "model/b"),
)


def ways(found):
    return ["".join(node[-1] for node in path.nodes) for path in found]


def test_the_shortest_way_comes_first_and_each_visits_nothing_twice():
    graph = made(*CHAIN).nx
    assert ways(paths(graph, "model/a", "model/c")) == ["abc", "adec"]
    assert ways(paths(graph, "model/a", "model/c", limit=1)) == ["abc"]
    assert ways(paths(graph, "model/a", "model/c", max_length=2)) == ["abc"]
    assert paths(graph, "model/a", "model/c", max_length=1) == []


def test_ways_go_along_the_claims_against_them_or_either():
    graph = made(*CHAIN).nx
    assert ways(paths(graph, "model/a", "model/c", way="up")) == ["abc", "adec"]
    assert paths(graph, "model/a", "model/c", way="down") == []
    assert ways(paths(graph, "model/c", "model/a", way="down")) == ["cba", "ceda"]
    assert paths(graph, "model/a", "model/x", way="up") == []
    path, *_ = paths(graph, "model/a", "model/x")
    assert [(len(hop.forward), len(hop.backward)) for hop in path.hops] == [(1, 0), (0, 1)]


def test_all_that_joins_two_neighbours_is_told_in_one_step():
    graph = made(
        ("model/a", "outperforms", "model/b"),
        ("model/b", "outperforms", "model/a"),
        ("model/a", "basedOn", "model/b"),
    ).nx
    wanted = Filter(frozenset({"basedOn", "outperforms"}))
    (path,) = paths(graph, "model/a", "model/b", wanted=wanted)
    (hop,) = path.hops
    assert [link.predicate for link in hop.forward] == ["basedOn", "outperforms"]
    assert [link.predicate for link in hop.backward] == ["outperforms"]
    (path,) = paths(graph, "model/a", "model/b")
    assert path.hops[0].backward == ()


def test_the_order_of_edges_makes_no_difference():
    graph = made(*((f"model/{a}", "basedOn", f"model/{b}") for a in "ab" for b in "mnop")).nx
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert paths(turned, "model/a", "model/b") == paths(graph, "model/a", "model/b")


@pytest.mark.parametrize("options", [{"limit": 0}, {"max_length": 0}])
def test_numbers_out_of_range_are_refused(options):
    with pytest.raises(ValueError, match="is 0; it must be at least 1"):
        paths(made(*CHAIN).nx, "model/a", "model/c", **options)


def test_a_lineage_tells_the_ways_to_one_of_its_things_in_either_direction():
    graph = made(*CHAIN)
    assert ways(graph.lineage("a").paths(to="C")) == ["abc", "adec"]
    assert ways(graph.lineage("c").paths(to="a", limit=1)) == ["cba"]
    assert graph.lineage("a").paths(to="x") == []
    assert ways(graph.lineage("a", only=["trainedOn", "builtWith", "basedOn"]).paths(to="e")) == ["ade"]
    assert graph.lineage("a", only=["basedOn"]).paths(to="e") == []
    with pytest.raises(UnknownName):
        graph.lineage("a").paths(to="nothing")


def test_connected_things_are_told_with_arrows_and_sentences():
    text = connect(made(*CHAIN), "A", "X").to_text()
    assert text.splitlines()[0] == "2 steps: A ─basedOn→ B ←basedOn─ X"
    assert "  X ─basedOn→ B (1 paper, 0.50)\n      “Sentence 6.”\n      — Paper 6 [paper/p6]" in text


def test_without_a_way_the_error_says_what_to_try(small_graph):
    graph = made(*CHAIN, ("model/p", "outperforms", "model/a"))
    with pytest.raises(NotConnected, match="not connected by dependencies: --any goes by every relation"):
        connect(graph, "p", "a")
    with pytest.raises(NotConnected, match="within 1 step: the shortest way has 2 steps"):
        connect(graph, "a", "c", max_length=1)
    with pytest.raises(ValueError, match="both ends are model/a"):
        connect(graph, "a", "A")


def test_every_relation_counts_when_asked_but_hubs_are_gone_round(small_graph):
    found = connect(small_graph, "Delta", "AUROC", any_relation=True)
    assert all("modality/x-ray" not in path.nodes[1:-1] for path in found.paths)
    graph = made(("model/a", "hasTask", "task/t"), ("model/b", "hasTask", "task/t"))
    with pytest.raises(NotConnected, match="--hubs leads through modalities, metrics and tasks too"):
        connect(graph, "a", "b", any_relation=True)
    assert ways(connect(graph, "a", "b", any_relation=True, hubs=True).paths) == ["atb"]
    assert ways(connect(graph, "a", "t", any_relation=True).paths) == ["at"]


def test_a_way_over_a_result_has_the_sentence_of_the_result(small_graph):
    small_graph.nx.remove_edges_from(
        [(s, o, k) for s, o, k in small_graph.nx.edges(keys=True) if k.startswith("evaluatedOn|paper/p1")]
    )
    found = connect(small_graph, "Alphanet", "Delta", any_relation=True, limit=9)
    assert "“Alphanet reaches an AUROC of 0.91 on Delta.”" in found.to_text()


def test_json_names_every_node_and_step():
    found = json.loads(json.dumps(connect(made(*CHAIN), "a", "x").to_json()))
    path, *_ = found["paths"]
    assert [node["label"] for node in path["nodes"]] == ["A", "B", "X"]
    assert path["hops"][1]["backward"][0]["claims"][0]["exact"] == "Sentence 6."
    assert path["hops"][1]["forward"] == []


def test_a_hostile_label_cannot_forge_a_line():
    graph = made(("model/a", "basedOn", "model/b"))
    graph.nx.nodes["model/b"]["label"] = "B\n1 step: A ─basedOn→ Lie"
    assert not any(
        line.startswith("1 step") for line in connect(graph, "a", "model/b").to_text().splitlines()[1:]
    )


def test_a_way_is_shown_with_its_arrows():
    path, *_ = made(*CHAIN).lineage("a").paths(to="C")
    assert repr(path) == "<Path of 2: model/a ─basedOn→ model/b ─basedOn→ model/c>"


def test_a_paper_in_place_of_what_it_presents_is_no_other_way_and_no_sentence_is_told_twice():
    graph = made(("model/a", "basedOn", "model/b"), ("model/b", "trainedOn", "dataset/c"))
    for predicate, thing in (("introduces", "model/a"), ("uses", "model/b")):
        graph.add_claim("paper/p1", predicate, thing, "paper/p1", exact="Sentence 1.", confidence=0.9)
    found = connect(graph, "a", "c", any_relation=True)
    assert [path.nodes for path in found.paths] == [("model/a", "model/b", "dataset/c")]
    told = connect(graph, "paper/p1", "c", any_relation=True).to_text()
    assert told.count("“Sentence 1.”") == 1


def test_a_way_by_which_things_are_made_goes_before_a_shorter_one_over_mentions():
    graph = made(("model/a", "basedOn", "model/b"), ("model/c", "basedOn", "model/b"))
    for thing in "ac":
        graph.add_claim("paper/p9", "mentions", f"model/{thing}", "paper/p9", exact="", confidence=0.9)
    graph.nx.nodes["paper/p9"].update(kind="paper", label="P9")
    first, second = connect(graph, "a", "c", any_relation=True).paths
    assert (first.nodes[1], second.nodes[1]) == ("model/b", "paper/p9")


def test_six_steps_are_the_most_unless_more_are_asked_for():
    graph = made(*((f"model/m{i}", "basedOn", f"model/m{i + 1}") for i in range(8)))
    with pytest.raises(NotConnected, match="within 6 steps: the shortest way has 8 steps"):
        connect(graph, "m0", "m8")
    assert len(connect(graph, "m0", "m8", max_length=None).paths[0]) == 8


def test_a_step_over_a_result_is_as_sure_as_the_result():
    graph = made(("result/r", "evaluates", "model/a"), ("result/r", "inMetric", "metric/m"))
    for *_, edge in graph.nx.edges(data=True):
        del edge["confidence"]
    graph.nx.nodes["result/r"]["confidence"] = 0.44
    text = connect(graph, "a", "m", any_relation=True, min_confidence=0.4).to_text()
    assert "evaluates→ A (1 paper, 0.44)" in text and "inMetric→ M (1 paper, 0.44)" in text
    with pytest.raises(NotConnected, match="a lower --min-confidence lets more count"):
        connect(graph, "a", "m", any_relation=True, min_confidence=0.9)


def test_of_a_thing_that_only_any_takes_it_is_told():
    graph = made(("model/a", "hasModality", "modality/ct"))
    said = r"no model or dataset is called 'Ct', but modality/ct is \(--any takes things of any kind\)"
    with pytest.raises(UnknownName, match=said):
        connect(graph, "a", "Ct")
    with pytest.raises(UnknownName, match=r"modality/ct is$"):
        graph.lineage("Ct")
