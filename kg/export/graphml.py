"""GraphML in the shape that NetworkX writes and reads, an element at a time so that memory does not grow."""

from __future__ import annotations

from typing import Any, BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from kg.export.flat import flat_edges, flat_nodes
from kg.graph import KnowledgeGraph

__all__ = ["write"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double"}

Key = tuple[str, str, str]
"""An attribute's name, its type, and whether nodes or edges have it."""


def write(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write nodes and edges with all attributes, several values joined by ``SEPARATOR``."""
    keys = _keys(graph)
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _NAMESPACE}):
            for (name, type_, of), key in keys.items():
                xml.write("\n")
                xml.write(etree.Element("key", {"id": key, "for": of, "attr.name": name, "attr.type": type_}))
            xml.write("\n")
            with xml.element("graph", edgedefault="directed"):
                for node, attributes in flat_nodes(graph):
                    _write(xml, etree.Element("node", id=node), "node", attributes, keys)
                for source, target, name, attributes in flat_edges(graph):
                    edge = etree.Element("edge", source=source, target=target, id=name)
                    _write(xml, edge, "edge", attributes, keys)
                xml.write("\n")
            xml.write("\n")


def _keys(graph: KnowledgeGraph) -> dict[Key, str]:
    """The identifier of every attribute there is; all are declared before the first is used."""
    found: dict[Key, str] = {}
    for of, several in (
        ("node", (attributes for _, attributes in flat_nodes(graph))),
        ("edge", (attributes for *_, attributes in flat_edges(graph))),
    ):
        for attributes in several:
            for name, value in attributes.items():
                found.setdefault((name, _TYPES[type(value)], of), f"d{len(found)}")
    return found


def _write(xml: Any, element: Any, of: str, attributes: dict[str, Any], keys: dict[Key, str]) -> None:
    for name, value in attributes.items():
        data = etree.SubElement(element, "data", key=keys[name, _TYPES[type(value)], of])
        data.text = str(value)
    xml.write("\n")
    xml.write(element)
