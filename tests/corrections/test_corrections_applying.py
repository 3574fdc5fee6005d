"""Corrections applied: each sort does what it says, what matches nothing is told, order does not matter."""

import copy
import random
from dataclasses import replace

import pytest

import kg
from kg.corrections import apply, read
from kg.finding import find
from kg.graph import KnowledgeGraph


@pytest.fixture
def correct(tmp_path):
    """Apply corrections given as text; their remarks as strings."""

    def run(graph, text):
        path = tmp_path / "c.yaml"
        path.write_text(text, encoding="utf-8")
        return [f"{remark.line}: {remark.reason}" for remark in apply(graph, read(path))]

    return run


def claims(graph, subject, object_):
    found = graph.nx.get_edge_data(subject, object_) or {}
    return sorted((a["predicate"], a["paper"]) for a in found.values())


def test_merged_things_are_one_with_the_claims_results_and_names_of_both(small_graph, correct):
    assert correct(small_graph, "- merge: [Gamma, Delta]\n  into: Gamma Delta") == []
    assert "dataset/gamma" not in small_graph.nx
    merged = small_graph.nx.nodes["dataset/gamma-delta"]
    assert merged["label"] == "Gamma Delta"
    assert merged["aliases"] == ("Delta", "GCXR", "Gamma", "Gamma CXR")
    assert claims(small_graph, "model/alphanet", "dataset/gamma-delta") == [
        ("evaluatedOn", "paper/p1"),
        ("trainedOn", "paper/p1"),
        ("trainedOn", "paper/p3"),
    ]
    assert small_graph.nx.has_edge("result/p2-1", "dataset/gamma-delta")


def test_without_into_the_first_name_stays(small_graph, correct):
    assert correct(small_graph, "- merge: [dataset/delta, Gamma]") == []
    assert small_graph.nx.nodes["dataset/delta"]["label"] == "Delta"
    assert "dataset/gamma" not in small_graph.nx


def test_a_claim_between_merged_things_goes_and_a_paper_keeps_its_strongest_role(small_graph, correct):
    assert correct(small_graph, "- merge: [Alphanet, Betanet]") == []
    assert not small_graph.nx.has_edge("model/alphanet", "model/alphanet")
    assert claims(small_graph, "paper/p1", "model/alphanet") == [("introduces", "paper/p1")]
    assert claims(small_graph, "paper/p2", "model/alphanet") == [("introduces", "paper/p2")]


def test_results_are_labelled_after_a_metric_that_is_merged_renamed_or_rejected(small_graph, correct):
    small_graph.nx.add_node("metric/x", kind="metric", label="X")
    assert correct(small_graph, "- merge: [X, AUROC]") == []
    assert small_graph.nx.nodes["result/p1-1"]["label"] == "X 0.91"
    assert small_graph.nx.nodes["metric/x"]["maximum"] == 1.0
    assert correct(small_graph, "- rename: X\n  to: Y") == []
    assert small_graph.nx.nodes["result/p1-1"]["label"] == "Y 0.91"
    assert correct(small_graph, "- reject: Y") == []
    assert small_graph.nx.nodes["result/p1-1"]["label"] == "0.91"


def test_a_split_moves_what_the_papers_say_to_another_thing(small_graph, correct):
    text = "- split: Alphanet\n  papers: [p3]\n  into: Alphanet (other)\n  aliases: [AN]"
    assert correct(small_graph, text) == []
    assert claims(small_graph, "model/alphanet-other", "dataset/gamma") == [("trainedOn", "paper/p3")]
    assert claims(small_graph, "model/alphanet", "dataset/gamma") == [("trainedOn", "paper/p1")]
    assert claims(small_graph, "paper/p3", "model/alphanet-other") == [("comparesWith", "paper/p3")]
    assert claims(small_graph, "model/alphanet-other", "model/betanet") == [
        ("comparedWith", "paper/p3"),
        ("outperforms", "paper/p3"),
    ]
    assert small_graph.nx.nodes["model/alphanet-other"]["aliases"] == ("AN",)
    assert small_graph.nx.nodes["model/alphanet"]["aliases"] == ("Alpha network",)


