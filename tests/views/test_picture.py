"""The network as a picture, with a browser and without."""

import shutil
import struct
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.views.picture import BROWSERS, SIZE, write_picture


def size(path: Path) -> tuple[int, int]:
    """Width and height out of a PNG's header."""
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def test_a_browser_takes_the_picture(graph: KnowledgeGraph, tmp_path: Path) -> None:
    if not any(map(shutil.which, BROWSERS)):
        pytest.skip("needs a browser")
    path = write_picture(graph, tmp_path / "graph.png")
    assert size(path) == SIZE
    assert [file.name for file in tmp_path.iterdir()] == ["graph.png"]


def test_without_a_browser_it_is_drawn(graph: KnowledgeGraph, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    path = write_picture(graph, tmp_path / "graph.png", browser="")
    assert size(path) == SIZE
    colours = {colour for _, colour in image.open(path).getcolors(1 << 20)}
    assert {(0x25, 0x63, 0xEB), (0xE0, 0x7B, 0x00), (0x6B, 0x76, 0x89)} <= colours


def test_hostile_names_and_an_empty_graph_can_be_drawn(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    pytest.importorskip("PIL.Image")
    for graph in (hostile_graph, KnowledgeGraph()):
        assert size(write_picture(graph, tmp_path / "graph.png", browser="")) == SIZE


def test_a_browser_that_fails_is_told_of_and_nothing_is_left(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="took no picture"):
        write_picture(graph, tmp_path / "graph.png", browser=shutil.which("false") or "false")
    assert list(tmp_path.iterdir()) == []
