"""Explaining shows every finding and marks the text without changing it, whatever the text holds."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from kg.extract.explain import explain, to_text, write_page
from kg.extract.explain.marks import Mark, pieces
from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result

ATTACKS = (
    "<script>window.ran = 1</script>",
    "</h2></style></script><script src='https://evil.example/x.js'></script>",
    "<img src=https://evil.example/p.png onerror=alert(1)>",
    "\" style='background:url(https://evil.example)' onclick=\"alert(1)",
    "<!-- {text} {0} {{ 7 * 7 }} {% raw %} &lt;b&gt;",
)
TITLE = "QuillNet: reading brain MRI"
FIRST = "We train QuillNet (QN) on HearthMRI."
SECOND = "It reaches 0.91 Dice, 0.91 F1 and 94. 5% recall."
DOCUMENT = Document("paper-1", TITLE, f"{FIRST} {SECOND}", source="list.txt:1")


def said(text: str, document: Document = DOCUMENT, after: int = 0) -> Evidence:
    """Where a text stands in a document."""
    start = document.text.index(text, after)
    return Evidence(start, start + len(text), text)


RECORD = PaperRecord(
    DOCUMENT,
    models=(
        Entity("QuillNet", "introduced", ("QN",), (said("QuillNet"), said("QuillNet", after=9), said("QN"))),
    ),
    datasets=(Entity("HearthMRI", "used", (), (said("HearthMRI"),), 0.756),),
    concepts=(
        Concept("modality", "MRI", (said("brain MRI"),), 0.9),
        Concept("task", "segmentation"),
    ),
    relations=(Claim("QuillNet", "trainedOn", "HearthMRI", said(FIRST), "wording", 0.8),),
    results=(
        Result("QuillNet", "Dice", "0.91", said(SECOND), "HearthMRI", None, False, "numbers", 0.7),
        Result("QuillNet", "F1", "0.91", said(SECOND)),
        Result(None, None, "94.5", said(SECOND), gain=True),
    ),
)


def page(tmp_path: Path, *records: PaperRecord) -> str:
    path = tmp_path / "page.html"
    write_page(records, path)
    return path.read_text(encoding="utf-8")


def shown_text(element: html.HtmlElement) -> str:
    """The text of a marked passage as a reader sees it, without the labels."""
    for label in element.xpath(".//b"):
        label.drop_tree()
    return " ".join(element.text_content().split())


def test_each_finding_tells_what_found_it_and_how_sure() -> None:
    told = [(f.kind, f.found, f.role, f.confidence, f.component) for f in explain(RECORD)]
    assert told == [
        ("model", "QuillNet (also QN)", "introduced", 1.0, "kg_names"),
        ("dataset", "HearthMRI", "used", 0.756, "kg_names"),
        ("modality", "MRI (as brain MRI)", "", 0.9, "kg_concepts"),
        ("task", "segmentation", "", 1.0, "kg_concepts"),
        ("relation", "QuillNet trainedOn HearthMRI", "", 0.8, "kg_relations: wording"),
        ("result", "QuillNet: Dice 0.91 on HearthMRI", "", 0.7, "kg_results: numbers"),
        ("result", "QuillNet: F1 0.91", "", 1.0, "kg_results"),
        ("result", "the unnamed method: an unnamed metric 94.5 (gain)", "", 1.0, "kg_results"),
    ]


def test_each_result_marks_its_own_number_as_it_is_written() -> None:
    places = [f.places for f in explain(RECORD) if f.kind == "result"]
    text = DOCUMENT.text
    assert [[text[a:b] for a, b in place] for place in places] == [["0.91"], ["0.91"], ["94. 5"]]
    assert len({*places}) == 3


def test_a_number_inside_another_is_not_marked_for_it() -> None:
    document = Document("p", "", "Of 0.910 and 10.91 and 0.91.5 none is meant, 0.91 is.")
    record = PaperRecord(document, results=(Result(None, "F1", "0.91", said(document.abstract, document)),))
    ((place,),) = [f.places for f in explain(record)]
    assert document.text[place[0] :] == "0.91 is."


def test_mentions_that_the_text_does_not_hold_are_not_marked() -> None:
    wrong = (Evidence(0, 3, "Pen"), Evidence(5000, 5003, "Pen"), Evidence(-3, -1, "ll"), Evidence(0, 0, ""))
    record = PaperRecord(DOCUMENT, models=(Entity("Pen", "used", (), wrong),))
    assert [f.places for f in explain(record)] == [()]
    assert "[" not in to_text(record).splitlines()[0]


def test_text_marks_names_where_they_stand_and_lists_the_findings() -> None:
    assert to_text(RECORD) == (
        "[MODEL QuillNet]: reading [MODALITY brain MRI]\n"
        "(paper-1, list.txt:1)\n"
        "\n"
        "We train [MODEL QuillNet] ([MODEL QN]) on [DATASET HearthMRI]. "
        "It reaches [RESULT 0.91] Dice, [RESULT 0.91] F1 and [RESULT 94. 5]% recall.\n"
        "\n"
        "kind      name                role        sure  found by\n"
        "model     QuillNet (also QN)  introduced  1.00  kg_names\n"
        "dataset   HearthMRI           used        0.76  kg_names\n"
        "modality  MRI (as brain MRI)              0.90  kg_concepts\n"
        "task      segmentation                    1.00  kg_concepts\n"
        "\n"
        "relation: QuillNet trainedOn HearthMRI (0.80, kg_relations: wording)\n"
        "    “We train QuillNet (QN) on HearthMRI.”\n"
        "result: QuillNet: Dice 0.91 on HearthMRI (0.70, kg_results: numbers)\n"
        "    “It reaches 0.91 Dice, 0.91 F1 and 94. 5% recall.”\n"
        "result: QuillNet: F1 0.91 (1.00, kg_results)\n"
        "    “It reaches 0.91 Dice, 0.91 F1 and 94. 5% recall.”\n"
        "result: the unnamed method: an unnamed metric 94.5 (gain) (1.00, kg_results)\n"
        "    “It reaches 0.91 Dice, 0.91 F1 and 94. 5% recall.”"
    )


def test_text_is_folded_to_the_width_of_a_terminal() -> None:
    assert all(len(line) <= 50 for line in to_text(RECORD, width=50).splitlines())


def test_a_paper_without_findings_says_so(tmp_path: Path) -> None:
    empty = PaperRecord(Document("p", "", ""))
    assert to_text(empty) == "(p)\n\nnothing was found in this paper"
    assert "Nothing was found in this paper." in page(tmp_path, empty)
    assert "No papers." in page(tmp_path)


def test_marks_that_nest_or_cross_are_closed_and_opened_again() -> None:
    document = Document("p", "", "one two three four")
    models = tuple(Entity(n, "used", (), (said(n, document),)) for n in ("one two three", "two"))
    datasets = (Entity("three four", "used", (), (said("three four", document),)),)
    lines = to_text(PaperRecord(document, models=models, datasets=datasets)).splitlines()
    assert lines[2] == "[MODEL one [MODEL two] [DATASET three]] [DATASET four]"


def test_pieces_hold_the_whole_text_and_each_lies_within_its_marks() -> None:
    chance = random.Random(3)
    for _ in range(200):
        ends = [sorted(chance.sample(range(30), 2)) for _ in range(chance.randrange(8))]
        marked = [Mark(a, b, chance.choice("xyz")) for a, b in ends]
        cut = pieces(5, 25, marked)
        assert [p.start for p in cut] == [5, *(p.end for p in cut[:-1])]
        assert cut[-1].end == 25
        for piece in cut:
            around = [
                (max(m.start, 5), min(m.end, 25), m.label) for m in marked if m.start <= piece.start < m.end
            ]
            assert sorted(around) == sorted((m.start, m.end, m.label) for m in piece.marks)


def test_the_page_shows_the_text_unchanged_with_labels_in_their_places(tmp_path: Path) -> None:
    document = html.fromstring(page(tmp_path, RECORD, replace(RECORD, document=replace(DOCUMENT, id="p2"))))
    first, second = document.xpath("//article")
    labels = first.xpath("./h2//span[@class='marked']/b/text()")
    assert labels == ["MODEL", "MODALITY"]
    assert shown_text(first.xpath("./h2")[0]) == TITLE
    assert shown_text(first.xpath("./div")[0]) == DOCUMENT.abstract
    assert len(first.xpath(".//tbody/tr")) == len(explain(RECORD))
    assert "trainedOn HearthMRI" in first.xpath(".//tbody")[0].text_content()
    assert "paper-1" in first.text_content()
    assert "p2" in second.text_content()


def test_overlapping_marks_leave_the_text_of_the_page_whole(tmp_path: Path) -> None:
    chance = random.Random(7)
    words = "Alpha (Beta) Gamma-Delta, Epsilon/Zeta; x<y & Eta 中文 “Theta” 0.91% Iota.".split(" ")
    text = " ".join(chance.choices(words, k=60))
    document = Document("p", "", text)
    for _ in range(20):
        cuts = [sorted(chance.sample(range(2, len(text) + 2), 2)) for _ in range(12)]
        mentions = [Evidence(a, b, document.text[a:b]) for a, b in cuts]
        models = tuple(Entity("m", "used", (), (mention,)) for mention in mentions[:6])
        concepts = tuple(Concept("task", "t", (mention,)) for mention in mentions[6:])
        document_page = html.fromstring(page(tmp_path, PaperRecord(document, models, concepts=concepts)))
        assert shown_text(document_page.xpath("//article/div")[0]) == text


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_of_a_paper_becomes_markup_of_the_page(attack: str, tmp_path: Path) -> None:
    document = Document(attack, attack, f"{attack} {attack}", source=attack)
    everywhere = (said(attack, document), said(attack, document, len(attack)))
    whole = said(document.abstract, document)
    hostile = PaperRecord(
        document,
        models=(Entity(attack, attack, (attack,), everywhere),),  # type: ignore[arg-type]
        concepts=(Concept("task", attack, everywhere),),
        relations=(Claim(attack, attack, attack, whole, attack),),
        results=(Result(attack, attack, "1", whole, attack, attack, method=attack),),
    )
    written = page(tmp_path, hostile)
    document_page = html.fromstring(written)
    plain = html.fromstring(page(tmp_path, RECORD))
    tags = {e.tag for e in document_page.iter() if isinstance(e.tag, str)}
    assert tags <= {e.tag for e in plain.iter() if isinstance(e.tag, str)}
    assert not tags & {"script", "img", "a", "link", "iframe"}
    allowed = {"class", "style", "dir", "lang", "charset", "name", "content", "http-equiv"}
    assert {name for e in document_page.iter() for name in e.attrib} <= allowed
    assert "evil" not in "".join(e.get("style", "") for e in document_page.iter())
    assert "evil" not in "".join(document_page.xpath("//style/text()"))
    assert not document_page.xpath("//comment()")
    assert shown_text(document_page.xpath("//article/h2")[0]) == attack


def test_a_page_may_load_and_run_nothing(tmp_path: Path) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page(tmp_path, RECORD))
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy
    assert "url(" not in page(tmp_path, RECORD)
    assert '<meta charset="utf-8">' in page(tmp_path, RECORD)


def test_what_has_no_place_in_html_is_replaced(tmp_path: Path) -> None:
    strange = Document("p", "A \x00 \x1b \ud800 title", "Text.")
    record = PaperRecord(strange, models=(Entity("\x00", "used", (), (said("\x1b", strange),)),))
    written = page(tmp_path, record)
    assert not {"\x00", "\x1b", "\ud800"} & set(written)
    assert "A \ufffd" in written


def test_the_same_records_give_the_same_bytes_and_a_failure_leaves_the_old_page(tmp_path: Path) -> None:
    before = page(tmp_path, RECORD, RECORD)
    assert page(tmp_path, RECORD, RECORD) == before

    def broken() -> object:
        yield RECORD
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_page(broken(), tmp_path / "page.html")  # type: ignore[arg-type]
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == before
