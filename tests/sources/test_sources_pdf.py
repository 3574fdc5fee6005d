"""PDFs made by hand: a page is a list of (size, text) lines, set from the top down."""

import zlib

import pytest

ABSTRACT = [
    "We train a net on images of the eye, and it sees well on self-",
    "supervised tasks of segmen-",
    "tation too.",
]
ALL = "We train a net on images of the eye, and it sees well on self-supervised tasks of segmentation too."
PAPER = [
    (9, "A Journal of Nets, volume 3"),
    (9, "https://doi.org/10.1000/own"),
    (18, "Seeing Small Things"),
    (18, "with a Net"),
    (11, "Jane Doe and Max Roe"),
    (12, "Abstract"),
    *((10, line) for line in ABSTRACT),
    (10, "Keywords: nets, eyes"),
    (12, "1 Introduction"),
    (10, "Something else is said here, see doi:10.1000/other for it."),
]


def pdf(*pages, info=""):
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        content, y = "BT\n", 800
        for size, text in page:
            y -= size + 4
            text = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            content += f"/F1 {size} Tf 1 0 0 1 50 {y} Tm ({text}) Tj\n"
        packed = zlib.compress(f"{content}ET".encode("latin-1")).decode("latin-1")
        objects.append(f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}{end}".encode("latin-1")


def test_a_pdf_gives_its_largest_print_as_title_and_its_abstract(reading):
    (paper,), report = reading(
        pdf(PAPER, info="/Title (Microsoft Word - draft7.doc) /Author (Jane Doe; Max Roe)")
    )
    assert (paper.title, paper.abstract) == ("Seeing Small Things with a Net", ALL)
    assert (paper.authors, paper.doi, paper.source) == (("Jane Doe", "Max Roe"), "10.1000/own", "input")
    assert (report.failed, report.notes) == (0, [])


def test_a_title_that_the_file_states_is_used_when_the_page_shows_it(reading):
    (paper,), _ = reading(
        pdf([(30, "JOURNAL OF NETS"), *PAPER], info="/Title (Seeing small things with a net)")
    )
    assert paper.title == "Seeing small things with a net"


def test_a_preprints_stamp_gives_its_id_and_date_and_is_not_the_title(reading):
    (paper,), _ = reading(pdf([(20, "arXiv:2506.10573v2  [cs.CV]  12 Jun 2025"), *PAPER]))
    assert (paper.arxiv_id, paper.issued) == ("2506.10573", "2025-06-12")
    assert paper.title == "Seeing Small Things with a Net"


@pytest.mark.parametrize("heading", ["Abstract\x97", "Abstract. ", "ABSTRACT: ", "Abstract  "])
def test_an_abstract_that_starts_on_the_line_of_its_heading_is_found(reading, heading):
    page = [
        (18, "Abstract Shapes"),
        (10, f"{heading}We train a net."),
        (10, "It sees."),
        (10, "Index Terms: nets"),
    ]
    (paper,), _ = reading(pdf(page))
    assert (paper.title, paper.abstract) == ("Abstract Shapes", "We train a net. It sees.")


def test_the_first_pages_prose_stands_in_for_a_missing_abstract_and_the_report_says_so(reading):
    line = "This is a line of running text that is as long as those of a paragraph are."
    (paper,), report = reading(pdf([(18, "Seeing Small Things"), (10, "Jane Doe"), *[(10, line)] * 4]))
    assert paper.abstract == " ".join([line] * 4)
    assert "no abstract found" in report.notes[0].reason
    assert report.failed == 0


def test_a_pdf_without_any_text_says_that_it_needs_ocr(reading):
    papers, report = reading(pdf([]))
    assert (papers, "OCR" in report.failures[0].reason) == ([], True)


@pytest.mark.parametrize("keep", [9, 200, -60])
def test_a_pdf_cut_short_is_a_failure_or_read_as_far_as_it_goes(reading, keep):
    papers, report = reading(pdf(PAPER)[:keep])
    assert (len(papers), report.failed) in {(1, 0), (0, 1)}


def test_pages_that_are_their_own_parents_do_not_loop(reading):
    looping = pdf(PAPER).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    papers, report = reading(looping)
    assert len(papers) + report.failed == 1
