"""What a cluster does to one partition: read lines, extract, state; Arrow batches in, Arrow batches out.

No Spark here: each function is what :mod:`kg.papers` and :mod:`kg.link` do to one paper after the other, and
can be run and tested on batches alone.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from itertools import islice
from types import FrameType
from typing import TYPE_CHECKING, Any

from kg.engines import arrow
from kg.engines.hadoop import plain
from kg.records import Document, PaperRecord

if TYPE_CHECKING:
    import pyarrow as pa

    from kg.engines.found import Extractor
    from kg.link.concepts import Concepts

__all__ = [
    "Extraction",
    "Places",
    "extract_partition",
    "light",
    "read_partition",
    "state_graph",
    "state_partition",
]

MADE, LOST = "made", "lost"
"""What became of a paper: a record, or nothing."""
TOGETHER = 16
"""Papers that are extracted together; when that fails, each of them is tried alone."""
QUADS = 2_000
"""Statements of the part of the graph that no paper says, written as one text."""

Batches = Iterable["pa.RecordBatch"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """How papers are extracted; the same as of :func:`kg.papers.papers`."""

    min_confidence: float = 0.0
    gazetteer: bool = True
    doc_timeout: float = 60.0
    """Seconds after which a paper is set aside."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where lines stand: what the readers of partitions could not know."""

    labels: Sequence[str]
    """Short name of each file."""
    before: Mapping[tuple[int, int], int]
    """Lines of a file before a block of it, by the numbers of both."""

    def line(self, file: int, block: int, line: int) -> int:
        """Number of a line in its file, from 1."""
        return self.before[file, block] + line + 1


def read_partition(parts: Batches, files: Mapping[str, int]) -> Iterator[pa.RecordBatch]:
    """Papers out of lines of JSON.

    Args:
        parts: batches with the columns ``text``, ``path`` (an address) and ``block``, in the order of the
            files.
        files: number of each file, by its address (:func:`kg.engines.hadoop.plain`).

    Yields:
        Batches of :func:`kg.engines.arrow.documents`.
    """
    lines = (row for part in parts for row in part.to_pylist())
    return arrow.batches(_documents(lines, files), arrow.documents())


def extract_partition(parts: Batches, places: Places, extraction: Extraction) -> Iterator[pa.RecordBatch]:
    """Records out of papers; one that the extractor fails at, or hangs in, is set aside with the reason.

    Args:
        parts: batches of :func:`kg.engines.arrow.documents`.
        places: to say which line a paper stood in.
        extraction: how to extract.

    Yields:
        Batches of :func:`kg.engines.arrow.papers`.
    """
    rows = (row for part in parts for row in part.to_pylist())
    return arrow.batches(_extracted(_placed(rows, places), extraction), arrow.papers())


def state_partition(
    parts: Batches, concepts: Concepts, labels: Mapping[str, str], base: str
) -> Iterator[pa.RecordBatch]:
    """What each paper states: its nodes, edges and N-Quads.

    Args:
        parts: batches of :func:`kg.engines.arrow.papers` with the columns ``node`` and ``things`` besides.
        concepts: the nodes of concepts by name.
        labels: the labels of concepts by node.
        base: the IRI that node keys are relative to.

    Yields:
        Batches of :func:`kg.engines.arrow.statements`.
    """
    rows = (row for part in parts for row in part.to_pylist())
    return arrow.batches((_stated(row, concepts, labels, base) for row in rows), arrow.statements())


def state_graph(graph: Any) -> Iterator[pa.RecordBatch]:
    """The same of a graph without papers: what they name, and the header of the RDF."""
    from kg.rdf import quads

    nodes = ({"nodes": [{"key": key, **attributes}]} for key, attributes in graph.nodes())
    edges = ({"edges": [_edge(*edge)]} for edge in graph.edges())
    waiting = iter(quads(graph))
    texts = ({"quads": _nquads(some)} for some in iter(lambda: list(islice(waiting, QUADS)), []))
    for rows in (nodes, edges, texts):
        yield from arrow.batches(rows, arrow.statements())


def light(row: Mapping[str, Any]) -> PaperRecord:
    """What linking has to see of a paper: identifier, date, names and concepts, without texts and claims.

    Args:
        row: ``id``, ``issued``, ``source``, ``models``, ``datasets``, ``concepts``, and ``measured``: the
            metrics of the results, which count as named.
    """
    kinds = {(concept["kind"], concept["name"]): None for concept in row["concepts"]}
    kinds |= {("metric", metric): None for metric in row["measured"] if metric}
    concepts = [{"kind": kind, "name": name} for kind, name in kinds]
    return PaperRecord.from_json({**row, "title": "", "abstract": "", "concepts": concepts})


