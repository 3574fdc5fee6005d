"""The knowledge graph as RDF and back, without loss.

``quads`` and ``from_quads`` work on pyoxigraph terms and are the fast way; ``to_dataset`` and
``from_dataset`` are the same for rdflib.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.rdf.reading import from_quads
from kg.rdf.statements import quads
from kg.rdf.terms import prefixes

if TYPE_CHECKING:
    from kg.rdf.dataset import from_dataset, to_dataset

__all__ = ["from_dataset", "from_quads", "prefixes", "quads", "to_dataset"]


def __getattr__(name: str) -> Any:
    # rdflib takes as long to import as a small graph takes to export.
    if name not in ("from_dataset", "to_dataset"):
        raise AttributeError(f"module 'kg.rdf' has no attribute {name!r}")
    from kg.rdf import dataset

    return getattr(dataset, name)
