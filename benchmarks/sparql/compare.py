"""The named queries on a synthetic graph: Oxigraph on disk, as ``kg query`` runs them, and rdflib in memory.

    python benchmarks/sparql/compare.py [--triples 1000000] [--limit 60] [--json FIGURES.json]

One run, one core each. Prints how fast the graph is written and loaded, then seconds a query and how many
times as fast Oxigraph is; a query that rdflib has not answered within the limit is given up on. Lineage is
asked of the things that most depends on and that depend on most.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import rdflib
from synthetic import graph_of

from kg.export import export
from kg.export.turtle import merged
from kg.graph import DEPENDS_ON, KnowledgeGraph
from kg.lineage import lineage
from kg.query import named_queries
from kg.rdf import quads, to_dataset
from kg.rdf.iris import iri
from kg.store import Store

DEPTH = 6
SAMPLE = 50_000
"""Triples that rdflib's writer is timed on."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=1_000_000, help="size of the merged graph")
    parser.add_argument("--limit", type=float, default=60, help="seconds that rdflib has for a query")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each query in Oxigraph; median")
    parser.add_argument("--json", type=Path, help="where the figures go too")
    arguments = parser.parse_args()
    graph = graph_of(arguments.triples)
    figures: dict[str, Any] = {"machine": _machine()}
    with tempfile.TemporaryDirectory() as folder:
        figures["writing"] = _writing(graph, Path(folder))
        figures["loading"], store = _loading(Path(folder))
        memory, seconds = _timed(lambda: _in_rdflib(Path(folder) / "graph.nq"))
        figures["loading"]["rdflib"] = round(figures["loading"]["quads"] / seconds)
        figures["queries"] = _queries(store, memory, arguments.repeat, arguments.limit)
        figures["lineage"] = _lineage(graph, store, arguments.repeat)
    _print(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _machine() -> dict[str, str]:
    packages = {name: version(name) for name in ("biomed-kg", "pyoxigraph", "rdflib")}
    return {"python": platform.python_version(), "machine": platform.machine(), **packages}


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return run(), time.perf_counter() - start


def _median(run: Callable[[], Any], repeat: int) -> float:
    return statistics.median(_timed(run)[1] for _ in range(repeat))


def _writing(graph: KnowledgeGraph, folder: Path) -> dict[str, int]:
    """Statements a second, ours and rdflib's (of a smaller graph, since it is slow)."""
    triples = sum(1 for _ in merged(graph))
    statements = sum(1 for _ in quads(graph))
    _, nquads = _timed(lambda: export(graph, "nquads", folder / "graph.nq"))
    _, turtle = _timed(lambda: export(graph, "turtle", folder / "graph.ttl"))
    small = graph_of(SAMPLE)
    dataset, count = to_dataset(small), sum(1 for _ in quads(small))
    _, peer = _timed(lambda: dataset.serialize(folder / "small.nq", format="nquads"))
    return {
        "triples": triples,
        "nquads": round(statements / nquads),
        "turtle": round(triples / turtle),
        "rdflib nquads": round(count / peer),
    }


def _loading(folder: Path) -> tuple[dict[str, Any], Store]:
    """From N-Quads to a store on disk that is ready to answer; and opening it again."""
    with (folder / "graph.nq").open("rb") as lines:
        statements = sum(1 for _ in lines)
    _, seconds = _timed(lambda: Store.open(folder))
    store, again = _timed(lambda: Store.open(folder))
    size = sum(file.stat().st_size for file in (folder / "store").rglob("*") if file.is_file())
    return {
        "quads": statements,
        "stored": len(store),
        "quads a second": round(statements / seconds),
        "stored a second": round(len(store) / seconds),
        "opening again, seconds": round(again, 4),
        "store, MB": round(size / 1e6),
        "graph.nq, MB": round((folder / "graph.nq").stat().st_size / 1e6),
    }, store


def _in_rdflib(file: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS):
        # rdflib's own reader takes longer than its store: the store is what is compared.
        named = isinstance(quad.graph_name, ox.NamedNode)
        home = dataset.graph(quad.graph_name.value) if named else dataset.default_graph
        home.add((_rdflib(quad.subject), rdflib.URIRef(quad.predicate.value), _rdflib(quad.object)))
    return dataset


def _rdflib(term: Any) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _queries(store: Store, memory: rdflib.Dataset, repeat: int, limit: float) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    memory.query("ASK {}")  # loads its reader of SPARQL, which no query is to pay for
    for name, query in named_queries().items():
        rows = _rows(store, query.sparql)
        own = _median(partial(_rows, store, query.sparql), repeat)
        peer = _within(limit, memory, query.sparql, dict(store.prefixes))
        found[name] = {"rows": rows, "seconds": round(own, 6), "rdflib": peer}
        print(f"{name}: {found[name]}", file=sys.stderr, flush=True)
    return found


def _rows(store: Store, sparql: str) -> int:
    """All rows, read and counted."""
    return sum(1 for _ in store.results(sparql))  # type: ignore[union-attr]


def _within(limit: float, memory: rdflib.Dataset, sparql: str, names: dict[str, str]) -> float | str:
    """Seconds that rdflib takes, or what became of it; in a process of its own, which can be stopped."""
    here = multiprocessing.get_context("fork")
    receiving, sending = here.Pipe(duplex=False)

    def answer() -> None:
        sending.send(_timed(lambda: sum(1 for _ in memory.query(sparql, initNs=names)))[1])

    process = here.Process(target=answer)
    process.start()
    sending.close()
    ended: float | str = "gave up"
    if receiving.poll(limit):
        try:
            ended = round(receiving.recv(), 4)
        except EOFError:
            ended = "failed"
    process.kill()
    process.join()
    return ended


def _lineage(graph: KnowledgeGraph, store: Store, repeat: int) -> dict[str, dict[str, Any]]:
    """Milliseconds for what a thing depends on, and what depends on it, to a depth and without end."""
    steps: nx.DiGraph[str] = nx.DiGraph(
        (subject, object_) for subject, object_, a in graph.edges() if a["predicate"] in DEPENDS_ON
    )
    things = {
        "most used": max(sorted(steps), key=steps.in_degree),
        "deepest": nx.dag_longest_path(steps)[0],
    }
    paths = ["/".join(["kg:dependsOn"] * length) for length in range(1, DEPTH + 1)]
    found = {}
    for name, key in things.items():
        node = iri(key, graph.base).value
        asked = {
            f"up to depth {DEPTH}": _either(f"<{node}> {path} ?thing" for path in paths),
            f"down to depth {DEPTH}": _either(f"?thing {path} <{node}>" for path in paths),
            "up": f"SELECT DISTINCT ?thing WHERE {{ <{node}> kg:dependsOn+ ?thing }}",
            "down": f"SELECT DISTINCT ?thing WHERE {{ ?thing kg:dependsOn+ <{node}> }}",
        }
        found[name] = {
            way: {"rows": _rows(store, sparql), "ms": _milliseconds(partial(_rows, store, sparql), repeat)}
            for way, sparql in asked.items()
        }
        both = partial(lineage, graph, key, depth=DEPTH)
        found[name]["kg.lineage, both ways"] = {"ms": _milliseconds(both, repeat)}
    return found


def _either(patterns: Iterable[str]) -> str:
    """A branch for each length is answered sooner than one path whose later steps may be left out."""
    return "SELECT DISTINCT ?thing WHERE { " + " UNION ".join(f"{{ {p} }}" for p in patterns) + " }"


def _milliseconds(run: Callable[[], Any], repeat: int) -> float:
    return round(1000 * _median(run, repeat), 2)


def _print(figures: dict[str, Any]) -> None:
    for part in ("machine", "writing", "loading"):
        print(f"{part}: " + ", ".join(f"{name} {value}" for name, value in figures[part].items()))
    print(f"{'query':<32} {'rows':>9} {'Oxigraph s':>11} {'rdflib s':>9} {'times':>8}")
    for name, row in figures["queries"].items():
        peer = row["rdflib"]
        times = "       –" if isinstance(peer, str) else f"{peer / row['seconds']:8.1f}"
        print(f"{name:<32} {row['rows']:>9} {row['seconds']:>11.3f} {peer:>9} {times}")
    for name, row in figures["lineage"].items():
        for way, told in row.items():
            rows = f"{told['rows']:>9}" if "rows" in told else " " * 9
            print(f"lineage, {name + ', ' + way:<38} {rows} {told['ms']:>9.2f} ms")


if __name__ == "__main__":
    main()