def test_a_split_takes_the_papers_results_along(small_graph, correct):
    assert correct(small_graph, "- split: Delta\n  papers: [2403.00001]\n  into: Delta II") == []
    assert small_graph.nx.has_edge("result/p1-1", "dataset/delta-ii")
    assert small_graph.nx.has_edge("result/p2-1", "dataset/delta")


def test_a_renamed_thing_has_a_new_key_and_the_old_name_as_alias(small_graph, correct):
    assert correct(small_graph, "- rename: GCXR\n  to: Gamma X-rays") == []
    assert small_graph.nx.nodes["dataset/gamma-x-rays"]["aliases"] == ("GCXR", "Gamma", "Gamma CXR")
    assert claims(small_graph, "dataset/epsilon", "dataset/gamma-x-rays") == [("derivedFrom", "paper/p2")]


def test_a_name_that_is_taken_is_not_taken_again(small_graph, correct):
    before = copy.deepcopy(small_graph.nx)
    (remark,) = correct(small_graph, "- rename: Gamma\n  to: Delta")
    assert "dataset/delta: merge the two instead" in remark
    assert small_graph == KnowledgeGraph(before)


def test_a_rejected_thing_goes_with_its_claims_and_a_models_results(small_graph, correct):
    assert correct(small_graph, "- reject: Betanet\n- reject: Delta") == []
    assert not {"model/betanet", "result/p2-1", "dataset/delta"} & set(small_graph.nx)
    assert "result/p1-1" in small_graph.nx


def test_claims_are_rejected_by_what_is_named(small_graph, correct):
    pair = "model/alphanet", "dataset/gamma"
    assert correct(small_graph, "- reject: {subject: Alphanet, object: Gamma, paper: p3}") == []
    assert claims(small_graph, *pair) == [("trainedOn", "paper/p1")]
    assert correct(small_graph, "- reject: {subject: Betanet, predicate: outperforms, object: AN}") == []
    assert claims(small_graph, "model/betanet", "model/alphanet") == [("basedOn", "paper/p2")]
    assert correct(small_graph, "- reject: {subject: 'Alphanet: reading films', object: Betanet}") == []
    assert claims(small_graph, "paper/p1", "model/betanet") == []


def test_results_and_aliases_are_rejected(small_graph, correct):
    text = "- reject: {value: 91%, paper: doi:10.1000/p1}\n- reject: {value: .91, paper: p1, model: AN}\n"
    assert correct(small_graph, text + "- reject: {alias: AN, of: Alphanet}") == [
        "1: paper/p1 has no such result '91%'"
    ]
    assert "result/p1-1" not in small_graph.nx
    assert small_graph.nx.nodes["model/alphanet"]["aliases"] == ("Alpha network",)


def test_things_aliases_papers_and_claims_are_added(small_graph, correct):
    text = """
- add: {paper: outside-1, title: From elsewhere, issued: 2023, doi: 10.5/X}
- add: {entity: Zeta, kind: dataset, aliases: [ZZ]}
- add: {alias: Zeta set, of: Zeta}
- add: {subject: Alphanet, predicate: trainedOn, object: ZZ, paper: 10.5/x, note: see table 2}
- add:
    subject: AN
    predicate: evaluatedOn
    object: Zeta
    paper: p1
    evidence: We present Alphanet.
    confidence: .9
"""
    assert correct(small_graph, text) == []
    assert small_graph.nx.nodes["dataset/zeta"]["aliases"] == ("ZZ", "Zeta set")
    added = small_graph.nx["model/alphanet"]["dataset/zeta"]
    assert added["trainedOn|paper/outside-1"] == {
        "predicate": "trainedOn",
        "paper": "paper/outside-1",
        "exact": "Note: see table 2",
        "method": "correction",
        "confidence": 1.0,
    }
    evaluated = added["evaluatedOn|paper/p1"]
    paper = small_graph.nx.nodes["paper/p1"]
    text = f"{paper['title']}\n\n{paper['abstract']}"
    assert text[evaluated["start"] : evaluated["end"]] == evaluated["exact"] == "We present Alphanet."
    assert (evaluated["method"], evaluated["confidence"]) == ("correction", 0.9)
    assert claims(small_graph, "paper/p1", "dataset/zeta") == [("mentions", "paper/p1")]
    assert claims(small_graph, "paper/p1", "model/alphanet") == [("introduces", "paper/p1")]


