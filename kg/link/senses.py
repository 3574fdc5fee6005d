"""One name, several things: which uses of a name mean the same.

Papers invent acronyms independently. A use that spells the name out goes with the uses that spell it out
alike; papers that present something under a name taken by something else found a sense of their own; a
plain use goes to the sense that its paper's aliases, modalities and tasks fit best.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from kg.link.contrasts import is_contrast, spells_contrast
from kg.link.forms import SAME_LONG_FORM, alike, content
from kg.link.occurrences import Occurrence

__all__ = ["Sense", "split"]

SAME_FOR_PRESENTERS = 0.75
"""Agreement of long forms asked of two papers that both present the thing: new names are often near."""

PRIOR = 0.5
"""What a sense's share of the spelled-out uses adds to its fit, where a perfect match of subjects is 1."""

CANDIDATES = 16
"""A plain use is compared with this many of the most common senses: keeps popular names linear."""


@dataclass(slots=True, eq=False)
class Sense:
    """One meaning of one name: the occurrences that share it."""

    kind: str
    key: str
    occurrences: list[Occurrence] = field(default_factory=list)
    expansions: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    """Keys of other surface forms, with the number of papers that give them."""
    concepts: Counter[str] = field(default_factory=Counter)
    introduced: str | None = None
    """Earliest date on which a paper presents it; empty when that paper has none."""

    def add(self, occurrence: Occurrence) -> None:
        """Take an occurrence in."""
        self.occurrences.append(occurrence)
        self.expansions.update(occurrence.expansions)
        self.aliases.update(k for k in occurrence.aliases if k != self.key)
        self.concepts.update(occurrence.paper.concepts)
        if occurrence.introduced:
            issued = occurrence.paper.record.document.issued or ""
            self.introduced = issued if self.introduced is None else min(self.introduced, issued)

    @property
    def name(self) -> str:
        """The most frequent spelling; of equals the earliest."""
        return Counter(o.name for o in self.occurrences).most_common(1)[0][0]


def split(occurrences: Sequence[Occurrence]) -> list[Sense]:
    """The senses of one kind and key, from its occurrences in the order of the papers.

    Linear in the occurrences but for a factor of at most :data:`CANDIDATES`. Names of imaging contrasts
    that are used as such belong to no sense.
    """
    occurrences = [o for o in occurrences if o.introduced or not spells_contrast(o)]
    senses = _by_expansion([o for o in occurrences if o.expansions])
    plain = [o for o in occurrences if not o.expansions]
    presenters = [o for o in plain if o.introduced]
    # Where most papers only use a name, a second "we present" is likelier a misreading than a homonym.
    contested = 2 * sum(o.introduced for o in occurrences) >= len(occurrences)
    for occurrence in presenters:
        fitting = [s for s in _common(senses) if not contested or not _separate(occurrence, s)]
        sense = _best(occurrence, fitting)
        if sense is None:
            sense = Sense(occurrence.kind, occurrence.key)
            senses.append(sense)
        sense.add(occurrence)
    users = [o for o in plain if not o.introduced and not is_contrast(o, senses)]
    if users and not senses:
        senses.append(Sense(users[0].kind, users[0].key))
    # All fits are taken before any is applied, so that the order of users does not matter.
    common = _common(senses)
    for user, sense in [(user, _best(user, common)) for user in users]:
        if sense is not None:
            sense.add(user)
    for sense in senses:
        sense.occurrences.sort(key=lambda o: o.paper.order)
    return sorted(senses, key=lambda s: s.occurrences[0].paper.order)


def _by_expansion(occurrences: Sequence[Occurrence]) -> list[Sense]:
    """Cluster occurrences whose long forms agree, the most common long forms first."""
    stems = {o: frozenset[str]().union(*(content(e) for e in o.expansions)) for o in occurrences}
    frequency = Counter(stems.values())
    ranked = sorted(occurrences, key=lambda o: (-frequency[stems[o]], not o.introduced, o.paper.order))
    senses: list[Sense] = []
    by_stem: dict[str, list[int]] = defaultdict(list)
    settled: dict[tuple[str, ...], int] = {}
    for occurrence in ranked:
        number = None if occurrence.introduced else settled.get(occurrence.expansions)
        if number is None:
            shared = Counter(i for stem in sorted(stems[occurrence]) for i in by_stem[stem])
            near = [i for i, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]]
            number = next((i for i in near if _agree(occurrence, senses[i])), len(senses))
            if number == len(senses):
                senses.append(Sense(occurrence.kind, occurrence.key))
                for stem in stems[occurrence]:
                    by_stem[stem].append(number)
            settled[occurrence.expansions] = number
        senses[number].add(occurrence)
    return senses


def _agree(occurrence: Occurrence, sense: Sense) -> bool:
    """Whether some long form of the occurrence is one of the sense's."""
    both_present = occurrence.introduced and sense.introduced is not None
    share = SAME_FOR_PRESENTERS if both_present else SAME_LONG_FORM
    known = [form for form, _ in sense.expansions.most_common(CANDIDATES)]
    return any(alike(mine, theirs, share) for mine in occurrence.expansions for theirs in known)


def _common(senses: Iterable[Sense]) -> list[Sense]:
    """The senses with most occurrences, the earliest first among equals."""
    return sorted(senses, key=lambda s: (-len(s.occurrences), _earliest(s)))[:CANDIDATES]


def _earliest(sense: Sense) -> int:
    return min((o.paper.order for o in sense.occurrences), default=0)


def _separate(occurrence: Occurrence, sense: Sense) -> bool:
    """Whether a paper that presents a thing has nothing in common with the papers of an introduced sense."""
    mine = occurrence.paper.concepts
    known = _tasks(mine) and _tasks(sense.concepts)
    return (
        sense.introduced is not None
        and known
        and mine.isdisjoint(sense.concepts)
        and not any(k in sense.aliases for k in occurrence.aliases)
    )


def _tasks(concepts: Iterable[str]) -> bool:
    return any(concept.startswith("task:") for concept in concepts)


def _best(occurrence: Occurrence, senses: Sequence[Sense]) -> Sense | None:
    """The sense that fits best; the earliest introduced, then the earliest, of equals. None of none."""
    if len(senses) < 2:
        return senses[0] if senses else None
    year = occurrence.paper.issued[:4]
    known_then = [s for s in senses if (s.introduced or "")[:4] <= year] or senses
    spelled = sum(len(s.occurrences) for s in known_then)
    subjects = occurrence.paper.concepts

    def fit(sense: Sense) -> tuple[bool, float, bool, str, int]:
        shared = sum(sense.concepts[c] for c in subjects)
        norm = sqrt(len(subjects) * sum(n * n for n in sense.concepts.values()))
        likeness = (shared / norm if norm else 0.0) + PRIOR * len(sense.occurrences) / spelled
        alias = any(k in sense.aliases for k in occurrence.aliases)
        # min() is asked, so what is better is smaller.
        date = sense.introduced or "9999"
        return not alias, -round(likeness, 9), sense.introduced is None, date, _earliest(sense)

    return min(known_then, key=fit)
