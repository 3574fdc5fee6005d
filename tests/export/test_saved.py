"""A saved graph is whole, readable by others, and the same when loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export import FORMATS, export, load, save
from kg.graph import KnowledgeGraph


def test_a_saved_graph_is_loaded_from_its_folder(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    folder = save(small_graph, tmp_path / "new" / "folder")
    assert load(folder) == small_graph
    assert sorted(path.name for path in folder.iterdir()) == ["graph.graphml", "graph.nq", "graph.ttl"]


def test_the_graphs_own_method_saves_the_same(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert load(small_graph.save(tmp_path)) == small_graph


def test_without_a_name_the_folder_is_output(
    small_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(small_graph.save()) == small_graph
    assert (tmp_path / "output" / "graph.nq").is_file()


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
@pytest.mark.parametrize("format", ["turtle", "nquads", "ntriples", "jsonld"])
def test_each_rdf_file_alone_gives_the_graph_back(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, format: str
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    file = tmp_path / f"alone{FORMATS[format].extension}"
    export(graph, format, file)
    assert load(file) == graph


def test_a_base_of_ones_own_is_found_again(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    assert load(save(hostile_graph, tmp_path)).base == "https://example.org/graph#"


def test_a_failed_save_leaves_the_old_files_whole(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    save(small_graph, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = KnowledgeGraph(small_graph.nx.copy())
    broken.nx.add_node("zz/last", kind="nothing known", label="")
    with pytest.raises(ValueError, match="zz/last"):
        save(broken, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_files_can_be_read_by_whoever_may_read_the_folder(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    export(small_graph, "turtle", tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").stat().st_mode == usual.stat().st_mode


def test_a_folder_without_a_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match='run "kg build INPUT'):
        load(tmp_path)


def test_an_unknown_extension_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "graph.xls").touch()
    with pytest.raises(ValueError, match=r"'\.xls'.*\.nq, \.ttl"):
        load(tmp_path / "graph.xls")


def test_a_broken_file_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("<a:a> <a:b> <a:c> .\n<a:a> nonsense\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"graph\.nq: not valid N-Quads: .*line 2"):
        load(tmp_path)


def test_a_file_that_breaks_the_contract_is_named(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<a:c> a <https://w3id.org/biomed-kg/ontology#Claim> .", encoding="utf-8")
    with pytest.raises(ValueError, match=r"graph\.ttl: claim <a:c>"):
        load(file)