def test_an_added_claim_stands_in_place_of_what_was_read(small_graph, correct):
    text = "- add: {subject: p1, predicate: uses, object: Alphanet, paper: p1, evidence: It uses it.}"
    assert correct(small_graph, text) == []
    assert claims(small_graph, "paper/p1", "model/alphanet") == [("uses", "paper/p1")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- reject: Nothing", "nothing is called 'Nothing'"),
        ("- reject: {entity: Gamma, kind: model}", "no model is called 'Gamma'"),
        ("- reject: Betanett", "did you mean model/betanet?"),
        ("- merge: [Gamma, Nothing]", "nothing is called 'Nothing'|no dataset is called 'Nothing'"),
        ("- split: Gamma\n  papers: [nowhere]\n  into: X", "no paper has the key"),
        ("- split: Delta\n  papers: [p3]\n  into: X", "paper/p3 does not name dataset/delta"),
        ("- split: Gamma\n  papers: [p1]\n  into: GCXR", "a name of its own"),
        ("- reject: {alias: X, of: Gamma}", "has no alias 'X'"),
        ("- reject: {subject: Gamma, object: Delta}", "no paper says"),
        ("- reject: {value: 3, paper: p1}", "no such result"),
        ("- add: {subject: Gamma, predicate: trainedOn, object: Gamma, paper: p1, note: n}", "no model is"),
        ("- add: {subject: Gamma, predicate: derivedFrom, object: GCXR, paper: p1, note: n}", "itself"),
        ("- add: {subject: p1, predicate: uses, object: Gamma, paper: p2, note: n}", "not by paper/p2"),
        ("- add: {paper: p1, title: Another}", "there is a paper paper/p1 already"),
    ],
)
def test_what_matches_nothing_is_told_with_its_line_and_changes_nothing(small_graph, correct, text, said):
    before = copy.deepcopy(small_graph.nx)
    (remark,) = correct(small_graph, "# comment\n" + text)
    assert remark.startswith("2: ")
    assert any(part in remark for part in said.split("|"))
    assert small_graph == KnowledgeGraph(before)


def test_a_name_of_several_things_is_not_guessed(small_graph, correct):
    small_graph.nx.add_node("model/gamma", kind="model", label="Gamma")
    (remark,) = correct(small_graph, "- reject: Gamma")
    assert remark == "1: 2 things go by 'Gamma': name one by its key, dataset/gamma or model/gamma"
    assert correct(small_graph, "- reject: {entity: Gamma, kind: model}") == []
    assert "dataset/gamma" in small_graph.nx


MANY = """
- merge: [Gamma, Delta]
  into: Both
- rename: model/betanet
  to: Beta Network
- split: Alphanet
  papers: [p3]
  into: Alphanet (other)
- reject: {subject: Beta Network, predicate: outperforms, object: Alphanet}
- reject: {alias: AN, of: Alphanet}
- reject: {value: 0.95, paper: p2}
- add: {paper: new, title: New paper}
- add: {entity: Zeta, kind: dataset}
- add: {subject: Betanet, predicate: trainedOn, object: Zeta, paper: new, evidence: B sees Z.}
- add: {subject: Betanet, predicate: evaluatedOn, object: Zeta, paper: new, note: and is tested on it}
- add: {subject: new, predicate: introduces, object: Zeta, paper: new, evidence: We make Z.}
- add: {alias: Zed, of: Zeta}
"""


