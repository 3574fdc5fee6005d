"""The graph that linking makes: its nodes, its edges, and that it stays the same."""

import random
import re

import pytest
from papers import dataset, model, paper

from kg.graph import KnowledgeGraph
from kg.link import link
from kg.link.statements import number
from kg.records import Concept, Document, Entity, Evidence, PaperRecord, Result

NASTY = '"><img src=x onerror=alert(1)>\u202e\x00</script>'


def edges(graph: KnowledgeGraph, predicate: str):
    return [(subject, object_) for subject, object_, _ in graph.edges(predicate)]


def full_record(**changes) -> PaperRecord:
    fields = {
        "modalities": ["CT"],
        "metrics": ["Dice"],
        "tasks": ["segmentation"],
        "claims": [
            ("Alfa", "trainedOn", "Dodo set"),
            ("Alfa", "basedOn", "Bravo"),
            ("Bravo", "usedToBuild", "Dodo"),
        ],
        "results": [Result("Alfa", "Dice", "0.88", Evidence(2, 8, "Dice 0.88"), "Dodo", "fold 1")],
    }
    return paper(
        "p.1", [model("Alfa", "introduced"), model("Bravo")], [dataset("Dodo")], **{**fields, **changes}
    )


def test_roles_become_predicates_with_the_first_mention_as_evidence():
    roles = ["introduced", "used", "compared", "mentioned"]
    mentions = (Evidence(9, 11, "later"), Evidence(3, 6, "first"))
    entities = [Entity(f"N{i}x", role, (), mentions, 0.7) for i, role in enumerate(roles)]
    graph = link([paper("p", entities)])
    made = {a["predicate"]: a for *_, a in graph.edges()}
    assert set(made) == {"introduces", "uses", "comparesWith", "mentions"}
    assert {"exact": "first", "start": 3, "end": 6, "confidence": 0.7, "paper": "paper/p"}.items() <= made[
        "uses"
    ].items()


@pytest.mark.parametrize(
    ("name", "sentence"), [("Alfa", "Alfa reads films"), ("Bravo", "It extends Bravo (cf. Fig. 2).")]
)
def test_a_mention_s_evidence_is_the_sentence_around_it_with_its_place(name, sentence):
    abstract = "Films are old. It extends Bravo (cf. Fig. 2). CT is newer."
    document = Document("p", "Alfa reads films", abstract)
    places = {word: document.text.index(word) for word in ("Alfa", "Bravo", "CT")}
    mentions = {word: (Evidence(at, at + len(word), word),) for word, at in places.items()}
    record = PaperRecord(
        document,
        (Entity("Alfa", "introduced", (), mentions["Alfa"]), Entity("Bravo", "used", (), mentions["Bravo"])),
        concepts=(Concept("modality", "CT", mentions["CT"]),),
    )
    graph = link([record])
    found = next(iter(graph.nx["paper/p"][f"model/{name.lower()}"].values()))
    assert found["exact"] == sentence == document.text[found["start"] : found["end"]]
    for subject in ("paper/p", "model/alfa"):
        said = graph.nx.edges[subject, "modality/ct", "hasModality|paper/p"]
        assert said["exact"] == "CT is newer." == document.text[said["start"] : said["end"]]


def test_claims_run_between_nodes_and_used_to_build_is_turned_round():
    graph = link([full_record(claims=[("Alfa", "basedOn", "Bravo"), ("Bravo", "usedToBuild", "Dodo")])])
    assert edges(graph, "basedOn") == [("model/alfa", "model/bravo")]
    assert edges(graph, "builtWith") == [("dataset/dodo", "model/bravo")]
    ((_, _, attributes),) = graph.edges("builtWith")
    assert attributes["exact"] == "Bravo usedToBuild Dodo" and attributes["method"] == "rule"


def test_claims_may_use_an_alias_and_a_name_is_resolved_in_its_own_paper():
    alfa = model("Alfa", "introduced", "AlfaNetwork")
    record = paper("p", [alfa], [dataset("Dodo")], claims=[("AlfaNetwork", "trainedOn", "Dodo")])
    assert edges(link([record]), "trainedOn") == [("model/alfa", "dataset/dodo")]


@pytest.mark.parametrize(
    "claim",
    [
        ("Alfa", "trainedOn", "Bravo"),
        ("Alfa", "trainedOn", "Nobody"),
        ("Alfa", "basedOn", "ALFA"),
        ("Alfa", "likes", "Dodo"),
    ],
)
def test_claims_of_unknown_names_wrong_kinds_or_of_oneself_are_left_out(claim):
    graph = link([full_record(claims=[claim])])
    assert not {a["predicate"] for *_, a in graph.edges()} & {"trainedOn", "basedOn", "likes"}


def test_only_what_a_paper_introduces_has_its_modality_and_task():
    graph = link([full_record()])
    assert edges(graph, "hasModality") == [("model/alfa", "modality/ct"), ("paper/p-1", "modality/ct")]
    assert edges(graph, "hasTask") == [
        ("model/alfa", "task/segmentation"),
        ("paper/p-1", "task/segmentation"),
    ]
    assert edges(graph, "reportsMetric") == [("paper/p-1", "metric/dice")]


