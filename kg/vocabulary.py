"""The vocabularies: what modalities, metrics, tasks, datasets and models are called, and how they nest.

Each ``ontology/<scheme>.ttl`` is a SKOS concept scheme. ``skos:prefLabel`` is the canonical label,
``skos:altLabel`` a form that states the concept, ``skos:hiddenLabel`` a cue that only suggests it (several
concepts may share one), ``kg:caseSensitiveLabel`` repeats those labels that count in their own case only
(``AP``, ``US``). A user adds concepts, labels or a whole scheme by naming further Turtle files in
:func:`load`; what a later file says of a label wins.

How labels are compared, :mod:`kg.labels` says: plurals, hyphens, accents, capitals and British spellings need
no labels of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.labels import CASED, WORD, fold, form
from kg.resources import ontology

__all__ = ["BUILT_IN", "Match", "Term", "Vocabulary", "VocabularyError", "load"]

BUILT_IN = ("modalities", "metrics", "tasks", "datasets", "models")
"""Schemes that ship with the product, one file each."""

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_KG = "https://w3id.org/biomed-kg/ontology#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFERRED, _ALTERNATIVE, _HIDDEN = (f"{_SKOS}{kind}Label" for kind in ("pref", "alt", "hidden"))
_SCHEME, _CASE = f"{_SKOS}inScheme", f"{_KG}caseSensitiveLabel"
_BROADER, _DEFINITION = f"{_SKOS}broader", f"{_SKOS}definition"
_BETTER, _UNIT, _MINIMUM, _MAXIMUM = (f"{_KG}{name}" for name in ("betterWhen", "unit", "minimum", "maximum"))
_MODALITY, _LINK = f"{_KG}hasModality", "http://www.w3.org/2000/01/rdf-schema#seeAlso"
_SOURCE = "http://purl.org/dc/terms/source"

_BREAK = re.compile(r"[,;:.!?()\[\]](?:\s|$)|\s[(\[]")
"""Punctuation that no label reaches across."""


class VocabularyError(ValueError):
    """A vocabulary file that cannot be read or contradicts itself; the message names the file."""


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of a vocabulary; labels are in the order of the file, without language tags."""

    iri: str
    scheme: str
    """The last part of the scheme's IRI: ``modalities``."""
    label: str
    aliases: tuple[str, ...] = field(default=(), repr=False)
    weak_aliases: tuple[str, ...] = field(default=(), repr=False)
    """Cues that suggest the concept but do not state it."""
    case_sensitive: frozenset[str] = field(default=frozenset(), repr=False)
    """Those labels and aliases that must be matched in their own case."""
    broader: tuple[str, ...] = ()
    """IRIs of wider concepts."""
    definition: str = ""
    better_when: str | None = None
    """Of a metric: ``higher`` or ``lower``; None when neither is better."""
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    modalities: tuple[str, ...] = ()
    """Of a dataset or model: IRIs of the modalities it holds or handles."""
    links: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Where the entry was taken from."""

    @property
    def names(self) -> tuple[str, ...]:
        """The forms that state the concept, the canonical label first."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text that is a label of a term; offsets count characters, ``end`` is exclusive."""

    start: int
    end: int
    term: Term
    weak: bool
    """True when the label only suggests the term."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by scheme, with an index of their labels. Made by :func:`load`."""

    schemes: dict[str, tuple[Term, ...]]
    """Terms of each scheme, sorted by IRI; schemes in the order they were first read."""
    _terms: dict[str, Term] = field(repr=False)
    _index: dict[str, tuple[tuple[Term, bool], ...]] = field(repr=False)
    """Terms by form, each with whether the form is only a cue."""
    _reach: dict[str, int] = field(repr=False)
    """Words of the longest form, by its first word."""

    def __getitem__(self, scheme: str) -> tuple[Term, ...]:
        """The terms of a scheme. Raises KeyError when there is no such scheme."""
        return self.schemes[scheme]

    def term(self, iri: str) -> Term:
        """The term with that IRI. Raises KeyError when there is none."""
        return self._terms[iri]

    def lookup(self, surface: str, scheme: str | None = None) -> Term | None:
        """The term that a surface form states, if any; of several schemes the one read first."""
        return next((term for term, weak in self._entries(surface, scheme) if not weak), None)

    def suggest(self, surface: str, scheme: str | None = None) -> tuple[Term, ...]:
        """The terms that a surface form is only a cue for."""
        return tuple(term for term, weak in self._entries(surface, scheme) if weak)

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        """The wider terms of a term, nearest first, each once."""
        found: dict[str, Term] = {}
        queue = list(term.broader)
        for iri in queue:
            if iri in self._terms and iri not in found:
                found[iri] = self._terms[iri]
                queue += found[iri].broader
        return tuple(found.values())

    def find(self, text: str, *schemes: str) -> list[Match]:
        """Where labels stand in a text, in the schemes named or in all.

        Within a scheme matches do not overlap: stating forms go before cues, then the longer before the
        shorter. A form of several terms gives a match for each.
        """
        words = [(word.start(), word.end(), *fold(word.group())) for word in WORD.finditer(text)]
        found: list[tuple[bool, int, int, Term]] = []
        for first, (_, _, cased, plain) in enumerate(words):
            reach = max(self._reach.get(CASED + cased, 0), self._reach.get(plain, 0))
            for size in range(1, min(reach, len(words) - first) + 1):
                window = words[first : first + size]
                if size > 1 and _BREAK.search(text[window[-2][1] : window[-1][0]]):
                    break
                entries = (CASED + " ".join(word[2] for word in window), " ".join(word[3] for word in window))
                found += [(weak, -size, first, t) for e in entries for t, weak in self._index.get(e, ())]
        taken: dict[tuple[str, int], tuple[int, int]] = {}
        matches = []
        for weak, size, first, term in sorted(found, key=lambda hit: (*hit[:3], hit[3].iri)):
            span = (first, first - size)
            places = [(term.scheme, place) for place in range(first, first - size)]
            if (not schemes or term.scheme in schemes) and all(taken.get(p, span) == span for p in places):
                taken.update(dict.fromkeys(places, span))
                matches.append(Match(words[first][0], words[first - size - 1][1], term, weak))
        return sorted(matches, key=lambda match: (match.start, match.end, match.term.iri))

    def _entries(self, surface: str, scheme: str | None) -> Iterator[tuple[Term, bool]]:
        for entry in (form(surface, cased=True), form(surface, cased=False)):
            yield from (each for each in self._index.get(entry, ()) if scheme in (None, each[0].scheme))


