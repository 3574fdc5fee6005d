"""What the words around a name say of it: its kind by the head noun beside it, its role by the verb before.

Nothing is learnt here. A name's mentions are taken together, and so are the members of a list: in "the A, B
and C datasets" the noun is said of all three.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract.candidates import JOINED
from kg.extract.groups import NameGroup
from kg.extract.name_features import BOUNDARY, HEADS
from kg.extract.names import token_places
from kg.extract.words import Words, sentence_words

__all__ = ["NameCues", "name_cues", "role_of", "shaped_like_name"]

# What stands right before a name, the kind and the role it tells, and how much it counts; the first that
# fits is taken.
BEFORE: tuple[tuple[str, str, str, float], ...] = (
    # "we propose X", "we introduce our X"
    (r"\b(?:propos|introduc|present|releas)\w*(?: the| our)?", "", "introduced", 1.0),
    # "a framework, called X"
    (r"\b(?:call|nam|term|dub|coin)ed", "", "introduced", 1.0),
    # "datasets such as X", "two benchmarks (X"
    (r"\b(?:data ?sets?|benchmarks|cohorts|corpora|databases)(?: ,)?(?: such as| including| like| :| \()",
     "dataset", "used", 2.0),
    # "models such as X"
    (r"\b(?:models|networks|architectures|baselines|methods|llms)(?: ,)?(?: such as| including| like| \()",
     "model", "compared", 2.0),
    # "trained on X", "experiments were conducted on the public X"
    (r"\b(?:(?:pre-?)?train|fine-?tun|evaluat|test|validat|experiment|assess)\w*(?: \S+){0,2}"
     r" (?:on|using|from)(?: \S+)?", "dataset", "used", 1.0),
    # "outperforms X", "better than the original X", "compared with X"
    (r"\b(?:outperform\w*|surpass\w*|exceed\w*|than|versus|vs\.?|against|compared (?:to|with))(?: \S+)?",
     "model", "compared", 1.0),
    # "based on X", "we adapt the pretrained X", "a X backbone" is told by its noun
    (r"\b(?:based (?:up)?on|buil\w+ (?:up)?on|adapt\w*|extend\w*|initiali[sz]ed (?:from|with)|fine-?tun\w*)"
     r"(?: \S+)?", "model", "used", 1.0),
    # "using X" tells only the role
    (r"\b(?:using|with|leverag\w+|integrat\w+|employ\w*|use|utili[sz]\w+)(?: \S+)?", "", "used", 0.0),
)  # fmt: skip
BEFORE_PATTERNS = tuple(
    (re.compile(f"{pattern} ?$"), kind, role, much) for pattern, kind, role, much in BEFORE
)
NEW = re.compile(
    r"\b(?:we|paper|work|study) \S* ?(?:propos|introduc|present|develop|releas)\w*(?: \S+){0,4} ?$"
)
"""Before the long form of a name that the paper defines: "we develop a large and diverse X Y Z (XYZ)"."""
WORD = re.compile(r"\w+")
TITLE_COLON = re.compile(r" ?[:—–]")
JOINS = frozenset({",", "and", "or", "&", "/", "(", ")", "as", "well", "both"})
KINDS = {"D": "dataset", "d": "dataset", "M": "model", "m": "model"}
REACH = 8
"""Words before a name that are looked at."""


@dataclass(slots=True)
class NameCues:
    """How much is said for each kind and each role of one name."""

    kinds: dict[str, float] = field(default_factory=lambda: {"model": 0.0, "dataset": 0.0, "neither": 0.0})
    roles: dict[str, float] = field(default_factory=dict)
    defined: bool = False
    """Whether a short and a long form of it are given, or it stands before the title's colon."""


