"""What is too long, too deep or packed too tightly costs one line, and what stands beside it is read."""

import gzip
import io
import json
import subprocess
import sys
import tracemalloc
import zipfile

import pytest

from kg.sources import fields, gzipped, json_tree, opened, papers, plain, xml_records
from kg.sources.papers import CUT

PROSE = "We train a net on many images and test it on others. It sees well in most of them. " * 3

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'
JATS = (
    "<set><article><front><article-meta><title-group><article-title>%s</article-title></title-group>"
    "</article-meta></front></article>%s</set>"
)
PUBMED = (
    "<PubmedArticleSet>%s<PubmedArticle><MedlineCitation><Article><ArticleTitle>%s</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


@pytest.fixture
def small(monkeypatch):
    """Bounds so small that a test reaches them."""
    for module in (opened, json_tree, plain, xml_records):
        monkeypatch.setattr(module, "LIMIT", 1 << 18)
    monkeypatch.setattr(opened, "REFERENCE", 1 << 16)
    monkeypatch.setattr(papers, "ABSTRACT", 1 << 12)


def titles(found):
    return [paper.title for paper in found]


LONG = "x" * (1 << 19)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ('{"title": "One"}\n{"title": "', '"}\n{"title": "Two"}\n'),
        ("@misc{a, title={One}}\n@misc{b, title={", "}}\n@misc{c, title={Two}}\n"),
        ("TY  - JOUR\nTI  - One\nER  -\nTY  - JOUR\nTI  - ", "\nER  -\nTY  - JOUR\nTI  - Two\nER  -\n"),
        ("PMID- 1\nTI  - One\nPMID- 2\nTI  - ", "\nPMID- 3\nTI  - Two\n"),
        ("Title: One\nAbstract: A b.\nTitle: Of\nAbstract: ", "\nTitle: Two\nAbstract: C d.\n"),
    ],
    ids=["json lines", "bibtex", "ris", "medline", "labelled"],
)
def test_a_line_without_end_is_named_and_what_stands_around_it_is_read(reading, small, start, end):
    found, report = reading(start + LONG + end)
    assert {"One", "Two"} <= set(titles(found))
    assert len(report.failures) == 1
    assert "longer than" in str(report.failures[0])
    assert report.failures[0].place == f"line {start.count(chr(10)) + 1}"


@pytest.mark.parametrize(
    "content",
    [
        ATOM % f"<entry><title>One</title></entry><entry><title>{LONG}<entry><title>Two</title></entry>",
        JATS % ("One", f"<article>{LONG}<article><front><article-meta><title-group><article-title>Two"
        "</article-title></title-group></article-meta></front></article>"),
    ],
    ids=["atom", "jats"],
)  # fmt: skip
def test_an_xml_record_without_end_is_named_and_the_next_is_read(reading, small, content):
    found, report = reading(content)
    assert titles(found) == ["One", "Two"]
    assert len(report.failures) == 1
    assert "longer than" in report.failures[0].reason


@pytest.mark.parametrize("depth", [200, 100_000])
def test_json_nested_deep_costs_its_line_alone(reading, depth):
    deep = '{"a":' * depth + "1" + "}" * depth
    found, report = reading(f'{{"title": "One"}}\n{{"title": {deep}}}\n{{"title": "Two"}}\n')
    assert {"One", "Two"} <= set(titles(found))
    assert report.failed == 1


def test_a_json_record_nested_deep_costs_itself_alone(reading):
    deep = "[" * 5000 + "]" * 5000
    found, report = reading(f'[{{"title": "One"}},\n{{"title": "Of", "x": {deep}}},\n{{"title": "Two"}}]')
    assert "Two" in titles(found)
    assert found[0].title == "One"
    assert report.failed <= 1


def test_a_json_record_too_long_costs_itself_alone(reading, small):
    long = json.dumps(["x" * 1000] * 500)
    found, report = reading(f'[{{"title": "One"}},\n{long},\n{{"title": "Two"}}]')
    assert titles(found) == ["One", "Two"]
    assert "longer than" in report.failures[0].reason


