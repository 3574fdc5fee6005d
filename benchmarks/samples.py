"""Valid inputs for each reader of ``kg.sources``, small, with what its format can hold."""

from __future__ import annotations

import gzip
import zlib

__all__ = ["READERS", "samples"]

_PROSE = "We train a net on many images of the eye and test it on others. It sees well in most (AUC 0.91). "
_LONG = _PROSE * 3

_RECORD = (
    '{"id": "paper-1", "title": "A net", "abstract": "We train Net on Eyes.", "authors": ["A B"], "issued": '
    '"2024-01", "url": null, "doi": null, "arxiv_id": null, "links": [], "source": "x.txt:1", "models": [], '
    '"datasets": [], "modalities": [], "metrics": [], '
    '"tasks": [], "concepts": [], "relations": [], '
    '"results": []}'
)
_ARXIV = (
    '{"id": "2506.10573", "title": "A \\\\alpha net", "abstract": "  We see $x^2$.\\n", "doi": "10.1000/x", '
    '"authors_parsed": [["Doe", "Jane", "Jr"]], '
    '"versions": [{"version": "v1", "created": "Thu, 12 Jun 2025"}]}'
)
_FEED = (
    '{"resultList": {"result": [{"title": "A", "abstractText": "<h4>Aim</h4>B", "authorString": "A B, C D", '
    '"firstPublicationDate": "2020-01-02"}, {"display_name": "C", "abstract": null, '
    '"ids": {"doi": "10.1/c"}}]}}'
)
_CSL = (
    '[{"title": "A", "abstract": "B", "author": [{"given": "J", "family": "D"}], "issued": {"date-parts": '
    '[[2024, 1, 2]]}, "URL": "https://doi.org/10.1/x"}, {"paper": {"title": "C", "summary": "D", '
    '"id": "2506.1"}}]'
)
_BIBTEX = r"""@string{conf = {Conference of Nets}}
@comment{nothing}
@article{doe2024, title = {A {\"u}ber {N}et: $\alpha$ and \emph{more}},
  author = {Doe, Jane and Roe, M. and others},
  abstract = "We reach 95\% on H\&E \cite{x}, \url{https://github.com/a/b} for $5 and {\'e}.", year = 2024,
  month = jun, doi = {10.1000/x}, eprint = {2506.10573}, booktitle = conf # " 2" }
@misc{b, title={Second}, url={https://arxiv.org/abs/2506.10574}}
"""
_RIS = """TY  - JOUR
TI  - A net
AU  - Doe, Jane
A1  - Roe, Max
AB  - We train a net.
more of it
PY  - 2024/01/02/
DO  - 10.1000/x
UR  - https://a.org/x
KW  - net
ER  -

TY  - CONF
T1  - Second
ER  -
"""
_MEDLINE = """PMID- 1
TI  - A net that
      goes on
AB  - We train a net.
      It goes on.
FAU - Doe, Jane
AU  - Doe J
CN  - Group
DP  - 2024 Jan 2
LID - 10.1000/x [doi]
AID - S1 [pii]

PMID- 2
BTI - Second
"""
_ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<entry><id>http://arxiv.org/abs/2506.10573v1</id><published>2025-06-12T00:00:00Z</published>
<title>A net</title>
<summary>{_PROSE}&lt; &auml; <![CDATA[x < y]]></summary><author><name>Jane Doe</name></author>
<link href="http://arxiv.org/abs/2506.10573v1" rel="alternate"/><arxiv:doi>10.1000/x</arxiv:doi></entry>
<entry><title>Second</title><!-- c --><content type="html">&lt;b&gt;x&lt;/b&gt;</content></entry></feed>"""
_PUBMED = f"""<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://a.org/pubmed.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">1</PMID><Article><Journal><JournalIssue>
<PubDate><Year>2024</Year><Month>Jan</Month></PubDate></JournalIssue></Journal>
<ArticleTitle>A net with <i>E. coli</i></ArticleTitle><ELocationID EIdType="doi">10.1000/x</ELocationID>
<Abstract><AbstractText Label="AIM">{_PROSE}</AbstractText><AbstractText>Yes.</AbstractText></Abstract>
<AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author><Author>
<CollectiveName>Group</CollectiveName></Author></AuthorList><ArticleDate><Year>2024</Year><Month>01</Month>
</ArticleDate></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
_JATS = f"""<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><article-meta><article-id pub-id-type="doi">10.1000/x</article-id><title-group>
<article-title>A <italic>net</italic><xref><sup>1</sup></xref></article-title>
<subtitle>Sub</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name>
<surname>Doe</surname><given-names>Jane</given-names></name></contrib>
<contrib><collab>Group</collab></contrib></contrib-group><pub-date date-type="epub"
iso-8601-date="2024-01-02">
<year>2024</year></pub-date><self-uri xlink:href="http://a.org/x"/>
<abstract abstract-type="teaser"><p>T</p></abstract>
<abstract><title>Abstract</title><sec><title>Aim</title><p>{_PROSE}<inline-formula><alternatives>
<mml:math><mml:mi>x</mml:mi></mml:math><tex-math>
\\begin{{document}}$$x$$\\end{{document}}</tex-math></alternatives></inline-formula></p>
</sec></abstract></article-meta></front><body><p>Text.</p></body></article>"""
_PAGE = f"""A Net That Sees
2024-01-02
Jane Doe, Max Roe
Tags
net
Abstract
{_LONG}
Abstract (translated)
Wir trainieren.
URL
https://arxiv.org/abs/2506.10573
DOI
10.1000/x
"""
_LISTING = (
    f"Papers of the day\n\nA net that sees\n\n{_LONG}\n\n12 likes\n\n"
    f"Another net\n\n{_LONG[::-1]}. A b. C d.\n\n"
)
_MARKDOWN = f"""---
title: "A net"
doi: 10.1000/x
---
# A net

Jane Doe

## Abstract

{_LONG} [code](https://github.com/a/b) and **bold** _text_

## 1 Introduction

Text.

Second net
==========

{_LONG}
"""


