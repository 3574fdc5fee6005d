"""From machine-learning papers in medicine to a graph that can be explored, queried and traced.

``import kg`` is light: what a call needs is loaded when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.building import build, load
    from kg.graph import KnowledgeGraph
    from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result

__all__ = [
    "Claim",
    "Concept",
    "Document",
    "Entity",
    "Evidence",
    "KnowledgeGraph",
    "PaperRecord",
    "Result",
    "build",
    "load",
]
__version__ = "0.1.0"

_HOME = {"build": "kg.building", "load": "kg.building", "KnowledgeGraph": "kg.graph"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME.get(name, "kg.records")), name)
