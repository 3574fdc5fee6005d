"""Vocabularies and hand-written rules alone: what extraction can do that has learnt nothing.

A modality, metric or task is found where the vocabulary states it. A candidate is a name when the vocabulary
knows it or the words around it say what it is. Relations and results follow the wording of their sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from name_cues import NameCues, name_cues, role_of, shaped_like_name
from patterns import add_relations, add_results
from spacy.tokens import Doc

from kg.extract.candidates import find_candidates
from kg.extract.concept_features import find_concepts
from kg.extract.concepts import SCHEMES
from kg.extract.findings import FoundConcept, FoundName, findings
from kg.extract.groups import NameGroup, choose_names, group_candidates
from kg.extract.names import named
from kg.extract.pipeline import base_pipeline
from kg.extract.plain import to_plain
from kg.extract.record import to_record
from kg.records import PaperRecord
from kg.training.papers import Paper
from kg.vocabulary import Vocabulary

__all__ = ["RuleExtractor", "find_stated_concepts"]

GENERAL = re.compile(
    r"(?:(?:deep |[23]D )?(?:CNN|RNN|GNN|GCN|GAN|VAE|DNN|MLP|FCN|ViT|LLM|VLM|MLLM|LVLM|LMM|PLM|SSM|FM)s?|"
    r"AI|ML|DL|RL|SSL|MIL|FL|NLP|CAD|RAG|SOTA|SoTA|[2-4]D|T[12]w?|AUC|QC|MTL|PEFT)"
)
"""Short forms of classes of models, fields and techniques: no name, whatever stands beside them."""
LEAST = 0.6
"""Least score of a name; one cue that tells the kind gives so much."""


class RuleExtractor:
    """Names, concepts, relations and results by rule.

    Args:
        vocabulary: of all five schemes.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.nlp = base_pipeline()

    def fit(self, papers: Sequence[Paper]) -> None:
        """Nothing is learnt."""

    def extract(self, paper: Paper) -> PaperRecord:
        """The record of one paper."""
        document = paper.gold.document
        plain = to_plain(document.text)
        doc = self.nlp(plain.text)
        find_stated_concepts(doc, self.vocabulary, tuple(SCHEMES))
        self._find_names(doc)
        add_relations(doc)
        add_results(doc, self.vocabulary)
        return to_record(document, plain, doc)

    def _find_names(self, doc: Doc) -> None:
        known = self.vocabulary.find(doc.text, "models", "datasets")
        spans = (doc.char_span(m.start, m.end, alignment_mode="expand") for m in known if not m.weak)
        groups = group_candidates(doc, find_candidates(doc, [s for s in spans if s is not None]))
        cues = name_cues(doc, groups)
        scores = [self._score(group, cue) for group, cue in zip(groups, cues, strict=True)]
        of = {frozenset(group.keys): cue for group, cue in zip(groups, cues, strict=True)}
        for group, kind, score in choose_names(groups, scores, {"model": LEAST, "dataset": LEAST}):
            role = role_of(of[frozenset(group.keys)], kind)
            findings(doc).names.append(FoundName(group, named(doc, group, kind, role, score)))

    def _score(self, group: NameGroup, cues: NameCues) -> dict[str, float]:
        """Between 0 and 1 for each kind; what tells no kind is 0."""
        forms = {m.text for m in group.mentions}
        told = dict(cues.kinds)
        for kind, scheme in (("model", "models"), ("dataset", "datasets")):
            if any(self.vocabulary.lookup(form, scheme) for form in forms):
                told[kind] += 2.0
                told["neither"] = 0.0
        concept = any(self.vocabulary.lookup(form, scheme) for form in forms for scheme in SCHEMES.values())
        general = any(GENERAL.fullmatch(form) for form in forms)
        if concept or general or not (cues.defined or any(map(shaped_like_name, forms))):
            told["neither"] += 3.0
        # Of overlapping stretches the longer is the name, unless it is two of them.
        length = -0.05 if any(" and " in form for form in forms) else min(40, max(map(len, forms))) / 1000
        scores = {kind: 0.4 + 0.2 * (told[kind] - told["neither"]) + length for kind in ("model", "dataset")}
        return {kind: max(0.0, min(0.95, score)) if told[kind] else 0.0 for kind, score in scores.items()}


def find_stated_concepts(doc: Doc, vocabulary: Vocabulary, kinds: Sequence[str]) -> None:
    """Set as concepts of a document all that its words state outright.

    Args:
        doc: tokenized.
        vocabulary: with the schemes of ``SCHEMES``.
        kinds: which kinds of concept: ``modality``, ``metric``, ``task``.
    """
    for kind in kinds:
        for concept in find_concepts(vocabulary.find(doc.text, SCHEMES[kind])):
            if concept.stated:
                places = tuple((m.start, m.end) for m in concept.stated)
                findings(doc).concepts.append(FoundConcept(concept.label, kind, places, 1.0))
