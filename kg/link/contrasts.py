"""Names of imaging contrasts and modalities that look like names of models: FLAIR, T1, CT, PET.

A paper on MRI that uses FLAIR images names no model. Such a name counts as a model where the paper presents
it, spells it out as something else, does not work with that modality, or shares another with a paper that
presents it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.link.names import key
from kg.link.occurrences import Occurrence
from kg.link.wordlists import SEQUENCES, SEQUENCES_OF

if TYPE_CHECKING:
    from kg.link.senses import Sense

__all__ = ["is_contrast", "spells_contrast"]


def is_contrast(occurrence: Occurrence, senses: Sequence[Sense]) -> bool:
    """Whether a plain use of a name means the contrast or modality, given the senses papers present."""
    if occurrence.kind != "model" or occurrence.introduced or occurrence.key not in _contrasts():
        return False
    field = {c for c in occurrence.paper.concepts if c.startswith("modality:")}
    presented = [s for s in senses if s.introduced is not None]
    if any(field & s.concepts.keys() for s in presented):
        return False
    return bool(field & _contrasts()[occurrence.key]) if field else not presented


def spells_contrast(occurrence: Occurrence) -> bool:
    """Whether a model's long form is that of a contrast or modality."""
    return occurrence.kind == "model" and any(key(form) in _contrasts() for form in occurrence.expansions)


@cache
def _contrasts() -> dict[str, frozenset[str]]:
    """Key of a contrast's or modality's name → the modalities, as ``modality:label``, it belongs to."""
    from kg.vocabulary import load

    found = {key(name.replace("_", " ")): frozenset(SEQUENCES_OF) for name in SEQUENCES}
    for term in load()["modalities"]:
        for name in term.names:
            found[key(name)] = found.get(key(name), frozenset()) | {f"modality:{term.label}"}
    return found
