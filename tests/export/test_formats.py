"""Each format is complete, holds any text, and is the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from kg.export import FORMATS, export, load
from kg.graph import KnowledgeGraph
from kg.rdf import quads

STREAMED = [name for name, format in FORMATS.items() if not format.folder]


@pytest.fixture(params=["small_graph", "hostile_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    made: KnowledgeGraph = request.getfixturevalue(request.param)
    return made


def written(graph: KnowledgeGraph, format: str) -> bytes:
    stream = io.BytesIO()
    export(graph, format, stream)
    return stream.getvalue()


@pytest.mark.parametrize("format", STREAMED)
def test_bytes_depend_on_the_graph_alone(graph: KnowledgeGraph, format: str) -> None:
    turned = KnowledgeGraph(base=graph.base)
    turned.nx.add_nodes_from(
        (node, dict(reversed(attributes.items())))
        for node, attributes in reversed(list(graph.nx.nodes.items()))
    )
    turned.nx.add_edges_from(reversed(list(graph.nx.edges(keys=True, data=True))))
    assert written(turned, format) == written(graph, format)


_IN_ANOTHER_PROCESS = """
import sys
from kg.export import export
from kg.graph import KnowledgeGraph
graph = KnowledgeGraph()
for name in ("a", "b"):
    graph.nx.add_node(f"model/{name}", kind="model", label=name, aliases=("x", "y"))
graph.add_claim("model/a", "basedOn", "model/b", "paper/p", exact="s", confidence=0.5)
for format in sys.argv[1:]:
    export(graph, format, sys.stdout.buffer)
"""


def test_bytes_do_not_depend_on_the_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _IN_ANOTHER_PROCESS, *STREAMED],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


@pytest.mark.parametrize("extension", [".ttl", ".nq", ".nt", ".jsonld"])
def test_every_rdf_format_alone_gives_the_graph_back(
    graph: KnowledgeGraph, extension: str, tmp_path: Path
) -> None:
    (format,) = (name for name, how in FORMATS.items() if how.extension == extension)
    export(graph, format, tmp_path / f"g{extension}")
    assert load(tmp_path / f"g{extension}") == graph


def test_rdflib_reads_the_same_turtle(graph: KnowledgeGraph) -> None:
    text = written(graph, "turtle")
    triples = {quad.triple for quad in quads(graph)}
    assert {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)} == triples
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(triples)


def test_turtle_is_to_be_read(small_graph: KnowledgeGraph) -> None:
    text = written(small_graph, "turtle").decode()
    assert text.startswith("@prefix author: ")
    assert '\n\nmodel:alphanet a fair4ml:MLModel ;\n\trdfs:label "Alphanet" ;' in text
    assert "\tfair4ml:trainedOn dataset:gamma .\n" in text
    assert text.count("@prefix model:") == 1
    assert text.count("\nmodel:alphanet ") == 1


def test_nquads_name_the_paper(small_graph: KnowledgeGraph) -> None:
    lines = written(small_graph, "nquads").decode().splitlines()
    assert sum(line.endswith("/paper/p3> .") for line in lines) > 5
    assert len(lines) == len(list(quads(small_graph)))


def test_graphml_holds_every_node_and_edge(graph: KnowledgeGraph) -> None:
    read = nx.read_graphml(io.BytesIO(written(graph, "graphml")), force_multigraph=True)
    assert (len(read), read.number_of_edges()) == (len(graph.nx), graph.nx.number_of_edges())
    assert sorted(a["predicate"] for *_, a in read.edges(data=True)) == sorted(
        a["predicate"] for *_, a in graph.nx.edges(data=True)
    )


def test_graphml_joins_values_and_keeps_numbers(small_graph: KnowledgeGraph) -> None:
    read = nx.read_graphml(io.BytesIO(written(small_graph, "graphml")), force_multigraph=True)
    assert read.nodes["dataset/gamma"]["aliases"] == "Gamma CXR | GCXR"
    assert read.nodes["result/p1-1"]["value"] == 0.91
    (edge,) = read.get_edge_data("model/betanet", "model/alphanet").keys() - {
        name
        for name, attributes in read.get_edge_data("model/betanet", "model/alphanet").items()
        if attributes["predicate"] != "basedOn"
    }
    assert edge == "claim/p2-76f654e4a573cc15"


def test_gexf_holds_every_node_and_edge_and_no_times(graph: KnowledgeGraph) -> None:
    text = written(graph, "gexf")
    read = nx.read_gexf(io.BytesIO(text))
    assert (len(read), read.number_of_edges()) == (len(graph.nx), graph.nx.number_of_edges())
    assert b'mode="static" name=' in text
    assert b"lastmodifieddate" not in text


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_characters_that_xml_forbids_are_replaced(hostile_graph: KnowledgeGraph, format: str) -> None:
    text = written(hostile_graph, format).decode()
    assert "\x00" not in text and "\x1b" not in text and "&#0;" not in text
    assert "\ufffd" in text
    assert "</script>" not in text


def test_cytoscape_holds_every_attribute(small_graph: KnowledgeGraph) -> None:
    page = json.loads(written(small_graph, "cytoscape"))
    nodes = {node["data"]["id"]: node["data"] for node in page["elements"]["nodes"]}
    edges = [edge["data"] for edge in page["elements"]["edges"]]
    assert len(nodes) == len(small_graph.nx)
    assert nodes["result/p1-1"]["value"] == 0.91
    assert nodes["paper/p1"]["source_file"] == "list.txt:3"
    assert nodes["dataset/gamma"]["aliases"] == ["Gamma CXR", "GCXR"]
    assert {edge["source"] for edge in edges} | {edge["target"] for edge in edges} <= nodes.keys()
    assert len({edge["id"] for edge in edges}) == small_graph.nx.number_of_edges()


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_tables_hold_every_node_and_edge(graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(graph, "csv", tmp_path / "tables")
    assert len(rows(tmp_path / "tables" / "nodes.csv")) == len(graph.nx)
    assert len(rows(tmp_path / "tables" / "edges.csv")) == graph.nx.number_of_edges()


@pytest.mark.parametrize("label", ["=1+1", "+cmd()", "-2+3", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1+1"])
def test_no_cell_of_a_table_is_run_as_a_formula(label: str, tmp_path: Path) -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("model/x", kind="model", label=label)
    export(graph, "csv", tmp_path)
    (row,) = rows(tmp_path / "nodes.csv")
    assert row["label"] == "'" + label


@pytest.mark.parametrize("text", ["+4.1", "-0.5", "92", "1,024", "-1e-5"])
def test_numbers_in_a_table_stay_numbers(text: str, tmp_path: Path) -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("result/x", kind="result", label="x", text=text)
    export(graph, "csv", tmp_path)
    assert rows(tmp_path / "nodes.csv")[0]["text"] == text


def test_an_unknown_format_names_the_known_ones(small_graph: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match=r"'xls'.*turtle, nquads"):
        export(small_graph, "xls", io.BytesIO())


def test_tables_do_not_go_into_a_stream(small_graph: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match="give a folder"):
        export(small_graph, "csv", io.BytesIO())
