"""Candidates that are one name: the same letters, or a short form and the long form that defines it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extract.candidates import Candidate
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
    pairs = {(a.text, a._.long_form.text) for a in doc._.abbreviations}
    for short, long in sorted(pairs):
        one, other = groups.get(name_key(short)), groups.get(name_key(long))
        if one is None or other is None:
            continue
        if one is not other:
            one.keys |= other.keys
            one.mentions = sorted({*one.mentions, *other.mentions})
            one.long_forms += other.long_forms
            one.short_forms += other.short_forms
            for key in one.keys:
                groups[key] = one
        one.short_forms.append(short)
        one.long_forms.append(long)
    seen: dict[int, NameGroup] = {id(group): group for group in groups.values()}
    return sorted(seen.values(), key=lambda group: group.mentions[0])


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
