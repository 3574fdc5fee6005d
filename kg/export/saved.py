"""A graph kept in a folder, and read back from it or from one RDF file."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.export.formats import FORMATS, export
from kg.graph import KnowledgeGraph
from kg.rdf import from_quads
from kg.staging import staged

__all__ = ["GRAPH_FILE", "graph_file", "load", "save", "saved_files"]

GRAPH_FILE = "graph.nq"
"""The file of a saved graph that is read back; the others are for other tools."""

_SAVED = ("turtle", "graphml", "nquads")


def save(graph: KnowledgeGraph, directory: str | Path = "output") -> Path:
    """Write ``graph.ttl``, ``graph.nq`` and ``graph.graphml`` into a folder, made if needed.

    All three or none: when one cannot be written, the folder is as it was before.

    Returns:
        The folder.

    Raises:
        OSError: the folder cannot be written.
        ValueError: the graph breaks its contract (see :func:`kg.rdf.quads`).
    """
    folder = Path(directory)
    with staged(folder) as aside:
        for format, name in zip(_SAVED, saved_files(), strict=True):
            export(graph, format, aside / name)
    return folder


def saved_files() -> tuple[str, ...]:
    """Names of the files that :func:`save` writes."""
    return tuple(f"graph{FORMATS[format].extension}" for format in _SAVED)


def load(path: str | Path, base: str | None = None) -> KnowledgeGraph:
    """Read a graph from a folder that :func:`save` wrote, or from one N-Quads, Turtle or JSON-LD file.

    Args:
        path: the folder, or a file with the extension of its format.
        base: the IRI that node keys are relative to; found in the file when left out.

    Raises:
        FileNotFoundError: there is no such file, or the folder holds no graph.
        ValueError: the extension is unknown, the file is broken, or it is no graph of this product.
    """
    file, format = graph_file(path)
    try:
        return from_quads(parse(path=file, format=format), base)
    except SyntaxError as error:
        raise ValueError(f"{file}: not valid {format.name}: {error}") from None
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from None


def graph_file(path: str | Path) -> tuple[Path, RdfFormat]:
    """The RDF file that a path means, and its format: that of a saved folder, or the file itself.

    Raises:
        FileNotFoundError: there is no such file, or the folder holds no graph.
        ValueError: the extension is unknown.
    """
    file = Path(path)
    if file.is_dir():
        file /= GRAPH_FILE
    if not file.is_file():
        if Path(path).suffix and not Path(path).is_dir():
            raise FileNotFoundError(f"{path}: there is no such file")
        raise FileNotFoundError(f'no graph in {path}: run "kg build INPUT... -o {path}" first')
    format = RdfFormat.from_extension(file.suffix.lstrip("."))
    if format is None:
        raise ValueError(
            f"{file}: unknown extension {file.suffix!r}: a graph is read from .nq, .ttl, .nt or .jsonld"
        )
    return file, format
