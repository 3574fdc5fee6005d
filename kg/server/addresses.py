"""Where a thing of the graph has its page on this server, and which addresses may become links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.rdf.iris import iri as iri_of_key
from kg.rdf.iris import key
from kg.rdf.terms import FOLDERS, KG

__all__ = ["Addresses", "web_address"]

_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_DOT_SEGMENT = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


def web_address(text: str) -> str:
    """The text itself when a link may lead there (``http`` and ``https`` only), else nothing.

    Texts of papers can hold ``javascript:`` and other addresses that do something when followed.
    """
    return text if _WEB.match(text) else ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses on this server for the IRIs of a graph, and back.

    An IRI under the base has the path ``/id/`` and its rest; any other is a parameter: ``/id?iri=…``.
    """

    base: str
    """The IRI that those of the graph begin with."""
    root: str = ""
    """Path that the server's own addresses begin with; empty unless it is mounted below one."""

    @classmethod
    def of(cls, prefixes: dict[str, str], root: str = "") -> Addresses:
        """Those of a graph, whose prefixes tell its base."""
        return cls(prefixes[FOLDERS[0]].removesuffix(FOLDERS[0] + "/"), root)

    def page(self, iri: str) -> str:
        """The address of the page about an IRI of the graph."""
        rest = iri[len(self.base) :]
        if iri.startswith(self.base) and rest and self._is_plain(iri) and not _DOT_SEGMENT.search(rest):
            return f"{self.root}/id/{rest}"
        return f"{self.root}/id?iri={quote(iri, safe='')}"

    def term(self, iri: str) -> str:
        """The address that explains a term of an ontology, nothing if none may be followed."""
        if iri.startswith(KG):
            return f"{self.root}/ontology#{quote(iri[len(KG) :])}"
        return web_address(iri)

    def iri(self, path: str) -> str:
        """The IRI that a path under ``/id/``, percent-decoded, stands for.

        Raises:
            ValueError: it stands for none.
        """
        return iri_of_key(path, self.base).value

    def _is_plain(self, iri: str) -> bool:
        """Whether the IRI comes back from its path, which travels percent-decoded."""
        try:
            return iri_of_key(key(iri, self.base), self.base) == NamedNode(iri)
        except ValueError:
            return False