def test_corrections_can_stand_in_any_order_and_be_applied_twice(small_graph, tmp_path):
    (tmp_path / "c.yaml").write_text(MANY)
    corrections = read(tmp_path / "c.yaml")
    original = copy.deepcopy(small_graph.nx)
    assert apply(small_graph, corrections) == []
    once = copy.deepcopy(small_graph.nx)
    apply(small_graph, corrections)
    assert small_graph == KnowledgeGraph(once)
    for seed in range(10):
        entries = list(corrections.entries)
        random.Random(seed).shuffle(entries)
        other = KnowledgeGraph(copy.deepcopy(original))
        apply(other, replace(corrections, entries=tuple(entries)))
        assert other == KnowledgeGraph(once)


def test_a_corrected_graph_goes_through_rdf_unchanged(small_graph, tmp_path):
    (tmp_path / "c.yaml").write_text(MANY)
    apply(small_graph, read(tmp_path / "c.yaml"))
    small_graph.save(tmp_path / "graph")
    assert kg.load(tmp_path / "graph") == small_graph
    assert kg.load(tmp_path / "graph" / "graph.ttl") == small_graph


def test_hostile_names_go_through_rdf_unchanged(hostile_graph, tmp_path, correct):
    label = '</script> "\\n\\x1b\\u202e{}: [x] é 中'
    assert (
        correct(hostile_graph, f"- rename: '=cmd()'\n  to: \"{label.replace(chr(34), chr(92) + chr(34))}\"")
        == []
    )
    hostile_graph.save(tmp_path / "graph")
    assert kg.load(tmp_path / "graph") == hostile_graph


def test_a_build_applies_corrections_and_notes_what_matches_nothing(tmp_path):
    from stand_in import extract

    from kg.sources import Report

    papers = tmp_path / "papers.json"
    papers.write_text('[{"title": "One", "abstract": "One trains AlphaNet on Omega-12."}]')
    (tmp_path / "c.yaml").write_text("- rename: AlphaNet\n  to: Alpha\n- reject: Beta\n")
    report = Report()
    graph = kg.build(papers, corrections=tmp_path / "c.yaml", extract=extract, report=report)
    assert "model/alpha" in graph.nx
    assert [str(note) for note in report.notes] == [
        f"{tmp_path / 'c.yaml'}, line 3: nothing is called 'Beta'"
    ]
    assert kg.build(papers, corrections=read(tmp_path / "c.yaml"), extract=extract) == graph


@pytest.mark.parametrize("name", ["dataset/delta", "Delta", "https://w3id.org/biomed-kg/id/dataset/delta"])
def test_a_name_that_a_merge_took_in_does_not_reject_the_merged_thing(small_graph, correct, name):
    text = f"- merge: [dataset/gamma, dataset/delta]\n  into: Gamma\n- reject: '{name}'"
    (remark,) = correct(small_graph, text)
    assert remark.startswith("3: ") and "line 1 merges it into dataset/gamma" in remark
    assert "dataset/gamma" in small_graph.nx
    if name == "Delta":
        assert len(correct(small_graph, text)) == 2  # the key that was merged is gone, the name is still told
    assert "dataset/gamma" in small_graph.nx


def test_a_merged_thing_is_rejected_by_its_own_name(small_graph, correct):
    assert correct(small_graph, "- merge: [Gamma, Delta]\n- reject: Gamma") == []
    assert "dataset/gamma" not in small_graph.nx


@pytest.mark.parametrize("text", ["- rename: Gamma\n  to: Omega", "- merge: [Delta, Gamma]\n  into: Omega"])
def test_the_key_of_what_was_renamed_or_merged_still_finds_it(small_graph, correct, text):
    assert correct(small_graph, text) == []
    assert find(small_graph, "dataset/gamma") == ["dataset/omega"]
    assert find(small_graph, "https://w3id.org/biomed-kg/id/dataset/gamma") == ["dataset/omega"]
    assert find(small_graph, "model/gamma") == []
