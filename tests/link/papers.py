"""Short ways to write papers' records for the tests of linking."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result


def model(name: str, role: str = "used", *aliases: str) -> Entity:
    """A model or dataset with one mention."""
    return Entity(name, role, aliases, (Evidence(0, len(name), name),))  # type: ignore[arg-type]


dataset = model


def paper(
    id: str,
    models: Sequence[Entity] = (),
    datasets: Sequence[Entity] = (),
    *,
    modalities: Sequence[str] = (),
    metrics: Sequence[str] = (),
    tasks: Sequence[str] = (),
    claims: Sequence[tuple[str, str, str]] = (),
    results: Sequence[Result] = (),
    issued: str | None = None,
    title: str | None = None,
) -> PaperRecord:
    """A record; claims are (subject, predicate, object), each with a sentence made of the three."""
    kinds = (("modality", modalities), ("metric", metrics), ("task", tasks))
    return PaperRecord(
        Document(id, id if title is None else title, f"Abstract of {id}.", issued=issued),
        tuple(models),
        tuple(datasets),
        tuple(Concept(kind, name, (Evidence(1, 3, name),)) for kind, names in kinds for name in names),  # type: ignore[arg-type]
        tuple(Claim(s, p, o, Evidence(5, 9, f"{s} {p} {o}"), "rule", 0.8) for s, p, o in claims),
        tuple(results),
    )
