"""Leaderboards: the best first as the metric is read, with what was left out counted."""

import pytest

from kg.finding import UnknownName
from kg.graph import KnowledgeGraph
from kg.leaderboard import COLUMNS, leaderboard


def graph_of(*results, better="higher", maximum=1.0):
    """Results as (text, model, dataset, metric, others), each in a paper of its own."""
    graph = KnowledgeGraph()
    for number, (text, model, dataset, metric, *rest) in enumerate(results):
        paper, node = f"paper/p{number}", f"result/p{number}-1"
        graph.nx.add_node(paper, kind="paper", label=f"Paper {number}", issued=f"20{20 + number}-01")
        value = {"value": float(text)} if text.replace(".", "").isdigit() else {}
        known = {"label": text, "text": text, "exact": f"It scores {text}.", "confidence": 0.5, **value}
        graph.nx.add_node(node, kind="result", **{**known, **(rest[0] if rest else {})})
        measure = {"better_when": better, "minimum": 0.0, "maximum": maximum}
        for predicate, kind, label in (
            ("evaluates", "model", model),
            ("onDataset", "dataset", dataset),
            ("inMetric", "metric", metric),
        ):
            if label:
                end = f"{kind}/{label}"
                known = {k: v for k, v in measure.items() if v is not None} if kind == "metric" else {}
                graph.nx.add_node(end, kind=kind, label=label.upper(), **known)
                graph.add_claim(node, predicate, end, paper)
        graph.add_claim(node, "reportedIn", paper, paper)
    return graph


def values(graph, *args, **kwargs):
    return [[row.value for row in board.rows] for board in leaderboard(graph, *args, **kwargs).boards]


def test_the_best_stands_first_whether_written_as_percent_or_as_a_share():
    graph = graph_of(("0.80", "a", "d", "m"), ("91.5", "b", "d", "m"), ("0.9", "c", "d", "m"))
    (board,) = leaderboard(graph, "D", "M").boards
    assert [(r.rank, r.model_label, r.value, r.score) for r in board.rows] == [
        (1, "B", "91.5", 0.915),
        (2, "C", "0.9", 0.9),
        (3, "A", "0.80", 0.8),
    ]
    assert (board.rows[0].paper, board.rows[0].title, board.rows[0].year) == ("paper/p1", "Paper 1", 2021)
    assert (board.rows[0].sentence, board.rows[0].confidence) == ("It scores 91.5.", 0.5)


def test_of_a_metric_that_is_better_when_lower_the_least_stands_first():
    graph = graph_of(("3", "a", "d", "m"), ("1", "b", "d", "m"), better="lower", maximum=None)
    assert values(graph, "d") == [["1", "3"]]


def test_equal_scores_share_a_rank():
    graph = graph_of(("0.9", "a", "d", "m"), ("90", "b", "d", "m"), ("0.8", "c", "d", "m"))
    (board,) = leaderboard(graph, "d").boards
    assert [row.rank for row in board.rows] == [1, 1, 3]


def test_each_dataset_and_metric_has_a_board_the_fullest_first():
    graph = graph_of(("0.1", "a", "d", "m"), ("0.2", "a", "e", "m"), ("0.3", "b", "e", "m"))
    assert [(b.dataset, b.metric) for b in leaderboard(graph, metric="m").boards] == [
        ("dataset/e", "metric/m"),
        ("dataset/d", "metric/m"),
    ]
    assert values(graph, "d") == [["0.1"]]


def test_a_narrower_metric_counts_and_has_its_own_board():
    graph = graph_of(("0.1", "a", "d", "wide"), ("0.2", "a", "d", "narrow"))
    graph.nx.add_edge("metric/narrow", "metric/wide", key="broader|", predicate="broader")
    assert sorted(values(graph, metric="wide")) == [["0.1"], ["0.2"]]
    assert values(graph, metric="narrow") == [["0.2"]]


def test_what_cannot_be_placed_is_counted_with_the_reason():
    graph = graph_of(
        ("0.9", "a", "d", "m"),
        ("0.1", "a", "d", "m", {"gain": True}),
        ("0.5 to 0.6", "a", "d", "m"),
        ("0.7", None, "d", "m"),
        ("0.7", "a", "d", None),
        ("0.7", "a", None, "m"),
        ("700", "a", "d", "m"),
    )
    graph.nx.add_node("dataset/d", kind="dataset", label="D")
    graph.add_claim("paper/p5", "uses", "dataset/d", "paper/p5")
    found = leaderboard(graph, "d", "m")
    assert [[row.value for row in board.rows] for board in found.boards] == [["0.9"]]
    assert found.gains == 1
    assert found.unplaced == {
        "the sentence tells no dataset": 1,
        "the sentence tells no metric": 1,
        "the sentence tells no model": 1,
        "the value is beyond the range of the metric": 1,
        "the value is not one number": 1,
    }
    assert sum(found.unplaced.values()) + found.gains + 1 == 7
    assert len(found.left_out()) == 6


