"""The page as a file: complete, the same every time, and inert whatever the texts hold."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.views import write_graph_page

ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"'`><svg onload=alert(1)>",
    "{{ 7*7 }} {% raw %}",
    "line\u2028separator",
    "lone \ud800 surrogate",
)


class Elements(HTMLParser):
    """Counts elements and keeps attributes that could fetch something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [
            value or "" for name, value in attributes if name in {"src", "href", "action", "data"}
        ]


def embedded(text: str) -> dict:
    (data,) = re.findall(r'<script id="data" type="application/json">(.*?)</script>', text, flags=re.DOTALL)
    return json.loads(data)


def test_the_page_states_how_much_it_holds(graph: KnowledgeGraph, tmp_path: Path) -> None:
    text = write_graph_page(graph, tmp_path / "page.html").read_text(encoding="utf-8")
    heading = re.sub(
        r"<[^>]+>", "", text[text.index('<p class="counts">') : text.index('<div class="search"')]
    )
    assert heading.split() == [
        *("3", "papers", "3", "models", "2", "datasets", "3", "modalities"),
        *("0", "tasks", "1", "metric", "1", "result"),
    ]


def test_a_second_write_gives_the_same_bytes(graph: KnowledgeGraph, tmp_path: Path) -> None:
    first = write_graph_page(graph, tmp_path / "a.html").read_bytes()
    turned = KnowledgeGraph()
    turned.nx.add_nodes_from(reversed(list(graph.nx.nodes(data=True))))
    turned.nx.add_edges_from(reversed(list(graph.nx.edges(keys=True, data=True))))
    assert write_graph_page(turned, tmp_path / "b.html").read_bytes() == first


def test_nothing_is_fetched_and_scripts_are_allowed_by_hash_alone(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    text = write_graph_page(graph, tmp_path / "page.html").read_text(encoding="utf-8")
    assert Elements(text).addresses == []
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy
    assert "@import" not in text and "sourceMappingURL" not in text


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_adds_no_element_and_arrives_whole(
    graph: KnowledgeGraph, tmp_path: Path, attack: str
) -> None:
    calm = write_graph_page(graph, tmp_path / "calm.html", title="calm").read_text(encoding="utf-8")
    graph.nx.nodes["model/lungnet"]["label"] = attack
    graph.add_claim(
        "model/ribnet", "basedOn", "model/lungnet", "paper/two", exact=attack, method=attack, confidence=0.5
    )
    text = write_graph_page(graph, tmp_path / "page.html", title=attack).read_text(encoding="utf-8")
    assert Elements(text).tags == Elements(calm).tags
    assert attack in embedded(text)["sentences"]
    assert attack in [thing["label"] for thing in embedded(text)["things"]]


def test_an_empty_graph_has_a_page_and_missing_folders_are_made(tmp_path: Path) -> None:
    path = write_graph_page(KnowledgeGraph(), tmp_path / "new" / "folder" / "page.html")
    assert embedded(path.read_text(encoding="utf-8"))["nodes"] == []


def test_above_the_limit_communities_are_closed_and_abstracts_left_out(
    graph: KnowledgeGraph, tmp_path: Path
) -> None:
    open_ = embedded(write_graph_page(graph, tmp_path / "a.html").read_text(encoding="utf-8"))
    closed = embedded(write_graph_page(graph, tmp_path / "b.html", largest=(8, 10)).read_text("utf-8"))
    assert (open_["closed"], closed["closed"]) == (False, True)
    assert any("abstract" in thing for thing in open_["things"])
    assert not any("abstract" in thing for thing in closed["things"])


def test_a_webgl_page_holds_its_own_library_and_no_other(graph: KnowledgeGraph, tmp_path: Path) -> None:
    text = write_graph_page(graph, tmp_path / "page.html", renderer="webgl").read_text(encoding="utf-8")
    assert "graphology" in text and "new vis.Network" not in text
    assert Elements(text).addresses == []
    assert "sourceMappingURL" not in text


def test_an_unknown_renderer_is_refused(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="choose canvas or webgl"):
        write_graph_page(graph, tmp_path / "page.html", renderer="paper")  # type: ignore[arg-type]
