"""Commands that write a built graph in another form: view, export."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.output import GraphFolder, guarded, say

__all__ = ["ExportFormat", "export", "view"]


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
        typer.Option("--output", "-o", metavar="FILE", help="The page to write; else graph.html in DIR."),
    ] = None,
) -> None:
    """Draw the graph as a page that opens from disk, offline.

    \b
    Example:
      kg view --graph output -o graph.html
    """
    from kg.building import PAGE, load
    from kg.staging import staged
    from kg.views import write_graph_page

    path = Path(graph, PAGE) if output is None else Path(output)
    drawn = load(graph)
    with staged(path.parent) as folder:
        write_graph_page(drawn, folder / path.name)
    say(f"open {path} in a browser")


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
