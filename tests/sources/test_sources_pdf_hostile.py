"""PDFs that loop, unpack without end or end the process that reads them cost themselves alone."""

from __future__ import annotations

import subprocess
import sys
import zlib

import pytest
from pdf_objects import made, page, stream

from kg.sources import Report, pdf_pages, read

WORDS = b"BT /F1 18 Tf 1 0 0 1 50 800 Tm (Seeing Small Things) Tj ET\n"
PROSE = "We train a net on many images and test it on others. It sees well in most of them. " * 3


def packed(raw: bytes, times: int) -> bytes:
    """So many times the same bytes, deflated without holding them all."""
    deflate = zlib.compressobj(9)
    return b"".join([*(deflate.compress(raw) for _ in range(times)), deflate.flush()])


MANY = packed(bytes(1 << 20), 300)

LOOPS = {
    "the tree of pages is its own branch": made(page(stream(WORDS), kids=b"[2 0 R]")),
    "the tree says it has a billion pages": made(page(stream(WORDS), kids=b"[3 0 R 2 0 R]", count=10**9)),
    "a page is a hundred thousand pages": made(page(stream(WORDS), kids=b"[%s]" % (b"3 0 R " * 100_000))),
    "the table of objects comes before itself": made(page(stream(WORDS)), b"/Root 1 0 R /Prev %START%"),
    "a form draws itself": made(
        [
            *page(stream(b"/X Do " + WORDS), resources=b"/XObject << /X 6 0 R >>"),
            stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>"),
        ]
    ),
    "objects lie in a stream that lies in itself": made(
        [*page(b"6 0 R"), stream(b"6 0 (x)", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R")]
    ),
    "an object is a reference to itself": made([*page(b"4 0 R")[:3], b"4 0 R", b"5 0 R"]),
    "a length is its own": made(page(b"<< /Length 4 0 R >>\nstream\nBT (x) Tj ET\nendstream")),
    "lists nest without end": made(page(stream(b"[" * 1_000_000))),
    "a font has a letter for each number": made(
        [*page(stream(WORDS)), stream(b"1 beginbfrange <00000000> <ffffffff> <0000> endbfrange")]
    ),
    "a content unpacks to 300 MiB": made(page(stream(MANY, b"/Filter /FlateDecode"))),
    "a content is packed twice": made(
        page(stream(zlib.compress(MANY), b"/Filter [/FlateDecode /FlateDecode]"))
    ),
}


@pytest.mark.parametrize("raw", LOOPS.values(), ids=LOOPS.keys())
def test_a_pdf_that_loops_or_swells_is_read_or_named_and_the_rest_is_read(tmp_path, raw):
    (tmp_path / "a.pdf").write_bytes(raw)
    (tmp_path / "b.txt").write_text(f"A title of its own\n\n{PROSE}")
    report = Report()
    found = list(read([tmp_path], report))
    assert "A title of its own" in [paper.title for paper in found]
    assert report.read + report.failed == 2
    assert all(len(str(failure).splitlines()) == 1 for failure in report.failures)


@pytest.fixture
def afresh(monkeypatch):
    """No process is left that was started before with other bounds, nor after."""

    def end_all():
        for process in pdf_pages._idle:
            pdf_pages._end(process)
        pdf_pages._idle.clear()

    end_all()
    yield monkeypatch
    end_all()


HANGING = "import time; (lambda *bounds: time.sleep(3600))"
LOOPING = (
    "from kg.sources import pdf_pages; pdf_pages.pages = lambda raw: [0 for _ in iter(int, 1) if _]; "
    "pdf_pages.main"
)


@pytest.mark.parametrize(
    ("program", "bound", "value"),
    [(HANGING, "PATIENCE", 0.3), (LOOPING, "SECONDS", 1)],
    ids=["waits", "loops"],
)
def test_a_pdf_that_takes_too_long_is_given_up_and_the_next_is_read(reading, afresh, program, bound, value):
    with afresh.context() as endless:
        endless.setattr(pdf_pages, bound, value)
        endless.setattr(pdf_pages, "_PROGRAM", program)
        found, report = reading(made(page(stream(WORDS))))
    assert found == []
    assert "it takes longer than" in report.failures[0].reason
    (paper,), _ = reading(made(page(stream(WORDS))))
    assert paper.title == "Seeing Small Things"


def test_a_pdf_that_ends_its_process_is_named_and_the_next_is_read(reading, afresh):
    with afresh.context() as crashing:
        crashing.setattr(pdf_pages, "_PROGRAM", "import os; (lambda *bounds: os._exit(3))")
        found, report = reading(made(page(stream(WORDS))))
    assert found == []
    assert "ended the process that reads it (exit code 3)" in report.failures[0].reason
    (paper,), _ = reading(made(page(stream(WORDS))))
    assert paper.title == "Seeing Small Things"


def test_a_pdf_that_needs_too_much_memory_is_named(reading, afresh):
    afresh.setattr(pdf_pages, "MEMORY", 100 << 20)
    found, report = reading(made(page(stream(MANY, b"/Filter /FlateDecode"))))
    assert (found, report.failed) == ([], 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no such bounds there")
def test_pdfs_are_read_where_the_system_gives_less_than_the_bound(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made(page(stream(WORDS))))
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20));"
        "from kg.sources import read; print(next(read(sys.argv[1])).title)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True)
    assert done.stdout == "Seeing Small Things\n"


def test_the_pages_of_one_file_after_another_are_read_in_one_process(reading, afresh):
    for _ in range(3):
        reading(made(page(stream(WORDS))))
    assert len(pdf_pages._idle) == 1


def test_of_a_page_only_so_many_characters_are_kept(monkeypatch):
    monkeypatch.setattr(pdf_pages, "CHARACTERS", 1000)
    many = b"".join(
        b"BT /F1 9 Tf 1 0 0 1 50 %d Tm (one line of many) Tj ET\n" % (800 - 12 * n) for n in range(700)
    )
    (lines,) = pdf_pages.pages(made(page(stream(many)))).lines
    assert 40 < len(lines) < 100