def test_a_line_of_very_many_empty_lists_does_not_fill_the_memory(reading, monkeypatch):
    monkeypatch.setattr(fields, "_VALUES", 1 << 12)
    many = "[]," * (1 << 18)
    tracemalloc.start()
    found, report = reading(f'{{"title": "One"}}\n{{"title": "Of", "x": [{many}0]}}\n{{"title": "Two"}}')
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert titles(found) == ["One", "Two"]
    assert "values" in report.failures[0].reason
    assert peak < 10 * len(many)


LINES = "some words in a line that goes on\n" * 60_000


@pytest.mark.parametrize(
    "content",
    [
        f"Title: One\nAbstract: A b.\nTitle: Two\nAbstract: {LINES}",
        f"A title of it\n2024-01-02\nA B\nAbstract\n{LINES}URL\nhttps://a.org\n",
        f"A title of it\n2024-01-02\nA B\nAbstract\nWe see.\nURL\nhttps://a.org\nTags\n{LINES}",
        f"{LINES}2024-01-02\nA B\nAbstract\nWe see.\nURL\nhttps://a.org\n",
        f"First of all\n\n{PROSE}\n\nSecond of all\n\n" + f"{PROSE}\n\n" * 8_000,
        f"First of all\n\n{PROSE}\n\nSecond of all\n\n{PROSE}\n\n" + "a short line here\n\n" * 60_000,
        "PMID- 1\nTI  - One\nAB  - We\n      " + LINES.replace("\n", "\n      "),
        f"A title\n\n{PROSE}\n{LINES}",
        f"A title\n\n{PROSE}" + "\r" * 3_000_000,
    ],
    ids=[
        *("labelled", "page", "page's other text", "page's start", "listing", "listing's short lines"),
        *("medline", "plain", "line ends"),
    ],
)
def test_a_text_without_end_does_not_fill_the_memory(reading, small, content):
    raw = content.encode()
    tracemalloc.start()
    reading(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # A line or record at most, twice or thrice over; kept as lines the text would take ten times as much.
    assert peak < 3 << 20


def test_a_text_too_long_is_cut_and_the_report_says_so(reading, small):
    (paper,), report = reading(json.dumps({"title": "A net", "abstract": "word " * 2000}))
    assert paper.abstract.endswith(CUT)
    assert len(paper.abstract) <= (1 << 12) + len(CUT)
    assert "cut" in report.notes[0].reason


def test_a_gzip_that_unpacks_to_very_much_more_is_given_up(reading, monkeypatch):
    monkeypatch.setattr(gzipped, "FREE", 1 << 18)
    lines = b"".join(b'{"title": "Title %d"}\n' % n for n in range(2000))
    found, report = reading(gzip.compress(lines + b'{"title": "T"}\n' * 300_000))
    assert titles(found)[:2000] == [f"Title {n}" for n in range(2000)]
    assert report.failed == 1
    assert "100 times as large" in report.failures[0].reason
    assert report.failures[0].place.startswith("line ")


def test_a_gzip_of_much_alike_is_read_whole_while_it_is_small(reading):
    found, report = reading(gzip.compress(b'{"title": "One"}\n' * 10_000 + b'{"title": "Two"}\n'))
    assert titles(found) == ["One", "Two"]
    assert report.failed == 0


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("paper.txt", f"A title\n\n{PROSE}")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "named"),
    [(zipped(), "zip"), (gzip.compress(gzip.compress(b"x")), "twice"), (b"BZh91AY&SY", "bzip2")],
    ids=["zip", "gzip twice", "bzip2"],
)
def test_what_is_packed_otherwise_is_not_unpacked_and_the_line_says_so(reading, content, named):
    found, report = reading(content)
    assert found == []
    assert named in report.failures[0].reason


LAUGHS = '<!ENTITY e0 "laughter">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
PROLOG = f'<!DOCTYPE x [%s{LAUGHS}<!ENTITY %% outer SYSTEM "file://%s"> %%outer;]>'


