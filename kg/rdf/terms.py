"""The RDF terms of the graph: namespaces, prefixes, and which term stands for which kind, attribute and edge.

The tables here are the whole mapping: writing (``statements.py``) and reading (``reading.py``) go by them.
``ontology/ontology.ttl`` defines the terms and ``docs/graph.md`` explains them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["ATTRIBUTES", "CLASSES", "EVIDENCE", "IDENTIFIERS", "IMPLIED", "INVERSE", "PREDICATES", "SCHEMES"]
__all__ += ["SYNONYMS", "TUPLES", "Attribute", "prefixes"]

DCTERMS = "http://purl.org/dc/terms/"
FAIR4ML = "https://w3id.org/fair4ml#"
KG = "https://w3id.org/biomed-kg/ontology#"
OA = "http://www.w3.org/ns/oa#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "http://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"

NAMESPACES = {
    "dcterms": DCTERMS,
    "fair4ml": FAIR4ML,
    "kg": KG,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}

FOLDERS = ("author", "claim", "dataset", "metric", "modality", "model", "paper", "result", "task")
"""First parts of the paths under the base; each is a prefix too (``model:pixcell``)."""

ValueType = Literal["text", "number", "flag", "date", "address"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """How one attribute is written: the property, and the type of its literal."""

    property: str
    type: ValueType = "text"


CLASSES = {
    "paper": SCHEMA + "ScholarlyArticle",
    "model": FAIR4ML + "MLModel",
    "dataset": SCHEMA + "Dataset",
    "modality": SKOS + "Concept",
    "metric": SKOS + "Concept",
    "task": SKOS + "Concept",
    "result": FAIR4ML + "MLModelEvaluation",
}
SCHEMES = {"modality": KG + "modalities", "metric": KG + "metrics", "task": KG + "tasks"}

EVIDENCE = {
    "exact": Attribute(OA + "exact"),
    "start": Attribute(OA + "start", "number"),
    "end": Attribute(OA + "end", "number"),
    "method": Attribute(KG + "method"),
    "confidence": Attribute(KG + "confidence", "number"),
}
"""What an edge carries besides predicate and paper; results carry it too."""

ATTRIBUTES = {
    "label": Attribute(RDFS + "label"),
    "title": Attribute(SCHEMA + "name"),
    "abstract": Attribute(SCHEMA + "abstract"),
    "issued": Attribute(SCHEMA + "datePublished", "date"),
    "url": Attribute(SCHEMA + "url", "address"),
    "source": Attribute(KG + "source"),
    "value": Attribute(SCHEMA + "value", "number"),
    "text": Attribute(KG + "asWritten"),
    "gain": Attribute(KG + "isGain", "flag"),
    "condition": Attribute(KG + "condition"),
    "better_when": Attribute(KG + "betterWhen"),
    "unit": Attribute(KG + "unit"),
    "minimum": Attribute(KG + "minimum", "number"),
    "maximum": Attribute(KG + "maximum", "number"),
    **EVIDENCE,
}
"""Node attributes of one value."""

IDENTIFIERS = {"doi": "doi:", "arxiv_id": "arXiv:"}
"""Node attributes that share ``schema:identifier``, told apart by how the value begins."""

TUPLES = {"aliases": Attribute(SKOS + "altLabel"), "links": Attribute(RDFS + "seeAlso", "address")}
"""Node attributes of several values; ``kg:order`` keeps an order that is not the alphabetical one.
``authors`` is written otherwise: as ``schema:Person`` nodes with a ``schema:position``."""

PREDICATES = {
    "introduces": KG + "introduces",
    "uses": KG + "uses",
    "comparesWith": KG + "comparesWith",
    "mentions": SCHEMA + "mentions",
    "hasModality": KG + "hasModality",
    "hasTask": FAIR4ML + "mlTask",
    "reportsMetric": KG + "reportsMetric",
    "trainedOn": FAIR4ML + "trainedOn",
    "evaluatedOn": FAIR4ML + "evaluatedOn",
    "basedOn": KG + "basedOn",
    "outperforms": KG + "outperforms",
    "comparedWith": KG + "comparedWith",
    "derivedFrom": PROV + "wasDerivedFrom",
    "builtWith": KG + "builtWith",
    "evaluates": FAIR4ML + "evaluatedMLModel",
    "onDataset": FAIR4ML + "evaluationDataset",
    "inMetric": KG + "metric",
    "reportedIn": KG + "reportedIn",
    "broader": SKOS + "broader",
}

IMPLIED = {
    **dict.fromkeys(("introduces", "uses", "comparesWith"), SCHEMA + "mentions"),
    **dict.fromkeys(("trainedOn", "basedOn", "derivedFrom", "builtWith"), KG + "dependsOn"),
}
"""Superproperties stated beside an edge, so that a query needs no reasoner."""

INVERSE = {"evaluates": FAIR4ML + "hasEvaluation"}
"""Properties stated the other way round beside an edge."""

SYNONYMS = {FAIR4ML + "fineTunedFrom": "basedOn"}
"""Narrower properties that others write; they are read as the edge given here."""


def prefixes(base: str) -> dict[str, str]:
    """Prefix to namespace, sorted by prefix: the standard vocabularies and the folders of this base."""
    folders = {folder: f"{base}{folder}/" for folder in FOLDERS}
    return dict(sorted({**NAMESPACES, **folders}.items()))
