"""Everything has a place of its own, in its region, and the same one every time."""

import itertools
import math

import networkx as nx
import pytest

from kg.graph import KnowledgeGraph
from kg.views.layout import lay_out
from kg.views.skeleton import skeleton


def corpus(papers: int, shared: bool) -> nx.MultiDiGraph:
    """Papers with three models each in turn on two modalities; with one dataset for all if shared."""
    drawn = nx.MultiDiGraph()
    for i in range(papers):
        concept = ("modality/ct",) if i % 3 else ("modality/ecg",)
        drawn.add_node(f"paper/{i}", kind="paper", modalities=concept)
        for j in range(3):
            drawn.add_node(f"model/{i}-{j}", kind="model", modalities=concept)
            drawn.add_edge(f"paper/{i}", f"model/{i}-{j}", key="uses", predicate="uses", papers=1)
        if shared:
            drawn.add_node("dataset/all", kind="dataset", modalities=())
            drawn.add_edge(f"model/{i}-0", "dataset/all", key="trainedOn", predicate="trainedOn", papers=1)
    return drawn


@pytest.mark.parametrize("shared", [False, True])
def test_no_two_nodes_stand_on_each_other_and_none_outside_its_region(shared: bool) -> None:
    drawn = corpus(40, shared)
    layout = lay_out(drawn)
    assert layout.positions.keys() == set(drawn)
    for a, b in itertools.combinations(layout.positions.values(), 2):
        assert math.dist(a, b) > 20
    for node, place in layout.positions.items():
        community = layout.communities[layout.homes[node]]
        region = layout.regions[community.region]
        for disc in (community, region):
            assert math.dist(place, (disc.x, disc.y)) <= disc.radius + 1


@pytest.mark.parametrize("shared", [False, True])
def test_regions_do_not_overlap(shared: bool) -> None:
    for a, b in itertools.combinations(lay_out(corpus(40, shared)).regions, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= a.radius + b.radius


def test_a_paper_stands_in_the_region_of_its_modality(graph: KnowledgeGraph) -> None:
    graph.nx.remove_edge("paper/one", "model/tesla", key="mentions|paper/one")
    layout = lay_out(skeleton(graph))
    regions = {node: layout.regions[layout.communities[home].region] for node, home in layout.homes.items()}
    at = {node: region.modality for node, region in regions.items()}
    assert at["paper/one"] == at["paper/two"] == at["dataset/chest-9"] == "modality/x-ray"
    assert at["paper/three"] == at["model/tesla"] == "modality/mri"


def test_a_piece_whose_papers_agree_on_no_modality_is_of_several() -> None:
    drawn = nx.MultiDiGraph()
    for i, modality in enumerate(("modality/ct", "modality/ecg", "modality/mri")):
        drawn.add_node(f"paper/{i}", kind="paper", modalities=(modality,))
        drawn.add_node("dataset/all", kind="dataset", modalities=())
        drawn.add_edge(f"paper/{i}", "dataset/all", key="uses", predicate="uses", papers=1)
    (region,) = lay_out(drawn).regions
    assert (region.modality, region.several) == (None, True)


def test_a_region_knows_how_many_of_its_papers_name_its_modality() -> None:
    drawn = nx.MultiDiGraph()
    drawn.add_node("dataset/all", kind="dataset", modalities=())
    for i, modality in enumerate(("modality/ct", "modality/ct", "modality/ct", "modality/ecg")):
        drawn.add_node(f"paper/{i}", kind="paper", modalities=(modality,))
        drawn.add_edge(f"paper/{i}", "dataset/all", key="uses", predicate="uses", papers=1)
    (region,) = lay_out(drawn).regions
    assert (region.modality, region.share) == ("modality/ct", 0.75)


def test_small_pieces_are_gathered_into_fewer_communities_on_demand() -> None:
    drawn = corpus(60, shared=False)
    apart, gathered = lay_out(drawn), lay_out(drawn, gather=True)
    assert len(apart.communities) == 60
    assert len(gathered.communities) < 10
    assert apart.homes.keys() == gathered.homes.keys()
    for a, b in itertools.combinations(gathered.communities, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= a.radius + b.radius - 2


def test_a_hub_that_no_community_divides_stands_in_the_middle_of_what_hangs_on_it() -> None:
    drawn = nx.MultiDiGraph()
    drawn.add_node("dataset/hub", kind="dataset", modalities=())
    for i in range(300):
        drawn.add_node(f"model/{i}", kind="model", modalities=())
        drawn.add_edge(f"model/{i}", "dataset/hub", key="trainedOn", predicate="trainedOn", papers=1)
    layout = lay_out(drawn)
    home = layout.communities[layout.homes["dataset/hub"]]
    assert math.dist(layout.positions["dataset/hub"], (home.x, home.y)) < 2
    assert min(math.dist(a, b) for a, b in itertools.combinations(layout.positions.values(), 2)) > 20


def test_what_names_no_modality_has_a_region_too() -> None:
    drawn = nx.MultiDiGraph()
    drawn.add_node("model/alone", kind="model", modalities=())
    layout = lay_out(drawn)
    assert [region.modality for region in layout.regions] == [None]
    assert layout.positions == {"model/alone": (0, 0)}


def test_the_same_graph_in_another_order_is_laid_out_the_same() -> None:
    drawn = corpus(40, shared=True)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(drawn.nodes(data=True))))
    turned.add_edges_from(reversed(list(drawn.edges(keys=True, data=True))))
    assert lay_out(drawn) == lay_out(turned)


def test_an_empty_graph_has_no_regions() -> None:
    assert lay_out(nx.MultiDiGraph()).regions == ()
