import pytest

from kg.sources.authors import names
from kg.sources.text import abstract, clean, normal


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The <i>E. coli</i> net &amp; H<sub>2</sub>O", "The E. coli net & H2O"),
        ("<jats:p>One.</jats:p><jats:p>Two.</jats:p>", "One. Two."),
        ("<jats:title>Aim</jats:title><jats:p>We ask.</jats:p>", "Aim: We ask."),
        ('<a href="http://x.org">text</a>', "text"),
        ("&lt;b&gt; stays", "<b> stays"),
        ("age < 40 and p <0.05 > 0", "age < 40 and p <0.05 > 0"),
        (r"$\alpha$ of H\&E, 95\% ~1", r"$\alpha$ of H\&E, 95\% ~1"),
        ("AT&T R&D &nosuchname;", "AT&T R&D &nosuchname;"),
        ("two\n\n lines\u00a0here\t", "two lines here"),
        ("a\x00b\x07c\ud800", "a b c\ufffd"),
        ("seg\x02mentation of soft\u00adware \x02", "segmentation of software"),
    ],
)
def test_markup_becomes_text_and_everything_else_stays(raw, expected):
    assert clean(raw) == expected


def test_clean_text_can_always_be_written_as_utf8():
    assert clean("".join(map(chr, range(0xE000)))).encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Abstract: We go.", "We go."),
        ("ABSTRACT We go.", "We go."),
        ("Abstract\u2014We go.", "We go."),
        ("Abstract - We go.", "We go."),
        ("Abstract reasoning is hard.", "Abstract reasoning is hard."),
        ("Abstract-level models.", "Abstract-level models."),
        ("Abstract:", "Abstract:"),
    ],
)
def test_an_abstract_starts_with_its_own_words(raw, expected):
    assert abstract(raw) == expected


def test_two_spellings_of_a_title_are_one_when_normal():
    assert normal("The X-Net: a  Model!") == normal("the xnet (A model)")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["Doe, Jane", "Max Roe"], ("Jane Doe", "Max Roe")),
        ([{"name": "Jane Doe"}, {"given": "Max", "family": "Roe"}], ("Jane Doe", "Max Roe")),
        ([["Doe", "Jane", ""], ["Roe", "Max", "Jr"]], ("Jane Doe", "Max Roe Jr")),
        ("Doe, J.; Roe, M.", ("J. Doe", "M. Roe")),
        ("Jane Doe, Max Roe and Kim Poe", ("Jane Doe", "Max Roe", "Kim Poe")),
        ({"author": [{"fullName": "Jane Doe"}]}, ("Jane Doe",)),
        ([None, 3, {}, []], ()),
        (7, ()),
    ],
)
def test_authors_are_given_name_first_from_any_shape(value, expected):
    assert names(value) == expected
