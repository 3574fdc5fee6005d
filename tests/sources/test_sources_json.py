import json
from dataclasses import replace

import pytest

from kg.records import Document, Entity, Evidence, PaperRecord
from kg.sources.opened import LIMIT
from kg.sources.papers import document

ABSTRACT = "We train a net. It sees well."


def lines(*records):
    return "\n".join(json.dumps(record) for record in records)


def own_record():
    paper = document(
        title="Seeing with a net", abstract=ABSTRACT, doi="10.1000/x", authors=["Jane Doe"], issued="2025-06"
    )
    paper = replace(paper, links=("https://example.org/code",), source="listing.txt:12")
    return PaperRecord(paper, models=(Entity("Net", "introduced", mentions=(Evidence(0, 3, "Net"),)),))


@pytest.mark.parametrize("indent", [None, 2])
def test_our_own_record_gives_its_document_back(reading, indent):
    record = own_record()
    papers, report = reading(json.dumps(record.to_json(), indent=indent))
    assert papers == [record.document]
    assert report.failures == []


def test_the_text_of_our_own_record_is_untouched_as_offsets_count_in_it(reading):
    record = PaperRecord(Document(id="x", title="A &amp; B  <i>c</i>", abstract="Abstract: d"))
    (paper,), _ = reading(json.dumps(record.to_json()))
    assert paper.text == record.document.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": 3},
        {"doi": ["10.1000/x"]},
        {"authors": "Jane"},
        {"links": [1]},
        {"models": [{}]},
        {"issued": 2025},
    ],
)
def test_a_record_of_wrong_types_is_a_failure(reading, wrong):
    papers, report = reading(json.dumps({**own_record().to_json(), **wrong}))
    assert (papers, report.failed, report.failures[0].place) == ([], 1, "line 1")


def test_an_annotated_paper_without_metadata_is_read(reading):
    gold = {
        "id": "X1",
        "title": "Seeing",
        "abstract": f"Abstract:\n{ABSTRACT}",
        "models": [],
        "datasets": [],
        "relations": [],
    }
    (paper,), _ = reading(json.dumps(gold))
    assert (paper.title, paper.abstract, paper.source) == ("Seeing", ABSTRACT, "input:1")


def test_arxivs_dump_gives_id_names_and_first_version(reading):
    (paper,), _ = reading(
        lines(
            {
                "id": "0704.0001",
                "title": "Seeing\n  well",
                "abstract": "  We see.\n",
                "authors": "J. Doe and M. Roe (Somewhere)",
                "authors_parsed": [["Doe", "J.", ""], ["Roe", "M.", "Jr"]],
                "doi": "10.1000/J.1",
                "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
                "update_date": "2008-11-26",
            }
        )
    )
    assert paper == Document(
        id="arxiv-0704.0001",
        title="Seeing well",
        abstract="We see.",
        authors=("J. Doe", "M. Roe Jr"),
        issued="2007-04-02",
        url="https://arxiv.org/abs/0704.0001",
        doi="10.1000/j.1",
        arxiv_id="0704.0001",
        source="input:1",
    )


@pytest.mark.parametrize(
    "feed",
    [
        {
            "title": "T",
            "summary": ABSTRACT,
            "authors": [{"name": "Jane Doe"}],
            "publishedAt": "2025-06-12T00:00:00Z",
        },
        {
            "paper": {
                "title": "T",
                "summary": ABSTRACT,
                "authors": [{"name": "Jane Doe"}],
                "publishedAt": "2025-06-12",
            }
        },
        [{"title": "T", "abstract": ABSTRACT, "authors": ["Doe, Jane"], "publicationDate": "2025-06-12"}],
        {
            "total": 1,
            "results": [
                {"title": "T", "abstractText": ABSTRACT, "authorString": "Jane Doe.", "date": "2025-06-12"}
            ],
        },
        {"collection": [{"title": "T", "abstract": ABSTRACT, "authors": "Doe, Jane;", "date": "2025-06-12"}]},
        {
            "resultList": {
                "result": [{"title": "T", "abstract": ABSTRACT, "author": "Jane Doe", "issued": "2025-06-12"}]
            }
        },
        {
            "status": "ok",
            "message": {
                "items": [
                    {
                        "title": ["T"],
                        "abstract": f"<jats:title>Abstract</jats:title><jats:p>{ABSTRACT}</jats:p>",
                        "author": [{"given": "Jane", "family": "Doe"}],
                        "issued": {"date-parts": [[2025, 6, 12]]},
                    }
                ]
            },
        },
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_feeds_of_many_shapes_say_the_same(reading, feed, indent):
    (paper,), report = reading(json.dumps(feed, indent=indent))
    assert (paper.title, paper.abstract, paper.authors, paper.issued) == (
        "T",
        ABSTRACT,
        ("Jane Doe",),
        "2025-06-12",
    )
    assert report.failed == 0


def test_a_broken_line_costs_only_itself(reading):
    content = lines({"title": "One"}) + '\n{"title": "Two"\n\n[3]\n{"x": 1}\n' + lines({"title": "Five"})
    papers, report = reading(content)
    assert [(paper.title, paper.source) for paper in papers] == [("One", "input:1"), ("Five", "input:6")]
    assert [failure.place for failure in report.failures] == ["line 2", "line 4", "line 5"]
    assert "its fields are: x" in report.failures[2].reason


def test_a_record_that_is_no_paper_costs_only_itself(reading):
    papers, report = reading('[{"title": "One"}, 2, {"x": 1}, {"title": "Four"}]')
    assert [(paper.title, paper.source) for paper in papers] == [
        ("One", "input:record 1"),
        ("Four", "input:record 4"),
    ]
    assert [failure.place for failure in report.failures] == ["record 2", "record 3"]


def test_what_stands_before_broken_json_is_read(reading):
    papers, report = reading('[{"title": "One"}, {"title": "Two" "abstract": 1}]')
    assert [paper.title for paper in papers] == ["One"]
    assert report.failures[0].place == "after record 1"


def test_a_record_with_empty_text_is_skipped_and_no_failure(reading):
    papers, report = reading(lines({"title": "", "abstract": None}))
    assert (papers, report.skipped, report.failed) == ([], 1, 0)


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        '{"data":' * 100_000,
        '{"data":' * 100_000 + "1" + "}" * 100_000,
    ],
)
def test_json_nested_without_end_is_a_failure_and_no_crash(reading, content):
    papers, report = reading(content)
    assert (papers, report.failed) == ([], 1)


def test_a_line_of_any_length_does_not_fill_the_memory(reading):
    long = b'{"title": "' + b"x" * (2 * LIMIT + 7) + b'"}'
    papers, report = reading(b'{"title": "One"}\n' + long + b'\n{"title": "Three"}\n')
    assert [(paper.title, paper.source) for paper in papers] == [("One", "input:1"), ("Three", "input:3")]
    assert report.failures[0].place == "line 2"


def test_a_lone_surrogate_does_not_reach_the_output(reading):
    (paper,), _ = reading('{"title": "A \\ud800 title \\u0000", "abstract": "x"}')
    assert paper.title == "A \ufffd title"
