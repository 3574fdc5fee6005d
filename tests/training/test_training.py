"""Training on a handful of made-up papers runs through and gives weights that a build can use."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")


from kg.extract.pipeline import COMPONENTS
from kg.training.papers import background, read_papers, texts
from kg.training.train import fold_of, train
from kg.vocabulary import load


def test_papers_are_dealt_evenly_into_folds_and_the_same_every_time() -> None:
    dealt = fold_of(10, 3)
    assert sorted(dealt.count(fold) for fold in (0, 1, 2)) == [3, 3, 4]
    assert dealt == fold_of(10, 3) != fold_of(10, 3, seed=1)


def test_training_gives_a_classifier_for_every_decision(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(_paper(n)) + "\n" for n in range(12)), encoding="utf-8")
    words = background(texts([gold]))
    vocabulary = load()
    papers = read_papers([gold], words, vocabulary)
    assert all({"model", "dataset"} <= set(p.kinds) for p in papers)
    weights = train(papers, words, vocabulary, count=3)
    needed = {"names", "roles", "modality", "metric", "task", "evaluatedOn", "basedOn"}
    assert needed | {"result", "gain", "measures", "scores"} <= set(weights)
    assert "foonet0" in weights.lexicon
    assert COMPONENTS


def _paper(n: int) -> dict[str, object]:
    model, base, dataset = f"FooNet{n}", f"BarNet{n}", f"BazSet-{n}K"
    return {
        "id": f"p{n}",
        "title": f"{model}: reading X-rays",
        "abstract": f"CT is old. We propose {model}, built on {base}, for segmentation in chest X-rays. "
        f"We evaluate it on the {dataset} dataset. {model} reaches an accuracy of {80 + n}.5% and a recall "
        f"of {70 + n}.1%, a gain of {n + 1}.2% over {base}. Precision was not "
        f"measured. We studied {100 + n} patients.",
        "models": [
            {"name": model, "aliases": [], "role": "introduced"},
            {"name": base, "aliases": [], "role": "used"},
        ],
        "datasets": [{"name": dataset, "aliases": [], "role": "used"}],
        "modalities": ["X-ray"],
        "metrics": ["Accuracy", "Recall"],
        "tasks": ["segmentation"] if n % 2 else ["segmentation", "classification"],
        "relations": [
            {"subject": model, "predicate": "evaluatedOn", "object": dataset},
            {"subject": model, "predicate": "basedOn", "object": base},
        ],
        "results": [
            {
                "model": model,
                "metric": "Accuracy",
                "value": f"{80 + n}.5",
                "dataset": None,
                "condition": None,
            },
            {"model": model, "metric": "Recall", "value": f"{70 + n}.1", "dataset": None, "condition": None},
            {
                "model": model,
                "metric": None,
                "value": f"{n + 1}.2",
                "gain": True,
                "dataset": None,
                "condition": None,
            },
        ],
    }
