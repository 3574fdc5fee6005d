"""The addresses of the pages: front page, things, terms, and what these load."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from kg.server.entities import entity, find
from kg.server.front import front
from kg.server.templates import ASSETS, page
from kg.server.terms import terms, vocabulary_file

__all__ = ["routes"]

_VIEWS = ASSETS.parent.parent / "views" / "assets"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".md": "text/plain", ".svg": "image/svg+xml"}
_DRAWING = "graph.html"
_NO_DRAWING = (
    "there is no graph.html beside the graph: run kg build again, or kg view -o DIR/graph.html with DIR the "
    "folder of the graph"
)
_FILES = {
    "palette.css": _VIEWS / "palette.css",
    "site.css": ASSETS / "site.css",
    "editor.css": ASSETS / "editor.css",
    "editor.js": ASSETS / "editor.js",
    "drawing.js": ASSETS / "drawing.js",
    "frame.js": ASSETS / "frame.js",
    "yasgui.min.css": ASSETS / "yasgui" / "yasgui.min.css",
    "yasgui.min.js": ASSETS / "yasgui" / "yasgui.min.js",
    "third-party.md": ASSETS / "THIRD_PARTY.md",
}
"""What pages load, by name."""


def routes() -> list[BaseRoute]:
    """The routes of everything that is not the SPARQL endpoint itself."""
    return [
        Route("/", front),
        Route("/graph", graph),
        Route("/graph.html", drawing),
        Route("/find", find),
        Route("/id", entity),
        Route("/id/{key:path}", entity),
        Route("/ontology", terms),
        Route("/ontology/{name}", vocabulary_file),
        Route("/static/{name}", static),
    ]


async def graph(request: Request) -> Response:
    """``/graph``: the drawing of the whole graph below the header of the site."""
    if not (request.app.state.directory / _DRAWING).is_file():
        raise HTTPException(404, _NO_DRAWING)
    return page(request, "graph.html", scripted=True, framed=True)


async def drawing(request: Request) -> Response:
    """``/graph.html``: the page that draws the whole graph, as it is, if the build wrote it."""
    path = request.app.state.directory / _DRAWING
    if not path.is_file():
        raise HTTPException(404, _NO_DRAWING)
    # The page's own policy allows its scripts by their hash; it cannot say who may frame it.
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": "frame-ancestors 'self'"}
    return FileResponse(path, media_type="text/html", headers=headers)


async def static(request: Request) -> Response:
    """``/static/NAME``: a script or style sheet."""
    name = request.path_params["name"]
    if name != "vis-network.js" and name not in _FILES:
        raise HTTPException(404, "there is no such file")
    content, tag = _content(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=_TYPES[Path(name).suffix])


@cache
def _content(name: str) -> tuple[bytes, str]:
    """A file and the tag by which browsers tell that they have it."""
    content = _vis_network() if name == "vis-network.js" else _FILES[name].read_bytes()
    return content, f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def _vis_network() -> bytes:
    """The vis-network script that pyvis brings along, without the pointer to its source map."""
    import pyvis

    script = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return re.sub(rb"^//# sourceMappingURL=.*$", b"", script.read_bytes(), flags=re.MULTILINE)
