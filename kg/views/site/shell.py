"""The frame of every page: a head with the policy that forbids all requests, a header, styles, scripts.

Scripts and styles stand in the page and are allowed by their hash. ``strict-dynamic`` lets such a script load
the data files beside the page; nothing that stands in the page's text can load or run anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg.views.inlined import SHARED_SCRIPTS, embedded, filled

__all__ = ["arriving", "render"]

_STYLES = (
    "palette.css",
    "shared/tones.css",
    "shared/base.css",
    "shared/search.css",
    "site/site.css",
    "site/charts.css",
    "site/tables.css",
    "site/print.css",
)
_SCRIPTS = (
    *SHARED_SCRIPTS,
    "site/addresses.js",
    "site/elements.js",
    "site/data.js",
    "site/names.js",
    "site/evidence.js",
    "site/overview.js",
    "site/lineage.js",
    "site/layers.js",
    "site/drawing.js",
    "site/thing.js",
    "site/tables.js",
    "site/concept.js",
    "site/lists.js",
    "site/pairs.js",
    "site/matrix.js",
    "site/modalities.js",
    "site/network.js",
    "site/start.js",
)


def render(
    page: str,
    *,
    title: str,
    data: Mapping[str, Any],
    documents: Mapping[str, str] | None = None,
) -> str:
    """A page as HTML.

    Args:
        page: which of the pages to show; empty for one that holds all and goes by the address.
        title: what the graph is called; plain text.
        data: tables to put inside, by name; the page loads the rest from files when it needs them.
        documents: whole HTML documents to put inside, by name, shown in a frame. A frame without an address
            of its own obeys its parent's policy, so what their policies allow is allowed here too.
    """
    allowed: dict[str, list[str]] = {"script-src": ["'strict-dynamic'"]}
    for document in (documents or {}).values():
        for name, sources in _policy(document).items():
            allowed.setdefault(name, []).extend(sources)
    blocks = {**data, **(documents or {})}
    return filled(
        "site/site.html",
        title=title,
        styles=_STYLES,
        scripts=_SCRIPTS,
        data={f"data-{name}": embedded(block, whole=False) for name, block in blocks.items()},
        allowed=allowed,
        page=page,
    )


def arriving(name: str, table: Any) -> str:
    """A script that hands a table to the page that asked for it."""
    return f"kgPages.arrived({embedded(name, whole=False)},{embedded(table, whole=False)});\n"


def _policy(document: str) -> dict[str, Sequence[str]]:
    """Scripts and styles that a document's own policy allows."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document)
    if found is None:
        return {}
    wanted = {"script-src", "style-src", "img-src", "worker-src"}
    directives = (directive.split() for directive in found[1].split(";"))
    return {name: sources for name, *sources in filter(None, directives) if name in wanted}