def samples(reader: str) -> list[bytes]:
    """Inputs that a reader takes; for ``any`` those of all, also as gzip.

    Raises:
        KeyError: there is no such reader.
    """
    if reader == "any":
        every = [sample for found in _SAMPLES.values() for sample in found]
        return [*every, *(gzip.compress(sample) for sample in every[::3])]
    return _SAMPLES[reader]


def _pdf(content: str, info: str, packed: bool = True) -> bytes:
    """A PDF of one page."""
    raw = content.encode("latin-1")
    raw = zlib.compress(raw) if packed else raw
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents [5 0 R]"
        b" /Resources << /Font << /F1 3 0 R >> /XObject << /X 8 0 R >> >> >>",
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(raw), b" /Filter /FlateDecode" * packed, raw),
        f"<< {info} >>".encode(),
        b"<< /Length 62 >>\nstream\n1 beginbfchar <41> <0041> endbfchar 1 beginbfrange <42> <43> <0042> "
        b"endbfrange\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 "
        b"/Resources << /XObject << /X 8 0 R >> >> >>\nstream\n/X Do\nendstream",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return (
        out
        + head
        + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    )


def _shown(*lines: tuple[int, str]) -> str:
    shown = "".join(
        f"/F1 {size} Tf 1 0 0 1 50 {800 - 30 * i} Tm ({text}) Tj\n" for i, (size, text) in enumerate(lines)
    )
    return f"q BT\n{shown}[(T) -20 (J)] TJ T* <4142> ' ET Q\n"


_TEXT = _shown(
    (18, "Seeing Small Things"), (10, "Abstract"), (10, _PROSE[:80]), (10, "self-"), (12, "1 Introduction")
)
_INFO = "/Title (Seeing Small Things) /Author (Jane Doe) /doi (10.1000/x) /Producer <feff0041>"

_SAMPLES: dict[str, list[bytes]] = {
    "pdf": [_pdf(_TEXT, _INFO), _pdf(_TEXT, _INFO, packed=False), _pdf(_TEXT + "/X Do", "/Title 5 0 R")],
    "pubmed": [_PUBMED.encode()],
    "jats": [_JATS.encode(), f"<set>{_JATS}{_JATS}</set>".encode()],
    "atom": [_ATOM.encode(), _ATOM.replace("UTF-8", "utf-16").encode("utf-16")],
    "json_lines": [f"{_RECORD}\n{_ARXIV}\n".encode(), f'{_FEED}\n{{"title": "T"}}\n'.encode()],
    "json_tree": [_CSL.encode(), _FEED.replace("{", "{\n").encode(), _CSL.encode("utf-16")],
    "medline": [_MEDLINE.encode()],
    "ris": [_RIS.encode(), _RIS.replace("\n", "\r\n").encode("utf-8-sig")],
    "bibtex": [_BIBTEX.encode(), _BIBTEX.encode("latin-1") + b"\xe4"],
    "page": [_PAGE.encode()],
    "labelled": [
        f"Title: A\nAuthors: B C\nDate: 2024\nAbstract: {_LONG}\nTitle: D\nAbstract: {_PROSE}\n".encode()
    ],
    "listing": [(_LISTING * 2).encode()],
    "plain": [_MARKDOWN.encode(), f"A net\nJane Doe\n\nAbstract\n{_LONG}\n\nKeywords: x\n".encode("cp1252")],
}

READERS = (*_SAMPLES, "any")
"""What can be fuzzed: each reader, and all behind the recognition of a file's format."""
