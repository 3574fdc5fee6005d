"""The named queries in Oxigraph beside rdflib, by ``sparql/compare.py``; part of ``all.py``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from commands import run
from comparisons import Comparison, tell

__all__ = ["measure"]

SCRIPT = Path(__file__).parent / "sparql" / "compare.py"
PEER = "rdflib in memory"


def measure(triples: int, limit: float, repeat: int, folder: Path) -> list[Comparison]:
    """Loading a graph, and each named query, on a synthetic graph.

    Args:
        triples: about how many it has.
        limit: seconds that rdflib has for a query.
        repeat: runs of each query in Oxigraph; the median counts.
        folder: for the figures.
    """
    tell(f"query: the named queries on {triples:,} triples")
    file = folder / "queries.json"
    sizes = ("--triples", str(triples), "--limit", str(limit), "--repeat", str(repeat))
    run([sys.executable, SCRIPT, *sizes, "--json", file], show=True)
    figures = json.loads(file.read_text(encoding="utf-8"))
    loading = figures["loading"]
    quads = loading["quads"]
    what = f"graph.nq of {quads:,} statements into a store on disk"
    found = [Comparison("query", what, quads / loading["quads a second"], PEER, quads / loading["rdflib"])]
    for name, row in figures["queries"].items():
        if row["rdflib"] == "failed":
            tell(f"query: rdflib failed on {name}, so it is not compared")
            continue
        stopped = row["rdflib"] == "gave up"
        peer = limit if stopped else row["rdflib"]
        found.append(Comparison("query", name, row["seconds"], PEER, peer, at_least=stopped))
    return found
