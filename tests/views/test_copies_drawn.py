"""What a paper says of its own copy of a model is drawn as such, and carried on as kg lineage does."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browsing import go, text

from kg.graph import KnowledgeGraph
from kg.lineage import lineage
from kg.lineage.copies import COPIED
from kg.views.facts import numbers
from kg.views.layered import drawing
from kg.views.lineage_page import page
from kg.views.site import write_site
from kg.views.site.names import link_table

By = pytest.importorskip("selenium.webdriver.common.by").By


@pytest.fixture
def copied() -> KnowledgeGraph:
    """A paper trains a network that another presents, and builds on it; a third builds on the network."""
    graph = KnowledgeGraph()
    add, claim = graph.nx.add_node, graph.add_claim
    for name in ("one", "two", "three"):
        add(f"paper/{name}", kind="paper", label=f"Paper {name}")
    for name in ("base", "child", "other"):
        add(f"model/{name}", kind="model", label=name.title())
    add("dataset/own", kind="dataset", label="Own")
    claim("paper/one", "introduces", "model/base", "paper/one")
    claim("paper/two", "uses", "model/base", "paper/two")
    claim("paper/two", "introduces", "model/child", "paper/two")
    claim("paper/three", "introduces", "model/other", "paper/three")
    claim("model/base", "trainedOn", "dataset/own", "paper/two", confidence=0.4)
    claim("model/child", "basedOn", "model/base", "paper/two")
    claim("model/other", "basedOn", "model/base", "paper/three")
    return graph


def boxes(browser: Any) -> set[str]:
    """The things drawn, by the last part of their keys."""
    found = browser.find_elements(By.CSS_SELECTOR, "a.box")
    return {str(box.get_attribute("href")).rsplit("/", 1)[1] for box in found}


def test_links_of_copies_are_told_with_the_papers_they_may_be_carried_on_by(copied: KnowledgeGraph) -> None:
    number, links = numbers(copied), link_table(copied, numbers(copied))
    triple = [(row[0], links["predicates"][row[1]], row[2]) for row in links["rows"]]
    base, paper = number["model/base"], {name: number[f"paper/{name}"] for name in ("two", "three")}
    assert [triple[place] for place in links["copies"]] == [(base, "trainedOn", number["dataset/own"])]
    assert {triple[place]: papers for place, papers in links["stated"]} == {
        (base, "trainedOn", number["dataset/own"]): [paper["two"]],
        (number["model/child"], "basedOn", base): [paper["two"]],
        (number["model/other"], "basedOn", base): [paper["three"]],
    }


def test_the_drawing_of_kg_lineage_marks_a_copy_and_its_page_explains_the_mark(
    copied: KnowledgeGraph,
) -> None:
    svg = drawing(lineage(copied, "Child"))
    assert svg.count('class="arrow trainedOn unsure copy"') == svg.count(" copy") - 1 == 1
    assert f"Base trainedOn Own, 1 paper, confidence 0.40, {COPIED}</title>".replace("'", "&#39;") in svg
    assert ">used to train 0.40 (copy)</text>" in svg
    assert "Dashed: said of" in page(lineage(copied, "Child"))
    assert "Dashed: said of" not in page(lineage(copied, "Other"))


def test_the_pages_mark_a_copy_and_do_not_carry_it_on_to_what_others_made(
    copied: KnowledgeGraph, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    write_site(copied, tmp_path)
    browser = open_page(tmp_path / "lineage.html")
    go(browser, "dataset/own")
    assert boxes(browser) == {"own", "base", "child"}
    assert "1 link is not followed" in text(browser)
    (link,) = browser.find_elements(By.CSS_SELECTOR, "g.link.copy")
    assert (
        link.get_attribute("aria-label") == "Base trained on Own, 1 paper, confidence 0.40, a copy of that"
        " paper's own"
    )
    dashes = link.find_element(By.CSS_SELECTOR, ".stroke").get_attribute("stroke-dasharray")
    go(browser, "model/other")
    assert boxes(browser) == {"other", "base"}
    assert not browser.find_elements(By.CSS_SELECTOR, "g.link.copy")
    usual = browser.find_element(By.CSS_SELECTOR, "g.link .stroke").get_attribute("stroke-dasharray")
    assert dashes and usual is None
    go(browser, "model/base")
    assert boxes(browser) == {"own", "base", "child", "other"}
    assert f"said of {COPIED}" in text(browser, "figcaption")


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_the_pages_reach_what_kg_lineage_reaches(
    tmp_path: Path, open_page: Callable[..., Any], seed: int
) -> None:
    graph, chance = KnowledgeGraph(), random.Random(seed)
    models, papers = [f"model/m{i}" for i in range(8)], [f"paper/p{i}" for i in range(4)]
    things = [*models, "dataset/d0", "dataset/d1"]
    for key in (*papers, *things):
        graph.nx.add_node(key, kind=key.split("/")[0], label=key)
    for paper in papers:
        for model in chance.sample(models, 6):
            graph.add_claim(paper, chance.choice(("introduces", "uses", "mentions")), model, paper)
        for _ in range(4):
            subject, object_ = chance.choice(models), chance.choice(things)
            if subject != object_:
                predicate = "basedOn" if object_ in models else "trainedOn"
                graph.add_claim(subject, predicate, object_, paper)
    write_site(graph, tmp_path)
    browser = open_page(tmp_path / "lineage.html")
    followed_all = True
    for key in things:
        answer = lineage(graph, key)
        reached = {key} | {step.node for side, *_, step in answer if side != "evaluated"}
        followed_all &= not any(trace.copies for trace in answer.traces.values())
        go(browser, key)
        assert (boxes(browser) or {key.split("/")[1]}) == {node.split("/")[1] for node in reached}
    assert not followed_all
