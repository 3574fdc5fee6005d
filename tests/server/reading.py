"""A graph for the pages to show, with texts that attack them, and how the tests read a page."""

from __future__ import annotations

from urllib.parse import unquote

import httpx
from lxml import html

from kg.graph import KnowledgeGraph

__all__ = ["ATTACKS", "BASE", "HOSTILE", "PAPERS", "editor_query", "graph_of_pages", "page", "text"]

BASE = "https://w3id.org/biomed-kg/id/"
PAPERS = 25
"""How many papers are on X-ray: more than a page lists."""
HOSTILE = 'model/<b>"x" %2F\'é 50%.ttl'
"""A key with all that an address, a page or a query could trip over."""
ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "\"' onmouseover=alert(1) x=",
    "{{ 7 * 7 }} {% raw %} ${1} &lt;b&gt; \x00\x1b\u202e",
)


def graph_of_pages() -> KnowledgeGraph:
    """Alphanet, trained on Gamma and the basis of Betanet; many papers on X-ray; hostile names and links."""
    graph = KnowledgeGraph()
    add, claim = graph.nx.add_node, graph.add_claim
    add("modality/x-ray", kind="modality", label="X-ray", aliases=("radiograph",))
    add("metric/dice", kind="metric", label="Dice", aliases=())
    for n in range(PAPERS):
        add(
            f"paper/p{n}",
            kind="paper",
            label=f"Paper {n}",
            title=f"Paper {n}",
            authors=("Ada Moore", "Li Wen"),
        )
        claim(
            f"paper/p{n}",
            "hasModality",
            "modality/x-ray",
            f"paper/p{n}",
            exact=f"X-rays, {n}.",
            confidence=0.9,
        )
    add("modality/chest-x-ray", kind="modality", label="Chest X-ray")
    graph.nx.add_edge("modality/chest-x-ray", "modality/x-ray", predicate="broader")
    claim("paper/p6", "mentions", "metric/dice", "paper/p6", exact="It gains 10\\% in $\\alpha$.")
    add("model/alphanet", kind="model", label="Alphanet", aliases=("Alpha Network",))
    add("model/betanet", kind="model", label="Betanet")
    add("dataset/gamma", kind="dataset", label="Gamma")
    add("dataset/gamma.ttl", kind="dataset", label="Gamma with a suffix")
    for n, confidence in ((1, 0.5), (2, 0.75)):
        trained = f"Alphanet was trained on Gamma, says {n}."
        claim(
            "model/alphanet",
            "trainedOn",
            "dataset/gamma",
            f"paper/p{n}",
            exact=trained,
            confidence=confidence,
        )
    claim("model/betanet", "basedOn", "model/alphanet", "paper/p3", exact="Betanet extends Alphanet.")
    claim("paper/p3", "uses", "dataset/gamma", "paper/p3", exact="We use Gamma.")
    claim("paper/p4", "mentions", "dataset/gamma", "paper/p4", exact="There is Gamma.")
    add(
        "result/r1",
        kind="result",
        label="0.91",
        text="0.91",
        value=0.91,
        condition="five folds",
        exact="It is 0.91.",
    )
    ends = {"evaluates": "model/alphanet", "onDataset": "dataset/gamma", "inMetric": "metric/dice"}
    for predicate, target in {**ends, "reportedIn": "paper/p1"}.items():
        claim("result/r1", predicate, target, "paper/p1")
    add("http://example.org/model/gammanet", kind="model", label="Gammanet")
    claim("http://example.org/model/gammanet", "trainedOn", "dataset/gamma", "paper/p5", exact="Elsewhere.")
    add(HOSTILE, kind="model", label=ATTACKS[0], aliases=ATTACKS)
    add("model/a/../b", kind="model", label="Dotted")
    claim("paper/bad", "introduces", "model/a/../b", "paper/bad", exact="It has dots.")
    add("model/namesake-1", kind="model", label="Twin")
    add("model/namesake-2", kind="model", label="twin")
    links = (
        "JAVA\tSCRIPT:alert(1)",
        "data:text/html,<script>1</script>",
        "https://example.org/code",
        "javascript:alert(1)",
    )
    add(
        "paper/bad",
        kind="paper",
        label=ATTACKS[1],
        title=ATTACKS[1],
        abstract=ATTACKS[2],
        links=links,
        doi=ATTACKS[2],
    )
    claim("paper/bad", "introduces", HOSTILE, "paper/bad", exact=" ".join(ATTACKS), confidence=0.5)
    return graph


def page(answer: httpx.Response) -> html.HtmlElement:
    """The tree of a page as a browser reads it."""
    return html.fromstring(answer.text)


def text(tree: html.HtmlElement) -> str:
    """What a page says, with single blanks."""
    return " ".join(tree.text_content().split())


def editor_query(address: str) -> str:
    """The query that a link puts into the editor."""
    return unquote(address.partition("#query=")[2].partition("&")[0])
