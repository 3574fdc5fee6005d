"""One HTML page that shows a graph: a network with places given, and everything inside the file.

How nothing in it can run or ask for anything but what is its own, :mod:`kg.views.inlined` says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from kg.graph import KnowledgeGraph
from kg.views.facts import facts, numbers
from kg.views.inlined import ASSETS, SHARED_SCRIPTS, embedded, filled
from kg.views.layout import lay_out
from kg.views.network import network
from kg.views.skeleton import skeleton

__all__ = ["LARGEST", "RENDERERS", "Renderer", "write_graph_page"]

Renderer = Literal["canvas", "webgl"]
RENDERERS: tuple[Renderer, ...] = ("canvas", "webgl")

LARGEST: dict[Renderer, tuple[int, int]] = {"canvas": (4_000, 13_000), "webgl": (30_000, 120_000)}
"""Nodes and edges that are drawn one by one, at most, by what draws them; else communities that open."""

_VENDOR = ASSETS / "vendor"
_STYLES = ("palette.css", "shared/tones.css", "shared/base.css", "shared/search.css", "network/page.css")
_SCRIPTS = (
    *SHARED_SCRIPTS,
    "network/facts.js",
    "network/filters.js",
    "network/communities.js",
    "network/theme.js",
    "network/labels.js",
    "network/scene.js",
    "network/{renderer}.js",
    "network/evidence.js",
    "network/panel.js",
    "network/legend.js",
    "network/addresses.js",
    "network/page.js",
)


def write_graph_page(
    graph: KnowledgeGraph,
    path: Path,
    *,
    title: str = "Models and datasets in medical papers",
    pages: Mapping[str, str] | None = None,
    renderer: Renderer = "canvas",
    largest: tuple[int, int] | None = None,
) -> Path:
    """Write a page that shows papers, models, datasets and the claims between them, and opens offline.

    A graph too large to be drawn node by node is drawn as communities that open, without abstracts, and the
    page says so.

    Args:
        graph: any graph, empty ones included.
        path: the file to write, with its suffix; missing folders are made.
        title: heading of the page; plain text.
        pages: other pages to lead to: names, and addresses relative to this one.
        renderer: ``canvas`` draws with vis-network and runs everywhere; ``webgl`` draws with sigma.js, which
            takes some tens of thousands of nodes and a browser with WebGL.
        largest: nodes and edges that are drawn one by one, at most; :data:`LARGEST` when left out.

    Returns:
        The path written. The same arguments give the same bytes.

    Raises:
        ValueError: there is no such renderer.
        OSError: the file cannot be written.
    """
    if renderer not in RENDERERS:
        raise ValueError(f"no renderer is called {renderer!r}: choose {' or '.join(RENDERERS)}")
    page = _render(graph, title, pages or {}, renderer, largest or LARGEST[renderer])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _render(
    graph: KnowledgeGraph, title: str, pages: Mapping[str, str], renderer: Renderer, largest: tuple[int, int]
) -> str:
    drawn = skeleton(graph)
    closed = len(drawn) > largest[0] or drawn.number_of_edges() > largest[1]
    places = lay_out(drawn, gather=closed)
    data = {
        **network(drawn, places, numbers(graph), closed=closed),
        **facts(graph, abstracts=not closed),
        "renderer": renderer,
    }
    return filled(
        "network/page.html",
        title=title,
        styles=_STYLES,
        scripts=[name.format(renderer=renderer) for name in _SCRIPTS],
        libraries=_library(renderer),
        data={"data": embedded(data)},
        allowed={"img-src": ["data:"]},
        counts=data["counts"],
        pages=pages,
    )


def _library(renderer: Renderer) -> list[str]:
    """The scripts that draw, without the pointers to their source maps."""
    if renderer == "webgl":
        files = [_VENDOR / "graphology.umd.min.js", _VENDOR / "sigma.min.js"]
    else:
        import pyvis

        files = [Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"]
    pointer = re.compile(r"^//# sourceMappingURL=.*$", flags=re.MULTILINE)
    scripts = [pointer.sub("", file.read_text(encoding="utf-8")) for file in files]
    if renderer == "webgl":
        # Where there is no WebGL, sigma.js fails as it loads; the page then tells all it can without it.
        scripts[-1] = f"try {{\n{scripts[-1]}\n}} catch {{}}"
    return scripts
