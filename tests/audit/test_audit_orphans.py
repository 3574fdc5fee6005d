"""Orphans: names of which nothing is known but one mention."""

from claimed import add_result, graph_of

from kg.audit.orphans import orphans


def found(*claims):
    return [finding.things for finding in orphans(graph_of(*claims))]


def test_a_name_that_one_paper_only_mentions_is_an_orphan_that_no_ready_line_rejects():
    (finding,) = orphans(graph_of(("paper/p", "mentions", "model/m", "p")))
    assert finding.things == ("model/m",)
    assert finding.remedy == ""
    assert finding.said[0].sentence == "p: paper/p mentions model/m."


def test_subjects_do_not_save_an_orphan():
    assert found(("paper/p", "mentions", "dataset/d", "p"), ("dataset/d", "hasModality", "modality/ct", "p"))


def test_use_a_second_paper_a_relation_or_a_result_do():
    assert not found(("paper/p", "uses", "model/m", "p"))
    assert not found(("paper/p", "mentions", "model/m", "p"), ("paper/q", "mentions", "model/m", "q"))
    assert not found(("paper/p", "mentions", "model/m", "p"), ("model/m", "evaluatedOn", "dataset/d", "p"))
    graph = graph_of(("paper/p", "mentions", "model/a", "p"))
    add_result(graph, "r", "0.5", dataset=None)
    assert orphans(graph) == []


def test_what_is_known_less_surely_saves_from_being_an_orphan_and_unsure_mentions_are_passed_over():
    mention = ("paper/p", "mentions", "model/m", "p", "M.", 0.8)
    unsure = ("model/m", "evaluatedOn", "dataset/d", "p", "M on D.", 0.1)
    assert orphans(graph_of(mention, unsure), min_confidence=0.5) == []
    (finding,) = orphans(graph_of(mention), min_confidence=0.5)
    assert "only mentioned, by one paper" in finding.summary
    assert orphans(graph_of(mention), min_confidence=0.9) == []
