"""The graph looked over for what may be wrong in it, one file a check.

Everything found is a suspicion to be read, with the sentences behind it: extraction makes mistakes, and
abstracts leave out what would settle many a case.
"""

from __future__ import annotations

from kg.audit.auditing import CHECKS, COLUMNS, KINDS, Audit, audit
from kg.audit.finding import Finding, Said

__all__ = ["CHECKS", "COLUMNS", "KINDS", "Audit", "Finding", "Said", "audit"]