@pytest.mark.parametrize(
    "content",
    [
        ATOM % "<entry><title>T &e11; &own;</title></entry>",
        JATS % ("T &e11; &own;", ""),
        PUBMED % ("", "T &e11; &own;"),
    ],
    ids=["atom", "jats", "pubmed"],
)
def test_no_reader_of_xml_expands_or_fetches_entities(reading, tmp_path, content):
    (tmp_path / "outer.dtd").write_text('<!ENTITY own "of the outer subset">')
    prolog = PROLOG % (f'<!ENTITY f SYSTEM "file://{tmp_path}/outer.dtd">', tmp_path / "outer.dtd")
    for start in (prolog, f'<!DOCTYPE x SYSTEM "file://{tmp_path}/outer.dtd">'):
        (paper,), _ = reading(f'<?xml version="1.0"?>{start}{content}', "input.xml")
        assert paper.title == "T &e11; &own;"


XINCLUDE = "http://www.w3.org/2001/XInclude"


def test_xml_that_asks_to_include_a_file_includes_none(reading, tmp_path):
    (tmp_path / "secret.txt").write_text("a secret of this machine")
    asked = f'<xi:include xmlns:xi="{XINCLUDE}" href="file://{tmp_path}/secret.txt" parse="text"/>'
    (paper,), _ = reading(ATOM % f"<entry><title>T {asked}</title><summary>{asked}</summary></entry>")
    assert "secret" not in paper.text


GROWING = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from kg.sources import Report, read
for path in sys.argv[1:]:
    report = Report()
    assert sum(1 for _ in read([path], report)) + report.failed + report.skipped > 0, path
print("done")
"""

UNITS = (
    "\n", "\n ", " ", ",", ")", "{", "{}", "\\", "&", "$", "<", "<b ", "<b a=  ", "<title>", "@", "\n@a{b,",
    "-", "=", "#", "*", "_", "[", "![", "[](", " and ", "www.", '"', "\\cite{", "\\cite[", "\\emph{", "~",
    "\\begin{a}", "$a", "\nTY  - X", "\nAbstract", "\nURL", "A", "\n# x", "\n---", "10.1000/", "\u0301\u0323",
)  # fmt: skip
SHAPES = (
    "x%s",
    f"A title\n\n{PROSE}%s\n\nmore",
    f"# A title\n\n## Abstract\n\n{PROSE}\n\n# B %s x\n\n{PROSE}",
    "@misc{a, title={T %s x}, author={%s}, abstract={%s}}\n",
    '{"title": "T JSON", "abstract": "JSON", "authors": "JSON", "doi": "10.1000/JSON", "date": "JSON"}\n',
)


@pytest.mark.skipif(sys.platform == "win32", reason="processor time cannot be bounded there")
@pytest.mark.parametrize("shape", SHAPES, ids=["head", "plain", "markdown", "bibtex", "json"])
def test_no_sign_repeated_makes_reading_take_the_square_of_its_length(tmp_path, shape):
    paths = []
    for number, unit in enumerate(UNITS):
        many = unit * (100_000 // len(unit))
        path = tmp_path / f"{number}"
        path.write_text(shape.replace("%s", many).replace("JSON", json.dumps(many)[1:-1]))
        paths.append(str(path))
    done = subprocess.run([sys.executable, "-c", GROWING, *paths], capture_output=True, text=True)
    assert done.stdout == "done\n", done.stderr[-500:] or f"ended with {done.returncode}"


def test_a_record_nested_deep_is_named_where_records_are_read(tmp_path):
    from kg.papers import papers_or_records, read_records

    path = tmp_path / "papers.jsonl"
    path.write_text('{"concepts": ' + "[" * 100_000 + "\n")
    with pytest.raises(ValueError, match=r"papers.jsonl:1: not a paper's record"):
        list(read_records(path))
    assert list(papers_or_records([path], extract=lambda documents: [])) == []
