"""The store beside a saved graph: made when it is needed, never a stale or half one, never in the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.graph import KnowledgeGraph
from kg.store import Store, write_store

MODELS = "SELECT ?label WHERE { ?model a fair4ml:MLModel ; rdfs:label ?label } ORDER BY ?label"


@pytest.fixture
def folder(small_graph: KnowledgeGraph, tmp_path: Path) -> Path:
    return small_graph.save(tmp_path / "out")


def labels(folder: Path) -> list[str]:
    return [label for (label,) in Store.open(folder).query(MODELS).strings()]


def stamp(folder: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads((folder / "store" / "graph.json").read_text())
    return read


def made(folder: Path) -> str:
    """What changes when the store is made anew."""
    return str(stamp(folder)["folder"])


def stores(folder: Path) -> list[str]:
    """The stores that lie in the folder, whole or half, read or not."""
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]
    return sorted(path.name for path in (folder / "store").iterdir() if path.is_dir())


def test_the_store_is_made_once_and_then_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert labels(folder) == ["Alphanet", "Betanet"]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the graph was read again")

    monkeypatch.setattr("kg.store.disk.load", refuse)
    monkeypatch.setattr("kg.store.embedded.load", refuse)
    monkeypatch.setattr("hashlib.file_digest", refuse)
    assert labels(folder) == ["Alphanet", "Betanet"]
    assert stores(folder) == [made(folder)]


def test_another_graph_gets_another_store(folder: Path, small_graph: KnowledgeGraph) -> None:
    assert len(labels(folder)) == 2
    before = made(folder)
    small_graph.nx.nodes["model/betanet"]["label"] = "Zetanet"
    small_graph.save(folder)
    assert labels(folder) == ["Alphanet", "Zetanet"]
    assert stores(folder) == [made(folder)] != [before]


def test_a_graph_changed_in_place_is_noticed(folder: Path) -> None:
    before = labels(folder)
    text = (folder / "graph.nq").read_text(encoding="utf-8")
    (folder / "graph.nq").write_text(text.replace('"Betanet"', '"Betanot"'), encoding="utf-8")
    assert labels(folder) != before


def test_a_copied_graph_keeps_its_store(folder: Path, tmp_path: Path) -> None:
    labels(folder)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    os.utime(copy / "graph.nq", ns=(1, 1))
    before = made(copy)
    assert len(labels(copy)) == 2
    assert made(copy) == before
    assert stamp(copy)["time"] == 1  # so that the next start need not compute the digest


@pytest.mark.parametrize("field", ["format", "biomed-kg", "oxigraph"])
def test_a_store_of_another_version_is_made_anew(folder: Path, field: str) -> None:
    labels(folder)
    before = made(folder)
    (folder / "store" / "graph.json").write_text(json.dumps({**stamp(folder), field: "0.0.1"}))
    assert len(labels(folder)) == 2
    assert made(folder) != before
    assert stamp(folder)[field] != "0.0.1"


@pytest.mark.parametrize("damage", ["not json", "[]", '{"format": 1}', "{}"])
def test_a_broken_stamp_is_no_stamp(folder: Path, damage: str) -> None:
    labels(folder)
    (folder / "store" / "graph.json").write_text(damage)
    assert len(labels(folder)) == 2


@pytest.mark.parametrize("name", ["../graph-elsewhere", "/graph-elsewhere", "", "elsewhere", None, 3])
def test_a_stamp_leads_to_no_other_folder(folder: Path, name: object) -> None:
    labels(folder)
    (folder / "store" / "graph.json").write_text(json.dumps({**stamp(folder), "folder": name}))
    assert len(labels(folder)) == 2
    assert made(folder) != name


def test_a_store_that_cannot_be_opened_is_made_anew(folder: Path) -> None:
    labels(folder)
    (folder / "store" / made(folder) / "CURRENT").unlink()
    assert len(labels(folder)) == 2
    assert stores(folder) == [made(folder)]


def test_where_nothing_can_be_written_the_graph_is_read_into_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    assert labels(folder) == ["Alphanet", "Betanet"]
    assert not (folder / "store").exists()


def test_where_the_disk_is_full_the_graph_is_read_into_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.store.disk.load", full)
    assert labels(folder) == ["Alphanet", "Betanet"]
    assert stores(folder) == []
    with pytest.raises(OSError, match="No space left"):
        write_store(folder)


def test_a_folder_of_the_users_own_is_left_alone(folder: Path) -> None:
    (folder / "store").mkdir()
    (folder / "store" / "mine.txt").write_text("precious")
    assert labels(folder) == ["Alphanet", "Betanet"]
    with pytest.raises(FileExistsError, match=r"store is no store of kg: move it away"):
        write_store(folder)
    assert (folder / "store" / "mine.txt").read_text() == "precious"


def test_the_store_may_lie_on_another_disk(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "store").symlink_to(elsewhere)
    assert labels(folder) == ["Alphanet", "Betanet"]
    assert (elsewhere / made(folder)).is_dir()


def test_a_broken_graph_leaves_the_old_store(folder: Path) -> None:
    labels(folder)
    before = made(folder)
    with (folder / "graph.nq").open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    with pytest.raises(ValueError, match=r"graph\.nq: not valid N-Quads"):
        Store.open(folder)
    assert stores(folder) == [made(folder)] == [before]


def test_whoever_reads_the_old_store_goes_on_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.merging.BATCH", 7)  # so many files that not all are opened at once
    everything = "SELECT * WHERE { ?s ?p ?o }"
    reader = Store.open(folder)
    before = made(folder)
    for _ in range(2):
        write_store(folder)
    assert stores(folder) == sorted({before, made(folder)})
    assert len(reader.query(everything).rows) == len(Store.open(folder).query(everything).rows)
    del reader
    write_store(folder)
    assert stores(folder) == [made(folder)]


def test_what_a_killed_process_left_is_cleared_and_nothing_else(folder: Path) -> None:
    labels(folder)
    (folder / "store" / "graph-half").mkdir()
    (folder / "store" / "graph-half" / "000001.sst").touch()
    (folder / "store" / "notes").mkdir()
    write_store(folder)
    assert stores(folder) == sorted([made(folder), "notes"])


def test_a_process_killed_while_it_makes_the_store_is_in_nobodys_way(folder: Path) -> None:
    program = (
        "import os, sys, kg.store.disk as disk; from kg.store import Store\n"
        "disk.load = lambda *_: os.kill(os.getpid(), 9)\n"
        "Store.open(sys.argv[1])"
    )
    assert subprocess.run([sys.executable, "-c", program, str(folder)]).returncode == -9
    assert len(stores(folder)) == 1
    assert labels(folder) == ["Alphanet", "Betanet"]
    assert stores(folder) == [made(folder)]


def test_processes_that_make_the_store_at_once_all_get_it(folder: Path) -> None:
    program = (
        "import sys; from kg.store import Store\n"
        "for _ in range(3): print(len(Store.open(sys.argv[1]).query('SELECT * { ?s ?p ?o }').rows))"
    )
    readers = [
        subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    answers = [reader.communicate(timeout=60)[0].split() for reader in readers]
    expected = str(len(Store.open(folder).query("SELECT * { ?s ?p ?o }").rows))
    assert answers == [[expected] * 3] * 4
    assert stores(folder) == [made(folder)]


def test_the_store_on_disk_answers_like_the_one_in_memory(
    folder: Path, small_graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.merging.BATCH", 7)  # in many batches, which overlap
    questions = (
        "SELECT * WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    )
    disk, memory = Store.open(folder), Store.of(small_graph)
    assert len(disk) == len(memory)
    for question in questions:
        assert disk.query(question).strings() == memory.query(question).strings() != []


def test_the_store_can_be_opened_by_plain_oxigraph(folder: Path) -> None:
    Store.open(folder)
    theirs = pyoxigraph.Store.read_only(str(folder / "store" / made(folder)))
    assert len(theirs) == len(Store.open(folder))


@pytest.mark.parametrize("extension", ["nq", "ttl"])
def test_a_file_is_read_without_a_trace(folder: Path, extension: str) -> None:
    assert len(Store.open(folder / f"graph.{extension}").query(MODELS).rows) == 2
    assert not (folder / "store").exists()


def test_an_unknown_kind_of_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "graph.xyz").write_text("")
    with pytest.raises(ValueError, match=r"unknown extension '\.xyz'"):
        Store.open(tmp_path / "graph.xyz")
