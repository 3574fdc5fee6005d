"""Corrections that a person owns: a YAML file applied to the graph on every build.

The file is a list, each entry one correction; ``docs/corrections.md`` describes them. The steps, one file
each: the text becomes a tree of scalars, lists and mappings with line numbers (:mod:`~kg.corrections.tree`),
the tree is checked against the forms that entries have (:mod:`~kg.corrections.reading`), and the entries are
applied to a graph (:mod:`~kg.corrections.applying`).
"""

from __future__ import annotations

from kg.corrections.applying import apply
from kg.corrections.entries import Corrections, Entry, Remark
from kg.corrections.reading import CorrectionsError, read

__all__ = ["Corrections", "CorrectionsError", "Entry", "Remark", "apply", "read"]
