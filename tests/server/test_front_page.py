"""The front page as it is sent: counts, examples that run as they stand, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from reading import ATTACKS, BASE, PAPERS, graph_of_pages, page, text
from serving import serving

from kg.query import named_queries
from kg.server.questions import prefixed, shortened
from kg.views import write_graph_page

ASSETS = Path(__file__).parents[2] / "kg" / "server" / "assets"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Asks a server of the graph and its drawing for pages, as a browser would."""
    graph = graph_of_pages()
    folder = graph.save(tmp_path_factory.mktemp("front"))
    write_graph_page(graph, folder / "graph.html")
    with (
        serving(folder, "--workers", 2) as served,
        httpx.Client(base_url=served.address, headers={"Accept": "text/html"}, timeout=60) as client,
    ):
        yield client


def settings(answer: httpx.Response) -> dict:
    """What the page hands to its scripts."""
    return dict(json.loads(page(answer).get_element_by_id("settings").text))


def test_it_says_what_the_graph_holds(site: httpx.Client) -> None:
    tree = page(site.get("/"))
    assert f"{PAPERS + 1} papers" in text(tree)
    assert "7 models 2 datasets 2 modalities 1 metric 1 result" in text(tree)
    assert str(site.base_url.join("/sparql")) in text(tree)
    assert {"/graph", "/ontology"} <= set(tree.xpath("//@href"))


def test_the_drawing_is_framed_by_the_header_of_the_site(site: httpx.Client) -> None:
    answer = site.get("/graph")
    tree = page(answer)
    assert {"/", "/ontology"} <= set(tree.xpath("//header//a/@href"))
    assert tree.xpath("//iframe/@src") == ["/graph.html"]
    assert "frame-src 'self'" in answer.headers["content-security-policy"]
    assert "frame-src" not in site.get("/").headers["content-security-policy"]
    drawn = site.get("/graph.html")
    assert b"</html>" in drawn.content
    assert drawn.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert site.get("/static/frame.js").is_success


def test_every_named_query_is_an_example_that_runs_as_it_stands(site: httpx.Client) -> None:
    answer = site.get("/")
    examples = settings(answer)["examples"]
    assert list(examples) == list(named_queries())
    for name, query in {**examples, "first": settings(answer)["first"]}.items():
        ox.Store().query(query)  # with no prefix but its own
        found = site.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
        assert found.status_code == 200, name
        assert re.search(r"^LIMIT \d+", query, re.MULTILINE), name
    links = page(answer).xpath("//section[@class='examples']//a/@href")
    assert links == [f"/?example={name}" for name in examples]


def test_an_example_opens_with_the_things_that_were_asked_about(site: httpx.Client) -> None:
    for value in ("GAMMA", "dataset/gamma", f"{BASE}dataset/gamma", f"<{BASE}dataset/gamma>"):
        opened = settings(site.get("/", params={"example": "dependents", "dataset": value, "model": " "}))[
            "opened"
        ]
        assert f"VALUES ?dataset {{ <{BASE}dataset/gamma> }}" in opened["sparql"], value
        found = site.get("/sparql", params={"query": opened["sparql"]}, headers={"Accept": "text/csv"})
        assert {row.rpartition(",")[2] for row in found.text.split()[1:]} == {
            "Alphanet",
            "Betanet",
            "Gammanet",
        }


def test_a_name_that_nothing_goes_by_is_said_with_those_like_it(site: httpx.Client) -> None:
    answer = site.get("/", params={"example": "dependents", "dataset": "gama"})
    assert "Nothing is called gama. Did you mean Gamma" in text(page(answer))
    assert settings(answer)["opened"] is None


@pytest.mark.parametrize(("parameter", "meant"), [("dataset", "Gamma"), ("model", "Gammanet")])
def test_suggestions_are_of_the_kind_that_is_asked_for(
    site: httpx.Client, parameter: str, meant: str
) -> None:
    answer = site.get("/", params={"example": "leaderboard", parameter: "gamm"})
    [said] = page(answer).xpath("//p[@class='unknown']")
    names = said.xpath(".//q/text()")[1:]
    assert {"Gamma", "Gammanet"} & set(names) == {meant}


@pytest.mark.parametrize(
    "attack", [*ATTACKS, "> } INSERT DATA { <a:b> <a:b> <a:b> } #", "http://x/> } #", "model/\\"]
)
def test_what_is_put_in_the_address_runs_nothing(site: httpx.Client, attack: str) -> None:
    answer = site.get("/", params={"example": "dependents", "dataset": attack, "nonsense": attack})
    assert answer.status_code == 200
    assert len(page(answer).xpath("//script")) == 4
    assert page(answer).xpath("//img | //@onmouseover") == []
    opened = settings(answer)["opened"]
    if opened:  # some attacks are names in the graph
        assert "INSERT" not in opened["sparql"]
        ox.Store().query(opened["sparql"])
    assert settings(site.get("/", params={"example": attack}))["opened"] is None


def test_all_that_the_page_loads_is_its_own_and_is_there(site: httpx.Client) -> None:
    answer = site.get("/")
    loaded = page(answer).xpath("//script/@src | //link[@rel='stylesheet']/@href")
    assert len(loaded) == 7
    for address in (*loaded, "/static/vis-network.js", "/static/third-party.md"):
        assert address.startswith("/static/"), address
        found = site.get(address)
        assert found.status_code == 200 and found.content
        assert b"sourceMappingURL" not in found.content
        tag = found.headers["etag"]
        assert site.get(address, headers={"If-None-Match": tag}).status_code == 304
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy and "http" not in policy


def test_yasgui_is_here_whole_with_its_licences() -> None:
    notes = (ASSETS / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert re.search(r"script and style sheet of @zazuko/yasgui \d+\.\d+\.\d+ \(MIT licence\)", notes)
    for package in ("yasgui", "yasqe", "yasr", "codemirror", "jquery", "datatables.net", "dompurify", "n3"):
        assert re.search(rf"^## (@zazuko/)?{re.escape(package)} \d", notes, re.MULTILINE), package
    assert notes.count("Permission is hereby granted") > 20
    assert (ASSETS / "yasgui" / "yasgui.min.js").stat().st_size > 900_000


def test_prefixes_are_filled_in_where_they_are_used_and_not_declared() -> None:
    prefixes = {"kg": "http://kg/", "schema": "http://schema/", "model": "http://kg/model/", "a": "http://a/"}
    query = (
        'PREFIX schema: <http://own/>\nSELECT * { ?kg ?x "a:b" ; schema:y <a:z> ; kg:basedOn model:m } # a:c'
    )
    assert prefixed(query, prefixes).startswith(
        "PREFIX kg: <http://kg/>\nPREFIX model: <http://kg/model/>\nPREFIX schema: <http://own/>\n"
    )
    assert shortened("http://kg/model/u-net", prefixes) == "model:u-net"
    assert shortened("http://kg/model/u-net.", prefixes) == "<http://kg/model/u-net.>"
    assert shortened("http://elsewhere/x", prefixes) == "<http://elsewhere/x>"
