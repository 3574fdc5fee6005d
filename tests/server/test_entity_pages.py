"""Things at their own addresses: pages that say what the graph says, RDF for who asks for it, no hole."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from reading import ATTACKS, BASE, HOSTILE, PAPERS, editor_query, graph_of_pages, page, text
from serving import serving

from kg.server.addresses import Addresses, web_address

RDF = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Asks a server of the graph for pages, as a browser would."""
    folder = graph_of_pages().save(tmp_path_factory.mktemp("pages"))
    with (
        serving(folder, "--workers", 2) as served,
        httpx.Client(base_url=served.address, headers={"Accept": "text/html"}, timeout=60) as client,
    ):
        yield client


def triples(answer: httpx.Response, format: ox.RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in ox.parse(answer.content, format=format)}


def hrefs(tree: object) -> list[str]:
    return list(tree.xpath("//main//a/@href"))  # type: ignore[attr-defined]


def test_the_page_of_a_model_tells_names_neighbours_sentences_and_results(site: httpx.Client) -> None:
    answer = site.get("/id/model/alphanet")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    tree = page(answer)
    said = text(tree)
    assert tree.xpath("//h1/text()") == ["Alphanet"]
    for part in ("model", "Alpha Network", f"{BASE}model/alphanet", "fair4ml:MLModel"):
        assert part in said
    assert "trained on 1 dataset" in said and "Gamma 2 papers" in said
    # The surer of the two sentences comes first.
    assert said.index("says 2.") < said.index("says 1.")
    assert "Paper 2 · confidence 0.75" in said
    assert "basis of 1 model" in said and "Betanet extends Alphanet." in said
    assert "Dice 0.91 five folds Paper 1" in said
    assert {"/id/dataset/gamma", "/id/model/betanet", "/id/paper/p2", "/id/metric/dice"} <= set(hrefs(tree))


def test_the_page_of_a_paper_tells_its_authors_and_what_it_says_of_others(site: httpx.Client) -> None:
    said = text(page(site.get("/id/paper/p3")))
    assert "authors Ada Moore, Li Wen" in said
    assert "uses 1 dataset" in said and "We use Gamma." in said
    assert "Betanet based on Alphanet" in said


def test_a_statement_that_is_there_beside_a_narrower_one_is_shown_once(site: httpx.Client) -> None:
    said = text(page(site.get("/id/dataset/gamma")))
    assert "used by 1 paper" in said
    assert "mentioned by 1 paper" in said  # of two that are stated
    assert "depends" not in said


