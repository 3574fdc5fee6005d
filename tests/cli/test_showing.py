"""Commands that write a graph in another form."""

from __future__ import annotations

import subprocess
from pathlib import Path

from command_line import KG, run

from kg.cli.showing import ExportFormat


def test_view_writes_the_pages_beside_the_graph_or_where_told(output: Path) -> None:
    result = run("view")
    assert result.exit_code == 0
    assert result.stdout == f"open {Path('output', 'pages', 'index.html')} in a browser\n"
    assert run("view", "-o", "else/pages").exit_code == 0
    for page in ("index", "graph", "lineage", "matrix", "modalities"):
        assert Path(f"else/pages/{page}.html").read_bytes() == (output / f"pages/{page}.html").read_bytes()


def test_view_writes_the_network_alone_or_all_pages_in_one_file(output: Path) -> None:
    assert run("view", "-o", "else/page.html").exit_code == 0
    assert "<title>" in Path("else/page.html").read_text(encoding="utf-8")
    assert [file.name for file in Path("else").iterdir()] == ["page.html"]
    result = run("view", "--single")
    assert result.stdout == f"open {Path('output', 'pages.html')} in a browser\n"
    assert run("view", "--single", "-o", "all.html").exit_code == 0
    assert Path("all.html").read_bytes() == (output / "pages.html").read_bytes()


def test_view_writes_one_thing_at_a_time(output: Path) -> None:
    result = run("view", "--single", "--png")
    assert result.exit_code == 1
    assert result.stderr == "error: --png is a picture and --single a page: choose one of them\n"


def test_every_format_of_export_is_offered_and_written(output: Path) -> None:
    from kg.export import FORMATS

    assert [format.value for format in ExportFormat] == list(FORMATS)
    for name, format in FORMATS.items():
        written = Path("exports", f"{name}{format.extension}")
        assert run("export", "--format", name, "-o", written).exit_code == 0
        assert written.exists()


def test_help_says_what_each_format_is_for() -> None:
    from kg.export import FORMATS

    shown = [" ".join(line.split()) for line in run("export", "--help").stdout.splitlines()]
    for name, format in FORMATS.items():
        assert f"{name} {format.about}" in shown


def test_a_full_disk_is_told_in_words(output: Path) -> None:
    result = run("export", "--format", "nquads", "-o", "/dev/full")
    assert (result.exit_code, result.stderr) == (1, "error: No space left on device\n")


def test_export_to_standard_output_is_the_file(output: Path) -> None:
    result = subprocess.run([*KG, "export", "-f", "turtle"], cwd=output.parent, capture_output=True)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == (output / "graph.ttl").read_bytes()


def test_csv_to_standard_output_fails_in_words(output: Path) -> None:
    result = run("export", "--format", "csv")
    assert result.exit_code == 1
    assert "format 'csv' is several files: give a folder" in result.stderr
