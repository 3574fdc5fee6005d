"""How the pages name kinds, classes and properties."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.plain import to_plain
from kg.rdf.terms import CLASSES, FAIR4ML, KG, OA, PREDICATES, RDF, RDFS, SCHEMA, SCHEMES, SKOS

__all__ = ["HIDDEN", "KINDS", "class_name", "counted", "fact", "in_order", "plain", "property_phrase"]

KINDS = {
    "paper": "papers",
    "model": "models",
    "dataset": "datasets",
    "modality": "modalities",
    "task": "tasks",
    "metric": "metrics",
    "result": "results",
}
"""One and many, in the order in which pages list them."""

_CLASSES = {class_: kind for kind, class_ in CLASSES.items() if kind not in SCHEMES}
_PHRASES = {
    "introduces": ("introduces", "introduced by"),
    "uses": ("uses", "used by"),
    "comparesWith": ("compares with", "compared in"),
    "mentions": ("mentions", "mentioned by"),
    "hasModality": ("modality", "modality of"),
    "hasTask": ("task", "task of"),
    "reportsMetric": ("reports the metric", "reported by"),
    "trainedOn": ("trained on", "used to train"),
    "evaluatedOn": ("evaluated on", "used to evaluate"),
    "basedOn": ("based on", "basis of"),
    "outperforms": ("outperforms", "outperformed by"),
    "comparedWith": ("compared with", "compared with"),
    "derivedFrom": ("derived from", "source of"),
    "builtWith": ("built with", "used to build"),
    "evaluates": ("evaluates", "results"),
    "onDataset": ("on the dataset", "results"),
    "inMetric": ("in the metric", "results"),
    "reportedIn": ("reported in", "reports"),
    "broader": ("broader", "narrower"),
}
_PROPERTIES = {PREDICATES[name]: phrases for name, phrases in _PHRASES.items()}
_PROPERTIES[KG + "dependsOn"] = ("depends on", "what depends on it")
_PROPERTIES[SCHEMA + "author"] = ("author", "author of")
_FACTS = {
    SKOS + "altLabel": "also called",
    SCHEMA + "datePublished": "published",
    SCHEMA + "identifier": "identifier",
    SCHEMA + "url": "address",
    RDFS + "seeAlso": "links",
    SCHEMA + "position": "position among the authors",
    SCHEMA + "abstract": "abstract",
    SCHEMA + "value": "value",
    RDF + "value": "value",
    KG + "asWritten": "as written",
    KG + "isGain": "is a gain",
    KG + "condition": "condition",
    KG + "betterWhen": "better when",
    KG + "unit": "unit",
    KG + "minimum": "at least",
    KG + "maximum": "at most",
    FAIR4ML + "mlTask": "task",
    OA + "exact": "sentence",
    OA + "start": "begins at character",
    OA + "end": "ends before character",
    KG + "confidence": "confidence",
    KG + "method": "found by",
    KG + "source": "read from",
}
_ORDER = {property_: place for place, property_ in enumerate(_FACTS)}
HIDDEN = frozenset({RDFS + "label", SKOS + "prefLabel", SCHEMA + "name", KG + "order"})
"""Properties whose values are the page's heading, or are for programs."""


def property_phrase(property_: str, back: bool) -> str:
    """A heading for what a property leads to, or for what leads here by it."""
    if property_ in _PROPERTIES:
        return _PROPERTIES[property_][back]
    return f"{_local(property_)} (of)" if back else _local(property_)


def fact(property_: str) -> str:
    """A heading for the values of a property."""
    return _FACTS.get(property_) or _local(property_)


def in_order(properties: Iterable[str]) -> list[str]:
    """Properties in the order in which a page lists their values; those without a wording last."""
    return sorted(properties, key=lambda property_: (_ORDER.get(property_, len(_ORDER)), property_))


def plain(text: str) -> str:
    """What a paper says as a reader sees it, without the marks of LaTeX where it has any."""
    return to_plain(text).text if "\\" in text else text


def class_name(class_: str, count: int) -> str:
    """What things of a class are called, one or many; nothing for those without a class and for concepts."""
    if class_ in _CLASSES:
        kind = _CLASSES[class_]
        return kind if count == 1 else KINDS[kind]
    return "" if class_ in ("", SKOS + "Concept") else _local(class_)


def counted(count: int, kind: str) -> str:
    """A number with its noun."""
    return f"{count:,} {kind if count == 1 else KINDS[kind]}"


def _local(iri: str) -> str:
    """The last part of an IRI, as words."""
    last = re.split(r"[/#:]", iri.rstrip("/#"))[-1] or iri
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).lower()
