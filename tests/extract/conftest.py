import pytest
from spacy.language import Language

from kg.extract.pipeline import base_pipeline


@pytest.fixture(scope="session")
def base() -> Language:
    """Tokens, sentences and abbreviations."""
    return base_pipeline()
