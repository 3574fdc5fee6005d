"""Why a record says what it says: each finding with what found it and how sure, and the text marked."""

from kg.extract.explain.explanation import Finding, explain
from kg.extract.explain.page import write_page
from kg.extract.explain.terminal import to_text

__all__ = ["Finding", "explain", "to_text", "write_page"]
