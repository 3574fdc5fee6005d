"""Lineage answers: the right thing, the whole tree, each thing once, and an end to every cycle."""

import json

import networkx as nx
import pytest
from claims import made

from kg.finding import UnknownName, find
from kg.lineage import DEEPEST, downstream, lineage, trace, upstream


def outline(steps):
    """A tree as (node, end, children)."""
    return [(step.node, step.end, outline(step.children)) for step in steps]


def test_both_directions_follow_dependencies_at_any_depth(small_graph):
    assert outline(lineage(small_graph, "Betanet").upstream) == [
        ("dataset/epsilon", "", [("dataset/gamma", "", []), ("model/alphanet", "repeated", [])]),
        ("model/alphanet", "", [("dataset/gamma", "", [])]),
    ]
    down = {step.node for step in lineage(small_graph, "Gamma").downstream}
    assert down == {"model/alphanet", "dataset/epsilon"}


def test_evaluation_is_told_apart_from_dependency(small_graph):
    answer = lineage(small_graph, "Delta")
    assert answer.upstream == answer.downstream == ()
    assert [step.node for step in answer.evaluated] == ["model/alphanet", "model/betanet"]
    assert [step.node for step in lineage(small_graph, "Alphanet").evaluated] == ["dataset/delta"]


def test_parallel_edges_are_the_papers_behind_a_link_the_most_confident_first(small_graph):
    (step,) = upstream(small_graph.nx, "model/alphanet")
    assert [(claim.paper, claim.exact) for claim in step.claims] == [
        ("paper/p1", "trained on Gamma"),
        ("paper/p3", "Alphanet, trained on Gamma"),
    ]
    assert step.claims[0].title == "Alphanet: reading films"


def test_a_cycle_ends_and_is_said_to_be_one():
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/b", "basedOn", "model/c"),
        ("model/c", "basedOn", "model/a"),
    )
    assert outline(upstream(graph.nx, "model/a")) == [
        ("model/b", "", [("model/c", "", [("model/a", "cycle", [])])])
    ]
    assert "↺ cycle" in lineage(graph, "model/a").to_text()


def test_a_cycle_that_does_not_hold_the_target_ends_too():
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/b", "basedOn", "model/c"),
        ("model/c", "basedOn", "model/b"),
    )
    assert outline(upstream(graph.nx, "model/a")) == [
        ("model/b", "", [("model/c", "", [("model/b", "cycle", [])])])
    ]


@pytest.mark.parametrize("side", ["upstream", "downstream"])
def test_a_thing_that_depends_on_itself_and_two_that_depend_on_each_other_are_cycles(side):
    graph = made(
        ("model/a", "basedOn", "model/a"),
        ("model/b", "basedOn", "model/c"),
        ("model/c", "basedOn", "model/b"),
    )
    assert outline(getattr(lineage(graph, "a"), side)) == [("model/a", "cycle", [])]
    assert outline(getattr(lineage(graph, "b"), side)) == [("model/c", "", [("model/b", "cycle", [])])]


def test_a_cycle_between_two_things_reached_at_one_depth_is_said_to_be_one():
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/a", "basedOn", "model/c"),
        ("model/b", "basedOn", "model/c"),
        ("model/c", "basedOn", "model/b"),
    )
    assert outline(upstream(graph.nx, "model/a")) == [
        ("model/b", "", [("model/c", "cycle", [])]),
        ("model/c", "", [("model/b", "cycle", [])]),
    ]


def test_two_links_to_one_thing_are_both_told_and_no_cycle():
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/b", "basedOn", "model/c"),
        ("model/b", "trainedOn", "model/c"),
    )
    (step,) = upstream(graph.nx, "model/a")
    assert [(s.predicate, s.end) for s in step.children] == [("basedOn", ""), ("trainedOn", "")]


def test_a_limit_keeps_the_links_of_most_papers_and_counts_the_rest():
    graph = made(*(("model/m", "trainedOn", f"dataset/d{i}") for i in range(9)))
    graph.add_claim("model/m", "trainedOn", "dataset/d7", "paper/p1")
    found = trace(graph.nx, "model/m", up=True, limit=2)
    assert [step.node for step in found.steps] == ["dataset/d7", "dataset/d0"]
    assert found.more == 7
    text = lineage(graph, "m", limit=2).to_text()
    assert "└── and 7 more" in text
    assert "depends on (9 things; 2 shown):" in text
    assert text.index("├── trainedOn: D0") < text.index("└── and 7 more")
    below = made(
        ("model/x", "basedOn", "model/m"), *(("model/m", "basedOn", f"model/b{i}") for i in range(3))
    )
    (step,) = trace(below.nx, "model/x", up=True, limit=1).steps
    assert (len(step.children), step.more) == (1, 2)
    with pytest.raises(ValueError, match="limit is 0"):
        trace(graph.nx, "model/m", up=True, limit=0)


def test_headings_count_things_and_steps():
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/b", "basedOn", "model/c"),
        ("model/c", "basedOn", "model/a"),
    )
    assert "depends on (2 things, up to 3 steps away):" in lineage(graph, "a").to_text().splitlines()


def test_what_is_reached_twice_is_unfolded_once():
    graph = made(
        ("model/a", "basedOn", "model/b"),
        ("model/a", "basedOn", "model/c"),
        ("model/b", "basedOn", "model/d"),
        ("model/c", "basedOn", "model/d"),
        ("model/d", "trainedOn", "dataset/e"),
    )
    assert outline(upstream(graph.nx, "model/a")) == [
        ("model/b", "", [("model/d", "", [("dataset/e", "", [])])]),
        ("model/c", "", [("model/d", "repeated", [])]),
    ]


