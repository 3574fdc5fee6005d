"""Several names, one thing: which senses of different names are joined, and what forbids it.

Links are collected from evidence, strongest first, and applied one by one to a union-find whose sets
remember what they hold. A link that would put two versions of one family, two conflicting long forms, or
two names that papers list side by side into one set is refused; so one bad alias cannot glue things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from kg.link.forms import alike, are_versions, content, is_generic, is_part, is_short_for, numbers
from kg.link.names import is_distinctive, words
from kg.link.senses import Sense

__all__ = ["join"]

ACRONYM, SPELLING, ALIAS = 0, 1, 2
"""Kinds of evidence, the strongest first: letters confirm a long form; plural or short year; second name."""

PROMISCUOUS = 3
"""A form given as an alias of more names than this says what they are, not which."""

REMEMBERED = 8
"""Long forms and names a set keeps for comparison, at most."""

_SHORT_YEAR = re.compile(r"(.*[a-z]{3})(1\d|2\d)")


@dataclass(frozen=True, slots=True)
class _Link:
    evidence: int
    support: int
    """Papers that say so."""
    one: int
    other: int


@dataclass(slots=True)
class _Set:
    """What a set of joined senses holds."""

    members: list[int]
    papers: set[int]
    names: list[str]
    expansions: list[str] = field(default_factory=list)


def join(senses: Sequence[Sense]) -> list[list[Sense]]:
    """Sets of senses that are one thing each, in the order of their first members.

    Near linear in the number of senses and aliases: forms are looked up, never compared pair by pair.
    """
    sets = {
        i: _Set([i], {o.paper.order for o in s.occurrences}, [s.name], _long_forms(s))
        for i, s in enumerate(senses)
    }
    root = list(range(len(senses)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = i = root[root[i]]
        return i

    links = sorted(_links(senses), key=lambda k: (k.evidence, -k.support, k.one, k.other))
    for link in links:
        big, small = sorted((find(link.one), find(link.other)), key=lambda i: (-len(sets[i].papers), i))
        if big == small or _forbidden(sets[big], sets[small], link):
            continue
        root[small] = big
        gone, kept = sets.pop(small), sets[big]
        kept.members += gone.members
        kept.papers |= gone.papers
        kept.names = sorted({*kept.names, *gone.names})[:REMEMBERED]
        kept.expansions = (kept.expansions + gone.expansions)[:REMEMBERED]
    return [
        [senses[i] for i in sorted(s.members)] for s in sorted(sets.values(), key=lambda s: min(s.members))
    ]


def _long_forms(sense: Sense) -> list[str]:
    """What the sense is spelled out as; its name, where that is a phrase rather than a shape."""
    name = sense.name
    phrase = sum(word.isalpha() for word in words(name)) > 1 and not is_distinctive(name)
    return [form for form, _ in sense.expansions.most_common(REMEMBERED)] or [name] * phrase


def _forbidden(one: _Set, other: _Set, link: _Link) -> bool:
    """Whether the sets hold something that cannot be one thing."""
    together = len(one.papers & other.papers)
    if together and (link.evidence != ACRONYM or together > link.support):
        return True
    if any(are_versions(a, b) for a in one.names for b in other.names) and link.evidence != SPELLING:
        return True
    conflict = one.expansions and other.expansions
    return bool(conflict) and not any(alike(a, b) for a in one.expansions for b in other.expansions)


def _links(senses: Sequence[Sense]) -> Iterator[_Link]:
    """Every link that some evidence speaks for."""
    named: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, sense in enumerate(senses):
        named[sense.kind, sense.key].append(i)
    yield from _spellings(senses, named)
    forms: dict[int, dict[str, str]] = {i: _alias_forms(s) for i, s in enumerate(senses)}
    owners = Counter((senses[i].kind, k) for i, aliases in forms.items() for k in aliases)
    shared: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for i, aliases in forms.items():
        sense = senses[i]
        for alias_key, form in aliases.items():
            place = sense.kind, alias_key
            evidence = _evidence(sense.name, form)
            if evidence is None or (evidence == ALIAS and owners[place] > PROMISCUOUS):
                continue
            support = sense.aliases[alias_key]
            target = _fitting(sense, form, [senses[j] for j in named.get(place, ())])
            if target is not None:
                yield _Link(evidence, support, i, named[place][target])
            elif evidence == ACRONYM and place not in named and is_short_for(sense.name, form):
                shared[place].append((i, support))
    # Two short names whose letters both confirm one long form.
    for owners_of_form in shared.values():
        first, *rest = sorted(owners_of_form, key=lambda owner: (-owner[1], owner[0]))
        yield from (_Link(ALIAS, support, first[0], i) for i, support in rest)


def _spellings(senses: Sequence[Sense], named: dict[tuple[str, str], list[int]]) -> Iterator[_Link]:
    """Plurals, and editions named by two digits of the year, where the plain form is a name too."""
    for i, sense in enumerate(senses):
        plain = []
        if re.search(r"[^sui\W]s$", sense.name) and len(sense.key) > 3:
            plain.append(sense.key[:-1])
        short_year = _SHORT_YEAR.fullmatch(sense.key) if sense.kind == "dataset" else None
        if short_year:
            plain.append(f"{short_year[1]}20{short_year[2]}")
        for form in plain:
            target = _fitting(sense, "", [senses[j] for j in named.get((sense.kind, form), ())])
            if target is not None:
                yield _Link(SPELLING, len(sense.occurrences), i, named[sense.kind, form][target])


def _alias_forms(sense: Sense) -> dict[str, str]:
    """One spelling for each alias key of a sense."""
    forms: dict[str, str] = {}
    for occurrence in sense.occurrences:
        for alias_key, form in occurrence.aliases.items():
            if alias_key != sense.key:
                forms.setdefault(alias_key, form)
    return forms


def _evidence(name: str, alias: str) -> int | None:
    """What speaks for a name and its alias being one thing; None when nothing does."""
    if is_short_for(name, alias) or is_short_for(alias, name):
        return ACRONYM
    if numbers(name) != numbers(alias) or is_generic(alias) or is_generic(name) or is_part(name, alias):
        return None
    if any(a.isupper() and " " in b for a, b in ((name, alias), (alias, name))):
        return None  # an acronym beside a phrase whose letters do not confirm it
    long = len(alias.split()) > 2 and len(content(alias)) > 1
    return ALIAS if long or is_distinctive(alias) else None


def _fitting(sense: Sense, form: str, targets: Sequence[Sense]) -> int | None:
    """Which of the senses of an alias is meant: the one whose long forms agree, else one that has none."""
    mine = [*_long_forms(sense), *([form] if is_short_for(sense.name, form) else [])]
    if not mine and targets:
        return 0 if len(targets) == 1 else None
    agree = [
        (sum(alike(a, b) for a in mine for b in _long_forms(target)), len(target.occurrences), -i)
        for i, target in enumerate(targets)
    ]
    best = max(filter(itemgetter(0), agree), default=None)
    if best is not None:
        return -best[2]
    silent = [i for i, target in enumerate(targets) if not _long_forms(target)]
    return silent[0] if len(silent) == 1 else None
