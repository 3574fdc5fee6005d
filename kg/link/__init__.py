"""From papers' records to one graph: one node for one thing, two for two things of one name.

The steps, one file each: names get comparison keys (:mod:`~kg.link.names`), the uses of one key are split
into senses (:mod:`~kg.link.senses`), senses of different names are joined where the evidence holds
(:mod:`~kg.link.identity`), what results is given readable keys (:mod:`~kg.link.iris`), and the papers'
statements become edges (:mod:`~kg.link.statements`). Until then they are put aside (:mod:`~kg.link.aside`).
"""

from __future__ import annotations

from kg.link.linking import link

__all__ = ["link"]