def _documents(lines: Iterable[Mapping[str, Any]], files: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    counted: dict[tuple[int, int], int] = {}
    for row in lines:
        file, block = files[plain(row["path"])], row["block"]
        line = counted.get((file, block), 0)
        counted[file, block] = line + 1
        place = {"file": file, "block": block, "line": line}
        for item, found in enumerate(_papers(row["text"])):
            yield {**place, "item": item, **found}
    for (file, block), lines_read in counted.items():
        yield {"file": file, "block": block, "lines": lines_read}


def _papers(line: str) -> Iterator[dict[str, Any]]:
    """The papers of a line of JSON, or what is wrong with it."""
    from kg.sources.fields import paper, papers_in, parsed
    from kg.sources.opened import LIMIT

    if not (text := line.strip().removeprefix("\ufeff")):
        return
    if len(text) > LIMIT:
        yield {"failed": True, "reason": f"the line is longer than {LIMIT >> 20} MiB; split it"}
        return
    try:
        records = list(papers_in(parsed(text)))
    except ValueError as error:
        yield {"failed": True, "reason": f"not JSON: {error}"}
        return
    for record in records:
        try:
            found = paper(record, "")
        except (ValueError, TypeError, KeyError) as error:
            yield {"failed": True, "reason": f"not a paper: {error}"}
            continue
        if found.title or found.abstract:
            yield {"title_only": not found.abstract, **_marked(found), **asdict(found)}
        else:
            yield {"failed": False, "reason": "no title and no abstract"}


def _marked(paper: Document) -> dict[str, Any]:
    from kg.sources.papers import marks

    digests, title = marks(paper)
    listed = [{"kind": kind, "digest": _number(digest)} for kind, digest in digests.items()]
    return {"marks": listed, "title_mark": None if title is None else _number(title)}


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, "big", signed=True)


def _placed(rows: Iterable[Mapping[str, Any]], places: Places) -> Iterator[Document]:
    names = [field.name for field in fields(Document)]
    for row in rows:
        found = {name: row[name] for name in names}
        found["authors"], found["links"] = tuple(row["authors"]), tuple(row["links"])
        line = places.line(row["file"], row["block"], row["line"])
        found["source"] = row["source"] or f"{places.labels[row['file']]}:{line}"
        yield Document(**found)


def _extracted(papers: Iterator[Document], extraction: Extraction) -> Iterator[dict[str, Any]]:
    from kg.engines.found import EXTRACTOR, extractor
    from kg.extract.confidence import at_least

    run = extractor(EXTRACTOR, extraction.gazetteer)
    while some := list(islice(papers, TOGETHER)):
        for each in _tried(some, run, extraction.doc_timeout):
            if isinstance(each, PaperRecord):
                yield {**at_least(each, extraction.min_confidence).to_json(), "outcome": MADE}
            else:
                yield each


def _tried(papers: list[Document], run: Extractor, seconds: float) -> Iterator[PaperRecord | dict[str, Any]]:
    """Records of papers, all at once; when that fails, one by one, to find out which it is."""
    from kg.engines.found import Lost, attempt, unpack

    try:
        with _limited(seconds):
            records = list(run(papers))
    except Exception:  # the extractor's own fault on one paper must not end the run
        for paper in papers:
            with _limited(seconds):
                found = attempt(run, paper)
            if isinstance(found, Lost):
                left = replace(paper, title="", abstract="")
                yield {**asdict(left), "reason": found.reason, "outcome": LOST}
            else:
                yield unpack(found, paper)
    else:
        yield from records


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block when it takes longer."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stated(
    row: Mapping[str, Any], concepts: Concepts, labels: Mapping[str, str], base: str
) -> dict[str, Any]:
    from pyoxigraph import DefaultGraph

    from kg.graph import KnowledgeGraph
    from kg.link.occurrences import read
    from kg.link.statements import add_paper
    from kg.rdf import quads

    (paper,) = read([PaperRecord.from_json(row)])
    paper.node = row["node"]
    nodes = {(thing["kind"], thing["key"]): thing["node"] for thing in row["things"]}
    graph = KnowledgeGraph(base=base)
    for occurrence in paper.occurrences:
        occurrence.node = nodes.get((occurrence.kind, occurrence.key), "")
        if occurrence.node:
            graph.nx.add_node(occurrence.node, kind=occurrence.kind, label="")
    named = [(concept.kind, concept.name) for concept in paper.record.concepts]
    named += [("metric", result.metric) for result in paper.record.results if result.metric]
    for kind, name in named:
        if node := concepts.node(kind, name):
            graph.nx.add_node(node, kind=kind, label=labels[node])
    add_paper(graph, paper, concepts)
    # What no paper says (types and names of things) is stated once, by state_graph.
    own = (quad for quad in quads(graph) if quad.graph_name != DefaultGraph())
    stated = [{"key": key, **each} for key, each in graph.nodes() if each["kind"] in ("paper", "result")]
    return {"nodes": stated, "edges": [_edge(*edge) for edge in graph.edges()], "quads": _nquads(own)}


def _edge(subject: str, object_: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {"subject": subject, "object": object_, **attributes}


def _nquads(quads: Iterable[Any]) -> str:
    """Lines of N-Quads, without the end of the last."""
    from pyoxigraph import RdfFormat, serialize

    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").decode().removesuffix("\n")
