"""Stretches of text that could be the name of a model or dataset.

Generous on purpose: about one in eight is a name, and what decides is the classifier in ``names``. A rule
here speaks of the shape of a name and of the words around it, never of a particular name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span

__all__ = ["Candidate", "find_candidates"]


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A stretch of the text, as characters of the document, and the rule that proposed it."""

    start: int
    end: int
    text: str
    rule: str


# Joined to a name but not part of it: "CLIP-based", "SAM-generated".
JOINED = re.compile(
    r"(?:[-–](?:based|like|style|styled|guided|driven|adapted|tuned|enhanced|generated|derived|trained|pretrained|"
    r"powered|inspired|assisted|aware|level|specific|related|only|type|free|shot|stained|weighted|wise|score|"
    r"[a-z]{3,}(?:ed|ing)))+$"
)
LEAD = frozenset(
    """
    the a an our this that these its their proposed novel new called named original standard
    """.split()
)
NUMBER = re.compile(r"[vV]?\d+(?:\.\d+)*[a-zA-Z]{0,2}$|[IVX]{1,4}$")
SIZE_WORDS = frozenset(
    """
    base large small tiny huge xl pro mini flash turbo lite plus ultra max nano medium preview thinking
    """.split()
)
INNER = frozenset({"of", "for", "and", "in", "the", "on", "de", "with", "to", "&", "-", "–"})
NAMING = frozenset("called named termed dubbed coined titled denoted abbreviated".split())
PROPOSING = frozenset(
    """
    propose proposes proposed introduce introduces introduced present presents presented develop
    develops developed describe release releases
    """.split()
)
# What no name holds: the remains of HTML or of a template.
MARKUP = re.compile(r"[<>{}|\n]")
UNIT = re.compile(r"(?:mm|cm|ms|kg|mg|Hz|GB|MB|dB|vs|CI|IQR|SD)$")
DIMENSION = re.compile(r"[2-4]D(?:\+t)?$")
# A preposition of a title after which a method is often named: "… via Sinogram Flicking".
TITLE_PREPOSITIONS = frozenset(
    """
    via using with by through from for on in to and of at as under without toward towards
    """.split()
)
URL = re.compile(
    r"(?:https?://)?(?:www\.)?(?:github\.com|huggingface\.co|gitlab\.com)/[\w.-]+/([\w.-]*\w)", re.I
)

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
DATE = re.compile(rf"\d{{1,2}}[-/ ]{MONTH}[-/ ,]*(?:\d{{4}})?|{MONTH}[-/ ]\d{{1,2}}(?:[-/ ,]+\d{{4}})?", re.I)


