"""Duplicates: names that may be one thing, and names that differ on purpose."""

import pytest

from kg.audit.duplicates import NEIGHBOURS, duplicates
from kg.audit.likeness import misspelt
from kg.corrections import apply, read
from kg.graph import KnowledgeGraph


def graph_of(*things, kind="dataset"):
    """Things as (label, aliases, role, paper); the role and paper may be left out."""
    graph = KnowledgeGraph()
    for number, (label, aliases, *rest) in enumerate(things):
        role, paper = (*rest, "uses", f"p{number}")[:2] if len(rest) < 2 else rest
        node = f"{kind}/n{number}"
        graph.nx.add_node(node, kind=kind, label=label, **({"aliases": aliases} if aliases else {}))
        graph.nx.add_node(f"paper/{paper}", kind="paper", label=paper)
        graph.add_claim(f"paper/{paper}", role, node, f"paper/{paper}", exact=label, confidence=0.9)
    return graph


@pytest.mark.parametrize(
    ("sort", "one", "other"),
    [
        ("spelling", ("Chestopedia", ()), ("Chestpedia", ())),
        ("spelling", ("Lungograph", ()), ("Lungogarph", ())),
        ("words", ("Token Balance Adapter", ()), ("TBX", ("token balance adaptation",))),
        ("acronym", ("LUMA", ()), ("Lung Ultrasound Movie Archive", ())),
        ("alias", ("LungBase", ("LB-Archive9",)), ("Thoraxia", ("LB Archive9",))),
        ("name", ("LungBase", ()), ("Lung-Base", ())),
    ],
)
def test_names_that_may_be_one_are_found_once_with_the_line_that_merges_them(sort, one, other, tmp_path):
    graph = graph_of(one, other)
    (finding,) = duplicates(graph)
    assert (finding.kind, set(finding.things)) == (sort, {"dataset/n0", "dataset/n1"})
    file = tmp_path / "corrections.yaml"
    file.write_text(finding.remedy, encoding="utf-8")
    assert apply(graph, read(file)) == []
    assert graph.counts()["dataset"] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ThoraxNet", "ThoraxNet v2"),
        ("ThoraxNet-Base", "ThoraxNet-Large"),
        ("Lesion 2019", "Lesion 2021"),
        ("Lesionopedia17", "Lesionopedia18"),
        ("LungCLIP", "LungCLIPS2"),
        ("ThoraxCL", "ThoraxCLM"),
        ("EndoVQA", "EndoVQLA"),
        ("xThoraxer", "Thoraxer"),
        ("ThoraxBench", "ThoraxBench-C"),
        ("Image Archive of Lungs", "Image Archive of Livers"),
    ],
)
def test_names_that_differ_on_purpose_are_not_duplicates(one, other):
    assert duplicates(graph_of((one, ()), (other, ()))) == []


def test_what_two_papers_each_present_as_their_own_is_two_things():
    one, other = ("SkinBase", (), "introduces", "p"), ("Skin-Base", (), "introduces", "q")
    assert duplicates(graph_of(one, other)) == []
    assert len(duplicates(graph_of(one, ("Skin-Base", (), "uses", "q")))) == 1


def test_an_acronym_that_stands_for_something_else_is_not_matched():
    graph = graph_of(("LUMA", ("Lovely Unusual Medical Atlas",)), ("Lung Ultrasound Movie Archive", ()))
    assert duplicates(graph) == []


def test_a_form_that_many_things_share_says_nothing():
    graph = graph_of(*((f"Thing{chr(65 + n)}xyz{n}", ("Shared Atlas 9",)) for n in range(9)))
    assert duplicates(graph) == []


def test_misspellings_are_found_among_many_names_wherever_the_slip_is():
    words = [f"{a}{b}ograph" for a in ("Lun", "Kar", "Neur", "Ren", "Derm") for b in "abcdefghijklmnop"]
    graph = graph_of(*((word, ()) for word in [*words, "Pulmonapedia", "Plumonapedia", "Pulmonapedya"]))
    assert len(words) > NEIGHBOURS
    found = {f.things for f in duplicates(graph)}
    labels = {tuple(sorted(graph.nx.nodes[t]["label"] for t in things)) for things in found}
    assert ("Plumonapedia", "Pulmonapedia") in labels
    assert ("Pulmonapedia", "Pulmonapedya") in labels


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("BioASK", "BioaASK", True),
        ("Seg-LTSM", "Seg-LSTM", True),
        ("Seg-ABC", "Seg-ABD", False),
        ("abcde", "abcdf", False),
    ],
)
def test_a_slip_is_small_letters_or_a_swap(one, other, expected):
    assert misspelt(one, other) is misspelt(other, one) is expected


def test_of_two_spellings_the_one_in_more_papers_stays_or_the_one_in_a_title():
    graph = graph_of(("Chestpedia", ()), ("Chestopedia", ()))
    graph.nx.nodes["paper/p1"]["label"] = "Chestopedia: an atlas"
    assert duplicates(graph)[0].remedy == "- {merge: [dataset/n1, dataset/n0], into: Chestopedia}"
    graph.nx.add_node("paper/p2", kind="paper", label="p2")
    graph.add_claim("paper/p2", "uses", "dataset/n0", "paper/p2", exact="x", confidence=0.9)
    assert duplicates(graph)[0].remedy == "- {merge: [dataset/n0, dataset/n1], into: Chestpedia}"


def test_terms_of_a_vocabulary_are_never_duplicates_of_each_other():
    graph = graph_of(("Inference time", ()), ("Inference speed", ()), kind="metric")
    assert duplicates(graph) == []
    assert len(duplicates(graph_of(("Inference time", ()), ("Inference tyme", ()), kind="metric"))) == 1


def test_hostile_names_stay_one_line_of_yaml(tmp_path):
    nasty = 'Archive "of": {lungs}, [x] # & *y\n\x1b\u202e !!tag'
    graph = graph_of((nasty, ()), (nasty + " ", ()))
    (finding,) = duplicates(graph)
    assert "\n" not in finding.remedy
    (tmp_path / "c.yaml").write_text(finding.remedy, encoding="utf-8")
    assert len(read(tmp_path / "c.yaml").entries) == 1


def test_what_speaks_against_a_pair_does_so_however_unsure_and_unsure_pairs_are_passed_over():
    apart = graph_of(("Chestopedia", (), "introduces", "p"), ("Chestpedia", (), "introduces", "q"))
    for paper, thing in (("p", "dataset/n0"), ("q", "dataset/n1")):
        (edge,) = apart.nx.get_edge_data(f"paper/{paper}", thing).values()
        edge["confidence"] = 0.2
        apart.nx.add_node(f"paper/of-{paper}", kind="paper", label="")
        apart.add_claim(f"paper/of-{paper}", "uses", thing, f"paper/of-{paper}", exact="", confidence=0.9)
    assert duplicates(apart) == duplicates(apart, min_confidence=0.5) == []
    pair = graph_of(("Chestopedia", ()), ("Chestpedia", ()))
    assert len(duplicates(pair, min_confidence=0.9)) == 1
    assert duplicates(pair, min_confidence=0.95) == []