def load(*extra: str | Path) -> Vocabulary:
    """The built-in vocabularies, with what further Turtle files add to them or change.

    A label that a later file gives to another concept of the same scheme moves there.

    Raises:
        OSError: a file cannot be opened.
        VocabularyError: a file is not Turtle (with the line), a concept lacks a label or a scheme, or one
            file gives a label to two concepts of one scheme.
    """
    return _assemble([*_built_in(), *(_read(Path(path)) for path in extra)]) if extra else _default()


@cache
def _default() -> Vocabulary:
    return _assemble(_built_in())


@cache
def _built_in() -> tuple[_File, ...]:
    return tuple(_read(ontology(f"{scheme}.ttl")) for scheme in BUILT_IN)


_Facts = dict[str, list[str]]
"""What one file says of one concept: values by predicate."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    concepts: dict[str, _Facts]


def _read(path: Path) -> _File:
    """What a Turtle file says, by concept. pyoxigraph reads it: rdflib takes ten times as long."""
    import pyoxigraph as ox

    concepts: dict[str, _Facts] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(triple.subject, ox.NamedNode) and not isinstance(triple.object, ox.Triple):
                predicate = triple.predicate.value
                foreign = isinstance(triple.object, ox.Literal) and triple.object.language not in (None, "en")
                # A label in another language is one more form that papers may use.
                predicate = _ALTERNATIVE if foreign and predicate == _PREFERRED else predicate
                concepts[triple.subject.value][predicate].append(triple.object.value)
    except SyntaxError as error:
        raise VocabularyError(f"{path}:{error.lineno}: not valid Turtle: {error.msg}") from error
    return _File(path, {iri: facts for iri, facts in concepts.items() if _describes_concept(facts)})


def _describes_concept(facts: _Facts) -> bool:
    about = {_PREFERRED, _ALTERNATIVE, _HIDDEN, _SCHEME, _BROADER}
    return not about.isdisjoint(facts) and f"{_SKOS}ConceptScheme" not in facts.get(_TYPE, ())


def _assemble(files: Iterable[_File]) -> Vocabulary:
    """Merge files in order and index the labels."""
    merged: dict[str, _Facts] = {}
    owners: dict[tuple[str, str], tuple[str, Path]] = {}
    for file in files:
        for iri, facts in sorted(file.concepts.items()):
            known = merged.setdefault(iri, defaultdict(list))
            # The newest value first: it is the one that counts where only one can.
            for predicate, values in facts.items():
                known[predicate] = list(dict.fromkeys([*values, *known[predicate]]))
            for lacking in (p for p in (_PREFERRED, _SCHEME) if not known.get(p)):
                name = "skos:" + lacking.removeprefix(_SKOS)
                raise VocabularyError(f"{file.path}: <{iri}> has no {name}; give it one, or correct the IRI")
            _claim_labels(iri, facts, known, file.path, owners)
    terms = {iri: _term(iri, facts, owners) for iri, facts in sorted(merged.items())}
    schemes: dict[str, list[Term]] = {_tail(facts[_SCHEME][0]): [] for facts in merged.values()}
    for term in terms.values():
        schemes[term.scheme].append(term)
    index: dict[str, dict[str, bool]] = defaultdict(dict)
    for term in (term for members in schemes.values() for term in members):
        for label in term.weak_aliases:
            index[form(label, label in term.case_sensitive)][term.iri] = True
        for label in term.names:  # last, so that a form that is both states the term
            index[form(label, label in term.case_sensitive)][term.iri] = False
    index.pop("", None)
    index.pop(CASED, None)
    reach: dict[str, int] = {}
    for words in map(str.split, index):
        reach[words[0]] = max(len(words), reach.get(words[0], 0))
    return Vocabulary(
        schemes={scheme: tuple(members) for scheme, members in schemes.items()},
        _terms=terms,
        _index={entry: tuple((terms[iri], weak) for iri, weak in e.items()) for entry, e in index.items()},
        _reach=reach,
    )


def _claim_labels(
    iri: str, facts: _Facts, known: _Facts, path: Path, owners: dict[tuple[str, str], tuple[str, Path]]
) -> None:
    """Note that a file gives its stating labels to a concept; an earlier file's owner loses them."""
    scheme = _tail(known[_SCHEME][0])
    for label in [*facts.get(_PREFERRED, ()), *facts.get(_ALTERNATIVE, ())]:
        place = (scheme, form(label, label in known.get(_CASE, ())))
        owner, source = owners.get(place, (iri, path))
        if owner != iri and source == path:
            raise VocabularyError(f"{path}: label {label!r} is given to both <{owner}> and <{iri}>; keep one")
        owners[place] = (iri, path)


