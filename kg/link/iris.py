"""Node keys that people can read and that stay: from labels, made distinct where names are shared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.link.forms import is_generic
from kg.link.names import slug
from kg.link.occurrences import Occurrence, Paper
from kg.link.senses import Sense

__all__ = ["Thing", "name_papers", "name_things"]

SHARED = 3
"""A form that more things than this have as an alias is an alias of none."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A model or dataset: its node and how papers call it."""

    node: str
    kind: str
    label: str
    aliases: tuple[str, ...]


def name_papers(papers: Sequence[Paper]) -> None:
    """Give every paper its node key, ``paper/`` and a slug of its id."""
    taken: set[str] = set()
    for paper in sorted(papers, key=lambda p: p.record.document.id):
        paper.node = _free(f"paper/{slug(paper.record.document.id)}", taken)


def name_things(sets: Iterable[Sequence[Sense]]) -> list[Thing]:
    """Label each set of senses, give it a node key, and tell its occurrences.

    The label is the most frequent name, of equals the earliest. Of several things with one slug the one in
    most papers (then an introduced one, then the earliest) has it bare; the others add their long form, or
    the paper that first has them.
    """
    things = [(senses, sorted((o for s in senses for o in s.occurrences), key=_order)) for senses in sets]
    labels = [_label(occurrences) for _, occurrences in things]
    by_slug: dict[str, list[int]] = defaultdict(list)
    for i, (senses, _) in enumerate(things):
        by_slug[f"{senses[0].kind}/{slug(labels[i])}"].append(i)
    taken = set(by_slug)
    nodes: dict[int, str] = {}
    for node in sorted(by_slug):
        first, *others = sorted(by_slug[node], key=lambda i: _rank(things[i][1]))
        nodes[first] = node
        for i in others:
            nodes[i] = _free(
                f"{things[i][0][0].kind}/{slug(f'{labels[i]} {_told_apart(*things[i])}')}", taken
            )
    aliases = _aliases(things, labels)
    for i, (_, occurrences) in enumerate(things):
        for occurrence in occurrences:
            occurrence.node = nodes[i]
    return [Thing(nodes[i], s[0].kind, labels[i], aliases[i]) for i, (s, _) in enumerate(things)]


def _order(occurrence: Occurrence) -> tuple[int, str]:
    return occurrence.paper.order, occurrence.name


def _label(occurrences: Sequence[Occurrence]) -> str:
    """The most frequent name; of equals the earliest, which stands first."""
    return Counter(o.name for o in occurrences).most_common(1)[0][0]


def _rank(occurrences: Sequence[Occurrence]) -> tuple[int, bool, tuple[int, str]]:
    papers = {o.paper.order for o in occurrences}
    return -len(papers), not any(o.introduced for o in occurrences), _order(occurrences[0])


def _told_apart(senses: Sequence[Sense], occurrences: Sequence[Occurrence]) -> str:
    """What to add to a shared label: the long form, or the id of the introducing, else the first, paper."""
    long = Counter[str]()
    for sense in senses:
        long.update(sense.expansions)
    if long:
        return min(long.items(), key=lambda item: (-item[1], item[0]))[0]
    presenter = next((o for o in occurrences if o.introduced), occurrences[0])
    return presenter.paper.record.document.id


def _free(node: str, taken: set[str]) -> str:
    """The key, numbered if it is taken."""
    made, number = node, 1
    while made in taken:
        number += 1
        made = f"{node}-{number}"
    taken.add(made)
    return made


def _aliases(
    things: Sequence[tuple[Sequence[Sense], Sequence[Occurrence]]], labels: Sequence[str]
) -> list[tuple[str, ...]]:
    """Other forms of each thing: all its names, and aliases that are not names of other things."""
    names = {(o.kind, o.key) for _, occurrences in things for o in occurrences}
    owners = Counter(
        place for _, occurrences in things for place in {(o.kind, k) for o in occurrences for k in o.aliases}
    )
    found = []
    for (_, occurrences), label in zip(things, labels, strict=True):
        own = {o.key for o in occurrences}
        forms = {o.name for o in occurrences}
        for o in occurrences:
            for alias_key, form in o.aliases.items():
                place = (o.kind, alias_key)
                elsewhere = place in names or owners[place] > SHARED
                known = form in o.expansions or not is_generic(form)
                if alias_key in own or (not elsewhere and known):
                    forms.add(form)
        found.append(tuple(sorted(forms - {label, ""})))
    return found
