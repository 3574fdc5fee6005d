"""Folders to run commands in."""

from __future__ import annotations

from pathlib import Path

import pytest
from stand_in import extract

from kg.graph import KnowledgeGraph


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the stand-in for extraction, which is in this process alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_JOBS", "0")
    monkeypatch.setattr("kg.extract.extract", extract, raising=False)
    return tmp_path


@pytest.fixture
def output(in_folder: Path, small_graph: KnowledgeGraph) -> Path:
    """The same folder with a graph in ``output``."""
    return small_graph.save(in_folder / "output")
