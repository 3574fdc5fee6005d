import gzip
import io
import json
import os
import sys
import threading
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg import sources
from kg.sources import Report, read
from kg.sources.papers import document, identifier
from kg.sources.report import KEPT, Failure

PROSE = "A network was trained on many images and tested on others. " * 5


def record(**fields):
    return json.dumps({"title": "A long enough title of a paper", "abstract": PROSE, **fields})


def test_a_folder_is_read_in_order_of_names_with_what_lies_in_it_but_nothing_hidden(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for place in ("c.txt", "b/a.txt", "a.txt", ".hidden.txt", ".git/x.txt"):
        (tmp_path / place).write_text(f"Title of the file {place}\n\n{place} {PROSE}")
    assert [paper.source for paper in read([tmp_path])] == ["a.txt:1", "b/a.txt:1", "c.txt:1"]


def test_one_path_is_read_without_a_list(tmp_path):
    (tmp_path / "a.json").write_text(record())
    assert len(list(read(str(tmp_path / "a.json")))) == len(list(read(tmp_path))) == 1


@pytest.mark.parametrize(
    "start",
    [
        "@prefix ex: <http://example.org/> .\n",
        "@base <http://example.org/> .\n",
        "PREFIX : <http://example.org/>\n",
        "<http://example.org/a> <http://example.org/b> ",
        "_:a <http://example.org/b> ",
        "# A graph\n\n# of things\n@prefix ex: <http://example.org/> .\n",
    ],
)
def test_rdf_is_not_read_as_prose(tmp_path, start):
    (tmp_path / "graph").write_text(start + f'"{PROSE}" .\n\n' + f'ex:a ex:b "{PROSE}" .\n\n' * 4)
    report = Report()
    assert not list(read([tmp_path], report))
    assert (report.failed, report.skipped) == (1, 0)
    assert "looks like RDF" in report.failures[0].reason


def test_a_markdown_file_is_not_taken_for_rdf(tmp_path):
    (tmp_path / "a.md").write_text(f"# Prefix tuning of a network\n\nPrefix tuning is known. {PROSE}")
    assert len(list(read(tmp_path))) == 1


def test_the_folder_of_a_build_is_skipped_but_not_its_papers_when_named(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "papers.jsonl").write_text(record())
    (tmp_path / "out" / "graph.nq").write_text("")
    (tmp_path / "z.json").write_text(record())
    report = Report()
    assert [paper.source for paper in read(tmp_path, report)] == ["z.json:1"]
    assert report.skips == [Failure(str(tmp_path / "out"), "", "what a build wrote there")]
    assert len(list(read(tmp_path / "out" / "papers.jsonl"))) == 1


def test_the_report_tells_why_papers_were_skipped(tmp_path):
    (tmp_path / "a.json").write_text("\n".join([record(), record(), record(title="", abstract="")]))
    (tmp_path / "b.txt").write_text("")
    report = Report()
    list(read(tmp_path, report))
    assert report.why_skipped() == {"duplicates": 1, "no text": 1, "the file is empty": 1}


def test_standard_input_is_an_input_like_any_other(monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(record().encode())))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert [paper.source for paper in read(["-"])] == ["stdin:1"]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ({"doi": "10.1000/X"}, {"doi": "https://doi.org/10.1000/x", "title": "Other"}, "DOI"),
        ({"arxiv_id": "2506.10573v1"}, {"doi": "10.48550/arXiv.2506.10573", "title": "Other"}, "arXiv id"),
        ({"title": "Net-X: seeing, with a network"}, {"title": "Net X - Seeing with a Network"}, "title"),
        ({"title": ""}, {"title": "It has one here", "abstract": PROSE.upper()}, "abstract"),
    ],
)
def test_the_same_paper_in_two_files_is_one(tmp_path, first, second, shared):
    (tmp_path / "a.json").write_text(record(**{"title": "First of the two titles", **first}))
    (tmp_path / "b.json").write_text(record(**{"abstract": "Quite another text. " + PROSE, **second}))
    report = Report()
    papers = list(read([tmp_path / "a.json", tmp_path / "b.json"], report))
    assert [paper.source for paper in papers] == ["a.json:1"]
    assert (report.read, report.skipped, report.failed) == (1, 1, 0)
    assert report.skips == [
        Failure(str(tmp_path / "b.json"), "line 1", f"an earlier paper has the same {shared}")
    ]


def test_a_third_copy_is_known_by_what_only_the_second_said(tmp_path):
    lines = [record(), record(doi="10.1000/x"), record(doi="10.1000/x", title="Other", abstract="Short.")]
    (tmp_path / "papers").write_text("\n".join(lines))
    assert len(list(read([tmp_path / "papers"]))) == 1


def test_two_papers_under_a_title_that_many_have_stay_two(tmp_path):
    lines = [record(title="Letter to the Editor", abstract=f"{word} {PROSE}") for word in ("One", "Another")]
    (tmp_path / "papers").write_text("\n".join(lines))
    papers = list(read([tmp_path / "papers"]))
    assert len({paper.id for paper in papers}) == 2


def test_a_copy_with_the_abstract_is_preferred_to_one_with_the_title_alone(tmp_path):
    (tmp_path / "a.bib").write_text("@article{x, title={XNet}}\n@article{y, title={Alone}}")
    (tmp_path / "b.json").write_text(record(title="XNet"))
    report = Report()
    papers = list(read([tmp_path], report))
    assert [(paper.title, bool(paper.abstract)) for paper in papers] == [("XNet", True), ("Alone", False)]
    assert report.skips[0].file == str(tmp_path / "a.bib")


