"""The folder of pages as files: complete, the same every time, and inert whatever the texts hold."""

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.views.facts import numbers
from kg.views.site import DATA, PAGES, write_single_page, write_site
from kg.views.site.parts import parts

ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"'`><svg onload=alert(1)>",
    "{{ 7*7 }} {% raw %}",
    "line\u2028separator",
    "');alert(1);//",
)


class Tags(HTMLParser):
    """The elements of a page in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert not {name for name, _ in attributes if name.startswith("on")}
        self.found.append(tag)


def network(graph: KnowledgeGraph, path: Path, **options: object) -> None:
    """Stands in for the page of the network, which has tests of its own."""
    path.write_text("<title>network</title>", encoding="utf-8")


def table(folder: Path, name: str) -> Any:
    """What a data file hands over."""
    text = (folder / DATA / f"{name}.js").read_text(encoding="utf-8")
    found = re.fullmatch(r'kgPages\.arrived\("([\w-]+)",(.*)\);\n', text, flags=re.DOTALL)
    assert found and found[1] == name
    return json.loads(found[2])


def test_the_folder_holds_the_pages_and_their_data(graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert write_site(graph, tmp_path / "new" / "pages", network=network) == tmp_path / "new/pages/index.html"
    folder = tmp_path / "new" / "pages"
    assert {file.name for file in folder.iterdir()} == {f"{page}.html" for page in PAGES} | {
        "graph.html",
        DATA,
    }
    names = {row[0]: row[1:] for row in table(folder, "names")}
    assert names["model/lungnet"] == ["model", "LungNet", ["Lung Network"], 2, None, 0]
    assert names["paper/one"][4] == "2024-03"
    assert "result/one-1" not in names


def test_a_second_write_gives_the_same_bytes(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_site(graph, tmp_path / "a", network=network)
    turned = KnowledgeGraph()
    turned.nx.add_nodes_from(reversed(list(graph.nx.nodes(data=True))))
    turned.nx.add_edges_from(reversed(list(graph.nx.edges(keys=True, data=True))))
    write_site(turned, tmp_path / "b", network=network)
    files = sorted(file.relative_to(tmp_path / "a") for file in (tmp_path / "a").rglob("*.*"))
    assert len(files) > len(PAGES) + 3
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_data_that_an_earlier_run_left_are_removed_and_other_files_stay(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    (tmp_path / DATA).mkdir()
    for name in ("part-7.js", "mine.txt"):
        (tmp_path / DATA / name).write_text("old", encoding="utf-8")
    write_site(graph, tmp_path, network=network)
    assert not (tmp_path / DATA / "part-7.js").exists()
    assert (tmp_path / DATA / "mine.txt").exists()


def test_links_count_the_papers_behind_them_and_keep_the_surest(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    write_site(graph, tmp_path, network=network)
    number, links = numbers(graph), table(tmp_path, "links")
    rows = {(row[0], links["predicates"][row[1]], row[2]): row[3:] for row in links["rows"]}
    model, dataset = number["model/lungnet"], number["dataset/chest-9"]
    assert rows[model, "evaluatedOn", dataset] == [2, 1.0]
    assert rows[model, "trainedOn", dataset] == [1, 0.75]
    assert set(links["dependencies"]) == {"trainedOn", "basedOn", "derivedFrom", "builtWith"}


@pytest.mark.parametrize("rows", [1, 5, 1000])
def test_every_claim_and_result_is_told_under_both_ends_however_parts_are_cut(
    graph: KnowledgeGraph, rows: int
) -> None:
    number = numbers(graph)
    told: dict[int, dict[str, Any]] = {}
    for part in parts(graph, number, rows):
        for thing, said in part["things"].items():
            assert thing not in told
            told[thing] = said
            for row in said["claims"]:
                assert row[4] is None or row[4] < len(part["sentences"])
                assert row[3] in part["papers"]
    for subject, object_, attributes in graph.edges():
        for key in {subject, object_}:
            if key in number and graph.nx.nodes[key]["kind"] in ("model", "dataset", "paper"):
                if attributes["predicate"] in ("evaluates", "inMetric", "reportedIn"):
                    assert told[number[key]]["results"]
                else:
                    claim = [number[subject], attributes["predicate"], number[object_]]
                    assert claim in [row[:3] for row in told[number[key]]["claims"]]
    (result,) = told[number["metric/dice"]]["results"]
    assert result[:4] == [number["model/lungnet"], None, number["metric/dice"], "0.91"]


def test_nothing_is_allowed_but_the_scripts_of_the_page(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_site(graph, tmp_path, network=network)
    for page in PAGES:
        text = (tmp_path / f"{page}.html").read_text(encoding="utf-8")
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert html.unescape(policy).startswith("default-src 'none'; script-src 'sha256-")
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy
        assert "@import" not in text and "sourceMappingURL" not in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_adds_no_element_and_arrives_whole(
    graph: KnowledgeGraph, tmp_path: Path, attack: str
) -> None:
    write_single_page(graph, tmp_path / "calm.html", network=network)
    graph.nx.nodes["model/lungnet"]["label"] = attack
    graph.add_claim("model/ribnet", "basedOn", "model/lungnet", "paper/two", exact=attack, method=attack)
    write_single_page(graph, tmp_path / "page.html", title=attack, network=network)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert Tags(text).found == Tags((tmp_path / "calm.html").read_text(encoding="utf-8")).found
    write_site(graph, tmp_path / "pages", title=attack, network=network)
    assert attack in [row[2] for row in table(tmp_path / "pages", "names")]
    assert attack in table(tmp_path / "pages", "part-0")["sentences"]
    for file in (tmp_path / "pages" / DATA).iterdir():
        assert not set("<>&\u2028\u2029") & set(file.read_text(encoding="utf-8"))


def test_half_a_surrogate_pair_can_be_written(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.nx.nodes["model/lungnet"]["label"] = "lone \ud800 half"
    write_site(graph, tmp_path, title="\ud800", network=network)
    assert "lone \ufffd half" in [row[2] for row in table(tmp_path, "names")]


def test_an_empty_graph_has_pages(tmp_path: Path) -> None:
    write_site(KnowledgeGraph(), tmp_path, network=network)
    assert table(tmp_path, "names") == []
    assert not list((tmp_path / DATA).glob("part-*"))


def test_a_place_that_cannot_be_written_leaves_nothing_behind(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="no folder"):
        write_site(graph, tmp_path / "file", network=network)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
