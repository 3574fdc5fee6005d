"""One HTML page that shows a graph: pyvis's network with places given, and everything inside the file.

Names and sentences come from texts that nobody vouches for. They travel as JSON in which every ``<``, ``>``
and ``&`` is escaped, the scripts put them on the page as text only, and a content security policy allows the
page's own scripts by their hash and no request at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from kg.graph import KnowledgeGraph, Node
from kg.views.facts import facts, numbers
from kg.views.layout import Layout, lay_out
from kg.views.skeleton import skeleton

__all__ = ["write_graph_page"]

_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = (
    "facts.js",
    "theme.js",
    "labels.js",
    "network.js",
    "evidence.js",
    "panel.js",
    "search.js",
    "page.js",
)
_SHAPES = {"model": "dot", "dataset": "square", "paper": "triangle"}
_SIZE = {"model": 6.5, "dataset": 5.5, "paper": 8.0}
_BENDS = (0.0, 0.16, -0.16, 0.3, -0.3)
"""Roundness of the first, second … edge between the same two nodes, so that none hides another."""
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "tooltipDelay": 100000,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {"arrows": {"to": {"enabled": True, "scaleFactor": 0.4}}, "hoverWidth": 1, "selectionWidth": 2},
}


def write_graph_page(
    graph: KnowledgeGraph, path: Path, *, title: str = "Models and datasets in medical papers"
) -> Path:
    """Write a page that shows papers, models, datasets and the claims between them, and opens offline.

    Args:
        graph: any graph, empty ones included.
        path: the file to write, with its suffix; missing folders are made.
        title: heading of the page; plain text.

    Returns:
        The path written. The same graph and title give the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    page = _render(graph, title)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _render(graph: KnowledgeGraph, title: str) -> str:
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    drawn = skeleton(graph)
    places = lay_out(drawn)
    number = numbers(graph)
    nodes, edges, options = _network(drawn, places, number)
    regions = [
        {
            "modality": None if region.modality is None else number[region.modality],
            "x": region.x,
            "y": region.y,
            "radius": region.radius,
        }
        for region in places.regions
    ]
    data = {"nodes": nodes, "edges": edges, "options": options, "regions": regions, **facts(graph)}
    # One function around the scripts, so that their names are theirs alone.
    script = "\n".join([_vis_network(), '(() => {\n"use strict";', *map(_asset, _SCRIPTS), "})();"])
    style = _asset("page.css")
    environment = Environment(loader=FileSystemLoader(_ASSETS), autoescape=True, trim_blocks=True)
    return environment.get_template("page.html").render(
        title=title.encode("utf-8", "replace").decode(),
        counts=data["counts"],
        data=Markup(_inline_json(data)),
        script=Markup(script),
        script_hash=_hash(script),
        style=Markup(style),
        style_hash=_hash(style),
    )


def _network(
    drawn: nx.MultiDiGraph[Node], places: Layout, number: Mapping[Node, int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """pyvis's nodes, edges and options."""
    from pyvis.network import Network

    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    for node, attributes in drawn.nodes(data=True):
        kind, (x, y) = attributes["kind"], places.positions[node]
        size = round(_SIZE[kind] + (3.2 * math.sqrt(drawn.degree(node)) if kind != "paper" else 0), 1)
        # The page draws its own labels; a blank one, for pyvis would write the id where there is none.
        network.add_node(
            number[node],
            label=" ",
            group=kind,
            shape=_SHAPES[kind],
            size=size,
            x=x,
            y=y,
            degree=drawn.degree(node),
            region=places.homes[node],
        )
    between: Counter[frozenset[Node]] = Counter()
    for subject, object_, attributes in drawn.edges(data=True):
        pair = frozenset((subject, object_))
        bend = _BENDS[between[pair] % len(_BENDS)] * (1 if subject < object_ else -1)
        between[pair] += 1
        network.add_edge(
            number[subject],
            number[object_],
            predicate=attributes["predicate"],
            width=round(1.0 + math.log2(attributes["papers"]), 2),
            smooth={"enabled": True, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)}
            if bend
            else {"enabled": False},
        )
    nodes, edges, _, _, _, options = network.get_network_data()
    return nodes, edges, json.loads(options)


def _inline_json(data: Any) -> str:
    """JSON that can stand in a script element: nothing that HTML or JavaScript reads as its own is left."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _vis_network() -> str:
    """The vis-network script that pyvis brings along, without the pointer to its source map."""
    import pyvis

    script = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return re.sub(r"^//# sourceMappingURL=.*$", "", script.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The hash by which a content security policy allows an inline script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
