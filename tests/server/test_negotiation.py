"""Which media type a client gets, by RFC 9110."""

from __future__ import annotations

import pytest

from kg.server.negotiation import best

OFFERED = ["text/turtle", "application/n-triples", "application/ld+json", "text/html"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/*", "text/turtle"),
        ("text/*;q=0.5, application/ld+json", "application/ld+json"),
        ("text/turtle;q=0, */*", "application/n-triples"),
        ("text/turtle;q=0.1, text/*;q=0.9, */*;q=0.5", "text/html"),
        ("application/n-triples;q=0.5,application/ld+json;q=0.50", "application/n-triples"),
        ("image/png", None),
        ("image/png, */*;q=0", None),
        ("*/*;q=0, text/html;q=0.001", "text/html"),
        ("text/html;level=1;q=0.3, application/n-triples ; Q=0.4", "application/n-triples"),
        ('application/ld+json;profile="a,b;q=0", text/html;q=0.9', "application/ld+json"),
        ("nonsense, , ;q=1, text/html", "text/html"),
        ("nonsense", "text/turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/html;q=7, text/turtle;q=0.9", "text/html"),
    ],
)
def test_the_best_liked_media_type_is_chosen(accept: str | None, expected: str | None) -> None:
    assert best(accept, OFFERED) == expected


def test_nothing_on_offer_is_nothing() -> None:
    assert best("*/*", []) is None
    assert best(None, []) is None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("a/b;" + ";" * 60_000 + ", text/html", "text/html"),
        ('a/b;x="' * 9_000, None),
        ("a/b" + " ;" * 30_000 + '", text/html', "text/html"),
        ("," * 60_000, "text/turtle"),
    ],
)
def test_a_header_made_to_be_slow_is_read_at_once(header: str, expected: str | None) -> None:
    """A pattern that tries all ways to read such a header takes hours."""
    assert best(header, OFFERED) == expected
