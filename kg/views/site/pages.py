"""The pages as files.

=================  =================================================================================
``index.html``     what the graph holds, as charts; a search over everything
``graph.html``     the network (:func:`kg.views.write_graph_page`)
``lineage.html``   every model, dataset, paper and concept, each at an address: ``#dataset/mimic-cxr``
``matrix.html``    datasets by models: trained on, evaluated on
``modalities.html``  modality by task: what there is and what is missing
``data/``          what the pages tell, as scripts: a page opened from disk may load those and nothing else
=================  =================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.graph import KnowledgeGraph
from kg.staging import staged, staged_file
from kg.views.facts import numbers
from kg.views.graph_page import write_graph_page
from kg.views.site.names import concept_table, link_table, name_table
from kg.views.site.overview import overview
from kg.views.site.parts import parts
from kg.views.site.shell import arriving, render

__all__ = ["DATA", "PAGES", "TITLE", "summary_page", "write_single_page", "write_site"]

PAGES = ("index", "lineage", "matrix", "modalities")
"""Pages of the one frame; the network has its own."""

DATA = "data"
"""The folder of data files, beside the pages."""

TITLE = "Models and datasets in medical papers"

WriteNetwork = Callable[..., object]
"""Takes what :func:`kg.views.write_graph_page` takes."""

_WAYS_BACK = {
    "Overview": "index.html",
    "Lineage": "lineage.html",
    "Matrix": "matrix.html",
    "Modalities": "modalities.html",
}
"""Where the page of the network leads."""


def write_site(
    graph: KnowledgeGraph, folder: Path, *, title: str = TITLE, network: WriteNetwork = write_graph_page
) -> Path:
    """Write the folder of pages, which opens from disk and asks nothing of the network.

    Files of an earlier run are replaced, and its data files that are not needed any more are removed.

    Args:
        graph: any graph, empty ones included.
        folder: made if it is missing.
        title: what the graph is called; plain text.
        network: writes ``graph.html``.

    Returns:
        The path of ``index.html``. The same graph and title give the same bytes.

    Raises:
        OSError: the folder cannot be written.
    """
    data = folder / DATA
    with staged(folder) as pages, staged(data) as tables:
        told = _tables(graph)
        first = next(told)
        for name, table in told:
            (tables / f"{name}.js").write_text(arriving(name, table), encoding="utf-8", newline="\n")
        for page in PAGES:
            held = dict([first]) if page == "index" else {}
            text = render(page, title=title, data=held)
            (pages / f"{page}.html").write_text(text, encoding="utf-8", newline="\n")
        network(graph, pages / "graph.html", title=title, pages=_WAYS_BACK)
        kept = {file.name for file in tables.iterdir()}
    for file in data.glob("part-*.js"):
        if file.name not in kept:
            file.unlink()
    return folder / "index.html"


def write_single_page(
    graph: KnowledgeGraph, path: Path, *, title: str = TITLE, network: WriteNetwork = write_graph_page
) -> Path:
    """Write all pages as one file; see :func:`write_site`."""
    with staged_file(path) as file:
        aside = file.with_name(f"{file.name}.network")
        try:
            network(graph, aside, title=title)
            documents = {"network": aside.read_text(encoding="utf-8")}
        finally:
            aside.unlink(missing_ok=True)
        text = render("", title=title, data=dict(_tables(graph)), documents=documents)
        file.write_text(text, encoding="utf-8", newline="\n")
    return path


def summary_page(graph: KnowledgeGraph, *, title: str = TITLE) -> str:
    """What the graph holds, as one page that leads nowhere else."""
    return render("summary", title=title, data={"overview": overview(graph)})


def _tables(graph: KnowledgeGraph) -> Iterator[tuple[str, Any]]:
    """Every table by its name, the overview first."""
    number = numbers(graph)
    yield "overview", overview(graph)
    part_of: dict[int, int] = {}
    for place, part in enumerate(parts(graph, number)):
        part_of.update(dict.fromkeys(part["things"], place))
        yield f"part-{place}", part
    yield "names", name_table(graph, number, part_of)
    yield "links", link_table(graph, number)
    yield "concepts", concept_table(graph, number)
