"""The network as a picture: photographed in a browser that is installed, else drawn plainly."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph import KnowledgeGraph, Node
from kg.staging import staged_file

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

__all__ = ["BROWSERS", "SIZE", "write_picture"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""Commands that take a picture of a page, the first of them that is there."""

SIZE = (1600, 1000)
"""Width and height of a picture, in pixels."""

PATIENCE = 120
"""Seconds that a browser may take."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The page asks for nothing; nor shall the browser.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=4000",
)
_COLOURS = {"model": "#2563eb", "dataset": "#e07b00", "paper": "#6b7689"}
_INK = {"page": "#f7f8fa", "region": "#e9edf4", "line": "#b9c3d3", "text": "#172033", "muted": "#5a667a"}
_LABELLED = 60
"""Nodes that get a label in a plain drawing, at most: those of most links."""


def write_picture(graph: KnowledgeGraph, path: Path, browser: str | None = None) -> Path:
    """Write the network as a PNG of :data:`SIZE`.

    Args:
        graph: any graph.
        path: the file to write.
        browser: the command to take the picture with; empty for a plain drawing without one; the first of
            :data:`BROWSERS` that is there when left out.

    Raises:
        ValueError: there is no browser, and Pillow, which draws without one, is not installed.
        OSError: the file cannot be written, or the browser took no picture.
    """
    command = next(filter(None, map(shutil.which, BROWSERS)), None) if browser is None else browser
    with staged_file(path) as file:
        if command:
            _photograph(graph, file, command)
        else:
            _draw(graph, file)
    return path


def _photograph(graph: KnowledgeGraph, file: Path, command: str) -> None:
    from kg.views.graph_page import write_graph_page

    with tempfile.TemporaryDirectory() as folder:
        page = write_graph_page(graph, Path(folder, "graph.html"))
        picture = Path(folder, "graph.png")
        flags = [*_FLAGS, f"--user-data-dir={folder}/profile", f"--window-size={SIZE[0]},{SIZE[1]}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")  # Chromium does not start as root otherwise
        try:
            subprocess.run(
                [command, *flags, f"--screenshot={picture}", page.as_uri()],
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise OSError(f"{command} took no picture within {PATIENCE} s") from None
        if not picture.is_file():
            raise OSError(f"{command} took no picture; does it start by itself?")
        shutil.copyfile(picture, file)


def _draw(graph: KnowledgeGraph, file: Path) -> None:
    try:
        from PIL import Image, ImageDraw
    except ModuleNotFoundError:
        raise ValueError(
            f"a picture needs a browser ({', '.join(BROWSERS[:3])}) or Pillow: "
            "run pip install 'biomed-kg[png]'"
        ) from None
    from kg.views.layout import lay_out
    from kg.views.skeleton import skeleton

    drawn = skeleton(graph)
    places = lay_out(drawn)
    spots = _fitted(places.positions, [(r.x, r.y, r.radius) for r in places.regions])
    image = Image.new("RGB", SIZE, _INK["page"])
    pen = ImageDraw.Draw(image)
    for x, y, radius in spots.discs:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_INK["region"])
    for subject, object_ in drawn.edges():
        pen.line((*spots.points[subject], *spots.points[object_]), fill=_INK["line"], width=1)
    by_degree = sorted(drawn, key=lambda node: (-drawn.degree(node), node))
    for node in reversed(by_degree):
        (x, y), size = spots.points[node], min(2 + drawn.degree(node) ** 0.5, 9)
        corners = (x - size, y - size, x + size, y + size)
        shape = pen.rectangle if drawn.nodes[node]["kind"] == "dataset" else pen.ellipse
        shape(corners, fill=_COLOURS[drawn.nodes[node]["kind"]])
    things = [node for node in by_degree if drawn.nodes[node]["kind"] != "paper"]
    fields = [region.modality for region in places.regions]
    taken = _name_fields(pen, graph, list(zip(fields, spots.discs, strict=True)))
    _label(pen, [(graph.nx.nodes[node]["label"], spots.points[node]) for node in things[:_LABELLED]], taken)
    _legend(pen, graph)
    image.save(file, format="PNG")


class _Spots:
    """Places in the picture."""

    def __init__(self, points: dict[Node, tuple[float, float]], discs: list[tuple[float, ...]]) -> None:
        self.points, self.discs = points, discs


def _fitted(positions: dict[Node, tuple[int, int]], discs: list[tuple[int, int, int]]) -> _Spots:
    """Positions moved and scaled so that all discs are in the picture, with room for the legend below."""
    room = (SIZE[0] - 40, SIZE[1] - 90)
    reach = discs or [(0, 0, 1)]
    left, top = min(x - r for x, _, r in reach), min(y - r for _, y, r in reach)
    wide, tall = max(x + r for x, _, r in reach) - left, max(y + r for _, y, r in reach) - top
    scale = min(room[0] / max(wide, 1), room[1] / max(tall, 1))
    aside, above = 20 + (room[0] - scale * wide) / 2, 20 + (room[1] - scale * tall) / 2

    def spot(x: float, y: float) -> tuple[float, float]:
        return aside + (x - left) * scale, above + (y - top) * scale

    return _Spots(
        {node: spot(*place) for node, place in positions.items()},
        [(*spot(x, y), r * scale) for x, y, r in discs],
    )


def _name_fields(
    pen: ImageDraw, graph: KnowledgeGraph, fields: list[tuple[Node | None, tuple[float, ...]]]
) -> list[tuple[float, ...]]:
    """The modality at the top of each disc that has room for it; the places that these names take."""
    font = _font(16)
    taken: list[tuple[float, ...]] = []
    for modality, (x, y, radius) in fields:
        text = _one_line(graph.nx.nodes[modality]["label"]) if modality else ""
        if text and pen.textlength(text, font=font) < 1.6 * radius:
            pen.text((x, y - 0.93 * radius), text, fill=_INK["muted"], font=font, anchor="ma")
            taken.append(pen.textbbox((x, y - 0.93 * radius), text, font=font, anchor="ma"))
    return taken


def _label(
    pen: ImageDraw, labels: list[tuple[str, tuple[float, float]]], taken: list[tuple[float, ...]]
) -> None:
    """Names beside their nodes, each only where it covers no other."""
    font = _font(13)
    for label, (x, y) in labels:
        text = _one_line(label)
        box = pen.textbbox((x + 8, y - 8), text, font=font)
        if box[2] < SIZE[0] and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            pen.text((x + 8, y - 8), text, fill=_INK["text"], font=font)


def _legend(pen: ImageDraw, graph: KnowledgeGraph) -> None:
    counts, x, y = graph.counts(), 24.0, SIZE[1] - 36
    for kind, colour in _COLOURS.items():
        shape = pen.rectangle if kind == "dataset" else pen.ellipse
        shape((x, y, x + 12, y + 12), fill=colour)
        text = f"{counts[kind]:,} {kind}{'s' * (counts[kind] != 1)}"
        pen.text((x + 20, y - 3), text, fill=_INK["muted"], font=_font(15))
        x += 44 + pen.textlength(text, font=_font(15))


def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _one_line(label: str) -> str:
    text = " ".join("".join(c for c in label if c.isprintable() or c.isspace()).split())
    return text if len(text) <= 32 else text[:31].rstrip() + "…"


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
