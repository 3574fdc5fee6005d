import textwrap

import pytest

PROSE = "We train a net on many images and test it on others. It sees well in most of them. " * 3
OTHER = "Another net is made for sounds and words, which it tells apart. It hears well in all of them. " * 3


def test_a_plain_text_has_its_title_on_the_first_line(reading):
    (paper,), _ = reading(
        f"Seeing with a net\n\nJane Doe, Max Roe\narXiv:2506.10573\n\n{PROSE}\n{PROSE}\n\nThe end is here."
    )
    assert (paper.title, paper.arxiv_id) == ("Seeing with a net", "2506.10573")
    assert paper.abstract == " ".join(f"{PROSE} {PROSE} The end is here.".split())


@pytest.mark.parametrize(
    "heading", ["Abstract\n\n", "ABSTRACT\n", "Abstract: ", "Abstract\u2014", "A b s t r a c t\n"]
)
def test_an_abstract_heading_is_respected_and_ended_by_the_next(reading, heading):
    after = f"Keywords: a, b\n\n1. Introduction\n\n{PROSE}"
    (paper,), _ = reading(f"Seeing with a net\n\nJane Doe\n\n{heading}Short one.\n\n{after}")
    assert (paper.title, paper.abstract) == ("Seeing with a net", "Short one.")


def test_a_title_right_above_its_text_is_told_from_it(reading):
    (paper,), _ = reading(f"Seeing with a net\n{PROSE}")
    assert (paper.title, paper.abstract) == ("Seeing with a net", PROSE.strip())


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("Seeing with a net\nJane Doe, Max Roe\nA University", "Seeing with a net"),
        ("Seeing small things with\na net\nJane Doe", "Seeing small things with a net"),
        ("Seeing:\nNets for the Eye\nJane Doe", "Seeing: Nets for the Eye"),
    ],
)
def test_authors_right_under_a_title_are_told_from_it(reading, lines, title):
    (paper,), _ = reading(f"{lines}\n\nAbstract\n\n{PROSE}")
    assert (paper.title, paper.abstract) == (title, PROSE.strip())


def test_prose_in_short_lines_is_no_title(reading):
    wrapped = "\n".join(textwrap.wrap(PROSE + OTHER, 70))
    (paper,), _ = reading(wrapped)
    assert (paper.title, paper.abstract) == ("", " ".join((PROSE + OTHER).split()))


def test_prose_alone_is_an_abstract_without_a_title(reading):
    (paper,), _ = reading(PROSE)
    assert (paper.title, paper.abstract) == ("", PROSE.strip())


def test_a_markdown_paper_is_one_with_its_signs_taken_off(reading):
    abstract = "## Abstract\n\nWe **see** [here](https://x.org) and a_b_c."
    (paper,), _ = reading(f"# Seeing with a *net*\n\nJane Doe\n\n{abstract}\n\n## Introduction\n\n{PROSE}")
    assert (paper.title, paper.abstract) == ("Seeing with a net", "We see here and a_b_c.")


def test_a_markdown_list_of_papers_is_several(reading):
    papers, _ = reading(
        f"# Read this week\n\n## Seeing nets\n\n{PROSE}\n\n## Hearing nets\n\n{OTHER}\n\n## Links\n\nNone."
    )
    assert [(paper.title, paper.source) for paper in papers] == [
        ("Seeing nets", "input:3"),
        ("Hearing nets", "input:7"),
    ]


def test_front_matter_and_underlined_headings_give_titles(reading):
    (paper,), _ = reading(f'---\ntitle: "Seeing with a net"\nlayout: x\n---\n\n{PROSE}')
    assert (paper.title, paper.abstract) == ("Seeing with a net", PROSE.strip())
    (paper,), _ = reading(f"Seeing with a net\n=====\n\n{PROSE}")
    assert (paper.title, paper.abstract) == ("Seeing with a net", PROSE.strip())


def test_labelled_papers_are_told_apart(reading):
    one = f"Title: One\nAuthors: Jane Doe, Max Roe\nDate: 12 Jun 2025\nAbstract: {PROSE}\ngoes on.\n\n"
    papers, _ = reading(f"{one}Title: Two\nDOI: 10.1000/x\nAbstract: {OTHER}\n")
    assert [(paper.title, paper.source) for paper in papers] == [("One", "input:1"), ("Two", "input:7")]
    assert papers[0].abstract == f"{PROSE}goes on."
    assert (papers[0].authors, papers[0].issued, papers[1].doi) == (
        ("Jane Doe", "Max Roe"),
        "2025-06-12",
        "10.1000/x",
    )


LISTING = f"""new

Get papers by mail!

Jun 26


First net: seeing

{PROSE}

Code is at https://example.org/a.

Upvote

Second net: hearing

{OTHER}

{PROSE}

Third net without an abstract

Fourth net: touching
and feeling

Touch. {OTHER}
"""


def test_a_listing_gives_titles_and_abstracts_and_leaves_the_sites_lines(reading):
    papers, _ = reading(LISTING)
    assert [paper.title for paper in papers] == [
        "First net: seeing",
        "Second net: hearing",
        "Fourth net: touching and feeling",
    ]
    assert papers[0].abstract == f"{PROSE.strip()} Code is at https://example.org/a."
    assert papers[1].abstract == f"{OTHER.strip()} {PROSE.strip()}"
    assert [paper.source for paper in papers] == ["input:8", "input:16", "input:24"]


def test_a_listings_title_without_an_abstract_is_reported(reading):
    _, report = reading(LISTING)
    assert [(skip.place, "Third net" in skip.reason) for skip in report.skips] == [("line 22", True)]


def test_a_paper_with_sections_is_no_listing(reading):
    papers, _ = reading(f"Seeing with a net\n\nIntroduction\n\n{PROSE}\n\nMethods\n\n{OTHER}")
    assert [paper.title for paper in papers] == ["Seeing with a net"]


PAGE = f"""A Reading Site

Seeing with a net

2025-06-12 11:01:57
Jane Doe, Max Roe

Abstract

{PROSE}

Abstract (translated)

Un r\u00e9seau.

URL

https://arxiv.org/abs/2506.10573

PDF

https://arxiv.org/pdf/2506.10573.pdf

Tags
3D Net Vision
"""


def test_a_page_gives_its_paper_and_none_of_its_furniture(reading):
    (paper,), report = reading(PAGE)
    assert (paper.title, paper.abstract, paper.issued) == ("Seeing with a net", PROSE.strip(), "2025-06-12")
    assert (paper.authors, paper.url) == (("Jane Doe", "Max Roe"), "https://arxiv.org/abs/2506.10573")
    assert report.failed == 0


def test_a_page_without_a_date_or_url_is_still_read(reading):
    page = PAGE.replace("2025-06-12 11:01:57\nJane Doe, Max Roe\n", "").replace(
        "https://arxiv.org/abs/2506.10573", ""
    )
    (paper,), _ = reading(page)
    assert (paper.title, paper.issued, paper.url) == ("Seeing with a net", None, None)


def test_two_pages_in_one_file_are_reported(reading):
    papers, report = reading(PAGE + PAGE)
    assert (len(papers), report.failed) == (1, 1)
