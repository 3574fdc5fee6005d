import gzip
import os
import random
import sys
import tracemalloc
from pathlib import Path

import pytest

from kg.sources import Report, formats, read
from kg.sources.opened import LIMIT

PROSE = "We train a net on many images and test it on others. It sees well in most of them. " * 3
TEXT = f"Réseaux à voir: a title\n\n{PROSE}Et voilà, 5 µm."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_whatever_encoding_and_with_whatever_line_ends(reading, encoding, end):
    (paper,), report = reading(TEXT.replace("\n", end).encode(encoding))
    assert (paper.title, paper.abstract) == ("Réseaux à voir: a title", f"{PROSE}Et voilà, 5 µm.")
    assert report.failed == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_json_is_read_in_other_encodings_too(reading, encoding):
    for content in ('{"title": "Réseaux"}', '[\n{"title": "Réseaux"}\n]'):
        (paper,), _ = reading(content.encode(encoding))
        assert paper.title == "Réseaux"


@pytest.mark.parametrize("form", ['{"title": "Réseaux"}', '[\n{"title": "Réseaux"},\n{"title": "Où"}]'])
def test_json_in_windows_1252_is_read_too(reading, form):
    papers, report = reading(form.encode("cp1252"))
    assert papers[0].title == "Réseaux"
    assert report.failed == 0


def test_one_line_in_another_encoding_does_not_spoil_the_rest(reading):
    papers, report = reading(
        '{"title": "Où"}\n'.encode() + '{"title": "Réseaux"}\n'.encode("latin-1") + b'{"title": "Last"}'
    )
    assert [paper.title for paper in papers] == ["Où", "Réseaux", "Last"]
    assert report.failed == 0


def test_nul_bytes_in_a_text_become_spaces(reading):
    (paper,), _ = reading(f"A title\x00 with\n\n{PROSE}\x00end".encode())
    assert paper.title == "A title with"
    assert "\x00" not in paper.abstract


@pytest.mark.parametrize("content", [b"", b"\n \n\t", b"\xef\xbb\xbf", gzip.compress(b"")])
def test_an_empty_file_is_skipped(reading, content):
    papers, report = reading(content)
    assert (papers, report.skipped, report.failed) == ([], 1, 0)


def test_gzip_is_known_by_its_bytes_and_read_as_a_stream(reading):
    (paper,), _ = reading(gzip.compress(TEXT.encode()), name="no-such-ending.txt")
    assert paper.title == "Réseaux à voir: a title"


def packed_lines():
    noise = random.Random(1)
    lines = [f'{{"title": "Title {i}", "abstract": "{noise.randbytes(300).hex()}"}}' for i in range(2000)]
    return gzip.compress("\n".join(lines).encode())


