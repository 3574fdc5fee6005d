"""The page's data say what the graph says."""

from kg.graph import KnowledgeGraph
from kg.views.facts import facts


def test_claims_carry_sentence_method_confidence_and_paper(graph: KnowledgeGraph) -> None:
    told = facts(graph)
    keys = [thing["key"] for thing in told["things"]]
    rows = [dict(zip(told["claim_columns"], row, strict=True)) for row in told["claims"]]
    (trained,) = [row for row in rows if row["predicate"] == "trainedOn"]
    assert keys[trained["subject"]] == "model/lungnet"
    assert keys[trained["object"]] == "dataset/chest-9"
    assert keys[trained["paper"]] == "paper/one"
    assert told["sentences"][trained["sentence"]].startswith("The Lung Network was trained")
    assert (trained["method"], trained["confidence"]) == ("cue:trained", 0.75)


def test_a_sentence_behind_several_claims_is_stored_once(graph: KnowledgeGraph) -> None:
    sentences = facts(graph)["sentences"]
    assert len(sentences) == len(set(sentences)) == 4


def test_results_are_rows_under_their_model_and_no_things(graph: KnowledgeGraph) -> None:
    told = facts(graph)
    keys = [thing["key"] for thing in told["things"]]
    (row,) = [dict(zip(told["result_columns"], row, strict=True)) for row in told["results"]]
    assert (keys[row["model"]], keys[row["metric"]], row["dataset"], row["text"]) == (
        "model/lungnet",
        "metric/dice",
        None,
        "0.91",
    )
    assert not any(key.startswith("result/") for key in keys)
    assert told["counts"]["result"] == 1


def test_a_thing_without_a_label_is_called_by_its_key() -> None:
    graph = KnowledgeGraph()
    graph.nx.add_node("paper/x", kind="paper", label="")
    assert facts(graph)["things"][0]["label"] == "paper/x"


def test_what_is_stated_of_a_thing_itself_is_apart_from_what_its_papers_are_about(
    graph: KnowledgeGraph,
) -> None:
    graph.add_claim("dataset/chest-9", "hasModality", "modality/mri", "paper/one")
    told = facts(graph)["things"]
    keys = [thing["key"] for thing in told]
    (chest,) = [thing for thing in told if thing["key"] == "dataset/chest-9"]
    assert {keys[c] for c in chest["stated"]} == {"modality/mri", "modality/imaging"}
    assert {keys[c] for c in chest["concepts"]} == {"modality/mri", "modality/x-ray", "modality/imaging"}
