"""The embedded SPARQL store: Oxigraph in this process, nothing to start.

``Store`` answers queries; ``write_store`` puts the store of a built graph on disk beside it, where it is read
without being loaded. What the default graph holds is said in ``merging.py``.
"""

from __future__ import annotations

from kg.store.disk import STORE, check_place, write_store
from kg.store.embedded import Store

__all__ = ["STORE", "Store", "check_place", "write_store"]
