"""Records dealt again and again, every model and dataset in them under a name of its own.

Three names of four are new, the others were used before (popular ones more often), so that names grow with
the papers as they do in the field. Titles, abstracts and sentences change with the names.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.records import Document, Entity, Evidence, PaperRecord

__all__ = ["deal"]

FRESH = 0.75
"""Share of names that no earlier paper has."""
SYLLABLES = "ba co dri fel gan hu jo kra lim no pex qui ras tol vu wen xi yor zam ster".split()
SHAPES = {
    "model": ("{}Net", "{}Former", "{}-{n}", "{}SAM", "{} v{n}"),
    "dataset": ("{}-CXR", "{}{n}", "{}Bench"),
}


def deal(templates: Sequence[PaperRecord], count: int, seed: int = 0) -> Iterator[PaperRecord]:
    """Records made from others, the same ones every time, with names of their own.

    Args:
        templates: to deal.
        count: how many to make.
        seed: of what is dealt.
    """
    chance = random.Random(seed)
    used: dict[str, list[str]] = {kind: [] for kind in SHAPES}
    for number in range(count):
        template = chance.choice(templates)
        names: dict[str, str] = {}
        for kind, entities in (("model", template.models), ("dataset", template.datasets)):
            for entity in entities:
                for form in (entity.name, *entity.aliases):
                    if form not in names:
                        names[form] = _name(kind, used[kind], chance, number)
        yield _renamed(template, names, number)


def _name(kind: str, used: list[str], chance: random.Random, number: int) -> str:
    if used and chance.random() > FRESH:
        # Skewed towards the first: some names are in very many papers.
        return used[int(len(used) * chance.random() ** 4)]
    word = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
    name = chance.choice(SHAPES[kind]).format(word, n=number)
    used.append(name)
    return name


def _renamed(record: PaperRecord, names: dict[str, str], number: int) -> PaperRecord:
    forms = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)") if forms else None

    def text(old: str) -> str:
        return pattern.sub(lambda match: names[match[0]], old) if pattern else old

    def evidence(old: Evidence) -> Evidence:
        return replace(old, text=text(old.text))

    def entity(old: Entity) -> Entity:
        return replace(
            old,
            name=names[old.name],
            aliases=tuple(names[alias] for alias in old.aliases),
            mentions=tuple(map(evidence, old.mentions)),
        )

    def renamed(name: str | None) -> str | None:
        return None if name is None else names.get(name, name)

    document = record.document
    return PaperRecord(
        Document(
            id=f"paper-{number}",
            title=f"{text(document.title)} ({number})",
            abstract=text(document.abstract),
            authors=document.authors,
            issued=f"{2015 + number % 11}-{1 + number % 12:02}",
            source=f"papers.jsonl:{number + 1}",
        ),
        models=tuple(map(entity, record.models)),
        datasets=tuple(map(entity, record.datasets)),
        concepts=record.concepts,
        relations=tuple(
            replace(
                c,
                subject=names.get(c.subject, c.subject),
                object=names.get(c.object, c.object),
                evidence=evidence(c.evidence),
            )
            for c in record.relations
        ),
        results=tuple(
            replace(r, model=renamed(r.model), dataset=renamed(r.dataset), evidence=evidence(r.evidence))
            for r in record.results
        ),
    )
