"""The three documents of ``seeds/``, against the plainest reading of their lines."""

from pathlib import Path

import pytest

from kg.sources import Report, read

SEEDS = Path(__file__).parents[2] / "seeds"
FURNITURE = ("Subscribe", "email inbox", "byAK", "Abstract:", "Paper Reading AI Learner", "Autonomous Bert")


@pytest.fixture(scope="module")
def papers():
    report = Report()
    found = list(read([SEEDS], report))
    assert (report.read, report.skipped, report.failed, report.notes) == (115, 0, 0, [])
    return found


def lines_of(number):
    (path,) = SEEDS.glob(f"{number:03}_*")
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def of_file(papers, number):
    return [paper for paper in papers if paper.source.startswith(f"{number:03}_")]


def test_every_seed_paper_is_read_once_under_its_own_identifier(papers):
    assert len({paper.id for paper in papers}) == len(papers) == 115


def test_the_listing_gives_each_title_and_whole_abstract(papers):
    lines = lines_of(2)
    start = next(i for i, line in enumerate(lines) if line == "Jun 26") + 1
    expected = list(zip(lines[start::2], lines[start + 1 :: 2], strict=True))
    assert len(expected) == 112
    assert [(paper.title, paper.abstract) for paper in of_file(papers, 2)] == expected


def test_the_bare_abstracts_have_no_title_and_no_heading(papers):
    expected = [("", line.removeprefix("Abstract:")) for line in lines_of(0)]
    assert [(paper.title, paper.abstract) for paper in of_file(papers, 0)] == expected


def test_the_page_gives_its_metadata_and_not_its_translation(papers):
    lines = lines_of(1)
    (paper,) = of_file(papers, 1)
    assert paper.abstract == lines[lines.index("Abstract") + 1]
    assert paper.title == lines[1]
    assert paper.authors == tuple(lines[3].split(", "))
    assert paper.issued == lines[2].split()[0]
    assert paper.url == lines[lines.index("URL") + 1]
    assert paper.id == f"arxiv-{paper.arxiv_id}"
    assert paper.url.endswith(paper.arxiv_id)


def test_nothing_of_the_pages_furniture_is_text_of_a_paper(papers):
    for paper in papers:
        assert not [words for words in FURNITURE if words in paper.text]
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in paper.text)


def test_every_address_in_an_abstract_is_a_link_of_its_paper(papers):
    for paper in papers:
        starts = paper.text.count("https://") - sum(paper.text.count(f"{{{link}") for link in paper.links)
        bare = [link for link in paper.links if link not in paper.text]
        assert len(paper.links) == starts + len(bare)
        assert not [link for link in paper.links if link[-1] in ".,;)}"]


def test_two_readings_give_the_same_documents(papers):
    assert list(read([SEEDS])) == papers