def test_a_result_without_dataset_is_counted_only_if_its_paper_names_the_one_asked_for():
    graph = graph_of(("0.9", "a", "d", "m"), ("0.7", "a", None, "m"))
    assert leaderboard(graph, "d").unplaced == {}
    assert leaderboard(graph, metric="m").unplaced == {"the sentence tells no dataset": 1}


@pytest.mark.parametrize("holder", ["paper/p0", "dataset/d"])
def test_task_and_modality_filter_by_paper_or_dataset_narrower_ones_included(holder):
    graph = graph_of(("0.9", "a", "d", "m"), ("0.8", "b", "e", "m"))
    for name in ("modality/narrow", "modality/wide", "task/t"):
        graph.nx.add_node(name, kind=name.partition("/")[0], label=name.partition("/")[2])
    graph.nx.add_edge("modality/narrow", "modality/wide", key="broader|", predicate="broader")
    graph.add_claim(holder, "hasModality", "modality/narrow", "paper/p0")
    graph.add_claim(holder, "hasTask", "task/t", "paper/p0")
    assert values(graph, metric="m", modality="wide") == [["0.9"]]
    assert values(graph, metric="m", modality="narrow", task="t") == [["0.9"]]


def test_a_limit_shows_the_best_and_says_how_many_there_are():
    graph = graph_of(*((f"0.{n}", f"m{n}", "d", "m") for n in range(1, 8)))
    (board,) = leaderboard(graph, "d", limit=2).boards
    assert ([row.value for row in board.rows], board.found) == (["0.7", "0.6"], 7)
    assert "7 results, 2 shown" in leaderboard(graph, "d", limit=2).to_text()


def test_where_the_direction_is_not_known_the_text_says_so():
    graph = graph_of(("0.9", "a", "d", "m"), better=None)
    assert "which way is better is not known" in leaderboard(graph, "d").to_text()


def test_rows_are_flat_and_complete():
    (row,) = leaderboard(graph_of(("0.9", "a", "d", "m")), "d").to_rows()
    assert set(row) == set(COLUMNS)


def test_names_that_are_unknown_or_left_out_are_told(small_graph):
    with pytest.raises(UnknownName, match="dataset/delta"):
        leaderboard(small_graph, "Dleta")
    with pytest.raises(ValueError, match="a dataset, a metric or both"):
        leaderboard(small_graph)
    with pytest.raises(ValueError, match="limit"):
        leaderboard(small_graph, "Delta", limit=0)


def test_every_result_of_the_seeds_is_placed_or_accounted_for(seeds_graph):
    found = [leaderboard(seeds_graph, metric=key) for key, _ in seeds_graph.nodes("metric")]
    top = [
        f
        for (key, _), f in zip(seeds_graph.nodes("metric"), found, strict=True)
        if not _wider(seeds_graph, key)
    ]
    shown = sum(board.found for f in top for board in f.boards)
    counted = shown + sum(f.gains + sum(f.unplaced.values()) for f in top)
    in_metric = {s for s, _, _ in seeds_graph.edges("inMetric")}
    assert counted >= len(in_metric)
    assert shown > 0


def _wider(graph, key):
    return any(a["predicate"] == "broader" for *_, a in graph.nx.out_edges(key, data=True))


def test_hostile_texts_stay_on_their_lines():
    nasty = "a\n \x1b\u202e<b>"
    graph = graph_of(("0.9", "a", "d", "m", {"exact": nasty, "condition": nasty}))
    graph.nx.nodes["model/a"]["label"] = nasty
    lines = leaderboard(graph, "d").to_text(40).splitlines()
    assert all(line.startswith(" ") for line in lines[1:])


def test_a_value_keeps_the_percent_sign_of_its_sentence():
    said = [{"exact": "It scores 91.5 ± 0.3 % here."}, {"exact": "It scores 0.9, or 90%."}]
    graph = graph_of(("91.5", "a", "d", "m", said[0]), ("0.9", "b", "d", "m", said[1]))
    assert values(graph, "D") == [["91.5%", "0.9"]]


def test_results_of_one_model_and_condition_on_a_board_are_marked():
    other = {"condition": "small"}
    graph = graph_of(*(("0.9", "a", "d", "m"),) * 2, ("0.8", "a", "d", "m", other), ("0.7", "b", "d", "m"))
    found = leaderboard(graph, "D")
    assert [row.of for row in found.boards[0].rows] == [2, 2, 1, 1]
    assert found.to_text().count("one of 2 results of this model here") == 2


def test_what_is_on_no_board_is_listed_when_asked_for_or_when_there_is_no_board():
    lost = ("0.5", None, "d", "m")
    graph = graph_of(("0.9", "a", "d", "m"), lost)
    assert "It scores 0.5." not in leaderboard(graph, "D").to_text()
    assert "It scores 0.5." in leaderboard(graph, "D").to_text(unplaced=True)
    alone = leaderboard(graph_of(lost), "D").to_text(60)
    assert "not placed, the sentence tells no model: 0.5  M, D" in alone and "It scores 0.5." in alone
