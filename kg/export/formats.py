"""The table of formats, and the one function that writes any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kg.export import csv_tables, cytoscape, gexf, graphml, jsonld, nquads, turtle
from kg.graph import KnowledgeGraph
from kg.staging import staged_file

__all__ = ["FORMATS", "Format", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written."""

    extension: str
    """With the dot; empty for a folder of files."""
    write: Callable[[KnowledgeGraph, Any], None]
    """Takes the graph and a binary stream, or the folder's path."""
    about: str
    folder: bool = False


FORMATS = {
    "turtle": Format(".ttl", turtle.write, "RDF to read: merged, grouped by subject, prefixed"),
    "nquads": Format(".nq", nquads.write, "RDF to load: one named graph a paper"),
    "ntriples": Format(".nt", nquads.write_triples, "RDF to load, merged"),
    "jsonld": Format(".jsonld", jsonld.write, "RDF as JSON, one named graph a paper"),
    "graphml": Format(".graphml", graphml.write, "for NetworkX, igraph, yEd, Gephi"),
    "gexf": Format(".gexf", gexf.write, "for Gephi"),
    "cytoscape": Format(".cyjs", cytoscape.write, "for Cytoscape and Cytoscape.js"),
    "csv": Format("", csv_tables.write, "nodes.csv and edges.csv in a folder", folder=True),
}


def export(graph: KnowledgeGraph, format: str, destination: str | Path | BinaryIO) -> None:
    """Write the graph in one format.

    Args:
        graph: what to write.
        format: a name in :data:`FORMATS`.
        destination: a file, which is replaced only when the whole is written; a binary stream; or, for
            ``csv``, a folder, which is made if needed.

    Raises:
        ValueError: no such format, or ``csv`` into a stream.
        OSError: the destination cannot be written.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}; choose one of {', '.join(FORMATS)}")
    how = FORMATS[format]
    if isinstance(destination, str | Path):
        path = Path(destination)
        if how.folder:
            how.write(graph, path)
            return
        with staged_file(path) as part, part.open("wb") as stream:
            how.write(graph, stream)
    elif how.folder:
        raise ValueError(f"format {format!r} is several files: give a folder to write them into")
    else:
        how.write(graph, destination)
