"""The endpoint tells programs what it is, and sends people to the front page."""

from __future__ import annotations

import httpx
import pyoxigraph as ox
import pytest
from serving import Served

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "*/*"])
def test_without_a_query_the_endpoint_describes_itself(
    client: httpx.Client, endpoint: Served, accept: str
) -> None:
    reply = client.get("/sparql", headers={"Accept": accept})
    assert reply.status_code == 200
    store = ox.Store()
    format = ox.RdfFormat.from_media_type(reply.headers["content-type"].partition(";")[0])
    store.load(reply.content, format=format)
    (row,) = store.query(
        f"""PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#> PREFIX schema: <http://schema.org/>
        PREFIX formats: <http://www.w3.org/ns/formats/> PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT * {{
          ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
            sd:resultFormat formats:SPARQL_Results_JSON , formats:Turtle ;
            sd:defaultDataset/sd:defaultGraph/void:triples ?triples ;
            sd:availableGraphs/schema:numberOfItems ?graphs ;
            sh:declare [ sh:prefix "fair4ml" ; sh:namespace ?namespace ] .
        }}"""
    )
    assert row["endpoint"] == ox.NamedNode(endpoint.sparql)
    assert row["graphs"].value == "2"
    counted = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    assert row["triples"].value == counted["results"]["bindings"][0]["n"]["value"]
    assert row["namespace"].value == "https://w3id.org/fair4ml#"


def test_every_format_of_the_description_can_be_had(client: httpx.Client) -> None:
    body = client.get("/sparql").content
    named = {
        quad.object.value.rpartition("/")[2]
        for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == SD + "resultFormat"
    }
    results = {"SPARQL_Results_JSON": "json", "SPARQL_Results_XML": "xml", "SPARQL_Results_CSV": "csv"}
    graphs = {
        "Turtle": "turtle",
        "N-Triples": "nt",
        "RDF_XML": "rdf",
        "JSON-LD": "jsonld",
        "N-Quads": "nquads",
    }
    rest = {"SPARQL_Results_TSV": "tsv", "TriG": "trig", "N3": "n3"}
    assert named == {*results, *graphs, *rest}
    for name, short in (results | graphs | rest).items():
        query = "ASK {}" if "Results" in name else "DESCRIBE model:one"
        assert client.get("/sparql", params={"query": query, "format": short}).status_code == 200


def test_a_browser_is_sent_to_the_front_page(client: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    reply = client.get("/sparql", headers={"Accept": accept})
    assert reply.status_code == 303
    assert str(reply.next_request and reply.next_request.url).endswith("/")
    assert "Accept" in reply.headers["vary"]


def test_a_description_in_no_rdf_at_all_is_406(client: httpx.Client) -> None:
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
