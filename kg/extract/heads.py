"""Nouns that tell what the name beside them is."""

from __future__ import annotations

__all__ = ["HEADS"]

# Head nouns and what they make of the name before them: D a dataset, M a model, X something else; a small
# letter where they only lean so.
HEAD_NOUNS = {
    "D": (
        "dataset datasets data database databases benchmark benchmarks challenge cohort cohorts "
        "corpus corpora repository collection registry track testset competition biobank archive "
        "atlas dataset(s"
    ),
    "d": "study set sets",
    "M": (
        "model models network networks framework architecture architectures backbone backbones "
        "encoder encoders decoder method methods approach algorithm pipeline system classifier "
        "baseline baselines variant variants tool toolkit toolbox library package software platform "
        "agent agents transformer detector generator family series llm vlm"
    ),
    "m": "embeddings features strategy",
    "X": (
        "module modules loss losses block blocks layer layers score scores metric metrics index "
        "images image imaging scans scan patients task tasks attention optimizer mechanism gene genes "
        "mutation disease syndrome cancer cells sequence sequences reports report license cases"
    ),
    "x": "learning training",
}
HEADS = {noun: kind for kind, nouns in HEAD_NOUNS.items() for noun in nouns.split()}
