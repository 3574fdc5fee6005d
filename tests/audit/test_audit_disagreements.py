"""Disagreements: opposite claims and unequal numbers, and what only looks like them."""

from claimed import add_result, graph_of

from kg.audit.disagreements import disagreements


def opposite(*, one="A beats B.", other="B beats A.", papers=("p", "q")):
    return graph_of(
        ("model/a", "outperforms", "model/b", papers[0], one),
        ("model/b", "outperforms", "model/a", papers[1], other),
    )


def values(graph):
    return [f.summary for f in disagreements(graph) if f.kind == "result"]


def test_each_said_to_be_better_than_the_other_is_found_once_with_both_sentences():
    (finding,) = disagreements(opposite())
    assert finding.kind == "outperforms"
    assert [s.sentence for s in finding.said] == ["A beats B.", "B beats A."]


def test_one_sentence_read_both_ways_is_no_disagreement():
    assert disagreements(opposite(one="A or B wins.", other="A or B wins.", papers=("p", "p"))) == []


def test_claims_whose_results_are_of_two_datasets_do_not_disagree_and_of_one_they_say_which():
    graph = opposite()
    add_result(graph, "r1", "0.9", paper="p", exact="A beats B.", dataset="d")
    add_result(graph, "r2", "0.8", paper="q", model="b", exact="B beats A.", dataset="e")
    assert disagreements(graph) == []
    graph = opposite()
    add_result(graph, "r1", "0.9", paper="p", exact="A beats B.", dataset="d")
    add_result(graph, "r2", "0.8", paper="q", model="b", exact="B beats A.", dataset="d")
    (finding,) = disagreements(graph)
    assert finding.summary.endswith("the other way round on d in auc")


def test_two_values_for_one_result_are_found_with_a_line_that_rejects_the_less_sure():
    graph = graph_of()
    graph.nx.add_nodes_from(
        [("paper/p", {"kind": "paper", "label": "P"}), ("paper/q", {"kind": "paper", "label": "Q"})]
    )
    add_result(graph, "r1", "0.91", paper="p", confidence=0.9)
    add_result(graph, "r2", "0.85", paper="q", confidence=0.7)
    (finding,) = disagreements(graph)
    assert finding.summary == "a on d in auc: 0.91 and 0.85"
    assert finding.confidence == 0.7
    assert finding.remedy == "- {reject: {model: a, value: '0.85', paper: paper/q}}"


def test_percent_and_rounding_are_no_disagreement():
    graph = graph_of()
    add_result(graph, "r1", "0.912", paper="p")
    add_result(graph, "r2", "91.2", paper="q")
    add_result(graph, "r3", "0.91", paper="r")
    assert values(graph) == []
    add_result(graph, "r4", "0.92", paper="s")
    assert len(values(graph)) == 1


def test_several_values_in_one_sentence_and_other_conditions_and_gains_are_no_disagreement():
    graph = graph_of()
    add_result(graph, "r1", "0.9", exact="0.9 and 0.8 on X and Y")
    add_result(graph, "r2", "0.8", exact="0.9 and 0.8 on X and Y")
    add_result(graph, "r3", "0.7", paper="q", condition="external")
    add_result(graph, "r4", "0.1", paper="r", gain=True)
    add_result(graph, "r5", "0.5", paper="s", dataset=None)
    assert values(graph) == []


def test_what_was_read_less_surely_can_be_passed_over():
    graph = graph_of()
    add_result(graph, "r1", "0.9", paper="p", confidence=0.9)
    add_result(graph, "r2", "0.8", paper="q", confidence=0.3)
    assert len(disagreements(graph)) == 1
    assert disagreements(graph, min_confidence=0.5) == []


def test_unsure_results_still_tell_that_two_claims_are_of_two_datasets():
    graph = opposite()
    add_result(graph, "r", "0.5", dataset="d", exact="A beats B.", confidence=0.2)
    add_result(graph, "s", "0.5", paper="q", dataset="e", exact="B beats A.", confidence=0.2)
    assert disagreements(graph) == disagreements(graph, min_confidence=0.5) == []
