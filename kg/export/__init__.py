"""The graph as files: one module a format, chosen by name.

``save`` and ``load`` keep a graph in a folder; ``export`` writes one format for other tools.
"""

from __future__ import annotations

from kg.export.formats import FORMATS, Format, export
from kg.export.saved import load, save, saved_files

__all__ = ["FORMATS", "Format", "export", "load", "save", "saved_files"]
