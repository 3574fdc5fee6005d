"""Cytoscape JSON, which Cytoscape opens (``.cyjs``) and Cytoscape.js takes as ``elements``."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from kg.export.flat import edge_id
from kg.graph import KnowledgeGraph

__all__ = ["write"]

_RENAMED = {"source": "source_file"}
"""Cytoscape takes ``source`` for the node that an edge comes from."""


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write all attributes as they are; several values stay a list.

    NetworkX's own ``cytoscape_data`` is not used: it overwrites the attribute ``value``.
    """
    nodes = [
        _element(_RENAMED, attributes, id=key, name=attributes.get("label", key))
        for key, attributes in graph.nodes()
    ]
    edges = [
        _element(
            {},
            attributes,
            id=edge_id(subject, object_, attributes),
            source=subject,
            target=object_,
            interaction=attributes["predicate"],
        )
        for subject, object_, attributes in graph.edges()
    ]
    page = {
        "data": {"name": "biomed-kg", "base": graph.base},
        "elements": {"nodes": nodes, "edges": edges},
        "format_version": "1.0",
        "target_cytoscapejs_version": "~3",
    }
    stream.write(json.dumps(page, indent=1, sort_keys=True).encode())


def _element(renamed: dict[str, str], attributes: dict[str, Any], **names: str) -> dict[str, Any]:
    return {"data": {**{renamed.get(name, name): value for name, value in attributes.items()}, **names}}
