"""What linking does not look at while it decides which names are one thing: texts, claims, results.

They are put aside, packed, and taken out again a paper at a time when its statements go into the graph: the
names of all papers are in memory together, their texts not beside the graph that comes to hold them.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.link.occurrences import first_mentions
from kg.records import Concept, ConceptKind, Document, PaperRecord

__all__ = ["Aside"]

_FAST = 1
"""Level of compression: higher ones save little and take long."""


class Aside:
    """Records put aside, by the id of their paper."""

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}

    def light(self, records: Iterable[PaperRecord]) -> Iterator[PaperRecord]:
        """What linking looks at of each record; the rest of it is put aside as it passes.

        Metrics of results count as named.
        """
        for record in records:
            kept, document = first_mentions(record), record.document
            # Names become occurrences, which know all that is told of them.
            whole = PaperRecord(document, (), (), kept.concepts, kept.relations, kept.results)
            self._packed[document.id] = zlib.compress(pickle.dumps(whole, pickle.HIGHEST_PROTOCOL), _FAST)
            named = {(concept.kind, concept.name): None for concept in record.concepts}
            named |= {("metric", result.metric): None for result in record.results if result.metric}
            yield PaperRecord(
                Document(document.id, "", "", issued=document.issued, source=document.source),
                kept.models,
                kept.datasets,
                tuple(_concept(*each) for each in named),
            )

    def take(self, id: str) -> PaperRecord:
        """The record of a paper but for its names; it is put aside no longer.

        Raises:
            KeyError: it was taken already, or never put aside.
        """
        record: PaperRecord = pickle.loads(zlib.decompress(self._packed.pop(id)))
        return record


@lru_cache(maxsize=1 << 14)
def _concept(kind: ConceptKind, name: str) -> Concept:
    """One object for all papers that name it."""
    return Concept(kind, name)