def name_cues(doc: Doc, groups: Sequence[NameGroup]) -> list[NameCues]:
    """The cues of every group of one document.

    Args:
        doc: with tokens and sentences.
        groups: from ``group_candidates``.
    """
    sentences = sentence_words(doc)
    sentence_of = {i: s for s in sentences for i in range(s.start, s.end)}
    places = [token_places(doc, group) for group in groups]
    occupied = {i for own in places for a, b in own for i in range(a, b)}
    closed = {token.i for token in doc if token.is_punct or token.is_stop}
    title = doc.text.find("\n\n")
    found = []
    for group, own in zip(groups, places, strict=True):
        cues = NameCues(defined=bool(group.short_forms))
        first = group.mentions[0]
        if first.start <= 1 and first.end < title and TITLE_COLON.match(doc.text, first.end):
            if shaped_like_name(first.text) or " " not in first.text:
                cues.kinds[_subtitle_kind(doc.text[first.end : title])] += 2.0
            cues.roles["introduced"] = 2.0
            cues.defined = cues.defined or " " not in first.text
        for form in group.long_forms:
            kind = KINDS.get(HEADS.get(form.lower().split()[-1], ""))
            if kind:
                cues.kinds[kind] += 2.0
        for a, b in own:
            _around(cues, sentence_of[a], a, b, occupied, closed)
        found.append(cues)
    return found


def shaped_like_name(form: str) -> bool:
    """A part with a capital past its first letter, or with letters and digits; "CNN-based" is none."""
    return not JOINED.search(form) and any(
        any(c.isupper() for c in part[1:]) or (any(map(str.isdigit, part)) and any(map(str.isalpha, part)))
        for part in BOUNDARY.split(form)
    )


def role_of(cues: NameCues, kind: str) -> str:
    """The role that is best attested; a dataset that nothing is said of is used."""
    told = {role: n for role, n in cues.roles.items() if kind == "model" or role != "compared"}
    if told.get("introduced", 0.0) > 0 and kind == "model":
        return "introduced"
    return max(told, key=lambda role: told[role]) if told else "used"


def _subtitle_kind(subtitle: str) -> str:
    """What a title's second half says its first is: "a large dataset of …", else a model."""
    kinds = (KINDS.get(HEADS.get(word, "").upper()) for word in WORD.findall(subtitle.lower()))
    return next((kind for kind in kinds if kind), "model")


def _around(cues: NameCues, at: Words, a: int, b: int, occupied: set[int], closed: set[int]) -> None:
    after = _head_after(at, b, occupied, closed)
    if after:
        cues.kinds[KINDS.get(HEADS[after], "neither")] += 2.0 if HEADS[after].isupper() else 1.0
    before = HEADS.get(at(a - 1), "")
    if before in ("D", "M"):
        cues.kinds[KINDS[before]] += 1.0
    left = a
    while left > at.start and (left - 1 in occupied or at(left - 1) in JOINS - {"("}):
        left -= 1
    # A list's lead speaks of every member; words right before a name come first.
    for end in dict.fromkeys((a, left)):
        words = " ".join(at.words[max(at.start, end - REACH) : end])
        if cues.defined and NEW.search(words):
            cues.roles["introduced"] = cues.roles.get("introduced", 0.0) + 2.0
            cues.kinds["model"] += 0.5
        for pattern, kind, role, much in BEFORE_PATTERNS:
            if pattern.search(words):
                cues.roles[role] = cues.roles.get(role, 0.0) + 1.0
                # What is proposed is a model unless a noun says otherwise.
                cues.kinds[kind or "model"] += much
                return


def _head_after(at: Words, b: int, occupied: set[int], closed: set[int]) -> str:
    """The head noun after a name: one or two words on, or at the end of the list it stands in."""
    k, listed, between = b, False, 0
    while k < at.end:
        if at(k) in HEADS and (not listed or at(k).endswith("s")):
            return at(k)
        if k in occupied or at(k) in JOINS:
            listed = listed or at(k) in JOINS
        elif listed or k in closed or between == 2:
            return ""
        else:
            between += 1
        k += 1
    return ""
