"""The frame of every page: a head with the policy that forbids all requests, a header, styles, scripts.

Scripts and styles stand in the page and are allowed by their hash. ``strict-dynamic`` lets such a script load
the data files beside the page; nothing that stands in the page's text can load or run anything.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["embedded", "render"]

_ASSETS = Path(__file__).parents[1] / "assets"
_STYLES = ("palette.css", "site/site.css", "site/charts.css", "site/tables.css", "site/print.css")
_SCRIPTS = (
    "elements.js",
    "addresses.js",
    "data.js",
    "names.js",
    "search.js",
    "evidence.js",
    "overview.js",
    "lineage.js",
    "layers.js",
    "drawing.js",
    "thing.js",
    "tables.js",
    "concept.js",
    "lists.js",
    "pairs.js",
    "matrix.js",
    "modalities.js",
    "network.js",
    "start.js",
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
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    script, style = _script(), _style()
    allowed = {"script-src": [_hash(script), "'strict-dynamic'"], "style-src": [_hash(style)]}
    for document in (documents or {}).values():
        for name, sources in _policy(document).items():
            allowed.setdefault(name, []).extend(s for s in sources if s not in allowed.get(name, []))
    blocks = {**data, **(documents or {})}
    environment = Environment(loader=FileSystemLoader(_ASSETS), autoescape=True, trim_blocks=True)
    return environment.get_template("site/site.html").render(
        page=page,
        title=_plain(title),
        policy="; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items()),
        data=[(name, Markup(embedded(value))) for name, value in blocks.items()],
        script=Markup(script),
        style=Markup(style),
    )


def embedded(data: Any) -> str:
    """JSON that can stand in a script: nothing that HTML or JavaScript reads as its own is left.

    Half of a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", _plain(text))


def _plain(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


@cache
def _script() -> str:
    # One function around the scripts, so that their names are theirs alone.
    return "\n".join(['(() => {\n"use strict";', *(_asset(f"site/{name}") for name in _SCRIPTS), "})();"])


@cache
def _style() -> str:
    return "".join(map(_asset, _STYLES))


def _policy(document: str) -> dict[str, Sequence[str]]:
    """Scripts and styles that a document's own policy allows."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document)
    if found is None:
        return {}
    directives = (directive.split() for directive in found[1].replace("&#39;", "'").split(";"))
    wanted = {"script-src", "style-src", "img-src", "worker-src"}
    return {name: sources for name, *sources in filter(None, directives) if name in wanted}


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The hash by which a content security policy allows an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
