import time

import pytest

from kg.sources.metadata import arxiv_id, bare_arxiv_id, date, doi, links


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://arxiv.org/abs/2506.10573v2", "2506.10573"),
        ("https://arxiv.org/pdf/2506.10573.pdf", "2506.10573"),
        ("arXiv:1201.0001 [cs.CV]", "1201.0001"),
        ("https://doi.org/10.48550/arXiv.2506.10573", "2506.10573"),
        ("http://arxiv.org/abs/math.GT/0309136v1", "math.gt/0309136"),
        ("we had 2506.10573 cells", None),
        ("arXiv:2599.10573", None),
    ],
)
def test_an_arxiv_id_is_taken_only_where_it_is_named(text, expected):
    assert arxiv_id(text) == expected


def test_a_bare_arxiv_id_is_taken_as_a_whole_field_only():
    assert bare_arxiv_id(" 2506.10573v3 ") == "2506.10573"
    assert bare_arxiv_id("2506.10573 and more") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.1000/ABC.1", "10.1000/abc.1"),
        ("(see doi: 10.1000/abc).", "10.1000/abc"),
        ("10.1016/S0140-6736(20)30183-5", "10.1016/s0140-6736(20)30183-5"),
        ("version 10.2/x", None),
    ],
)
def test_a_doi_is_bare_lower_case_and_keeps_its_own_brackets(text, expected):
    assert doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code: https://example.org/a/b.", ("https://example.org/a/b",)),
        ("(at github.com/a/b), more", ("https://github.com/a/b",)),
        ("see www.example.org/x;", ("https://www.example.org/x",)),
        ("page lab.github.io and text", ("https://lab.github.io",)),
        (r"\url{https://example.org/a\_b}", ("https://example.org/a_b",)),
        ("https://example.org/a{https://example.org/a}.", ("https://example.org/a",)),
        ("https://example.org/a_(b) here", ("https://example.org/a_(b)",)),
        ("http://github.com/A/B and https://www.github.com/a/b.git", ("http://github.com/A/B",)),
        ("CT/MRI and/or e.g./i.e. at Github.", ()),
        ("https:// and www. alone", ()),
    ],
)
def test_links_are_found_trimmed_and_each_once(text, expected):
    assert links(text) == expected


def test_looking_for_links_in_a_hostile_text_stays_quick():
    started = time.process_time()
    links("a-" * 100_000 + "x.github.io" + "www." * 50_000)
    links("https://x.org/" + "(" * 50_000 + ")" * 50_001)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-06-12 11:01:57", "2025-06-12"),
        ("2025-06-12T11:01:57Z", "2025-06-12"),
        ("2020/05/04/", "2020-05-04"),
        ("2025-6", "2025-06"),
        ("20250612", "2025-06-12"),
        ("Mon, 2 Apr 2007 19:18:42 GMT", "2007-04-02"),
        ("12 June 2025", "2025-06-12"),
        ("June 12th, 2025", "2025-06-12"),
        ("Jun. 2025", "2025-06"),
        ("2019 Nov-Dec", "2019-11"),
        ("2019 Spring", "2019"),
        ("2021 Feb 30", "2021-02"),
        ("2021-13-01", "2021"),
        ("03/04/2021", "2021"),
        ("Jun 26", None),
        ("Release 2020", None),
        ("3 of 2000 cases", None),
        ("", None),
    ],
)
def test_dates_come_out_as_exact_as_they_are_known(text, expected):
    assert date(text) == expected
