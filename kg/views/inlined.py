"""Pages that hold all they need: styles, scripts and data inside, and a policy that allows those alone.

Names and sentences come from texts that nobody vouches for. They travel as JSON in which every ``<``, ``>``
and ``&`` is escaped; what a template takes from Python is escaped by the template.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["ASSETS", "SHARED_SCRIPTS", "embedded", "filled", "plain"]

ASSETS = Path(__file__).parent / "assets"

SHARED_SCRIPTS = (
    "shared/words.js",
    "shared/rows.js",
    "shared/elements.js",
    "shared/addresses.js",
    "shared/sentences.js",
    "shared/nearness.js",
    "shared/search.js",
)
"""What the scripts of every page with a search stand upon, in order."""

_UNSAFE = "'unsafe-inline'"


def filled(
    template: str,
    *,
    title: str,
    styles: Sequence[str],
    scripts: Sequence[str] = (),
    libraries: Sequence[str] = (),
    data: Mapping[str, str] | None = None,
    allowed: Mapping[str, Sequence[str]] | None = None,
    **told: Any,
) -> str:
    """A page as HTML, from a template that extends ``shared/frame.html``.

    Args:
        template: its path under :data:`ASSETS`.
        title: plain text.
        styles: style sheets, in order, by path under :data:`ASSETS`.
        scripts: scripts, in order; they share the names they declare, and nothing else on the page sees them.
        libraries: the text of scripts that run before them.
        data: JSON as :func:`embedded` makes it, by the id of the element that holds it.
        allowed: what the policy allows besides the page's own script and style: sources by directive.
        told: what else the template takes.
    """
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    script, style = _script(scripts, libraries), "".join(map(_asset, styles))
    return environment.get_template(template).render(
        title=plain(title),
        policy=Markup(_policy(script, style, allowed or {})),
        style=Markup(style),
        script=Markup(script),
        data={name: Markup(json_) for name, json_ in (data or {}).items()},
        **told,
    )


def embedded(data: Any, *, whole: bool = True) -> str:
    """JSON that can stand in a script: nothing that HTML or JavaScript reads as its own is left.

    Args:
        data: what JSON can hold; no number is infinite.
        whole: whether half of a surrogate pair stays, which no address can hold; else it becomes U+FFFD.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _READ_AS_MARKUP.sub(lambda found: f"\\u{ord(found[0]):04x}", text if whole else plain(text))


def plain(text: str) -> str:
    """Text that a file can hold: half of a surrogate pair becomes U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


_READ_AS_MARKUP = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def _script(names: Sequence[str], libraries: Sequence[str]) -> str:
    if not names:
        return ""
    # One function around the scripts, so that their names are theirs alone.
    return "\n".join([*libraries, '(() => {\n"use strict";', *map(_asset, names), "})();"])


def _policy(script: str, style: str, allowed: Mapping[str, Sequence[str]]) -> str:
    """A content security policy; sources hold no quotation mark that would end an attribute."""
    sources: dict[str, list[str]] = {}
    for name, text in (("script-src", script), ("style-src", style)):
        # Beside a hash a browser would not heed what allows every style of the page.
        if text and _UNSAFE not in allowed.get(name, ()):
            sources[name] = [_hash(text)]
    for name, more in allowed.items():
        sources[name] = list(dict.fromkeys([*sources.get(name, ()), *more]))
    directives = "; ".join(f"{name} {' '.join(found)}" for name, found in sources.items())
    return f"default-src 'none'; {directives}; base-uri 'none'; form-action 'none'".replace('"', "")


def _hash(text: str) -> str:
    """The hash by which a content security policy allows an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
