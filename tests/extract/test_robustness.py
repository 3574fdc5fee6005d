"""Texts of every kind come through extraction without an exception and without invented names."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from kg.extract import extract
from kg.records import Document, Evidence, PaperRecord

SENTENCES = (
    "We propose QuillNet, a segmentation network built on U-Net, and train it on the HearthMRI dataset.",
    "QuillNet reaches a Dice score of 0.912 on HearthMRI, outperforming nnU-Net by 1.2%.",
    "Tumours are hard to outline, and readers disagree about their borders.",
    "It was evaluated on 1,204 chest X-rays from two hospitals.",
)
PAPER = " ".join(SENTENCES)

PROSE = {
    "english": "Early treatment helps patients, yet many are seen too late. We asked readers at two "
    "hospitals to look at the same images twice and found that they often disagreed with themselves.",
    "german": "Viele Patienten werden erst spät behandelt. In dieser Arbeit untersuchen wir, wie Ärzte "
    "an zwei Krankenhäusern Röntgenbilder der Lunge beurteilen und wie oft sie sich widersprechen.",
    "french": "Beaucoup de malades sont traités trop tard. Nous étudions comment les médecins de deux "
    "hôpitaux lisent les radiographies du thorax et combien de fois ils se contredisent.",
    "spanish": "Muchos pacientes reciben tratamiento demasiado tarde. Estudiamos cómo leen los médicos las "
    "radiografías de tórax en dos hospitales y cuántas veces se contradicen.",
    "turkish": "Birçok hasta geç tedavi ediliyor. İki hastanedeki hekimlerin akciğer filmlerini nasıl "
    "okuduğunu ve ne sıklıkta kendileriyle çeliştiğini inceledik.",
    "russian": "Многих больных лечат слишком поздно. Мы изучили, как врачи двух больниц читают снимки "
    "грудной клетки и как часто они противоречат сами себе.",
    "greek": "Πολλοί ασθενείς αντιμετωπίζονται αργά. Μελετήσαμε πώς διαβάζουν οι γιατροί τις "
    "ακτινογραφίες θώρακος σε δύο νοσοκομεία.",
    "chinese": "许多病人很晚才得到治疗。我们研究了两家医院的医生如何阅读胸部影像，"
    "以及他们的判断多久会前后不一致。",
    "japanese": "多くの患者は治療が遅れる。"
    "本研究では、二つの病院の医師が胸部の画像をどのように読むかを調べた。",
    "korean": "많은 환자가 늦게 치료를 받는다. "
    "우리는 두 병원의 의사들이 흉부 영상을 어떻게 읽는지 조사하였다.",
    "arabic": "يعالج كثير من المرضى في وقت متأخر. "
    "درسنا كيف يقرأ الأطباء في مستشفيين صور الصدر وكم مرة يختلفون.",
    "hebrew": "חולים רבים מטופלים מאוחר מדי. בדקנו כיצד רופאים בשני בתי חולים קוראים צילומי חזה.",
    "hindi": "कई मरीज़ों का इलाज देर से होता है। हमने देखा कि दो अस्पतालों के डॉक्टर छाती के चित्र कैसे पढ़ते हैं।",
    "thai": "ผู้ป่วยจำนวนมากได้รับการรักษาช้าเกินไป เราศึกษาว่าแพทย์ในสองโรงพยาบาลอ่านภาพทรวงอกอย่างไร",
}
"""What names no model and no dataset."""

CAPITALS = (
    "EARLY TREATMENT HELPS PATIENTS, YET MANY ARE SEEN TOO LATE. WE ASKED READERS AT TWO HOSPITALS TO LOOK "
    "AT THE SAME IMAGES TWICE AND FOUND THAT THEY OFTEN DISAGREED WITH THEMSELVES.",
    "THE CAUSES OF HEART FAILURE ARE MANY. THIS STUDY FOLLOWED OLDER ADULTS FOR TWO YEARS AND RECORDED THEIR "
    "WEIGHT, THEIR BLOOD PRESSURE AND WHAT THEY ATE. NO DIFFERENCE WAS SEEN BETWEEN THE TWO GROUPS.",
)

MARKUP = {
    "html": "<html><p class='abstract' id=\"a1\">{}</p><script>alert('x' && y < z)</script>&nbsp;&lt;/p&gt;",
    "html-around-words": "<b>Abstract</b><br/>{}<img src=x onerror=alert(1)><!-- note --></div></div>",
    "latex": r"\begin{{abstract}} {} \textbf{{Note}} $\alpha_{{i}} \leq 2$ \cite{{a,b}} \end{{abstract}}",
    "unclosed-latex": r"\textit{{\textbf{{\emph{{ {} $ $$ \ \\ \{{ \% }}",
    "json": '{{"title": null, "abstract": "{}", "tags": ["a", {{"b": 1.5e-3}}], "ok": true}}',
    "markdown": "# Abstract\n\n* {}\n\n```python\nx = [i for i in range(3)]\n```\n| a | b |\n|---|---|\n",
    "control-characters": "\x00\x01\x07\x1b[31m{}\x1b[0m\x7f\x85\u2028\u2029\x0b\x0c",
    "right-to-left": "\u202e\u2067{}\u2069\u202c\u200f",
    "emoji": "🧠👩🏽‍⚕️🏳️‍🌈 {} 🫁🩻 ①②③ ½ ﬁ",
    "invisible": "\u200b\ufeff\u00ad{}\u2060\u200d\u034f",
    "marks": "e\u0301\u0327\u0323 {} Z\u0351\u036b\u0343\u036a",
    "lines": "\r\n\t \u00a0\u3000\n{}\r\r\n\n\n \t",
    "punctuation": "((((([[[[{{{{<<<< {} >>>>}}}}]]]]))))) ;;;;;; ...... ------ ////// \\\\\\\\ ''''\"\"\"\"",
    "addresses": "see https://example.org/a?b=c&d=%20#e, {} or mailto:a.b@example.org and 10.1000/x(y)<z>",
}


def read(title: str, abstract: str) -> PaperRecord:
    (record,) = extract([Document("p", title, abstract)])
    return record


def names(record: PaperRecord) -> set[str]:
    return {entity.name for entity in (*record.models, *record.datasets)}


def evidence(record: PaperRecord) -> Iterator[Evidence]:
    for found in (*record.models, *record.datasets, *record.concepts):
        yield from found.mentions
    for said in (*record.relations, *record.results):
        yield said.evidence


def assert_sound(record: PaperRecord) -> None:
    """Every place leads to exactly the words that are given, and the record can be written."""
    text = record.document.text
    for place in evidence(record):
        assert 0 <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == place.text
    assert PaperRecord.from_json(json.loads(json.dumps(record.to_json()))) == record


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "\x00", ".", "a", "tumour", "TUMOUR", "肺", "…", "0.91", "%"]
)
def test_hardly_any_text_gives_nothing(text: str) -> None:
    for record in (read("", text), read(text, ""), read(text, text)):
        assert_sound(record)
        assert not names(record)
        assert not record.results and not record.relations


@pytest.mark.parametrize("language", PROSE)
def test_prose_without_names_gives_none_in_any_language(language: str) -> None:
    record = read("", PROSE[language])
    assert_sound(record)
    assert not names(record)


@pytest.mark.parametrize("text", CAPITALS)
def test_prose_in_capitals_gives_no_names(text: str) -> None:
    record = read("", text)
    assert_sound(record)
    assert not names(record)


def test_a_title_in_capitals_gives_no_names() -> None:
    record = read("LATE TREATMENT OF OLDER ADULTS: A STUDY OF TWO HOSPITALS", PROSE["english"])
    assert_sound(record)
    assert not names(record)


def test_a_paper_in_capitals_comes_through() -> None:
    assert_sound(read("QUILLNET: SEGMENTING TUMOURS", PAPER.upper()))


def test_a_text_of_a_hundred_thousand_words_comes_through() -> None:
    dealt = random.Random(0)
    words = f"{PAPER} {PROSE['english']}".split()
    record = read("QuillNet", PAPER + " " + " ".join(dealt.choices(words, k=100_000)))
    assert_sound(record)
    assert "QuillNet" in names(record)


REPEATED = ["a", "A-", "(", "(a) ", "A (B) ", '"', "1,000 ", "0.9% ", "; ", "QuillNet ", "\\textit{"]


@pytest.mark.parametrize("part", REPEATED)
def test_one_thing_over_and_over_comes_through(part: str) -> None:
    assert_sound(read("", part * (2_000 // len(part))))


@pytest.mark.parametrize("kind", MARKUP)
def test_markup_around_a_paper_breaks_no_place_and_enters_no_name(kind: str) -> None:
    record = read(MARKUP[kind].format("QuillNet"), MARKUP[kind].format(PAPER))
    assert_sound(record)
    assert {"QuillNet", "HearthMRI"} <= names(record)
    assert not any(set(name) & set('<>{}\\"\x00\x1b\u202e\u2067\u200b\n\r\t') for name in names(record))


@pytest.mark.parametrize("kind", MARKUP)
def test_markup_around_prose_makes_no_names(kind: str) -> None:
    record = read("", MARKUP[kind].format(PROSE["english"]))
    assert_sound(record)
    assert not names(record)


@pytest.mark.parametrize("kind", ["html", "emoji", "control-characters", "right-to-left", "invisible"])
def test_markup_within_sentences_breaks_no_place(kind: str) -> None:
    pieces = [MARKUP[kind].format(word) if i % 7 == 3 else word for i, word in enumerate(PAPER.split())]
    assert_sound(read("", " ".join(pieces)))


def test_half_a_surrogate_pair_comes_through() -> None:
    """JSON may hold one, which no encoding of text can write."""
    (record,) = extract([Document("p", "", f"\ud83e {PAPER} \udc00")])
    assert "QuillNet" in names(record)


def test_any_mixture_of_characters_comes_through() -> None:
    dealt = random.Random(1)
    alphabet = "aZ09-_.,:;()[]{}<>\\/$%&#@'\"`~^*+=|!? \n\t\x00\u00a0\u00ad\u200b\u202eéßΩжあ中한ا🧠\u0301"
    parts = [*"We propose train on dataset of outperforms achieves accuracy 91.2 % U-Net".split(), *SENTENCES]
    for _ in range(60):
        pieces = [
            dealt.choice(parts)
            if dealt.random() < 0.5
            else "".join(dealt.choices(alphabet, k=dealt.randint(1, 9)))
            for _ in range(dealt.randint(1, 40))
        ]
        joined = dealt.choice(["", " "]).join(pieces)
        assert_sound(read(joined[:40], joined))


def test_one_odd_paper_leaves_those_beside_it_as_they_are() -> None:
    plain = Document("p", "QuillNet", PAPER)
    odd = [Document(f"o{i}", "", text.format(PAPER)) for i, text in enumerate(MARKUP.values())]
    records = list(extract([plain, *odd, plain]))
    assert len(records) == len(odd) + 2
    assert records[0] == records[-1]
