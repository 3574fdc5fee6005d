"""Other forms of a lineage: JSON, rows, data frames, graphs, and drawings for other programs."""

import json
import re
import shutil
import subprocess
import sys

import networkx as nx
import pytest
from claims import made

from kg.lineage import lineage
from kg.lineage.rows import COLUMNS, EVIDENCE

ATTACK = '"] ; x [label="pwned\\" <b>a|b</b> `c` #quot; %%{init}%%\n  end\u202e\x00 \\'


@pytest.fixture
def attacked():
    graph = made(("model/a", "basedOn", "model/b"), ("model/b", "basedOn", "model/a"))
    graph.nx.add_node('model/"evil"\n', kind="model", label=ATTACK)
    graph.add_claim("model/a", "basedOn", 'model/"evil"\n', "paper/p1")
    return graph


def test_json_nests_like_the_trees_and_says_what_was_asked(small_graph):
    found = json.loads(json.dumps(lineage(small_graph, "Betanet", min_confidence=0.7).to_json()))
    epsilon, alphanet = found["upstream"]
    assert (epsilon["node"], epsilon["predicate"], epsilon["depth"]) == ("dataset/epsilon", "trainedOn", 1)
    assert epsilon["claims"][0]["exact"] == "trained on Epsilon"
    assert [step["node"] for step in alphanet["children"]] == ["dataset/gamma"]
    assert found["asked"]["min_confidence"] == 0.7
    assert found["left_out"]["upstream"]["held_back"] == 1


def test_rows_run_from_what_depends_to_what_it_depends_on_on_every_side(small_graph):
    found = {
        (row["side"], row["subject"], row["link"], row["object"])
        for row in lineage(small_graph, "Alphanet").to_rows()
    }
    assert found == {
        ("upstream", "model/alphanet", "trainedOn", "dataset/gamma"),
        ("downstream", "model/betanet", "basedOn", "model/alphanet"),
        ("downstream", "dataset/epsilon", "builtWith", "model/alphanet"),
        ("downstream", "model/betanet", "trainedOn", "dataset/epsilon"),
        ("evaluated", "model/alphanet", "evaluatedOn", "dataset/delta"),
    }
    gamma = lineage(small_graph, "Delta").to_rows()
    assert [(row["side"], row["subject"]) for row in gamma] == [
        ("evaluated", "model/alphanet"),
        ("evaluated", "model/betanet"),
    ]


def test_rows_with_evidence_are_one_a_paper(small_graph):
    rows = lineage(small_graph, "Alphanet", down=False).to_rows(evidence=True)
    assert [(row["paper"], row["issued"], row["confidence"], row["sentence"]) for row in rows] == [
        ("paper/p1", "2024-03-01", 0.9, "trained on Gamma"),
        ("paper/p3", "2025-02", 0.8, "Alphanet, trained on Gamma"),
    ]
    assert {tuple(row) for row in rows} == {(*COLUMNS, *EVIDENCE)}


def test_a_data_frame_has_its_columns_even_when_empty(small_graph):
    pytest.importorskip("pandas")
    assert tuple(lineage(small_graph, "Delta", down=False).to_frame().columns) == COLUMNS
    frame = lineage(small_graph, "Alphanet").to_frame(evidence=True)
    assert tuple(frame.columns) == (*COLUMNS, *EVIDENCE)
    assert frame[frame["side"] == "upstream"]["papers"].tolist() == [2, 2]


def test_without_pandas_the_error_says_how_to_get_it(small_graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'biomed-kg\[pandas\]'"):
        lineage(small_graph, "Alphanet").to_frame()


def test_the_graph_of_a_lineage_holds_its_claims_and_can_be_traced_again(small_graph):
    answer = small_graph.lineage("Betanet")
    part = answer.to_networkx()
    assert nx.descendants(part, "model/betanet") == {"model/alphanet", "dataset/epsilon", "dataset/gamma"}
    assert part.number_of_edges("model/alphanet", "dataset/gamma") == 2
    assert (
        part.edges["model/betanet", "model/alphanet", "basedOn|paper/p2"]["exact"]
        == "Betanet extends Alphanet."
    )
    assert not any(claim["predicate"] == "evaluatedOn" for *_, claim in part.edges(data=True))
    again = type(small_graph)(part).lineage("Betanet")
    assert [step.node for step in again.upstream] == [step.node for step in answer.upstream]


def test_drawings_have_every_thing_and_link_once(attacked):
    answer = lineage(attacked, "a")
    assert answer.to_dot().count(" -> ") == answer.to_mermaid().count("-->") == 3
    assert answer.to_mermaid().startswith("flowchart LR\n")


def test_arrows_of_a_drawing_run_with_time(small_graph):
    answer = lineage(small_graph, "Alphanet")
    assert '"model/alphanet" -> "model/betanet" [label="basis of"];' in answer.to_dot()
    assert '"dataset/gamma" -> "model/alphanet" [label="used to train (2)"];' in answer.to_dot()
    assert "rankdir=LR" in answer.to_dot()
    assert re.search(r'n0 -->\|"basis of"\| n\d', answer.to_mermaid())


def test_a_hostile_name_cannot_leave_its_string(attacked):
    dot, mermaid = lineage(attacked, "a").to_dot(), lineage(attacked, "a").to_mermaid()
    assert not {"\x00", "\u202e"} & set(dot + mermaid)
    # What opens and closes, then a line a thing and a line a link.
    assert (len(dot.splitlines()), len(mermaid.splitlines())) == (4 + 3 + 3, 2 + 3 + 3)
    assert all(re.fullmatch(r'([^"]|"([^"\\]|\\.)*")*', line) for line in dot.splitlines())
    (label,) = (line for line in mermaid.splitlines() if "pwned" in line)
    assert label.count('"') == 2
    assert not set("<>`|%") & set(label)


def test_a_name_is_no_markdown_to_mermaid():
    graph = made(("model/a", "basedOn", "model/b"))
    graph.nx.nodes["model/b"]["label"] = "1. _U_-Net 2.0"
    assert '["1#46; #95;U#95;-Net 2.0"]' in lineage(graph, "a").to_mermaid()


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_a_drawing(attacked):
    text = lineage(attacked, "a").to_dot()
    drawn = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True).stdout
    assert sum(line.startswith("node ") for line in drawn.splitlines()) == 3
