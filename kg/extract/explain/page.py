"""Findings as a page for a browser: spaCy's displaCy marks the texts, a table beneath lists the findings.

displaCy escapes the text it marks; the rest goes through a template that escapes. A content security policy
allows the page no script and no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.extract.explain.explanation import explain
from kg.extract.explain.marks import Mark, Piece, marks, pieces
from kg.records import PaperRecord
from kg.staging import staged_file

if TYPE_CHECKING:
    from markupsafe import Markup

__all__ = ["write_page"]

KINDS = ("model", "dataset", "modality", "metric", "task", "result")
"""Kinds of finding that are marked; each has its colour in ``page.css``."""

UNMARKED = ""
"""Label of text that is handed to displaCy as a span only so that it sets no space after it."""

# What displaCy writes round a piece of text; its own templates set spaces round each piece, which tear
# brackets and commas from names, and put labels below the text, where those of short names overlap.
TEMPLATES = {
    "span": '<span class="marked">{span_starts}{text}{span_slices}</span>',
    "slice": '<i style="background: {bg}; bottom: -{top_offset}px"></i>',
    "start": '<b style="background: {bg}">{label}</b>',
}
OPTIONS = {
    "colors": {UNMARKED: "none", **{kind.upper(): f"var(--{kind})" for kind in KINDS}},
    "template": TEMPLATES,
    "top_offset": 2,
    "top_offset_step": 4,
}
# HTML has no way to write these, and half of a surrogate pair has no UTF-8.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def write_page(records: Iterable[PaperRecord], path: Path) -> None:
    """Write one page on all records, one after the other as they come; it opens from disk, offline.

    The same records give the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    style = Markup((folder / "page.css").read_text(encoding="utf-8"))
    page = environment.get_template("page.html").generate(
        style=style, kinds=KINDS, papers=(_paper(record) for record in records)
    )
    with staged_file(path) as aside, aside.open("w", encoding="utf-8", newline="\n") as file:
        for part in page:
            file.write(_UNFIT.sub("\ufffd", part))


def _paper(record: PaperRecord) -> dict[str, Any]:
    """What the template shows of a paper."""
    document = record.document
    found = explain(record)
    shown = marks(found)
    title = len(document.title)
    return {
        "id": document.id,
        "source": document.source,
        "title": _marked(document.text, pieces(0, title, shown)) if title else "",
        "abstract": _marked(document.text, pieces(title + 2, len(document.text), shown)),
        "findings": found,
    }


def _marked(text: str, cut: Sequence[Piece]) -> Markup:
    from markupsafe import Markup
    from spacy import displacy

    tokens: list[str] = []
    places: dict[Mark, list[int]] = {}
    unmarked: list[int] = []
    for piece in cut:
        for token in _tokens(text[piece.start : piece.end], bool(piece.marks)):
            if not piece.marks and not token[-1].isspace():
                unmarked.append(len(tokens))
            for mark in piece.marks:
                places.setdefault(mark, []).append(len(tokens))
            tokens.append(token)
    spans = [_span(mark.label, at[0], at[-1]) for mark, at in places.items()]
    spans += [_span(UNMARKED, at, at) for at in unmarked]
    marked = displacy.render(
        {"tokens": tokens, "spans": spans}, style="span", manual=True, jupyter=False, options=OPTIONS
    )
    return Markup(marked)


def _tokens(text: str, marked: bool) -> Iterator[str]:
    """Text in the parts that displaCy draws: a line ends only between them, but where none is a span."""
    plain = 0 if marked else len(text) - len(re.split(r"\s", text)[-1])
    if plain:
        yield text[:plain]
    yield from re.findall(r"\s*\S{1,40}\s*|\s+", text[plain:])


def _span(label: str, first: int, last: int) -> dict[str, Any]:
    return {"start_token": first, "end_token": last + 1, "label": label}