def test_reading_goes_on_after_a_missing_file_and_an_unknown_shape(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "b.csv").write_text("id,title\n1,Some title of a paper\n")
    (tmp_path / "c.html").write_text("<!DOCTYPE html><html><body>A page</body></html>")
    (tmp_path / "d.json").write_text(record())
    report = Report()
    papers = list(read([tmp_path / "none.txt", tmp_path], report))
    assert [paper.source for paper in papers] == ["d.json:1"]
    assert report.failures[0] == Failure(str(tmp_path / "none.txt"), "", "no such file; check the path")
    assert [Path(failure.file).name for failure in report.failures[1:]] == ["a.png", "b.csv", "c.html"]
    assert all(name in report.failures[1].reason for name in ("BibTeX", "PubMed XML", "JSON Lines", "PDF"))


def test_papers_come_before_the_rest_of_the_file_is_read(tmp_path):
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    asked = threading.Event()

    def write():
        with fifo.open("w") as pipe:
            for i in range(2000):
                if i == 1000:
                    pipe.flush()
                    assert asked.wait(30), "nothing was handed on before the end of the file"
                pipe.write(record(title=f"Title number {i} of the papers", abstract=f"{i} {PROSE}") + "\n")

    writer = threading.Thread(target=write)
    writer.start()
    papers = read([fifo])
    first = next(papers)
    asked.set()
    assert first.title == "Title number 0 of the papers"
    assert sum(1 for _ in papers) == 1999
    writer.join()


def test_the_report_counts_on_but_keeps_only_so_much(tmp_path):
    (tmp_path / "papers").write_text(record() + "\n" + "{broken}\n" * (KEPT + 5))
    report = Report()
    list(read([tmp_path / "papers"], report))
    assert (report.failed, len(report.failures)) == (KEPT + 5, KEPT)


def test_a_failure_is_one_line_whatever_the_file_is_called(tmp_path):
    name = "a\nb\x1b[31m.txt"
    (tmp_path / name).write_bytes(b"\x00\x01\x02" * 50)
    report = Report()
    list(read([tmp_path], report))
    assert str(report.failures[0]).isprintable()
    assert r"a\nb\x1b[31m.txt" in str(report.failures[0])


def test_a_file_name_that_is_no_utf8_can_be_written_with_the_paper(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9\n.json")).write_text(record())
    (paper,) = read([tmp_path])
    assert paper.source.encode("utf-8")
    assert "\n" not in paper.source


def test_another_package_adds_a_format(monkeypatch, tmp_path):
    class Lines:
        NAME = "one title a line"

        def sniff(self, head):
            return head.startswith("!titles")

        def read(self, file):
            for number, line in file.lines():
                if number > 1:
                    yield document(title=line, source=file.at(number))

    point = EntryPoint("titles", "unused:unused", "kg.sources")
    monkeypatch.setattr(EntryPoint, "load", lambda self: Lines())
    monkeypatch.setattr(sources, "entry_points", lambda group: [point] if group == "kg.sources" else [])
    sources.formats.cache_clear()
    try:
        (tmp_path / "x").write_text("!titles\nFirst\nSecond\n")
        assert [paper.title for paper in read([tmp_path / "x"])] == ["First", "Second"]
    finally:
        sources.formats.cache_clear()


def test_a_paper_is_identified_by_arxiv_then_doi_then_title_then_abstract():
    assert identifier("T", "A", doi="10.1000/x", arxiv_id="2506.10573") == "arxiv-2506.10573"
    assert identifier("T", "A", doi="10.1000/x") == "doi-10.1000-x"
    assert identifier("", PROSE).startswith("untitled-")
    assert identifier("日本語の論文", PROSE).startswith("paper-")
    long = identifier("A title of many words " * 10, PROSE)
    assert len(long) <= 67
    assert long.startswith("a-title-of-many-words-a-title")


def test_dois_that_differ_in_their_signs_give_two_identifiers():
    dois = ("10.1000/a/b", "10.1000/a-b", "10.1000/a(b", "10.1000/a:b")
    assert len({identifier("T", "A", doi=doi) for doi in dois}) == len(dois)


def test_identity_does_not_depend_on_file_run_or_spelling(tmp_path):
    (tmp_path / "a.txt").write_text(f"A Net: for images of the eye\n\n{PROSE}")
    (tmp_path / "b.json").write_text(record(title="A net for images of the eye"))
    (one,), (other,) = read([tmp_path / "a.txt"]), read([tmp_path / "b.json"])
    assert one.id[-7:] == other.id[-7:]


def test_an_identifier_named_in_the_abstract_is_not_the_papers_own():
    paper = document(
        title="T", abstract="It extends arXiv:2001.00001 (doi 10.1000/other), see https://doi.org/10.1000/d."
    )
    assert (paper.arxiv_id, paper.doi, paper.url) == (None, None, None)
    assert paper.links == ("https://doi.org/10.1000/d",)


def test_a_users_own_files_beside_a_build_are_read(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("<a:b> <a:c> <a:d> .\n")
    (tmp_path / "papers.jsonl").write_text("{}\n")
    (tmp_path / "mine.txt").write_text(
        "A title\n\nAbstract\n\nWe looked at many lungs and wrote down what we saw.\n"
    )
    report = Report()
    assert [d.title for d in read(tmp_path, report)] == ["A title"]
    assert report.failed == 0