def find_candidates(doc: Doc, vocabulary_spans: Iterable[Span] = ()) -> list[Candidate]:
    """Candidates of one document, in the order of the text, each stretch once.

    Args:
        doc: tokenized, with sentences and scispaCy's abbreviations set.
        vocabulary_spans: stretches that a vocabulary of models and datasets knows.
    """
    whole = doc.text  # made anew each time it is asked for
    found: dict[tuple[int, int], Candidate] = {}

    def add(start: int, end: int, rule: str) -> None:
        start, end = _trim(whole, start, end)
        text = whole[start:end]
        if end - start < 2 or len(text) > 120 or not any(c.isalpha() for c in text):
            return
        if MARKUP.search(text) or DATE.fullmatch(text):
            return
        found.setdefault((start, end), Candidate(start, end, text, rule))

    def add_tokens(first: int, last: int, rule: str) -> None:
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        add(start, end, rule)
        stem = JOINED.sub("", whole[start:end])
        if len(stem) >= 2:
            add(start, start + len(stem), rule)

    for abbreviation in sorted(doc._.abbreviations, key=lambda a: a.start):  # the detector keeps them in sets
        long = abbreviation._.long_form
        add_tokens(abbreviation.start, abbreviation.end, "short form")
        add_tokens(long.start, long.end, "long form")
    for span in vocabulary_spans:
        add_tokens(span.start, span.end, "vocabulary")
    shouted = _shouted(whole)
    for sentence in doc.sents:
        is_title = sentence.start == 0
        for first, last in () if shouted else _runs(sentence):
            for i, j in _subruns(sentence, first, last):
                add_tokens(i, j, "shape")
        if is_title:
            for first, last in _title_phrases(sentence):
                add_tokens(first, last, "title")
        for first, last in _named_phrases(sentence):
            add_tokens(first, last, "naming")
    for match in URL.finditer(whole):
        add(*match.span(1), "address")
    for token in doc:
        if "/" in token.text and not token.like_url and _looks_like_name(token.text):
            offset = token.idx
            for part in token.text.split("/"):
                if _looks_like_name(part):
                    add(offset, offset + len(part), "part")
                offset += len(part) + 1
    return sorted(found.values())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without quotes, brackets, markup and possessives at either end."""
    while start < end and text[start] in " \t\n\"'“”‘’([{,;:*_`$.\\–-":
        start += 1
    while start < end and text[end - 1] in " \t\n\"'“”‘’)]},;:*_`$.\\–-":
        if text[end - 1] in ")]" and text[start:end].count("(["["])".index(text[end - 1])]) > 0:
            break
        end -= 1
    for suffix in ("'s", "’s"):
        if text[start:end].endswith(suffix):
            end -= 2
    return start, end


def _looks_like_name(text: str) -> bool:
    """An upper-case letter past the first, or letters with digits: "nnU-Net", "CCPL", "ViT", "med3d"."""
    return any(c.isupper() for c in text[1:]) or (
        any(c.isdigit() for c in text) and any(c.isalpha() for c in text)
    )


def _shouted(text: str) -> bool:
    """Whether nearly all of a text is in capitals, so that capitals show no name."""
    capitals, small = sum(c.isupper() for c in text), sum(c.islower() for c in text)
    return capitals > 9 * small


def _kind(doc: Doc, i: int, sentence_start: int) -> str:
    """N: shaped like a name; C: capitalised; V: version or size; J: joins; empty: none of these."""
    token = doc[i]
    text = token.text
    if token.is_punct or token.is_space or token.like_url:
        return "J" if text in INNER else ""
    if DIMENSION.match(text):
        return "N"
    if i > sentence_start and not doc[i - 1].whitespace_ and text in ("K", "M", "B", "T", "G"):
        return "V"  # the tokenizer splits "Ophthal-160K" at what looks like a unit
    if NUMBER.match(text) or text.lower() in SIZE_WORDS:
        return "V"
    if UNIT.match(text):
        return ""
    if text.lower() in INNER:
        return "J"
    if _looks_like_name(text):
        return "N"
    if text[0].isupper() and len(text) > 1 and (i > sentence_start or not token.is_stop):
        return "C" if not token.is_stop else ""
    return ""


def _runs(sentence: Span) -> Iterator[tuple[int, int]]:
    """Stretches of name-like tokens, with versions and inner small words, first to last exclusive."""
    doc, i = sentence.doc, sentence.start
    while i < sentence.end:
        if _kind(doc, i, sentence.start) not in ("N", "C"):
            i += 1
            continue
        j = last = i
        while j < sentence.end and j - i < 10:
            kind = _kind(doc, j, sentence.start)
            if not kind or (kind == "J" and j > last + 1):
                break
            if kind != "J":
                last = j
            j += 1
        yield i, last + 1
        i = last + 1


def _subruns(sentence: Span, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The whole run, and the parts of it that could stand alone."""
    doc = sentence.doc
    kinds = [_kind(doc, i, sentence.start) for i in range(first, last)]
    size = last - first
    for i in range(size):
        if kinds[i] not in ("N", "C"):
            continue
        for j in range(i + 1, min(size, i + 6) + 1):
            if kinds[j - 1] == "J":
                continue
            whole = i == 0 and j == size
            starts = (
                i == 0
                or kinds[i] == "N"
                or kinds[i - 1] == "J"
                or bool(DIMENSION.match(doc[first + i - 1].text))
            )
            ends = j == size or kinds[j - 1] in ("N", "V") or kinds[j] == "J" or kinds[j] == "N"
            if whole or (starts and ends and j - i <= 5) or (j - i == 1 and size <= 4):
                yield first + i, first + j


def _title_phrases(title: Span) -> Iterator[tuple[int, int]]:
    """What stands before a title's colon, and short phrases after its prepositions."""
    doc = title.doc
    for i in range(title.start, title.end):
        if doc[i].text in (":", "--", "—", "–") and 0 < i - title.start <= 6:
            yield title.start, i
            break
    i = title.start
    while i < title.end:
        if doc[i].lower_ in TITLE_PREPOSITIONS:
            j = i + 1
            while j < title.end and doc[j].lower_ not in TITLE_PREPOSITIONS and not doc[j].is_punct:
                j += 1
            if 0 < j - i - 1 <= 5 and (doc[i].lower_ in ("via", "using", "with", "by", "through")):
                yield i + 1, j
        i += 1


def _named_phrases(sentence: Span) -> Iterator[tuple[int, int]]:
    """Lower-case names that the sentence presents: "called X", "we propose X, a …"."""
    doc = sentence.doc
    for i in range(sentence.start, sentence.end - 1):
        word = doc[i].lower_
        if word in NAMING or (word in ("as", "namely") and doc[i - 1].lower_ in ("referred", "to", "known")):
            j = i + 1
            while j < sentence.end and doc[j].is_punct and doc[j].text in "“\"'`‘(":
                j += 1
            k = j
            while k < sentence.end and k - j < 5 and not doc[k].is_punct and not doc[k].is_stop:
                k += 1
            if k > j:
                yield j, k
        elif word in PROPOSING:
            j = i + 1
            while j < sentence.end and doc[j].lower_ in LEAD:
                j += 1
            k = j
            while k < sentence.end and k - j < 5 and not doc[k].is_punct and not doc[k].is_stop:
                k += 1
            if j < k < sentence.end and doc[k].text in (",", ":", "(", "—", "–", "-", "."):
                yield j, k