def test_of_a_truncated_gzip_the_whole_papers_are_read_and_the_rest_is_reported(reading):
    packed = packed_lines()
    papers, report = reading(packed[: len(packed) * 3 // 4])
    assert 1000 < len(papers) < 2000
    assert [paper.title for paper in papers] == [f"Title {i}" for i in range(len(papers))]
    assert (report.failed, "breaks off" in report.failures[0].reason) == (1, True)
    assert report.failures[0].place == f"line {len(papers)}"


def test_a_gzip_with_a_flipped_byte_is_reported(reading):
    packed = bytearray(packed_lines())
    packed[len(packed) // 2] ^= 0xFF
    papers, report = reading(bytes(packed))
    assert len(papers) < 2000
    assert report.failed >= 1


def test_a_gzip_that_holds_nothing_after_its_signature_is_reported(reading):
    papers, report = reading(b"\x1f\x8b")
    assert (papers, report.failed) == ([], 1)


@pytest.mark.parametrize(
    "start", [b"", b"Title\n\n", b'{"title": "', b'{"title": "T"}\n{"title": "', b"@article{a, title={"]
)
def test_a_gzip_bomb_is_given_up_before_it_fills_the_memory(reading, start):
    bomb = gzip.compress(start + b"x" * (5 * LIMIT))
    tracemalloc.start()
    _, report = reading(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * LIMIT
    assert report.failed == 1


def test_an_unreadable_file_in_a_folder_costs_only_itself(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("Another title of a paper\n\n" + PROSE[::-1])
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    closed = type(tmp_path).open

    def deny(path, *args, **options):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return closed(path, *args, **options)

    monkeypatch.setattr(type(tmp_path), "open", deny)
    report = Report()
    papers = list(read([tmp_path], report))
    assert [paper.source for paper in papers] == ["b.txt:1"]
    assert [Path(failure.file).name for failure in report.failures] == ["a.txt", "c.txt"]
    assert "Permission denied" in report.failures[0].reason


def test_a_folder_that_cannot_be_listed_is_reported(tmp_path, monkeypatch):
    def deny(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", deny)
    report = Report()
    assert list(read([tmp_path], report)) == []
    assert report.failed == 1


def test_nothing_outside_a_folder_is_read_through_a_link_and_no_link_loops(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text(TEXT)
    (inside / "own.txt").write_text("A title of its own\n\n" + PROSE[::-1])
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    (inside / "self").symlink_to(inside / "self")
    os.mkfifo(inside / "pipe")
    report = Report()
    papers = list(read([inside], report))
    assert [paper.source for paper in papers] == ["own.txt:1"]
    assert {Path(skip.file).name for skip in report.skips} == {"file.txt", "folder", "loop", "pipe"}
    assert [Path(failure.file).name for failure in report.failures] == ["self"]


def test_an_input_with_an_impossible_name_is_a_failure():
    report = Report()
    assert list(read(["a\x00b", "", "x" * 5000], report)) == []
    assert report.failed >= 2


def test_a_format_that_breaks_costs_only_the_file(reading, monkeypatch):
    shape = next(shape for shape in formats() if shape.sniff(TEXT))

    def broken(file):
        raise KeyError("of its own making")
        yield

    monkeypatch.setattr(shape, "read", broken)
    papers, report = reading(TEXT)
    assert (papers, report.failed) == ([], 1)
    assert "KeyError" in report.failures[0].reason


SEEDS_OF_NOISE = (
    TEXT,
    '{"title": "T", "abstract": "A"}\n{"title": "U"}',
    '[{"title": "T"}, {"title": "U"}]',
    "@article{a, title={T}, author={A and B}}\n@misc{b, title={U}}",
    "TY  - JOUR\nTI  - T\nER  -\nTY  - JOUR\nTI  - U\nER  -",
    "PMID- 1\nTI  - T\nPMID- 2\nTI  - U",
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title></entry><entry><title>U</title></entry></feed>',
    "<article><front><article-meta><title-group><article-title>T</article-title></title-group></article-meta></front></article>",
    "Title: T\nAbstract: A b c.\nTitle: U\nAbstract: D e f.",
    f"# T\n\n{PROSE}\n\n# U\n\n{PROSE[::-1]}",
)


@pytest.mark.parametrize("start", SEEDS_OF_NOISE)
def test_noise_in_a_file_of_any_format_never_escapes_as_an_exception(reading, start):
    noise = random.Random(start)
    for _ in range(60):
        content = bytearray(start.encode())
        for _ in range(noise.randrange(1, 12)):
            place = noise.randrange(len(content))
            content[place : place + noise.randrange(3)] = noise.randbytes(noise.randrange(4))
        papers, report = reading(bytes(content))
        assert len(papers) == report.read
        assert all(paper.text.encode("utf-8") and paper.id for paper in papers)


def test_importing_the_sources_loads_none_of_the_parsers():
    import subprocess

    heavy = "lxml pypdf ijson rispy bibtexparser pylatexenc"
    code = f"import sys, kg.sources; print([m for m in {heavy.split()} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
