"""A lineage as rows: one a link, or one a paper that states it.

=============  ===========================================================================
column         holds
=============  ===========================================================================
side           ``upstream``, ``downstream`` or ``evaluated``
depth          steps from the target, from 1
subject        key of the dependent thing (of ``evaluated``, of the model)
subject_name   its label
link           the predicate
object         key of what it depends on (of ``evaluated``, of the dataset)
object_name    its label
papers         how many papers state the link
confidence     how sure the surest reading of them is, 0 to 1
end            why the tree goes no further though there is more: ``cycle``, ``repeated``, ``cut``
copy           whether the papers state the link of a copy of their own (:mod:`kg.lineage.copies`)
copies         links of the thing it leads to that are not followed, since they are of another copy
=============  ===========================================================================

With evidence, ``paper``, ``title``, ``issued`` and ``sentence`` follow, and ``confidence`` is that paper's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.lineage.answer import Lineage

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["COLUMNS", "EVIDENCE", "columns", "frame", "rows"]

COLUMNS = (
    "side",
    "depth",
    "subject",
    "subject_name",
    "link",
    "object",
    "object_name",
    "papers",
    "confidence",
    "end",
    "copy",
    "copies",
)
EVIDENCE = ("paper", "title", "issued", "sentence")
"""Columns that follow when evidence is asked for."""


def rows(lineage: Lineage, evidence: bool = False) -> Iterator[dict[str, Any]]:
    """The rows, in the order in which the trees are printed."""
    label = lineage.graph.nx.nodes
    for side, subject, object_, step in lineage:
        names = (label[subject]["label"], label[object_]["label"])
        stated = (subject, names[0], step.predicate, object_, names[1], len(step.claims))
        row = dict(
            zip(
                COLUMNS,
                (side, step.depth, *stated, step.confidence, step.end, step.copy, step.copies),
                strict=True,
            ),
        )
        if not evidence:
            yield row
            continue
        for claim in step.claims:
            said = zip(EVIDENCE, (claim.paper, claim.title, claim.issued, claim.exact), strict=True)
            yield {**row, "confidence": claim.confidence, "copy": claim.copy, **dict(said)}


def columns(evidence: bool = False) -> tuple[str, ...]:
    """The names of the columns, in order."""
    return (*COLUMNS, *EVIDENCE) if evidence else COLUMNS


def frame(lineage: Lineage, evidence: bool = False) -> DataFrame:
    """The rows as a pandas data frame, its columns there even when it has no rows.

    Raises:
        ImportError: pandas is not installed.
    """
    try:
        from pandas import DataFrame
    except ImportError:
        raise ImportError("a data frame needs pandas: pip install 'biomed-kg[pandas]'") from None
    return DataFrame(list(rows(lineage, evidence)), columns=list(columns(evidence)))
