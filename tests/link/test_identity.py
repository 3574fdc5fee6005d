"""Names of one thing become one node where evidence says so, and only there."""

import pytest
from papers import dataset, model, paper

from kg.link import link


def nodes(records, kind="model"):
    return {key for key, _ in link(records).nodes(kind)}


def test_spellings_across_papers_are_one_node_with_the_most_frequent_as_label():
    names = ["nnU-Net", "nnUNet", "nnU-net", "nnU-Net"]
    graph = link([paper(f"p{i}", [model(name)]) for i, name in enumerate(names)])
    assert dict(graph.nodes("model")) == {
        "model/nnu-net": {"kind": "model", "label": "nnU-Net", "aliases": ("nnU-net", "nnUNet")}
    }


def test_of_equally_frequent_names_the_earliest_is_the_label():
    graph = link(
        [paper("b", [model("FooNet")], issued="2021"), paper("a", [model("Foo-Net")], issued="2022")]
    )
    assert [a["label"] for _, a in graph.nodes("model")] == ["FooNet"]


def test_acronym_and_long_form_are_one_thing():
    records = [
        paper("a", [model("FRB", "used", "Fundus Reading Builder")]),
        paper("b", [model("Fundus Reading Builder")]),
        paper("c", [model("FRB")]),
    ]
    assert nodes(records) == {"model/frb"}


def test_a_long_form_joins_the_sense_that_spells_it_so():
    records = [
        paper("a", [model("FRB", "introduced", "Fundus Reading Builder")]),
        paper("b", [model("FRB", "introduced", "Fast Robust Bayes")]),
        paper("c", [model("Fast Robust Bayes", "used", "FRB")]),
    ]
    graph = link(records)
    together = [{s for s, _ in graph.nx.in_edges(node)} for node, _ in graph.nodes("model")]
    assert {"paper/b", "paper/c"} in together and {"paper/a"} in together


def test_acronym_and_long_form_that_one_paper_lists_apart_are_one_thing():
    phrase = "Fundus Reading Builder"
    record = paper("a", [model("FRB"), model(phrase, "introduced")])
    graph = link([record, paper("b", [model("FR"), model("Fast Reader")])])
    assert graph.nx.nodes["model/frb"] == {"kind": "model", "label": "FRB", "aliases": (phrase,)}
    assert [a["predicate"] for a in graph.nx["paper/a"]["model/frb"].values()] == ["introduces"]
    assert {"model/fr", "model/fast-reader"} <= set(graph.nx)


def test_a_long_form_that_two_acronyms_fit_is_left_alone():
    records = [paper("a", [model("FRB"), model("FReB"), model("Fundus Reading Builder")])]
    assert len(nodes(records)) == 3


def test_plural_and_singular_are_one_thing():
    assert nodes([paper("a", [model("Vox Transformers")]), paper("b", [model("Vox Transformer")])]) == {
        "model/vox-transformers"
    }


def test_a_plural_alone_and_a_name_that_ends_in_s_stay_as_they_are():
    assert nodes([paper("a", [model("Pegasus")]), paper("b", [model("Pegasu")])]) == {
        "model/pegasus",
        "model/pegasu",
    }


def test_short_and_full_year_are_one_edition():
    records = [paper("a", [], [dataset("Toto 2019")]), paper("b", [], [dataset("Toto'19")])]
    assert nodes(records, "dataset") == {"dataset/toto-2019"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Foo-B", "Foo-L"), ("Foo-4", "Foo-4V"), ("Foo-2D", "Foo-3D"), ("Foo", "Foo v2"), ("Toto", "Toto 2022")],
)
def test_versions_stay_apart_even_when_an_alias_says_otherwise(one, other):
    records = [
        paper("a", [model(one, "introduced", other, "Family of Organ Observers")]),
        paper("b", [model(other)]),
    ]
    assert len(nodes(records)) == 2


@pytest.mark.parametrize("junk", ["our model", "VLM", "the proposed framework", "foundation model", "model"])
def test_a_generic_alias_glues_nothing(junk):
    records = [
        paper(f"p{i}", [model(name, "introduced", junk)]) for i, name in enumerate(["Alfa", "Bravo", "Chi"])
    ]
    graph = link([*records, paper("z", [model(junk)])])
    assert len(list(graph.nodes("model"))) == 4
    assert not any(attributes.get("aliases") for _, attributes in graph.nodes("model"))


def test_an_alias_of_many_names_glues_nothing():
    records = [paper(f"p{i}", [model(f"Name{i}Net", "introduced", "XyzPack")]) for i in range(5)]
    assert len(nodes([*records, paper("z", [model("XyzPack")])])) == 6


def test_an_acronym_whose_letters_do_not_match_is_not_the_phrase():
    records = [paper("a", [model("Dense Random Field", "used", "CRF")]), paper("b", [model("CRF")])]
    assert len(nodes(records)) == 2


def test_names_listed_side_by_side_are_not_joined_by_a_second_name():
    records = [
        paper("a", [model("AlphaNet", "introduced", "BravoNet")]),
        paper("b", [model("AlphaNet"), model("BravoNet")]),
    ]
    assert len(nodes(records)) == 2


def test_a_second_name_joins_where_nothing_speaks_against_it():
    records = [paper("a", [model("AlphaNet", "introduced", "BravoNet")]), paper("b", [model("BravoNet")])]
    assert len(nodes(records)) == 1


def test_a_chain_of_aliases_does_not_join_two_versions():
    records = [
        paper("a", [model("Foo", "introduced", "QuuxNet")]),
        paper("b", [model("QuuxNet", "used", "BarPack")]),
        paper("c", [model("BarPack", "used", "Foo-XL")]),
        paper("d", [model("Foo-XL")]),
    ]
    forms = [{a["label"], *a.get("aliases", ())} for _, a in link(records).nodes("model")]
    assert not any({"Foo", "Foo-XL"} <= names for names in forms)
    assert {"Foo", "Foo-XL"} <= set().union(*forms)
