"""Commands that write a built graph in another form: view, export."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.output import GraphFolder, guarded, say
from kg.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import KnowledgeGraph

__all__ = ["ExportFormat", "export", "view"]


class Drawer(StrEnum):
    """The names of :data:`kg.views.graph_page.RENDERERS`, here again for the same reason as below."""

    canvas = "canvas"
    webgl = "webgl"


class ExportFormat(StrEnum):
    """The names of :data:`kg.export.FORMATS`, here again so that help need not import the writers."""

    turtle = "turtle"
    nquads = "nquads"
    ntriples = "ntriples"
    jsonld = "jsonld"
    graphml = "graphml"
    gexf = "gexf"
    cytoscape = "cytoscape"
    csv = "csv"


@guarded
def view(
    graph: GraphFolder = "output",
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PAGES",
            help="The folder to write, else 'pages' in DIR. A name that ends in .html is one file: of the "
            "network alone, or with --single of all pages. One that ends in .png is a picture.",
        ),
    ] = None,
    single: Annotated[bool, typer.Option("--single", help="Write all pages as one file.")] = False,
    png: Annotated[bool, typer.Option("--png", help="Write a picture of the network instead.")] = False,
    around: Annotated[
        str | None,
        typer.Option("--around", metavar="NAME", help="Only what is near one thing: name, alias or IRI."),
    ] = None,
    hops: Annotated[
        int | None, typer.Option("--hops", min=0, help="Links from it, with --around; 2 when left out.")
    ] = None,
    renderer: Annotated[
        Drawer,
        typer.Option("--renderer", help="What draws the network; webgl takes tens of thousands of nodes."),
    ] = Drawer.canvas,
) -> None:
    """Show the graph as pages that open from disk, offline.

    The pages: what the graph holds, with a search over everything; the network; the lineage of every model
    and dataset, at an address that can be shared; datasets by models; modalities by tasks. A picture is taken
    with Chromium or Chrome if there is one, else it is drawn more plainly. A network too large to be drawn
    node by node is drawn as communities that open.

    \b
    Example:
      kg view --graph output -o pages
      kg view --around MIMIC-CXR --hops 2 -o near.html
      kg view --renderer webgl -o large.html
      kg view --single -o everything.html
      kg view -o network.html
      kg view --png -o network.png
    """
    from kg.building import load

    suffix = Path(output).suffix.lower() if output else ""
    if png and single:
        raise ValueError("--png is a picture and --single a page: choose one of them")
    if hops is not None and around is None:
        raise ValueError("--hops counts links from a thing: name it with --around")
    drawn = load(graph)
    if around is not None:
        drawn = _part(drawn, around, 2 if hops is None else hops)
    with progress() as shown:
        if shown:
            shown("drawing", drawn.counts()["paper"])
        if png or suffix == ".png":
            path = _picture(drawn, Path(output or Path(graph, "graph.png")))
        elif single:
            path = _single(drawn, Path(output or Path(graph, "pages.html")), renderer)
        elif suffix in (".html", ".htm"):
            path = _network(drawn, Path(output or ""), renderer)
        else:
            path = _pages(drawn, Path(output or Path(graph, "pages")), renderer)
    say(f"open {path}{' in a browser' if path.suffix != '.png' else ''}")


@guarded
def export(
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="One of the formats above.")],
    graph: GraphFolder = "output",
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, for csv a folder; '-' is standard output.",
        ),
    ] = "-",
) -> None:
    """Write the graph in another format.

    \b
    Formats:
      turtle     RDF to read: merged, grouped by subject, prefixed
      nquads     RDF to load: one named graph a paper
      ntriples   RDF to load, merged
      jsonld     RDF as JSON, one named graph a paper
      graphml    for NetworkX, igraph, yEd, Gephi
      gexf       for Gephi
      cytoscape  for Cytoscape and Cytoscape.js
      csv        nodes.csv and edges.csv in a folder

    \b
    Example:
      kg export --format jsonld -o graph.jsonld
      kg export --format csv -o tables/
    """
    from kg.building import load
    from kg.export import export as write

    write(load(graph), format.value, sys.stdout.buffer if output == "-" else Path(output))


def _part(graph: KnowledgeGraph, name: str, hops: int) -> KnowledgeGraph:
    from kg.views.around import around, named

    taken = named(graph, name)
    part = around(graph, taken, hops)
    counts = part.counts()
    drawn = ", ".join(
        f"{counts[kind]} {kind}{'s' * (counts[kind] != 1)}" for kind in ("paper", "model", "dataset")
    )
    say(f"around {part.nx.nodes[taken]['label']} ({taken}): {drawn}")
    return part


def _pages(graph: KnowledgeGraph, folder: Path, renderer: Drawer) -> Path:
    from kg.views.site import write_site

    return write_site(graph, folder, network=_writer(renderer))


def _single(graph: KnowledgeGraph, path: Path, renderer: Drawer) -> Path:
    from kg.views.site import write_single_page

    return write_single_page(graph, path, network=_writer(renderer))


def _network(graph: KnowledgeGraph, path: Path, renderer: Drawer) -> Path:
    from kg.staging import staged

    with staged(path.parent) as folder:
        _writer(renderer)(graph, folder / path.name)
    return path


def _writer(renderer: Drawer) -> Callable[..., Path]:
    from functools import partial

    from kg.views import write_graph_page

    return partial(write_graph_page, renderer=renderer.value)


def _picture(graph: KnowledgeGraph, path: Path) -> Path:
    from kg.views.picture import write_picture

    return write_picture(graph, path)
