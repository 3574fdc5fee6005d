"""Candidates that are one name: the same letters, or a short form and the long form that defines it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract.candidates import Candidate
from kg.extract.definitions import abbreviates
from kg.spelling import name_key

__all__ = ["NameGroup", "choose_names", "group_candidates"]


@dataclass(slots=True)
class NameGroup:
    """One possible name of a document: its surface forms and where each stands."""

    keys: set[str]
    mentions: list[Candidate]
    long_forms: list[str] = field(default_factory=list)
    short_forms: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The form to call it by: a short form if defined, else the most frequent, the earliest first."""
        counts = Counter(m.text for m in self.mentions)
        if self.short_forms:
            return max(self.short_forms, key=lambda f: counts[f])
        best = max(counts.values())
        return next(m.text for m in self.mentions if counts[m.text] == best)


def group_candidates(doc: Doc, candidates: Sequence[Candidate]) -> list[NameGroup]:
    """Candidates of one key together, and short forms with the long forms that define them."""
    groups: dict[str, NameGroup] = {}
    for candidate in candidates:
        key = name_key(candidate.text)
        if len(key) > 1:
            group = groups.setdefault(key, NameGroup({key}, []))
            group.mentions.append(candidate)
    for short, long in sorted({(a.text, a._.long_form.text) for a in doc._.abbreviations}):
        _join(groups, short, long)
    for short, long in _definitions(doc.text, groups):
        _join(groups, short, long)
    for plural in [g.name for g in groups.values() if re.fullmatch(r".*[A-Z0-9]s", g.name)]:
        if name_key(plural[:-1]) in groups:
            _merge(groups, groups[name_key(plural[:-1])], groups[name_key(plural)])
    seen: dict[int, NameGroup] = {id(group): group for group in groups.values()}
    return sorted(seen.values(), key=lambda group: group.mentions[0])


def _join(groups: dict[str, NameGroup], short: str, long: str) -> None:
    """Make one group of a short form's and its long form's."""
    one, other = groups.get(name_key(short)), groups.get(name_key(long))
    if one is None or other is None:
        return
    _merge(groups, one, other)
    one.short_forms.append(short)
    one.long_forms.append(long)


def _merge(groups: dict[str, NameGroup], one: NameGroup, other: NameGroup) -> None:
    if one is not other:
        one.keys |= other.keys
        one.mentions = sorted({*one.mentions, *other.mentions})
        one.long_forms += other.long_forms
        one.short_forms += other.short_forms
        for key in one.keys:
            groups[key] = one


def _definitions(text: str, groups: Mapping[str, NameGroup]) -> list[tuple[str, str]]:
    """Short and long forms among the groups that no definition has joined yet."""
    loose = [g for g in groups.values() if not g.short_forms]
    shorts = [g for g in loose if " " not in g.name]
    longs = [g for g in loose if " " in g.name or "-" in g.name]
    found = []
    for long in longs:
        for short in shorts:
            if short is not long and _defined(text, short, long):
                found.append((short.name, long.name))
                break
    return found


def _defined(text: str, short: NameGroup, long: NameGroup) -> bool:
    for m in long.mentions:
        for s in short.mentions:
            if 0 <= s.start - m.end <= 4:
                if abbreviates(s.text, m.text, text[m.end : s.start]):
                    return True
            elif 0 <= m.start - s.end <= 12 and abbreviates(s.text, m.text, text[s.end : m.start], False):
                return True
    return abbreviates(short.name, long.name)


def choose_names(
    groups: Sequence[NameGroup], scores: Sequence[Mapping[str, float]], thresholds: Mapping[str, float]
) -> list[tuple[NameGroup, str, float]]:
    """The groups that name something, with kind and probability; where two overlap the more likely stays.

    Args:
        groups: from ``group_candidates``.
        scores: for each group the probability of each kind.
        thresholds: for each kind the least probability.
    """
    ranked = sorted(
        ((max(thresholds, key=lambda k: s[k] - thresholds[k]), i) for i, s in enumerate(scores)),
        key=lambda pair: (-scores[pair[1]][pair[0]], groups[pair[1]].mentions[0]),
    )
    taken: list[tuple[int, int]] = []
    chosen = []
    for kind, i in ranked:
        if scores[i][kind] < thresholds[kind]:
            continue
        group = groups[i]
        free = [m for m in group.mentions if not any(m.start < b and a < m.end for a, b in taken)]
        if not free:
            continue
        taken += [(m.start, m.end) for m in free]
        kept = NameGroup(group.keys, free, group.long_forms, group.short_forms)
        chosen.append((kept, kind, scores[i][kind]))
    return sorted(chosen, key=lambda c: c[0].mentions[0])
