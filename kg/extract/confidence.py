"""Records without what is less sure than asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.records import Claim, Concept, Entity, PaperRecord, Result

__all__ = ["at_least", "checked"]


def at_least(record: PaperRecord, least: float) -> PaperRecord:
    """A record without the names, concepts, relations and results that are less sure than ``least``.

    What hangs on a name goes with it: a relation that the name is an end of, a result whose model it is. A
    result whose dataset goes stays, on no dataset. A result keeps its metric, for its own confidence covers
    the metric. What carries no confidence stays.

    Args:
        record: of one paper.
        least: from 0, which keeps everything, to 1.

    Raises:
        ValueError: ``least`` is not from 0 to 1.
    """
    least = checked(least)
    models = tuple(e for e in record.models if _is_sure(e, least))
    datasets = tuple(e for e in record.datasets if _is_sure(e, least))
    no_models = _forms(record.models) - _forms(models)
    no_datasets = _forms(record.datasets) - _forms(datasets)
    gone = (no_models | no_datasets) - _forms(models) - _forms(datasets)
    return replace(
        record,
        models=models,
        datasets=datasets,
        concepts=tuple(c for c in record.concepts if _is_sure(c, least)),
        relations=tuple(
            r for r in record.relations if _is_sure(r, least) and gone.isdisjoint((r.subject, r.object))
        ),
        results=tuple(
            replace(r, dataset=None) if r.dataset in no_datasets else r
            for r in record.results
            if _is_sure(r, least) and r.model not in no_models
        ),
    )


def checked(least: float) -> float:
    """The same number.

    Raises:
        ValueError: it is not from 0 to 1.
    """
    if not 0 <= least <= 1:  # also true of "not a number"
        raise ValueError(f"the least confidence is {least}; give a number from 0 to 1")
    return least


def _is_sure(found: Entity | Concept | Claim | Result, least: float) -> bool:
    # Records written by hand may say null.
    return found.confidence is None or found.confidence >= least


def _forms(entities: Iterable[Entity]) -> set[str]:
    """Every form that relations and results may call the names by."""
    return {form for entity in entities for form in (entity.name, *entity.aliases)}
