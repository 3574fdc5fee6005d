"""The gazetteer is a choice of the pipeline."""

from kg.extract.pipeline import pipeline


def test_without_the_gazetteer_names_are_found_with_no_vocabulary_of_names() -> None:
    assert pipeline(True).get_pipe("kg_names").vocabulary is not None  # type: ignore[attr-defined]
    assert pipeline(False).get_pipe("kg_names").vocabulary is None  # type: ignore[attr-defined]
    assert pipeline(False) is pipeline(False)
    assert pipeline(False).pipe_names == pipeline(True).pipe_names
