"""Lineage: what a model or dataset depends on, what depends on it, and how two things are connected.

A dependency is an edge of one of :data:`kg.graph.DEPENDS_ON`; parallel edges are the papers behind it. Being
evaluated on a dataset is no dependency, and is told apart. :func:`lineage` and :func:`connect` take names;
:func:`trace`, :func:`upstream`, :func:`downstream` and :func:`paths` are plain functions on a NetworkX graph.
"""

from kg.lineage.answer import TRACED, Lineage, lineage
from kg.lineage.connection import Connection, NotConnected, connect
from kg.lineage.filters import LINKS, Filter, filter_of
from kg.lineage.links import Link, Support, links
from kg.lineage.paths import Hop, Path, paths
from kg.lineage.tracing import DEEPEST, Step, Trace, downstream, trace, upstream, walk

__all__ = [
    "DEEPEST",
    "LINKS",
    "TRACED",
    "Connection",
    "Filter",
    "Hop",
    "Lineage",
    "Link",
    "NotConnected",
    "Path",
    "Step",
    "Support",
    "Trace",
    "connect",
    "downstream",
    "filter_of",
    "lineage",
    "links",
    "paths",
    "trace",
    "upstream",
    "walk",
]
