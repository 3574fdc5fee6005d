"""A small convolutional tagger of spaCy's, trained from nothing on annotated papers.

The network is what ``spacy init config --pipeline ner --optimize efficiency`` gives (96 wide, four layers),
over the product's tokens. It labels models, datasets and metrics. The mentions of one name are counted
together. Modalities and tasks come from the vocabularies, roles, relations and results from the rules:
spaCy's tagger has no part for them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from name_cues import name_cues, role_of
from patterns import add_relations, add_results
from public_corpora import LabelledText
from rules import find_stated_concepts
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import filter_spans

from kg.extract.candidates import Candidate
from kg.extract.findings import FoundConcept, FoundName, findings
from kg.extract.groups import group_candidates
from kg.extract.names import named
from kg.extract.pipeline import base_pipeline
from kg.extract.plain import to_plain
from kg.extract.record import to_record
from kg.records import Entity, PaperRecord
from kg.spelling import name_key
from kg.training.papers import Paper
from kg.vocabulary import Vocabulary

__all__ = ["SpacyExtractor", "gold_text"]

LABELS = {"MODEL": "model", "DATASET": "dataset"}
DROPOUT = 0.1
BATCH = (100.0, 1000.0, 1.001)
"""Words of the first and of the largest batch, and how batches grow: the settings that spaCy proposes."""
PUBLIC_EPOCHS = 2
"""Rounds over the public corpora, before those over our annotations: these have the last word."""
SEED = 0


class SpacyExtractor:
    """Names and metrics by spaCy's tagger.

    Args:
        vocabulary: of the concepts; it also says which metric a labelled stretch is.
        public: further texts to learn from, read before the annotated papers.
        epochs: rounds over the annotated papers.
    """

    def __init__(
        self, vocabulary: Vocabulary, public: Sequence[LabelledText] = (), epochs: int = 10
    ) -> None:  # fmt: skip
        self.vocabulary = vocabulary
        self.public = public
        self.epochs = epochs
        self.nlp = base_pipeline()

    def fit(self, papers: Sequence[Paper]) -> None:
        """Train a new tagger; the same papers in the same order give the same one."""
        from thinc.api import fix_random_seed

        fix_random_seed(SEED)
        self.nlp = nlp = _untrained()
        own = [_example(nlp, gold_text(paper, self.vocabulary)) for paper in papers]
        public = [_example(nlp, text) for text in self.public]
        optimizer = nlp.initialize(lambda: own)
        for examples, epochs in ((public, PUBLIC_EPOCHS), (own, self.epochs)):
            for batch in _batches(examples, epochs):
                nlp.update(batch, drop=DROPOUT, sgd=optimizer)

    def extract(self, paper: Paper) -> PaperRecord:
        """The record of one paper."""
        document = paper.gold.document
        plain = to_plain(document.text)
        doc = self.nlp(plain.text)
        find_stated_concepts(doc, self.vocabulary, ("modality", "task"))
        self._set_metrics(doc)
        _set_names(doc)
        add_relations(doc)
        add_results(doc, self.vocabulary)
        return to_record(document, plain, doc)

    def _set_metrics(self, doc: Doc) -> None:
        places: dict[str, list[tuple[int, int]]] = {}
        for span in doc.ents:
            if span.label_ == "METRIC":
                term = self.vocabulary.lookup(span.text, "metrics")
                label = term.label if term else span.text
                places.setdefault(label, []).append((span.start_char, span.end_char))
        findings(doc).concepts += [FoundConcept(k, "metric", tuple(v), 1.0) for k, v in places.items()]


def gold_text(paper: Paper, vocabulary: Vocabulary) -> LabelledText:
    """The plain text of a paper with its annotated names and metrics, wherever their letters stand in it."""
    text = paper.plain.text
    found = [
        (start, end, label)
        for label, entities in (("MODEL", paper.gold.models), ("DATASET", paper.gold.datasets))
        for entity in entities
        for start, end in _places(text, entity)
    ]
    metrics = {name_key(name): name for name in paper.gold.names("metric")}
    found += [
        (match.start, match.end, "METRIC")
        for match in vocabulary.find(text, "metrics")
        if not match.weak and metrics.get(name_key(match.term.label))
    ]
    for name in metrics.values():
        found += [(*place, "METRIC") for place in _places(text, Entity(name, "used"))]
    free: list[tuple[int, int, str]] = []
    # Of overlapping stretches the longest is the name.
    for start, end, label in sorted(found, key=lambda s: (s[0] - s[1], s)):
        if not any(start < b and a < end for a, b, _ in free):
            free.append((start, end, label))
    return LabelledText(text, tuple(sorted(free)))


def _places(text: str, entity: Entity) -> Iterator[tuple[int, int]]:
    for form in dict.fromkeys((entity.name, *entity.aliases)):
        written = re.escape(to_plain(form).text.strip()).replace(r"\ ", r"\s+")
        if written:
            for match in re.finditer(rf"(?<!\w){written}(?!\w)", text):
                yield match.span()


def _untrained() -> Language:
    """The product's tokens, sentences and abbreviations, and spaCy's tagger of default shape."""
    from spacy.cli.init_config import init_config

    nlp = base_pipeline()
    proposed = init_config(lang="en", pipeline=["ner"], optimize="efficiency").interpolate()
    for name in ("tok2vec", "ner"):
        settings = proposed["components"][name]
        nlp.add_pipe(name, config={"model": settings["model"]})
    return nlp


def _example(nlp: Language, labelled: LabelledText) -> Example:
    """Tokens of a text, and what is known of them."""
    predicted, reference = nlp.make_doc(labelled.text), nlp.make_doc(labelled.text)
    expand: Any = {"alignment_mode": "expand"}
    named_spans = filter_spans(
        [s for a, b, label in labelled.spans if (s := reference.char_span(a, b, label=label, **expand))]
    )
    taken = {token.i for span in named_spans for token in span}
    unknown = [s for a, b in labelled.open if (s := reference.char_span(a, b, **expand))]
    missing = filter_spans([s for s in unknown if not any(token.i in taken for token in s)])
    reference.set_ents(named_spans, missing=missing)
    return Example(predicted, reference)


def _batches(examples: Sequence[Example], epochs: int) -> Iterator[list[Example]]:
    """Shuffled anew each round, in batches of about as many words, growing from round to round."""
    import random

    from spacy.training.batchers import minibatch_by_words
    from thinc.api import compounding

    sizes: Any = compounding(*BATCH)
    for _ in range(epochs):
        shuffled = list(examples)
        random.shuffle(shuffled)
        for batch in minibatch_by_words(shuffled, size=sizes):
            yield list(batch)


def _set_names(doc: Doc) -> None:
    """Names of a document from what the tagger labelled: one a key, of the kind most of its mentions have."""
    label_of = {(s.start_char, s.end_char): LABELS[s.label_] for s in doc.ents if s.label_ in LABELS}
    mentions = [Candidate(a, b, doc.text[a:b], "tagger") for a, b in sorted(label_of)]
    groups = group_candidates(doc, mentions)
    for group, cues in zip(groups, name_cues(doc, groups), strict=True):
        votes = Counter(label_of[m.start, m.end] for m in group.mentions)
        kind, most = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
        share = most / len(group.mentions)
        findings(doc).names.append(FoundName(group, named(doc, group, kind, role_of(cues, kind), share)))
