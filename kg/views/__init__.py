"""The graph as pages that open from a file, without a server and without the network."""

from kg.views.graph_page import write_graph_page

__all__ = ["write_graph_page"]
