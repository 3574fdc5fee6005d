"""Real SPARQL clients work with the endpoint as they are."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from serving import Served

PREFIXES = "PREFIX fair4ml: <https://w3id.org/fair4ml#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
TRAINED = (
    PREFIXES + "SELECT ?model ?name { ?model a fair4ml:MLModel ; rdfs:label ?name ; fair4ml:trainedOn "
    "<https://w3id.org/biomed-kg/id/dataset/shared> } ORDER BY ?name"
)
MODELS = ["https://w3id.org/biomed-kg/id/model/one", "https://w3id.org/biomed-kg/id/model/two"]
COMUNICA = "4.5.0"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(endpoint: Served, method: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(endpoint.sparql)
    client.setMethod(method)
    client.setQuery(TRAINED)
    for format in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(format)
        assert all(model in _text(client.queryAndConvert()) for model in MODELS)
    client.setQuery(PREFIXES + "CONSTRUCT WHERE { ?model a fair4ml:MLModel }")
    for format in (wrapper.TURTLE, wrapper.RDFXML, wrapper.JSONLD, wrapper.N3):
        client.setReturnFormat(format)
        answer = client.queryAndConvert()
        assert answer if isinstance(answer, bytes) else len(answer) == 2
    client.setReturnFormat(wrapper.JSON)
    client.setQuery("ASK {}")
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("SELECT * {")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="missing"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparql_store(endpoint: Served, method: str) -> None:
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for format in ("xml", "json", "csv"):
        graph = Graph(SPARQLStore(endpoint.sparql, method=method, returnFormat=format))
        assert [str(row.model) for row in graph.query(TRAINED)] == MODELS
    graph = Graph(SPARQLStore(endpoint.sparql, method=method))
    trained = URIRef("https://w3id.org/fair4ml#trainedOn")
    assert len(list(graph.triples((URIRef(MODELS[0]), trained, None)))) == 2
    assert (URIRef(MODELS[0]), trained, URIRef("https://w3id.org/biomed-kg/id/dataset/shared")) in graph
    assert len(graph) > 20
    store = SPARQLStore(endpoint.sparql, method=method, context_aware=True)
    paper = Graph(store, identifier=URIRef("https://w3id.org/biomed-kg/id/paper/one"))
    assert {str(subject) for subject in paper.subjects(trained)} == {MODELS[0]}


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_curl(endpoint: Served) -> None:
    def curl(*arguments: str) -> str:
        command = ["curl", "-sS", "--fail-with-body", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    assert MODELS[0] in curl(endpoint.sparql, "--data-urlencode", f"query={TRAINED}")
    assert MODELS[0] in curl(
        "-G", endpoint.sparql, "--data-urlencode", f"query={TRAINED}", "-H", "Accept: text/csv"
    )
    direct = curl(
        endpoint.sparql, "-H", "Content-Type: application/sparql-query", "--data-binary", "DESCRIBE model:one"
    )
    assert "model:one" in direct
    assert curl("-I", "-G", endpoint.sparql, "--data-urlencode", "query=ASK {}").startswith("HTTP/1.1 200")


@pytest.fixture(scope="session")
def comunica(request: pytest.FixtureRequest) -> Path:
    """The program ``comunica-sparql``, installed once into pytest's cache."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("needs node and npm")
    folder = Path(request.config.cache.mkdir(f"comunica-{COMUNICA}"))
    program = folder / "node_modules/.bin/comunica-sparql"
    if not (folder / "done").exists():
        install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
        try:
            subprocess.run(
                [*install, f"@comunica/query-sparql@{COMUNICA}"], check=True, capture_output=True, timeout=400
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("npm cannot install Comunica")
        (folder / "done").touch()
    return program


@pytest.mark.parametrize("source", ["", "sparql@"])
def test_comunica(endpoint: Served, comunica: Path, source: str) -> None:
    """Once told that it is an endpoint, once finding out from the service description."""

    def ask(query: str, *options: str) -> str:
        command = [str(comunica), source + endpoint.sparql, query, *options]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    rows = json.loads(ask(TRAINED))
    assert [row["model"] for row in rows] == MODELS
    joined = (
        PREFIXES
        + "SELECT ?a ?b { ?a fair4ml:trainedOn ?d . ?b fair4ml:trainedOn ?d FILTER(STR(?a) < STR(?b)) }"
    )
    assert [(row["a"], row["b"]) for row in json.loads(ask(joined))] == [tuple(MODELS)]
    built = ask(
        PREFIXES + "CONSTRUCT { ?m rdfs:label ?n } WHERE { ?m a fair4ml:MLModel ; rdfs:label ?n }",
        "-t",
        "text/turtle",
    )
    assert all(model in built for model in MODELS)


def _text(answer: object) -> str:
    if isinstance(answer, bytes):
        return answer.decode()
    return answer.toxml() if hasattr(answer, "toxml") else str(answer)
