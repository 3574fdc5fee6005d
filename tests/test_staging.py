"""Files that are written aside: whole in their place, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.staging import staged, staged_file


def test_files_replace_namesakes_only_and_keeps_what_else_is_there(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("mine")
    (tmp_path / "page.html").write_text("old")
    with staged(tmp_path) as folder:
        (folder / "page.html").write_text("new")
        assert (tmp_path / "page.html").read_text() == "old"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "other.txt": "mine",
        "page.html": "new",
    }


def test_no_file_is_put_in_the_place_of_a_device_or_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileExistsError, match="pipe is no regular file"), staged(tmp_path) as folder:
        (folder / "a.txt").write_text("new")
        (folder / "pipe").write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_one_file_replaces_what_a_link_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    with staged_file(tmp_path / "link.txt") as part:
        part.write_text("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(KeyError), staged_file(tmp_path / "a.txt") as part:
        part.write_text("half")
        raise KeyError
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_device_is_written_to_and_a_folder_is_refused(tmp_path: Path) -> None:
    with staged_file(Path(os.devnull)) as part:
        part.write_text("gone")
    assert not Path(os.devnull).is_file()
    (tmp_path / "folder").mkdir()
    refused = pytest.raises(FileExistsError, match="folder is no regular file")
    with refused, staged_file(tmp_path / "folder") as part:
        part.write_text("new")
    assert (tmp_path / "folder").is_dir()