def test_a_result_is_a_node_joined_to_what_it_measures():
    graph = link([full_record()])
    assert graph.nx.nodes["result/p-1-1"] == {
        "kind": "result", "label": "Dice 0.88", "text": "0.88", "value": 0.88, "gain": False,
        "condition": "fold 1", "exact": "Dice 0.88", "start": 2, "end": 8, "confidence": 1.0,
    }  # fmt: skip
    ends = {a["predicate"]: target for _, target, a in graph.nx.out_edges("result/p-1-1", data=True)}
    assert ends == {
        "evaluates": "model/alfa",
        "onDataset": "dataset/dodo",
        "inMetric": "metric/dice",
        "reportedIn": "paper/p-1",
    }


def test_a_result_of_an_unnamed_model_evaluates_none():
    graph = link([full_record(results=[Result(None, None, "12 to 14", Evidence(0, 0, ""), gain=True)])])
    assert edges(graph, "evaluates") == [] and edges(graph, "reportedIn") == [("result/p-1-1", "paper/p-1")]
    assert graph.nx.nodes["result/p-1-1"].keys() == {"kind", "label", "text", "gain", "confidence"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.88", 0.88), ("92", 92.0), ("1,024", 1024.0), ("+4.1", 4.1), ("−3", -3.0), (".5", 0.5),
        ("92 %", 92.0), ("1e-3", 0.001), ("0.875 to 0.966", None), ("", None), ("nan", None),
        ("inf", None), ("1,02", None),
        ("3.", None), ("9" * 400, None), ("twelve", None),
    ],
)  # fmt: skip
def test_a_value_is_a_number_only_when_the_text_is_one(text, value):
    assert number(text) == value


def test_metadata_that_is_not_known_is_left_out():
    graph = link([PaperRecord(Document("x", "", "One two three."))])
    assert graph.nx.nodes["paper/x"] == {
        "kind": "paper",
        "label": "One two three.",
        "abstract": "One two three.",
    }


def test_concepts_have_the_vocabulary_s_label_and_hierarchy():
    zorps = ["Zorp score", "zorp-score"]
    graph = link([paper("a", modalities=["cone-beam CT"], metrics=zorps), paper("b", metrics=zorps[:1])])
    assert graph.nx.nodes["modality/cbct"]["label"] == "CBCT"
    assert ("modality/cbct", "modality/ct") in edges(graph, "broader")
    assert graph.nx.nodes["metric/zorp-score"] == {"kind": "metric", "label": "Zorp score"}


def test_a_metric_tells_which_direction_is_better_and_in_what_range():
    graph = link([paper("a", metrics=["Dice", "Hausdorff distance"])])
    dice, hausdorff = graph.nx.nodes["metric/dice"], graph.nx.nodes["metric/hausdorff-distance"]
    assert (dice["better_when"], dice["unit"]) == ("higher", "fraction")
    assert (dice["minimum"], dice["maximum"]) == (0, 1)
    assert (hausdorff["better_when"], hausdorff["minimum"]) == ("lower", 0)
    assert "maximum" not in hausdorff


def test_the_order_of_papers_makes_no_difference():
    rng = random.Random(7)
    names = ["FooNet", "Foo-Net", "ROSE", "Rose", "FRB", "Fundus Reading Builder", "XyzPack"]
    aliases = [(), ("Fundus Reading Builder",), ("Fast Robust Bayes",), ("XyzPack",), ("FRB",)]
    records = [
        paper(
            f"p{i}",
            [
                model(rng.choice(names), rng.choice(["introduced", "used"]), *rng.choice(aliases))
                for _ in range(3)
            ],
            modalities=[rng.choice(["CT", "MRI", "EEG"])],
            tasks=[rng.choice(["segmentation", "detection", "triage"])],
            issued=rng.choice([None, "2020", "2021-05"]),
        )
        for i in range(60)
    ]
    first = link(records)
    for _ in range(5):
        rng.shuffle(records)
        again = link(records)
        assert again == first
        assert list(again.nx.nodes) == list(first.nx.nodes) and list(again.nx.edges) == list(first.nx.edges)


def test_two_papers_of_one_id_are_an_error_that_says_which():
    with pytest.raises(ValueError, match="'same'"):
        link([paper("same"), paper("same")])


def test_ids_that_slug_alike_stay_two_papers():
    assert {key for key, _ in link([paper("a.b"), paper("a-b")]).nodes("paper")} == {
        "paper/a-b",
        "paper/a-b-2",
    }


def test_hostile_names_make_safe_keys_and_lose_nothing_else():
    long = "A1" * 2500
    record = paper(
        NASTY, [model(NASTY, "introduced", NASTY + "B"), model(long)], [dataset("")], metrics=[NASTY, ""]
    )
    graph = link([record, paper("ok", [model("Alfa")])])
    assert all(re.fullmatch(r"[a-z]+/[a-z0-9-]{1,90}", key) for key in graph.nx)
    assert graph.counts()["model"] == 3 and graph.counts()["dataset"] == 0


def test_many_papers_with_one_bad_alias_stay_apart():
    records = [paper(f"p{i}", [model(f"Net{i}x", "introduced", "our model", "XyzPack")]) for i in range(2000)]
    assert link(records).counts()["model"] == 2000


def test_no_records_make_an_empty_graph():
    assert link([], base="https://example.org/") == KnowledgeGraph(base="https://example.org/")
