"""Pages from templates: escaped where text is put in, and allowed to load nothing from elsewhere."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["ASSETS", "data", "page"]

ASSETS = Path(__file__).parent / "assets"

POLICY = (
    "default-src 'none'; {scripts}{frames}style-src 'self'{styles}; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SCRIPTS = "script-src 'self'; connect-src 'self'; "
# The style element that YASGUI's table puts in for the handles between its columns.
EDITOR_STYLES = " 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
# HTML has no way to write these, and half of a surrogate pair has no UTF-8.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    scripted: bool = False,
    framed: bool = False,
    **values: Any,
) -> HTMLResponse:
    """A page of the server.

    Args:
        scripted: whether it runs the server's own scripts, the editor's; others run none.
        framed: whether it shows another page of this server in a frame.
        values: what the template shows.
    """
    root = request.scope.get("root_path", "").rstrip("/")
    graph = (request.app.state.directory / "graph.html").is_file()
    text = _environment().get_template(template).render(root=root, has_graph=graph, **values)
    policy = POLICY.format(
        scripts=SCRIPTS if scripted else "",
        styles=EDITOR_STYLES if scripted else "",
        frames="frame-src 'self'; " if framed else "",
    )
    return HTMLResponse(
        _UNFIT.sub("\ufffd", text),
        status,
        {"Content-Security-Policy": policy, "Cache-Control": "no-cache", **(headers or {})},
    )


def data(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing that HTML reads as its own is left."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
