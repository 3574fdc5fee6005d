"""Duplicates: models, datasets and concepts that may be one thing under two names.

Linking joins what the evidence of the texts holds together; what is only likely is listed here, for a person
to settle with a line in the corrections file. Names of one family that differ by a version, a size or a year
are no duplicates, and neither are things that two papers each present as their own.

- ``name``: one name, kept apart although nothing speaks against their being one.
- ``alias``: another name that both have.
- ``spelling``: names that differ by a slip of the hand.
- ``words``: phrases of the same words.
- ``acronym``: one is spelled by the first letters of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.audit.finding import Finding, Said, correction, said, surest
from kg.audit.likeness import initials, letters, misspelt, same_words
from kg.graph import KnowledgeGraph, Node
from kg.link.forms import alike, are_versions, is_generic, is_part, numbers
from kg.link.names import key

__all__ = ["duplicates"]

NEIGHBOURS = 8
"""Names in alphabetical order, forwards and backwards, that each is compared with."""

CROWD = 6
"""A form that more things than this share says what they are, not which: none of them is compared by it."""

ALONE = 4
"""Letters of an acronym that say enough by themselves; with fewer the papers need a subject in common."""

_NAMINGS = frozenset({"introduces", "uses", "comparesWith", "mentions"})
KINDS = {"model": "", "dataset": "", "metric": "metrics", "task": "tasks", "modality": "modalities"}
"""Kinds of thing that are compared, and the vocabulary that lists them, in which no two terms are one."""

_PLURALS = {"modality": "modalities"}


@dataclass(frozen=True, slots=True)
class _Thing:
    node: Node
    label: str
    forms: tuple[str, ...]
    """Label and aliases."""
    phrases: tuple[str, ...]
    """The forms of several words, as which an acronym may be spelled out."""
    introduced: frozenset[Node]
    papers: Mapping[Node, Said]
    subjects: frozenset[Node]
    """Modalities and tasks."""
    known: bool
    """Whether it is a term of a vocabulary."""


def duplicates(graph: KnowledgeGraph, min_confidence: float = 0.0) -> list[Finding]:
    """Pairs of things of one kind that may be one, each once, with the likeness that tells most.

    Near linear in the names: those that share a form, a set of words or initials are compared, and neighbours
    in the alphabet read forwards and backwards (the sorted-neighbourhood method of Hernández and Stolfo, "The
    merge/purge problem for large databases", SIGMOD 1995).

    Args:
        graph: where to look.
        min_confidence: pairs of which one is named less surely are passed over. What speaks against a pair
            does so however sure it is.
    """
    found: list[Finding] = []
    for kind in KINDS:
        things = {thing.node: thing for thing in _things(graph, kind)}
        pairs: dict[tuple[Node, Node], str] = {}
        for sort, one, other in _candidates(things):
            if not (things[one].known and things[other].known):
                pairs.setdefault((min(one, other), max(one, other)), sort)
        found += [_finding(graph, kind, sort, things[a], things[b]) for (a, b), sort in sorted(pairs.items())]
    return [finding for finding in found if finding.confidence >= min_confidence]


def _things(graph: KnowledgeGraph, kind: str) -> Iterator[_Thing]:
    from kg.vocabulary import load

    scheme = KINDS[kind]
    for node, attributes in graph.nodes(kind):
        papers = {
            subject: said(graph, subject, node, edge)
            for subject, _, edge in graph.nx.in_edges(node, data=True)
            if graph.nx.nodes[subject]["kind"] == "paper"
        }
        if not papers:
            continue
        subjects = {
            concept
            for holder in (node, *papers)
            for _, concept, edge in graph.nx.out_edges(holder, data=True)
            if edge["predicate"] in ("hasModality", "hasTask")
        }
        forms = tuple(dict.fromkeys((attributes["label"], *attributes.get("aliases", ()))))
        yield _Thing(
            node,
            attributes["label"],
            forms,
            tuple(form for form in forms if same_words(form)),
            frozenset(p for p, statement in papers.items() if statement.predicate == "introduces"),
            papers,
            frozenset(subjects),
            bool(scheme) and load().lookup(attributes["label"], scheme) is not None,
        )


def _candidates(things: Mapping[Node, _Thing]) -> Iterator[tuple[str, Node, Node]]:
    """Pairs with the sort of their likeness, the most telling sort first."""
    for sort, blocks, forbids in (
        ("name", ((key(t.label), t) for t in things.values()), _conflict),
        ("alias", ((key(f), t) for t in things.values() for f in t.forms if not is_generic(f)), _conflict),
        ("words", ((same_words(f), t) for t in things.values() for f in t.phrases), lambda *_: False),
    ):
        for one, other in _within(blocks):
            if not forbids(one, other) and not _apart(one, other):
                yield sort, one.node, other.node
    shorts = [
        (letters(f).lower().removesuffix("s"), t) for t in things.values() for f in t.forms if _is_short(f)
    ]
    longs = [(i, t) for t in things.values() for f in t.phrases if f == t.label for i in initials(f)]
    yield from (("acronym", a.node, b.node) for a, b in _across(shorts, longs) if _may_be_spelled_out(a, b))
    for one, form, other, theirs in _neighbours(things):
        if misspelt(form, theirs) and not _apart(one, other):
            yield "spelling", one.node, other.node


def _within(members: Iterable[tuple[Hashable, _Thing]]) -> Iterator[tuple[_Thing, _Thing]]:
    """Pairs of things in one block; crowded blocks and things without a key are passed over."""
    blocks: defaultdict[Hashable, dict[Node, _Thing]] = defaultdict(dict)
    for block, thing in members:
        if block:
            blocks[block][thing.node] = thing
    for held in blocks.values():
        if len(held) <= CROWD:
            yield from combinations(held.values(), 2)


def _across(
    some: Iterable[tuple[str, _Thing]], others: Iterable[tuple[str, _Thing]]
) -> Iterator[tuple[_Thing, _Thing]]:
    """Pairs of one of each side with one key."""
    by_key: defaultdict[str, dict[Node, _Thing]] = defaultdict(dict)
    for name, thing in some:
        by_key[name][thing.node] = thing
    for name, thing in others:
        held = by_key.get(name, {})
        if len(held) <= CROWD:
            yield from ((short, thing) for node, short in held.items() if node != thing.node)


def _neighbours(things: Mapping[Node, _Thing]) -> Iterator[tuple[_Thing, str, _Thing, str]]:
    """Names beside one another in the alphabet, read forwards and backwards."""
    forms = [(letters(form).lower(), form, thing) for thing in things.values() for form in thing.forms]
    for turned in (False, True):
        ordered = sorted(forms, key=lambda f: (f[0][::-1] if turned else f[0], f[1], f[2].node))
        for place, (_, form, thing) in enumerate(ordered):
            for _, theirs, other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                if thing.node != other.node:
                    yield thing, form, other, theirs


def _is_short(form: str) -> bool:
    return " " not in form and sum(c.isupper() for c in form) > 1 and not any(c.isdigit() for c in form)


def _may_be_spelled_out(short: _Thing, long: _Thing) -> bool:
    """Whether the acronym is known to stand for nothing else, and enough speaks for the long form."""
    known = [p for p in short.phrases if initials(p) & {letters(f).lower() for f in short.forms}]
    if (
        any(not alike(p, long.label, 1.0) for p in known)
        or any(_is_short(form) for form in long.forms)
        or _apart(short, long)
    ):
        return False
    enough = len(letters(short.label)) >= ALONE
    return enough or bool(short.papers.keys() & long.papers.keys() or short.subjects & long.subjects)


def _apart(one: _Thing, other: _Thing) -> bool:
    """Whether two papers each present one, or the labels differ as a family's members do."""
    if one.introduced and other.introduced and one.introduced.isdisjoint(other.introduced):
        return True
    return (
        are_versions(one.label, other.label)
        or numbers(one.label) != numbers(other.label)
        or is_part(one.label, other.label)
    )


def _conflict(one: _Thing, other: _Thing) -> bool:
    """Whether both are spelled out, and differently."""
    return bool(one.phrases and other.phrases) and not any(
        alike(a, b) for a in one.phrases for b in other.phrases
    )


def _titled(thing: _Thing) -> bool:
    return any(thing.label in statement.title for statement in thing.papers.values())


def _finding(graph: KnowledgeGraph, kind: str, sort: str, one: _Thing, other: _Thing) -> Finding:
    # The name that more papers use stays; of equals one that stands in a title, where slips are rare.
    kept, gone = sorted((one, other), key=lambda t: (-len(t.papers), not _titled(t), t.node))
    how = {
        "name": "have one name",
        "alias": "share another name",
        "spelling": "differ by a slip of the hand",
        "words": "are the same words",
        "acronym": "are an acronym and what it may stand for",
    }[sort]
    names = [f"{t.label} ({len(t.papers)} paper{'s' if len(t.papers) > 1 else ''})" for t in (kept, gone)]
    shared = sorted(one.introduced & other.introduced)
    together = f"; {graph.nx.nodes[shared[0]]['label']} presents both" if shared else ""
    statements = tuple(surest(thing.papers.values()) for thing in (kept, gone))
    remedy = correction({"merge": [kept.node, gone.node], "into": kept.label})
    return Finding(
        "duplicates",
        sort,
        (kept.node, gone.node),
        f"{_PLURALS.get(kind, f'{kind}s')} {names[0]} and {names[1]} {how}{together}",
        min(s.confidence for s in statements),
        statements,
        remedy,
    )