@pytest.mark.parametrize("ending", RDF)
def test_programs_get_the_form_of_rdf_that_they_ask_for(site: httpx.Client, ending: str) -> None:
    media_type, format = RDF[ending]
    answer = site.get("/id/model/alphanet", headers={"Accept": f"{media_type}, text/html;q=0.5"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    assert answer.headers["content-location"] == f"/id/model/alphanet.{ending}"
    found = triples(answer, format)
    alphanet, gamma = f"<{BASE}model/alphanet>", f"<{BASE}dataset/gamma>"
    assert f"{alphanet} <https://w3id.org/fair4ml#trainedOn> {gamma}" in found
    assert f'{gamma} <http://www.w3.org/2000/01/rdf-schema#label> "Gamma"' in found
    assert sum(' <http://www.w3.org/ns/oa#exact> "Alphanet was trained' in triple for triple in found) == 2
    # The address of the form gives the same, whatever a browser says it likes.
    assert triples(site.get(answer.headers["content-location"]), format) == found


def test_who_asks_for_plain_json_gets_json_ld_with_short_names(site: httpx.Client) -> None:
    answer = site.get("/id/model/alphanet", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["content-location"] == "/id/model/alphanet.jsonld"
    assert answer.json()["@context"]["label"] == "rdfs:label"
    assert '"label": "Gamma"' in answer.text
    in_turtle = site.get("/id/model/alphanet.ttl")
    assert triples(answer, ox.RdfFormat.JSON_LD) == triples(in_turtle, ox.RdfFormat.TURTLE)


def test_a_result_says_each_thing_once_and_its_facts_in_order(site: httpx.Client) -> None:
    tree = page(site.get("/id/result/r1"))
    headings = [heading.text.strip() for heading in tree.xpath("//h3")]
    assert headings.count("evaluates") == 1
    assert "has evaluation (of)" not in headings
    facts = [heading.text for heading in tree.xpath("//dl[@class='facts']/dt")]
    assert facts == ["value", "as written", "condition", "sentence", "class"]


def test_a_concept_first_tells_where_it_stands_among_others(site: httpx.Client) -> None:
    def headings(path: str) -> list[str]:
        return [heading.text.strip() for heading in page(site.get(path)).xpath("//h3")]

    assert headings("/id/modality/x-ray") == ["narrower", "modality of"]
    assert headings("/id/modality/chest-x-ray") == ["broader"]


def test_sentences_are_shown_without_the_marks_of_latex(site: httpx.Client) -> None:
    tree = page(site.get("/id/paper/p6"))
    assert "It gains 10% in \u03b1." in [quote.text for quote in tree.xpath("//blockquote")]
    # What programs read is the sentence as it was written.
    assert "10\\\\%" in site.get("/id/paper/p6.nt").text


def test_a_page_points_to_its_rdf(site: httpx.Client) -> None:
    answer = site.get("/id/model/alphanet")
    tree = page(answer)
    alternates = dict(
        zip(
            tree.xpath("//link[@rel='alternate']/@type"),
            tree.xpath("//link[@rel='alternate']/@href"),
            strict=True,
        )
    )
    assert alternates == {
        media_type: f"/id/model/alphanet.{ending}" for ending, (media_type, _) in RDF.items()
    }
    assert answer.headers["content-location"] == "/id/model/alphanet.html"
    assert 'rel="alternate"; type="text/turtle"' in answer.headers["link"]


def test_a_thing_whose_name_ends_like_a_form_is_found_as_itself(site: httpx.Client) -> None:
    assert page(site.get("/id/dataset/gamma.ttl")).xpath("//h1/text()") == ["Gamma with a suffix"]
    assert site.get("/id/dataset/gamma.ttl.nt").headers["content-type"].startswith("application/n-triples")


def test_a_form_that_is_not_on_offer_is_refused(site: httpx.Client) -> None:
    answer = site.get("/id/model/alphanet", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_of_many_neighbours_some_are_listed_and_a_query_gives_all(site: httpx.Client) -> None:
    tree = page(site.get("/id/modality/x-ray"))
    assert f"modality of {PAPERS} papers" in text(tree)
    listed = [address for address in hrefs(tree) if address.startswith("/id/paper/")]
    assert len(set(listed)) == 20
    [more] = tree.xpath(f"//a[text()='and {PAPERS - 20} more']/@href")
    answer = site.get("/sparql", params={"query": editor_query(more)}, headers={"Accept": "text/csv"})
    assert len(answer.text.splitlines()) == 1 + PAPERS


def test_every_query_that_a_page_links_to_runs_without_known_prefixes(site: httpx.Client) -> None:
    queries = {
        editor_query(address)
        for path in (
            "/id/model/alphanet",
            "/id/paper/p1",
            "/id/dataset/gamma",
            "/id/" + quote(HOSTILE, safe=""),
        )
        for address in hrefs(page(site.get(path)))
        if "#query=" in address
    }
    assert len(queries) > 8
    for query in queries:
        answer = site.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
        assert answer.status_code == 200 and len(answer.text.splitlines()) > 1, query
        ox.Store().query(query)  # complete with its own prefixes


def test_the_addresses_of_a_page_lead_somewhere(site: httpx.Client) -> None:
    local = set()
    for path in ("/id/model/alphanet", "/id/paper/bad", "/id/result/r1", "/id/author/p1-1"):
        tree = page(site.get(path))
        local |= {address.partition("#")[0] for address in tree.xpath("//@href") if address.startswith("/")}
    assert any("%3Cb%3E" in address for address in local)
    for address in sorted(local):
        assert site.get(address, follow_redirects=True).status_code == 200, address


def test_what_the_graph_does_not_know_is_not_found_with_names_like_it(site: httpx.Client) -> None:
    answer = site.get("/id/model/alphanett")
    assert answer.status_code == 404
    assert "/id/model/alphanet" in hrefs(page(answer))
    plain = site.get("/id/model/alphanett", headers={"Accept": "text/turtle"})
    assert (plain.status_code, plain.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert f"{BASE}model/alphanet" in plain.text
    for path in ("/id/", "/id", "/id?iri=%3E%20%7D", "/id/%00%0d%0a", "/id/" + "x" * 3000):
        assert site.get(path).status_code == 404, path


def test_a_name_with_dots_that_browsers_resolve_away_has_a_page(site: httpx.Client) -> None:
    [address] = page(site.get("/id/paper/bad")).xpath("//main//a[normalize-space()='Dotted']/@href")
    assert ".." not in httpx.URL(address).path
    assert page(site.get(address)).xpath("//h1/text()") == ["Dotted"]


def test_a_thing_named_elsewhere_has_a_page_by_its_whole_iri(site: httpx.Client) -> None:
    [address] = {
        link
        for link in hrefs(page(site.get("/id/dataset/gamma")))
        if "example.org" in link and "#" not in link
    }
    answer = site.get(address)
    assert page(answer).xpath("//h1/text()") == ["Gammanet"]
    turtle = site.get(address, headers={"Accept": "text/turtle"})
    assert "<http://example.org/model/gammanet>" in turtle.text
    assert site.get(turtle.headers["content-location"]).text == turtle.text


@pytest.mark.parametrize("path", ["/id/" + quote(HOSTILE), "/id/paper/bad"])
def test_hostile_texts_stay_texts(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    tree = page(answer)
    assert tree.xpath("//script | //img | //iframe | //b | //@onerror | //@onmouseover | //@style") == []
    for address in tree.xpath("//@href"):
        assert address.startswith(("/", "#", "http://", "https://", "data:,")), address
    said = text(tree)
    for attack in ATTACKS[:3]:
        assert attack in said
    assert "{{ 7 * 7 }}" in said and "49" not in said
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src" not in policy


def test_only_web_addresses_become_links(site: httpx.Client) -> None:
    tree = page(site.get("/id/paper/bad"))
    outside = [address for address in hrefs(tree) if "://" in address and "#query" not in address]
    assert "https://example.org/code" in outside
    assert "javascript:alert(1)" in text(tree)
    assert not any("javascript" in address.lower() for address in outside)
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.example",
        "https:",
        " https://x.example",
        "file:///x",
    ):
        assert web_address(bad) == ""


def test_an_iri_under_the_base_comes_back_from_its_address() -> None:
    addresses = Addresses(BASE, "/mounted")
    for key in ("model/u-net", "model/a%2Fb", "model/é", "model/50%25"):
        path = addresses.page(addresses.iri(key)).removeprefix("/mounted/id/")
        assert addresses.iri(httpx.URL(f"http://x/{path}").path[1:]) == addresses.iri(key)
    for iri in (f"{BASE}model/é", f"{BASE}a/%2E%2E/b", "http://example.org/x", BASE):
        assert addresses.page(iri).startswith("/mounted/id?iri=")


def test_a_name_leads_to_its_thing_or_to_those_like_it(site: httpx.Client) -> None:
    answer = site.get("/find", params={"name": " alpha NETWORK "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/id/model/alphanet")
    twins = hrefs(page(site.get("/find", params={"name": "twin"})))
    assert twins == ["/id/model/namesake-1", "/id/model/namesake-2"]
    assert "/id/model/alphanet" in hrefs(page(site.get("/find", params={"name": "alphnet"})))
    for odd in ("", "qqqqqq", *(attack + "z" for attack in ATTACKS), '" } #', "\\", "😀", "\x00\r\n"):
        assert site.get("/find", params={"name": odd}).status_code == 200, odd


def test_the_ontology_dereferences_to_its_terms_or_to_rdf(site: httpx.Client) -> None:
    tree = page(site.get("/ontology"))
    assert "from fair4ml:MLModel" in text(tree.get_element_by_id("basedOn"))
    for media_type, format in RDF.values():
        answer = site.get("/ontology", headers={"Accept": media_type})
        assert answer.headers["content-type"].partition(";")[0] == media_type
        own = {triple for triple in triples(answer, format) if "ontology#basedOn>" in triple}
        assert len(own) > 3
    assert site.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


def test_the_files_of_the_ontology_are_served_and_no_others(site: httpx.Client) -> None:
    files = [address for address in hrefs(page(site.get("/ontology"))) if address.startswith("/ontology/")]
    assert {"/ontology/ontology.ttl", "/ontology/context.jsonld"} <= set(files)
    for address in files:
        assert site.get(address).status_code == 200
    for bad in (
        "/ontology/..%2f..%2fpyproject.toml",
        "/ontology/queries",
        "/static/..%2fpages.py",
        "/static/entity.html",
    ):
        assert site.get(bad).status_code == 404, bad


def test_without_a_drawing_there_is_no_link_to_one(site: httpx.Client) -> None:
    assert site.get("/graph").status_code == 404
    assert "/graph" not in page(site.get("/ontology")).xpath("//nav//@href")
