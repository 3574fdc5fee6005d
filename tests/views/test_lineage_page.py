"""The page on one lineage: all of it is there, in layers, and no text in it is markup."""

import html
import re
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from kg.graph import KnowledgeGraph
from kg.lineage import lineage
from kg.views.cards import DRAWN, fit
from kg.views.layered import drawing
from kg.views.lineage_page import address, page

SVG = "{http://www.w3.org/2000/svg}"
ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</title></style><script>alert(1)</script>",
    "\" onmouseover='alert(1)' &quot;",
    "\u202egnp.exe\u0000\ud800",
    "Long" * 1250,
)


def cards(svg: str) -> dict[str, tuple[int, int]]:
    """The place of each card, by the name on it."""
    found = {}
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if "transform" not in group.keys():  # noqa: SIM118, an element is no dictionary
            continue
        (name,) = (text.text for text in group.iter(f"{SVG}text") if text.get("class") == "name")
        x, y = re.findall(r"-?\d+", group.get("transform", ""))
        found[name] = (int(x), int(y))
    return found


def curves(svg: str) -> list[str]:
    """Where each arrow runs."""
    return re.findall(r'<path class="arrow [^"]*" marker-end="[^"]*" d="([^"]*)"', svg)


class Elements(HTMLParser):
    """The elements of a page, and the addresses in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_what_came_first_stands_further_left(small_graph):
    place = cards(drawing(lineage(small_graph, "Alphanet")))
    assert place["Gamma"][0] < place["Alphanet"][0] < place["Epsilon"][0] < place["Betanet"][0]
    assert len(set(place.values())) == len(place) == 5


def test_cards_of_a_column_do_not_overlap_and_lie_in_the_picture():
    graph = wide(40)
    svg = drawing(lineage(graph, "D"))
    picture = ElementTree.fromstring(svg)
    rows = sorted(y for x, y in cards(svg).values() if x > 50)
    assert all(below - above >= 50 for above, below in pairwise(rows))
    assert rows[0] > 0
    assert rows[-1] < int(picture.get("height", "")) - 46


def test_beyond_a_number_the_nearest_are_drawn_and_the_rest_counted():
    svg = drawing(lineage(wide(DRAWN + 5), "D"))
    assert len(cards(svg)) == DRAWN
    assert "6 things further away are not drawn" in svg


def test_a_cycle_and_a_thing_that_depends_on_itself_are_drawn_as_such():
    graph = KnowledgeGraph()
    for name in "ab":
        graph.nx.add_node(f"model/{name}", kind="model", label=name)
    for subject, object_ in ("ab", "ba", "aa"):
        graph.add_claim(f"model/{subject}", "basedOn", f"model/{object_}", "paper/p")
    svg = drawing(lineage(graph, "a"))
    assert svg.count('<path class="arrow basedOn closes"') == 2
    assert svg.count(">↺ basis of</text>") == 2


def test_a_link_that_leads_back_runs_below_all_cards_on_its_way():
    graph = KnowledgeGraph()
    for name in ("a", "b", "c", "c2", "c3"):
        graph.nx.add_node(f"model/{name}", kind="model", label=name.upper())
    for subject, object_ in ("ab", "ba"):
        graph.add_claim(f"model/{subject}", "basedOn", f"model/{object_}", "paper/p")
    for name in ("c", "c2", "c3"):
        graph.add_claim("model/a", "basedOn", f"model/{name}", "paper/p")
    svg = drawing(lineage(graph, "A"))
    (back,) = (
        [float(n) for n in re.findall(r"-?[\d.]+", curve)]
        for curve, marks in zip(curves(svg), re.findall(r'class="arrow basedOn([^"]*)"', svg), strict=True)
        if "closes" in marks
    )
    assert back[0] > back[-2]
    lowest = max(y for x, y in cards(svg).values()) + 46
    deepest = 0.25 * min(back[1], back[-1]) + 0.75 * back[3]
    assert lowest < deepest < int(ElementTree.fromstring(svg).get("height", ""))


def test_arrows_run_with_time_and_say_so(small_graph):
    answer = lineage(small_graph, "Alphanet")
    (sure,) = (step.confidence for step in answer.downstream if step.label == "Betanet")
    svg = drawing(answer)
    ends = [[float(n) for n in re.findall(r"-?[\d.]+", curve)] for curve in curves(svg)]
    assert len(ends) == 4
    assert all(start[0] < start[-2] for start in ends)
    assert f"Betanet basedOn Alphanet, 1 paper, confidence {sure:.2f}</title>" in svg
    assert ">used to train ×2</text>" in svg
    assert ">basis of</text>" in svg


def test_what_was_evaluated_stands_in_a_group_below(small_graph):
    answer = lineage(small_graph, "Alphanet")
    svg = drawing(answer)
    place = cards(svg)
    below = {step.label for step in answer.evaluated}
    assert "it was evaluated on" in svg
    assert below
    lowest = max(y for name, (_, y) in place.items() if name not in below)
    assert all(place[name][1] > lowest + 46 for name in below)
    assert "evaluatedOn" not in svg
    assert "it was evaluated on" not in drawing(lineage(small_graph, "Alphanet", only=["basedOn"]))


def test_of_many_evaluations_some_are_drawn_and_the_rest_counted():
    graph = wide(0)
    for place in range(DRAWN + 5):
        graph.nx.add_node(f"model/e{place}", kind="model", label=f"E{place}")
        graph.add_claim(f"model/e{place}", "evaluatedOn", "dataset/d", "paper/p")
    svg = drawing(lineage(graph, "D"))
    assert len(cards(svg)) == DRAWN + 1
    assert "evaluated on it (5 more not drawn)" in svg
    picture = ElementTree.fromstring(svg)
    assert all(x + 200 <= int(picture.get("width", "")) for x, _ in cards(svg).values())
    assert all(y + 46 <= int(picture.get("height", "")) for _, y in cards(svg).values())


def test_a_link_of_low_confidence_is_drawn_as_unsure_and_gives_its_figure():
    graph = wide(2)
    graph.nx.edges["model/m0", "dataset/d", "trainedOn|paper/p"]["confidence"] = 0.49
    graph.nx.edges["model/m1", "dataset/d", "trainedOn|paper/p"]["confidence"] = 0.5
    svg = drawing(lineage(graph, "D"))
    assert svg.count('class="arrow trainedOn unsure"') == svg.count('class="arrow trainedOn"') == 1
    assert ">used to train 0.49</text>" in svg
    assert "M1 trainedOn D, 1 paper, confidence 0.50</title>" in svg


def test_the_heads_of_arrows_that_reach_one_card_stand_apart():
    graph = KnowledgeGraph()
    graph.nx.add_node("model/m", kind="model", label="M")
    for place in range(5):
        graph.nx.add_node(f"dataset/d{place}", kind="dataset", label=f"D{place}")
        graph.add_claim("model/m", "trainedOn", f"dataset/d{place}", "paper/p")
    svg = drawing(lineage(graph, "M"))
    heads = sorted(float(curve.split()[-1]) for curve in curves(svg))
    assert all(below - above >= 7 for above, below in pairwise(heads))
    middle = cards(svg)["M"][1] + 23
    assert middle - 23 < heads[0] < heads[-1] < middle + 23


def test_every_link_stands_on_the_page_with_its_sentences_and_papers(small_graph):
    text = page(lineage(small_graph, "Alphanet"))
    for said in ("trained on Gamma", "Betanet extends Alphanet.", "tested on Delta", "2 papers, 0.90"):
        assert said in text
    assert 'href="https://example.org/p1?a=1&amp;b=2"' in text
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert targets == {"target", *re.findall(r'<li id="([^"]+)"', text)}


def test_what_was_asked_for_and_left_out_is_said(small_graph):
    text = page(lineage(small_graph, "Alphanet", min_confidence=0.85, only=["trainedOn"], since=2024))
    assert "asked for: only trainedOn; confidence 0.85 or more; papers since 2024" in text
    assert "links that no paper states as asked" in page(lineage(small_graph, "Gamma", min_confidence=0.99))


def test_names_and_sentences_are_text_whatever_they_hold(small_graph):
    plain = Elements(page(lineage(small_graph, "model/alphanet")))
    for attack in ATTACKS:
        for _, known in small_graph.nx.nodes(data=True):
            known.update(
                label=attack, aliases=(attack,), title=attack, issued=attack, url=f"javascript:{attack}"
            )
        for *_, claim in small_graph.nx.edges(data=True):
            claim["exact"] = attack
        text = page(lineage(small_graph, "model/alphanet", modality="modality/x-ray"))
        found = Elements(text)
        assert found.names <= plain.names
        assert found.attributes <= plain.attributes
        assert "script" not in found.names
        assert "javascript:" not in text
        assert not {"\x00", "\ud800"} & set(text)
        text.encode()


def test_a_very_deep_lineage_can_be_shown():
    graph = KnowledgeGraph()
    for number in range(150):
        graph.nx.add_node(f"model/m{number}", kind="model", label=f"M{number}")
    for number in range(149):
        graph.add_claim(f"model/m{number}", "basedOn", f"model/m{number + 1}", "paper/p")
    assert "M100" in page(lineage(graph, "M0"))


def test_in_a_notebook_the_page_is_framed_and_runs_nothing(small_graph):
    small_graph.nx.nodes["model/betanet"]["label"] = '"></iframe><script>alert(1)</script>'
    answer = lineage(small_graph, "Alphanet")
    (shown,) = re.findall(r'srcdoc="([^"]*)"', answer._repr_html_())
    assert html.unescape(shown) == page(answer)
    assert Elements(answer._repr_html_()).names == {"iframe"}
    assert "default-src 'none'; style-src 'unsafe-inline'; " in page(answer)


@pytest.mark.parametrize(
    ("paper", "found"),
    [
        ({"url": "https://example.org/a", "doi": "10.1/x"}, "https://example.org/a"),
        ({"url": "javascript:alert(1)", "doi": "10.1/a b<c>"}, "https://doi.org/10.1/a%20b%3Cc%3E"),
        ({"url": "http://[", "arxiv_id": "2403.00001"}, "https://arxiv.org/abs/2403.00001"),
        ({"url": "data:text/html,x"}, ""),
        ({}, ""),
    ],
)
def test_an_address_leads_to_the_web_or_nowhere(paper, found):
    assert address(paper) == found


def test_a_name_is_cut_to_the_room_a_card_has():
    assert fit("Short") == "Short"
    assert len(fit("x" * 5000)) == 21
    assert len(fit("模" * 50)) < len(fit("x" * 50))
    assert "\u202e" not in fit("a\u202eb")


def wide(number: int) -> KnowledgeGraph:
    """So many models trained on one dataset."""
    graph = KnowledgeGraph()
    graph.nx.add_node("dataset/d", kind="dataset", label="D")
    for place in range(number):
        graph.nx.add_node(f"model/m{place}", kind="model", label=f"M{place}")
        graph.add_claim(f"model/m{place}", "trainedOn", "dataset/d", "paper/p")
    return graph