def _term(iri: str, facts: _Facts, owners: dict[tuple[str, str], tuple[str, Path]]) -> Term:
    scheme, cased, label = _tail(facts[_SCHEME][0]), frozenset(facts.get(_CASE, ())), facts[_PREFERRED][0]

    def owned(name: str) -> bool:
        return owners[scheme, form(name, name in cased)][0] == iri

    def one(predicate: str) -> str | None:
        return next(iter(facts.get(predicate, ())), None)

    minimum, maximum = one(_MINIMUM), one(_MAXIMUM)
    aliases = [*facts[_PREFERRED][1:], *facts.get(_ALTERNATIVE, ())]
    return Term(
        iri=iri,
        scheme=scheme,
        label=label,
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != label and owned(alias)),
        weak_aliases=tuple(facts.get(_HIDDEN, ())),
        case_sensitive=cased,
        broader=tuple(facts.get(_BROADER, ())),
        definition=one(_DEFINITION) or "",
        better_when=one(_BETTER),
        unit=one(_UNIT),
        minimum=None if minimum is None else float(minimum),
        maximum=None if maximum is None else float(maximum),
        modalities=tuple(facts.get(_MODALITY, ())),
        links=tuple(facts.get(_LINK, ())),
        sources=tuple(facts.get(_SOURCE, ())),
    )


def _tail(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
