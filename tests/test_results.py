"""Reported numbers on one scale: percent, ranges, units."""

import pytest

from kg.results import Reported, on_scale, reported, year

SHARE = {"minimum": 0.0, "maximum": 1.0}


def result(text, exact="", value=None):
    number = float(text) if value is None else value
    return Reported("result/r", None, None, None, None, text, number, False, "", exact, 1.0)


@pytest.mark.parametrize(
    ("text", "exact", "metric", "score"),
    [
        ("0.88", "a Dice of 0.88", SHARE, 0.88),
        ("88.2", "a Dice of 88.2", SHARE, 0.882),
        ("88.2", "a Dice of 88.2%", SHARE, 0.882),
        ("0.72", r"only 0.72\% of all", SHARE, 0.0072),
        ("0.9", "rose by 10.9% to 0.9", SHARE, 0.9),
        ("1", "an accuracy of 1", SHARE, 1.0),
        ("-0.2", "a correlation of -0.2", {"minimum": -1.0, "maximum": 1.0}, -0.2),
        ("31.5", "a PSNR of 31.5 dB", {"minimum": 0.0}, 31.5),
        ("12.5", "a score of 12.5%", {}, 12.5),
    ],
)
def test_percent_and_shares_are_put_on_one_scale(text, exact, metric, score):
    assert on_scale(result(text, exact), metric) == (score, "")


@pytest.mark.parametrize(
    ("text", "exact", "metric", "reason"),
    [
        ("1.30", "an accuracy of 1.30mm", SHARE, "unit"),
        ("2.0", "an accuracy of 2.0±1.1 mm", SHARE, "unit"),
        ("20", r"an accuracy of $20^{\circ}$", SHARE, "unit"),
        ("107.2", "a score of 107.2", SHARE, "range"),
        ("-3", "an error of -3", {"minimum": 0.0}, "range"),
    ],
)
def test_a_number_that_cannot_be_of_its_metric_has_no_score(text, exact, metric, reason):
    score, why = on_scale(result(text, exact), metric)
    assert score is None
    assert reason in why


def test_what_is_not_one_number_has_no_score(small_graph):
    ranged = next(r for r in reported(small_graph) if r.text == "0.9 to 1.1")
    assert on_scale(ranged, SHARE) == (None, "is not one number")


def test_results_come_with_what_they_measure(small_graph):
    first = next(reported(small_graph))
    assert (first.model, first.dataset, first.metric, first.paper) == (
        "model/alphanet",
        "dataset/delta",
        "metric/auroc",
        "paper/p1",
    )
    assert (first.text, first.value, first.condition, first.gain) == ("0.91", 0.91, "external", False)


def test_a_year_is_told_where_a_date_begins_with_one(small_graph):
    assert year(small_graph, "paper/p1") == 2024
    small_graph.nx.nodes["paper/p1"]["issued"] = "March 2024"
    assert year(small_graph, "paper/p1") is None
    assert year(small_graph, "paper/none") is None
