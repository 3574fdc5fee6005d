BIBTEX = r"""
% Encoding: UTF-8
@string{nets = "Journal of Nets"}
@comment{not a paper}
@article{doe,
  title   = {The {XNet} of M{\"u}ller \& {\'E}t\'e: 95\% of $x^2$},
  author  = {M{\"u}ller, Hans and {The X Team} and Doe, Jane and others},
  journal = nets # ", Part 1",
  year    = 2020, month = feb,
  doi     = {10.1000/X.1},
  abstract = {Abstract: It is 95% of H&E, costs $5, \emph{and} $\alpha$ or \alpha too \cite{a,b}. See \url{http://example.org/a_b}.},
}
@inproceedings{broken, title = {Never ends,
@misc(roe, title = "Another one", eprint = {2506.10573v2}, date = {2021-03-04})
"""


def test_bibtex_entries_become_papers_with_their_latex_as_text(reading):
    papers, _ = reading(BIBTEX)
    papers = {paper.source: paper for paper in papers}
    paper = papers["input:5"]
    assert paper.title == "The XNet of Müller & Été: 95% of $x^2$"
    assert paper.abstract == r"It is 95% of H&E, costs $5, and $\alpha$ or α too. See http://example.org/a_b."
    assert paper.authors == ("Hans Müller", "The X Team", "Jane Doe")
    assert (paper.doi, paper.issued, paper.links) == ("10.1000/x.1", "2020-02", ("http://example.org/a_b",))
    assert (papers["input:14"].arxiv_id, papers["input:14"].issued) == ("2506.10573", "2021-03-04")


def test_a_bibtex_entry_that_never_ends_costs_only_itself(reading):
    papers, report = reading(BIBTEX)
    assert len(papers) == 2
    assert [failure.place for failure in report.failures] == ["line 13"]


def test_formulas_and_unknown_commands_of_bibtex_keep_their_text(reading):
    (paper,), _ = reading(r"@misc{a, title={On $\frac{1}{2}$ of \nets{many} $ unbalanced \{ signs}}")
    assert "many" in paper.title
    assert "unbalanced" in paper.title


def test_a_bibtex_title_may_come_from_an_abbreviation(reading):
    (paper,), _ = reading('@string{t = "Seeing well"}\n@misc{a, title = t, year = 2020}')
    assert paper.title == "Seeing well"


RIS = """Provider: A Publisher
Database: A Database

TY  - JOUR
TI  - Seeing with
  a net
AU  - Doe, Jane
AU  - Roe, M.
PY  - 2020/05/04/
N2  - Abstract: We see. C-arm  - not a tag.
DO  - https://doi.org/10.1000/x
ER  -

TY  - CONF
T1  - Second of them
A1  - Poe, Kim
UR  - https://arxiv.org/abs/2506.10573v1
TY  - JOUR
TI  - Third, after one without an end
ER  -
"""


def test_ris_references_become_papers(reading):
    papers, report = reading(RIS.replace("\n", "\r\n"))
    papers = {paper.source: paper for paper in papers}
    first = papers["input:4"]
    assert (first.title, first.abstract) == ("Seeing with a net", "We see. C-arm - not a tag.")
    assert (first.authors, first.issued, first.doi) == (("Jane Doe", "M. Roe"), "2020-05-04", "10.1000/x")
    assert papers["input:14"].arxiv_id == "2506.10573"
    assert papers["input:14"].authors == ("Kim Poe",)
    assert papers["input:18"].title == "Third, after one without an end"
    assert report.failed == 0


def test_a_ris_reference_that_makes_no_sense_does_not_end_the_file(reading):
    papers, report = reading(
        "TY  - JOUR\n  starts with a continuation\nER  -\nTY  - JOUR\nTI  - Good\nER  -\n"
    )
    assert [paper.title for paper in papers] == ["Good"]
    assert report.failed + report.skipped == 1


NBIB = """
PMID- 123
DP  - 2019 Nov 3
TI  - Seeing with a net
      in the clinic.
AB  - BACKGROUND: We ask.
      METHODS: We see.
FAU - Doe, Jane
AU  - Doe J
CN  - The X Group
LID - 10.1000/x [doi]
LID - S0000-1 [pii]

PMID- 124
TI  - Second.
"""


def test_medline_text_becomes_papers(reading):
    papers, _ = reading(NBIB)
    first = papers[0]
    assert (first.title, first.abstract) == (
        "Seeing with a net in the clinic.",
        "BACKGROUND: We ask. METHODS: We see.",
    )
    assert (first.authors, first.issued, first.doi) == (
        ("Jane Doe", "The X Group"),
        "2019-11-03",
        "10.1000/x",
    )
    assert first.url.endswith("/123/")
    assert [paper.source for paper in papers] == ["input:2", "input:14"]