def test_a_lattice_with_very_many_paths_stays_small():
    layers = [
        (f"model/{side}{i}", "basedOn", f"model/{to}{i + 1}")
        for i in range(40)
        for side in "ab"
        for to in "ab"
    ]
    text = lineage(made(*layers), "model/a0").to_text()
    assert len(text.splitlines()) < 200


def test_depth_cuts_and_says_so():
    graph = made(("model/a", "basedOn", "model/b"), ("model/b", "basedOn", "model/c"))
    assert outline(lineage(graph, "a", depth=1).upstream) == [("model/b", "cut", [])]
    assert outline(lineage(graph, "a", depth=2).upstream) == [("model/b", "", [("model/c", "", [])])]
    with pytest.raises(ValueError, match="at least 1"):
        lineage(graph, "a", depth=0)


def test_a_very_long_chain_is_cut_and_can_be_written():
    graph = made(*((f"model/m{i:04}", "basedOn", f"model/m{i + 1:04}") for i in range(3000)))
    answer = lineage(graph, "model/m0000")
    assert len(answer.to_text().splitlines()) == DEEPEST + 7
    assert json.loads(json.dumps(answer.to_json()))["upstream"][0]["node"] == "model/m0001"


def test_a_shared_name_names_all_and_the_most_connected_is_taken():
    graph = made(("model/toto", "trainedOn", "dataset/toto"), ("model/x", "trainedOn", "dataset/toto"))
    assert find(graph, "toto") == ["dataset/toto", "model/toto"]
    answer = lineage(graph, "TOTO")
    assert (answer.node, answer.others) == ("dataset/toto", ("model/toto",))
    assert "others of that name: model/toto" in answer.to_text()


def test_an_unknown_name_suggests_what_is_near(small_graph):
    with pytest.raises(UnknownName, match="'Alphanett'; did you mean model/alphanet") as error:
        lineage(small_graph, "Alphanett")
    assert isinstance(error.value, LookupError) and error.value.suggestions[0] == "model/alphanet"


@pytest.mark.parametrize("name", ["", "   ", "…", "X-ray"])
def test_what_has_no_lineage_is_unknown(small_graph, name):
    with pytest.raises(UnknownName):
        lineage(small_graph, name)


def test_text_shows_sentences_only_when_asked(small_graph):
    answer = lineage(small_graph, "Epsilon")
    assert "re-labels" not in answer.to_text()
    assert "“Epsilon re-labels Gamma”" in answer.to_text(evidence=True)
    assert answer.to_text().splitlines()[0] == "Epsilon (dataset, dataset/epsilon)"
    assert "└── builtWith: Alphanet (model; 1 paper, 0.60)" in answer.to_text()


def test_a_link_shows_the_title_of_its_surest_paper_and_with_sentences_every_paper(small_graph):
    answer = lineage(small_graph, "Alphanet")
    assert "trainedOn: Gamma (dataset; 2 papers, 0.90) — Alphanet: reading films" in answer.to_text()
    said = answer.to_text(evidence=True)
    assert said.index("— Alphanet: reading films [paper/p1]") < said.index("— p3 [paper/p3]")


@pytest.mark.parametrize("width", [200, 100, 70])
def test_a_width_shortens_titles_and_folds_sentences_within_the_tree(width):
    graph = made(("model/a", "basedOn", "model/b"), ("model/b", "basedOn", "model/c"))
    graph.nx.nodes["paper/p1"]["label"] = "A title of many words " * 20
    graph.nx.edges["model/a", "model/b", "basedOn|paper/p1"]["exact"] = "one-word " * 100
    answer = lineage(graph, "a")
    for evidence in (False, True):
        lines = answer.to_text(evidence, width).splitlines()
        assert max(map(len, lines)) <= width
        assert all(line[0] in "├│└ dwi" for line in lines[1:] if line)
    assert answer.to_text(True, width).count("one-word") == answer.to_text(True).count("one-word") == 100
    assert "one-word" in answer.to_text(True, 3)


def test_a_hostile_label_cannot_forge_a_line():
    graph = made(("model/a", "basedOn", "model/b"))
    graph.nx.nodes["model/b"]["label"] = "B\n└── trainedOn: Lie"
    assert not any(
        line.startswith("└── trainedOn") for line in lineage(graph, "a").to_text(True).splitlines()
    )


def test_the_order_of_edges_makes_no_difference(small_graph):
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(small_graph.nx.nodes(data=True))))
    turned.add_edges_from(reversed(list(small_graph.nx.edges(keys=True, data=True))))
    for node in ("model/betanet", "dataset/gamma"):
        assert upstream(turned, node) == upstream(small_graph.nx, node)
        assert downstream(turned, node) == downstream(small_graph.nx, node)


def test_links_may_be_named_in_one_string(small_graph):
    asked = lineage(small_graph, "Betanet", only="basedOn,trainedOn")
    assert asked.upstream == lineage(small_graph, "Betanet", only=["basedOn", "trainedOn"]).upstream != ()


def test_nothing_known_is_said_not_to_be_nothing_once():
    graph = made(("model/a", "basedOn", "model/b"))
    assert lineage(graph, "b").to_text().count("abstracts seldom tell") == 1
    assert "abstracts seldom tell" not in lineage(graph, "a").to_text()
    assert "abstracts seldom tell" in lineage(graph, "b").to_html()
