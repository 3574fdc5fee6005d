"""How extraction is run: here, in processes beside this one, or on a cluster; the function is the same."""

from __future__ import annotations

from kg.engines.local import extract

__all__ = ["extract"]
