"""Plain text reads as a person reads it, and every stretch of it leads back to the text as written."""

import pytest

from kg.extract.plain import to_plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"the \textit{NovelNet} model", "the NovelNet model"),
        (r"H\&E slides", "H&E slides"),
        (r"reaches 92.3\% here", "reaches 92.3% here"),
        (r"$0.5 \pm 0.1$ mm", "0.5 ± 0.1 mm"),
        (r"$\alpha$-Net", "α-Net"),
        ("two im- ages", "two images"),
        ("low- and high-grade", "low- and high-grade"),
        ("thin\u00a0space and\u200b none", "thin space and none"),
    ],
)
def test_markup_is_read_through(written: str, read: str) -> None:
    assert to_plain(written).text == read


def test_a_stretch_leads_back_to_where_it_was_written() -> None:
    written = r"Title $\beta$" "\n\n" r"We present \textbf{DeepThing} on H\&E im- ages at 9\%."
    plain = to_plain(written)
    for name in ("DeepThing", "present", "Title", "on"):
        start = plain.text.index(name)
        a, b = plain.span(start, start + len(name))
        assert written[a:b] == name
    start = plain.text.index("H&E")
    assert written[slice(*plain.span(start, start + 3))] == r"H\&E"


def test_every_offset_stays_inside_the_text() -> None:
    written = r"\textit{\textbf{$x$}} \% {{}} \alpha"
    plain = to_plain(written)
    assert all(0 <= plain.origin(i) < len(written) for i in range(len(plain.text)))
