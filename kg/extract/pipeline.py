"""The extraction pipeline: scispaCy's tokenizer and abbreviations, then one component an idea."""

from __future__ import annotations

import warnings
from functools import cache

from spacy.language import Language

__all__ = ["COMPONENTS", "base_pipeline", "pipeline"]

COMPONENTS = ("kg_concepts", "kg_names", "kg_relations", "kg_results")
"""The components that find things, in order; each is a registered spaCy factory."""


def base_pipeline() -> Language:
    """Tokens, sentences and abbreviations: what every component that finds things builds on."""
    # The abbreviation detector fills a matcher a document; it is empty when a document has no abbreviation.
    warnings.filterwarnings("ignore", message=r"\[W036\]")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scispaCy's and pysbd's patterns warn when imported
        import spacy
        from scispacy.custom_tokenizer import combined_rule_tokenizer

        import kg.extract.abbreviations
        import kg.extract.sentences  # noqa: F401 - importing registers the components

        nlp = spacy.blank("en")
        nlp.tokenizer = combined_rule_tokenizer(nlp)
        nlp.max_length = 10_000_000
        nlp.add_pipe("kg_sentences")
        nlp.add_pipe("kg_abbreviations")
    return nlp


@cache
def pipeline(gazetteer: bool = True) -> Language:
    """The whole pipeline with the shipped weights; made once a process for each choice.

    Args:
        gazetteer: whether the vocabularies of models and datasets help to find names.
    """
    import kg.extract.concepts
    import kg.extract.names
    import kg.extract.relations
    import kg.extract.results  # noqa: F401 - importing registers the components

    nlp = base_pipeline()
    for component in COMPONENTS:
        config = {"gazetteer": gazetteer} if component == "kg_names" else {}
        nlp.add_pipe(component, config=config)
    return nlp
