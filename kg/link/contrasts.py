"""Names of imaging contrasts and modalities that look like names of models: FLAIR, T1, CT, PET.

A paper that uses FLAIR images names no model. Such a name counts as a model or dataset where the paper
presents it, spells it out as something else, or works in the field of a paper that presents it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.link.names import key
from kg.link.occurrences import Occurrence
from kg.link.wordlists import SEQUENCES

if TYPE_CHECKING:
    from kg.link.senses import Sense

__all__ = ["is_contrast"]


def is_contrast(occurrence: Occurrence, senses: Sequence[Sense]) -> bool:
    """Whether a plain use of a name means the contrast or modality, given the senses papers present."""
    if occurrence.introduced or occurrence.key not in _contrasts():
        return False
    field = {c for c in occurrence.paper.concepts if c.startswith("modality:")}
    return not any(s.introduced is not None and field & s.concepts.keys() for s in senses)


def spells_contrast(form: str) -> bool:
    """Whether a long form is that of a contrast or modality."""
    return key(form) in _contrasts()


@cache
def _contrasts() -> frozenset[str]:
    """Keys of contrast and modality names."""
    from kg.vocabulary import load

    names = [name.replace("_", " ") for name in SEQUENCES]
    names += [name for term in load()["modalities"] for name in term.names]
    return frozenset(key(name) for name in names)
