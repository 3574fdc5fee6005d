"""Two things of one name are two nodes; uses go to the thing they mean."""

from papers import dataset, model, paper

from kg.link import link


def nodes(graph, kind):
    return {key for key, _ in graph.nodes(kind)}


def named_by(graph, node):
    return {subject for subject, _ in graph.nx.in_edges(node) if subject.startswith("paper/")}


def test_a_model_and_a_dataset_of_one_name_are_two_nodes():
    graph = link([paper("a", [model("Toto", "introduced")], [dataset("Toto", "introduced")])])
    assert nodes(graph, "model") == {"model/toto"} and nodes(graph, "dataset") == {"dataset/toto"}


def test_one_acronym_with_two_long_forms_is_two_models():
    graph = link(
        [
            paper("a", [model("ROSE", "introduced", "Retinal Ordered Scan Encoder")], issued="2020"),
            paper("b", [model("ROSE", "introduced", "Robust Oncology Survival Estimator")], issued="2021"),
        ]
    )
    assert nodes(graph, "model") == {"model/rose", "model/rose-robust-oncology-survival-estimator"}
    assert named_by(graph, "model/rose") == {"paper/a"}


def test_two_presenters_without_long_forms_are_told_apart_by_their_subjects():
    graph = link(
        [
            paper("a", [model("ROSE", "introduced")], modalities=["CT"], tasks=["segmentation"]),
            paper("b", [model("Rose", "introduced")], modalities=["EEG"], tasks=["classification"]),
        ]
    )
    assert nodes(graph, "model") == {"model/rose", "model/rose-b"}


def test_two_presenters_on_one_subject_are_one_thing():
    graph = link(
        [
            paper("a", [model("ROSE", "introduced")], modalities=["CT"], tasks=["segmentation"]),
            paper("b", [model("ROSE", "introduced")], modalities=["CT"], tasks=["detection"]),
        ]
    )
    assert nodes(graph, "model") == {"model/rose"}


def test_a_popular_name_is_not_split_by_one_more_presenter():
    users = [paper(f"u{i}", [model("ROSE")], tasks=["segmentation"]) for i in range(6)]
    presenters = [
        paper("a", [model("ROSE", "introduced")], tasks=["segmentation"]),
        paper("b", [model("ROSE", "introduced")], tasks=["triage"]),
    ]
    assert nodes(link([*users, *presenters]), "model") == {"model/rose"}


def two_roses():
    return [
        paper(
            "a",
            [model("ROSE", "introduced", "Retinal Ordered Scan Encoder")],
            modalities=["OCT"],
            tasks=["segmentation"],
            issued="2020",
        ),
        paper(
            "b",
            [model("ROSE", "introduced", "Robust Oncology Survival Estimator")],
            modalities=["CT"],
            tasks=["survival prediction"],
            issued="2022",
        ),
    ]


def test_a_plain_use_goes_to_the_sense_of_its_subject():
    users = [
        paper("eye", [model("ROSE")], modalities=["OCT"], tasks=["classification"], issued="2023"),
        paper(
            "lung",
            [model("ROSE", "compared")],
            modalities=["CT"],
            tasks=["survival prediction"],
            issued="2023",
        ),
    ]
    graph = link(two_roses() + users)
    senses = {frozenset(named_by(graph, node)) for node in nodes(graph, "model")}
    assert senses == {frozenset({"paper/a", "paper/eye"}), frozenset({"paper/b", "paper/lung"})}


def test_a_use_without_a_subject_goes_to_the_earliest_introduced():
    graph = link([*two_roses(), paper("c", [model("ROSE")], issued="2024")])
    assert named_by(graph, "model/rose") == {"paper/a", "paper/c"}


def test_a_paper_uses_nothing_that_was_presented_after_it():
    early = paper("c", [model("ROSE")], modalities=["CT"], tasks=["survival prediction"], issued="2021")
    assert named_by(link([*two_roses(), early]), "model/rose") == {"paper/a", "paper/c"}


def test_a_contrast_is_no_model_and_a_model_of_its_name_is():
    graph = link(
        [
            paper("a", [model("FLAIR", "introduced", "Fundus Learner of All Images of the Retina")],
                  modalities=["Fundus photography"]),
            paper("b", [model("FLAIR"), model("T1"), model("MRI")], modalities=["MRI"]),
            paper("c", [model("FLAIR", "compared")], modalities=["Fundus photography"]),
            paper("d", [model("FLAIR", "used", "fluid-attenuated inversion recovery")]),
        ]
    )  # fmt: skip
    assert nodes(graph, "model") == {"model/flair"}
    assert named_by(graph, "model/flair") == {"paper/a", "paper/c"}


def test_a_dataset_may_have_the_name_of_a_contrast():
    assert nodes(link([paper("a", [], [dataset("STIR")], modalities=["MRI"])]), "dataset") == {"dataset/stir"}
