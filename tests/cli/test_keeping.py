"""Commands that keep a graph up to date: what they print, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from command_line import papers, run


def test_papers_are_added_and_removed_and_the_difference_is_told(in_folder: Path) -> None:
    run("build", papers(in_folder / "a.json", "One"))
    shutil.copytree("output", "old")
    added = run("add", papers(in_folder / "b.json", "One", "Two", "Three"))
    assert added.exit_code == 0
    assert added.stdout.startswith("read 2, skipped 1 (duplicates 1), failed 0\nfound 3 papers, ")
    removed = run("remove", "Two")
    assert removed.stdout.startswith("removed 1\nfound 2 papers, ")
    said = run("diff", "old", "output").stdout.splitlines()
    assert said[0] == "papers: 1 appeared, 0 vanished, 0 changed"
    assert said[1].endswith("  Three")
    found = json.loads(run("diff", "output", "old", "--format", "json").stdout)
    assert [change["label"] for change in found["papers"]["vanished"]] == ["Three"]
    (third,) = (change["key"] for change in found["papers"]["vanished"])
    changed = {change["key"]: change["what"] for change in found["claims"]["changed"]}
    assert changed["model/alphanet trainedOn dataset/omega-12"] == [f"- {third}"]


def test_what_is_not_there_is_told_in_one_line(in_folder: Path) -> None:
    run("build", papers(in_folder / "a.json", "One"))
    unknown = run("remove", "Nobody's\x1b[31m")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert unknown.stderr.startswith("error: no paper has the id, key, DOI, arXiv id or title ")
    assert "\x1b" not in unknown.stderr
    for arguments in (["add", "a.json", "-g", "none"], ["remove", "One", "-g", "none"]):
        missing = run(*arguments)
        assert (missing.exit_code, missing.stdout) == (1, "")
        assert missing.stderr == 'error: no graph in none: run "kg build INPUT... -o none" first\n'
    missing = run("diff", "output", "none")
    assert missing.stderr == 'error: no graph in none: run "kg build INPUT... -o none" first\n'


def test_text_of_papers_in_a_difference_cannot_command_the_terminal(in_folder: Path) -> None:
    run("build", papers(in_folder / "a.json", "One"))
    run("build", papers(in_folder / "b.json", "One", "T\x1b[2Jwo\u202e"), "-o", "new")
    for arguments in ((), ("--format", "json")):
        said = run("diff", "output", "new", *arguments)
        assert said.exit_code == 0
        assert not {"\x1b", "\u202e"} & set(said.stdout)


def test_a_second_try_extracts_what_was_set_aside_and_a_note_tells_a_damaged_journal(in_folder: Path) -> None:
    source = papers(in_folder / "a.json", "One", "Two")
    run("build", source)
    before = {path.name: path.read_bytes() for path in Path("output").iterdir() if path.is_file()}
    journal = Path("output/.kg/extracted.sqlite")
    journal.write_bytes(b"nothing of the sort" * 500)
    again = run("build", source)
    assert again.exit_code == 0
    assert "note: output/.kg/extracted.sqlite: damaged (" in again.stderr
    assert {path.name: path.read_bytes() for path in Path("output").iterdir() if path.is_file()} == before
    assert run("build", source).stderr == ""
