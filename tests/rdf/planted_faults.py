"""Faults to plant into a graph, one for each thing that the shapes ask for, each on nodes of its own."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph import BASE
from kg.rdf import prefixes

__all__ = ["FAULTS", "GOOD", "HEAD", "Fault"]


@dataclass(frozen=True)
class Fault:
    """What is planted, and what must be said of it."""

    name: str
    turtle: str
    found: tuple[tuple[str, str | None], ...]
    """Node and property of each result, with prefixes."""
    message: str
    """The beginning of what to do."""
    severity: str = "Violation"


HEAD = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in prefixes(BASE).items())
_BUILD = f"<{BASE}build>"
_TERMS = "<https://w3id.org/biomed-kg/ontology>"
_CONCEPT = 'a skos:Concept ; rdfs:label "x" ; skos:prefLabel "x"'
_KINDS = {
    "paper": 'paper:{} a schema:ScholarlyArticle ; rdfs:label "x" ; {} .\n',
    "model": 'model:{} a fair4ml:MLModel ; rdfs:label "x" ; {} .\n',
    "dataset": 'dataset:{} a schema:Dataset ; rdfs:label "x" ; {} .\n',
    "metric": f"metric:{{}} {_CONCEPT} ; skos:inScheme kg:metrics ; {{}} .\n",
    "result": 'result:{} a fair4ml:MLModelEvaluation ; rdfs:label "x" ; kg:reportedIn paper:good ; {} .\n',
    "author": "author:{} a schema:Person ; {} .\n",
    "claim": "claim:{} a kg:Claim ; {} .\n",
    "task": "task:{} a skos:Concept ; {} .\n",
    "nothing": "paper:{} {} .\n",
    "build": "task:{} a prov:Activity ; {} .\n",
    "software": "task:{} a prov:SoftwareAgent ; {} .\n",
    "graph": "task:{} a void:Dataset ; {} .\n",
}
"""Things that lack nothing, or only what is given."""
_WIDER = {
    **dict.fromkeys(("kg:introduces", "kg:uses", "kg:comparesWith"), "schema:mentions"),
    **dict.fromkeys(("fair4ml:trainedOn", "kg:basedOn", "fair4ml:fineTunedFrom"), "kg:dependsOn"),
    **dict.fromkeys(("kg:builtWith", "prov:wasDerivedFrom"), "kg:dependsOn"),
}


def _make(kind: str, name: str, more: str = "rdfs:comment 'x'") -> str:
    return _KINDS[kind].format(name, more)


def _claim(subject: str, predicate: str, object_: str, paper: str = "paper:good", less: str = "") -> str:
    """What a claim says, but for one property."""
    said = {
        "rdf:subject": subject,
        "rdf:predicate": predicate,
        "rdf:object": object_,
        "oa:exact": '"x"',
        "kg:confidence": "0.5",
        "prov:wasDerivedFrom": paper,
        "prov:wasGeneratedBy": _BUILD,
    }
    return " ; ".join(f"{path} {value}" for path, value in said.items() if path != less)


def _stated(subject: str, predicate: str, object_: str, paper: str = "paper:good") -> str:
    """A statement with its claim, and the wider one that goes with it."""
    name = f"{subject}-{predicate}-{object_}".replace(":", "-")
    wider = f"{subject} {_WIDER[predicate]} {object_} .\n" if predicate in _WIDER else ""
    claim = _make("claim", name, _claim(subject, predicate, object_, paper))
    return f"{subject} {predicate} {object_} .\n{wider}{claim}"


GOOD = "".join(
    [
        f'<{BASE}> a void:Dataset ; void:uriSpace "{BASE}" ; dcterms:conformsTo {_TERMS} .\n',
        f"{_BUILD} a prov:Activity ; prov:wasAssociatedWith <{BASE}software/x> .\n",
        f'<{BASE}software/x> a prov:SoftwareAgent ; schema:softwareVersion "1" .\n',
        *(_make(kind, "good") for kind in ("paper", "model", "dataset")),
        _make("paper", "other"),
        f"modality:good {_CONCEPT} ; skos:inScheme kg:modalities .\n",
        f"task:good {_CONCEPT} ; skos:inScheme kg:tasks .\n",
        _make(
            "metric", "good", 'kg:betterWhen "higher" ; kg:unit "fraction" ; kg:minimum 0.0 ; kg:maximum 1.0'
        ),
        _make(
            "result", "good", 'kg:metric metric:good ; schema:value 91 ; oa:exact "x" ; oa:start 0 ; oa:end 1'
        ),
        _make("model", "c"),
        _stated("model:c", "fair4ml:evaluatedOn", "dataset:good"),
    ]
)
"""A valid graph that the faults refer to."""

_WRONG_VALUES = [
    ("paper", "schema:name", '"a", "b"', "A paper has one title"),
    ("paper", "schema:abstract", '"a"@en', "A paper has one abstract"),
    ("paper", "schema:datePublished", '"2024"^^xsd:gYear, "2025"^^xsd:gYear', "A paper came out once"),
    ("paper", "schema:datePublished", '"last May"', "Write the date as"),
    ("paper", "schema:identifier", '"isbn:1"', "Begin the identifier"),
    ("paper", "schema:url", '"https://example.org/"', "A paper has one address"),
    ("paper", "rdfs:seeAlso", "<https://example.org/>", "Write the address"),
    ("paper", "schema:author", "model:good", "An author is a schema:Person"),
    ("paper", "kg:source", '"a", "b"', "A paper was read from one place"),
    ("author", "schema:name", '"a"@en', "Give the author one"),
    ("author", "schema:position", '0 ; schema:name "x"', "schema:position is"),
    ("model", "skos:altLabel", '"x"@en', "Write the other name"),
    ("model", "fair4ml:hasEvaluation", "model:good", "fair4ml:hasEvaluation leads"),
    ("model", "kg:baseOn", "model:good", "The ontology has no property"),
    ("model", "fair4ml:evaluatedOn", "dataset:good", "No claim makes"),
    ("model", "kg:dependsOn", "model:good", "Say which dependency"),
    ("metric", "skos:altLabel", '"x"', "A name is either"),
    ("metric", "skos:broader", "task:good", "A wider concept is"),
    ("metric", "kg:betterWhen", '"up"', "kg:betterWhen is"),
    ("metric", "kg:unit", '"a", "b"', "A metric has one unit"),
    ("metric", "kg:minimum", "2 ; kg:maximum 1", "kg:minimum is"),
    ("metric", "kg:maximum", '"high"', "A metric has at most"),
    ("task", "skos:inScheme", 'kg:models ; rdfs:label "x" ; skos:prefLabel "x"', "Put the concept"),
    ("result", "fair4ml:evaluatedMLModel", "model:good", "State fair4ml:hasEvaluation"),
    ("result", "fair4ml:evaluationDataset", "model:good", "A result is on one dataset"),
    ("result", "kg:metric", "task:good", "A result is in one metric"),
    ("result", "schema:value", '"high"', "schema:value is one number"),
    ("result", "schema:value", "101 ; kg:metric metric:good", "The metric cannot take"),
    ("result", "kg:asWritten", '"1", "2"', "Keep one kg:asWritten"),
    ("result", "kg:isGain", '"yes"', "kg:isGain is true or false"),
    ("result", "kg:condition", '"a", "b"', "Keep one kg:condition"),
    ("result", "oa:exact", '"a", "b"', "Keep one oa:exact"),
    ("result", "oa:start", "-1 ; oa:end 2", "oa:start is where"),
    ("result", "oa:start", "1", "oa:start and oa:end go"),
    ("result", "oa:end", "2.5 ; oa:start 1", "oa:end is the place"),
    ("result", "kg:confidence", "1.5", "kg:confidence is one number"),
    ("result", "kg:method", '"a", "b"', "Keep one kg:method"),
    ("build", "prov:wasAssociatedWith", None, "Say who or what"),
    ("software", "schema:softwareVersion", None, "Give the software"),
    ("graph", "void:uriSpace", f'"x" ; dcterms:conformsTo {_TERMS}', "Say what the IRIs"),
    ("graph", "dcterms:conformsTo", f'<urn:x> ; void:uriSpace "{BASE}"', "Say which terms"),
]
"""Kind of thing, the property that is wrong, its value, what to do."""

_WRONG_OBJECTS = [
    ("model", "fair4ml:trainedOn", "model:good", "A model is trained on"),
    ("model", "fair4ml:evaluatedOn", "model:good", "A model is evaluated on"),
    ("model", "kg:basedOn", "dataset:good", "A model is based on"),
    ("model", "fair4ml:fineTunedFrom", "dataset:good", "A model is fine-tuned"),
    ("model", "kg:outperforms", "dataset:good", "A model outperforms"),
    ("model", "kg:comparedWith", "dataset:good", "A model is compared"),
    ("model", "kg:hasModality", "task:good", "kg:hasModality leads"),
    ("model", "fair4ml:mlTask", "modality:good", "fair4ml:mlTask leads"),
    ("model", "kg:reportsMetric", "task:good", "kg:reportsMetric leads"),
    ("dataset", "prov:wasDerivedFrom", "model:good", "A dataset is derived"),
    ("dataset", "kg:builtWith", "dataset:good", "A dataset is built"),
    ("paper", "kg:introduces", "task:good", "A paper introduces"),
    ("paper", "kg:uses", "task:good", "A paper uses"),
    ("paper", "kg:comparesWith", "task:good", "A paper compares with"),
    ("paper", "schema:mentions", "task:good", "A paper mentions"),
]
"""Kind of subject, predicate, object of a statement that is claimed and stated in full; what to do."""

_WRONG_SUBJECTS = [
    ("kg:source", "'x'", "Only a paper"),
    ("kg:outperforms", "model:good", "Only a model"),
    ("kg:builtWith", "model:good", "Only a dataset"),
    ("prov:wasDerivedFrom", "dataset:good", "Datasets and claims"),
    ("kg:hasModality", "modality:good", "Papers, models and datasets have"),
    ("kg:dependsOn", "dataset:good", "Models and datasets depend on one another: make"),
    ("kg:condition", "'x'", "Only a result"),
    ("rdf:object", "model:good", "Only a claim"),
    ("kg:confidence", "0.5", "Claims and results have evidence"),
    ("kg:unit", "'x'", "Only a modality"),
]
"""Property and value of a node without a type; what to do."""

_LACKING = {
    "oa:exact": "Give the claim the sentence",
    "kg:confidence": "Say how sure",
    "rdf:subject": "A claim is about",
    "rdf:predicate": "Give the claim one rdf:predicate",
    "rdf:object": "A claim leads",
    "prov:wasDerivedFrom": "Name the paper that makes",
    "prov:wasGeneratedBy": "Say what read",
}
"""Property that a claim lacks to what to do."""

_WARNINGS = ("Write the date as", "Begin the identifier", "The metric cannot take")


def _wrong_value(number: int, kind: str, path: str, value: str | None, message: str) -> Fault:
    name = f"v{number}"
    turtle = _make(kind, name, f"{path} {value}" if value else "rdfs:comment 'x'")
    node = f"{turtle.partition(':')[0]}:{name}"
    severity = "Warning" if message in _WARNINGS else "Violation"
    return Fault(f"{kind}, {path} {value}", turtle, ((node, path),), message, severity)


def _wrong_object(kind: str, predicate: str, object_: str, message: str) -> Fault:
    node = f"{kind}:{predicate.replace(':', '-')}"
    turtle = _make(kind, node.partition(":")[2])
    turtle += _stated(node, predicate, object_, node if kind == "paper" else "paper:good")
    also = [(node, "schema:mentions")] if _WIDER.get(predicate) == "schema:mentions" else []
    return Fault(f"{predicate} to {object_}", turtle, ((node, predicate), *also), message)


FAULTS = [
    *(_wrong_value(number, *row) for number, row in enumerate(_WRONG_VALUES)),
    *(_wrong_object(*row) for row in _WRONG_OBJECTS),
    *(
        Fault(
            f"{path} of nothing", _make("nothing", f"n{n}", f"{path} {value}"), ((f"paper:n{n}", None),), what
        )
        for n, (path, value, what) in enumerate(_WRONG_SUBJECTS)
    ),
    *(
        Fault(
            f"claim without {path}",
            _make("claim", f"l{n}", _claim("model:c", "fair4ml:evaluatedOn", "dataset:good", less=path)),
            ((f"claim:l{n}", path),),
            message,
        )
        for n, (path, message) in enumerate(_LACKING.items())
    ),
    Fault(
        "no label",
        "dataset:nameless a schema:Dataset .\n",
        (("dataset:nameless", "rdfs:label"),),
        "Give the node one rdfs:label",
    ),
    Fault(
        "two labels that differ",
        'task:tl a skos:Concept ; rdfs:label "x" ; skos:prefLabel "y" ; skos:inScheme kg:tasks .\n',
        (("task:tl", "skos:prefLabel"), ("task:tl", "skos:prefLabel")),
        "Give the concept one",
    ),
    Fault(
        "wider than a model",
        _make("metric", "wm", "skos:broader model:good"),
        (("metric:wm", "skos:broader"), ("metric:wm", "skos:broader")),
        "skos:broader leads",
    ),
    Fault(
        "wider in a circle",
        _make("metric", "w1", "skos:broader metric:w2") + _make("metric", "w2", "skos:broader metric:w1"),
        (("metric:w1", "skos:broader"), ("metric:w2", "skos:broader")),
        "A wider concept is",
    ),
    Fault(
        "dependency on a paper",
        _make("model", "dp") + _stated("model:dp", "kg:basedOn", "paper:other"),
        (
            ("model:dp", "kg:dependsOn"),
            ("model:dp", "kg:basedOn"),
            ("claim:model-dp-kg-basedOn-paper-other", "rdf:object"),
        ),
        "Models and datasets depend on one another: give",
    ),
    Fault(
        "based on itself",
        _make("model", "bi") + _stated("model:bi", "kg:basedOn", "model:bi"),
        (("model:bi", "kg:basedOn"), ("model:bi", "kg:dependsOn")),
        "Nothing is based on",
    ),
    Fault(
        "not mentioned",
        _make("paper", "nm", "kg:uses model:good")
        + _make("claim", "nm", _claim("paper:nm", "kg:uses", "model:good", "paper:nm")),
        (("paper:nm", "kg:uses"),),
        "State schema:mentions",
    ),
    Fault(
        "dependency not stated",
        _make("model", "ds", "kg:basedOn model:good")
        + _make("claim", "ds", _claim("model:ds", "kg:basedOn", "model:good")),
        (("model:ds", "kg:basedOn"),),
        "State kg:dependsOn",
    ),
    Fault(
        "result of no paper",
        'result:np a fair4ml:MLModelEvaluation ; rdfs:label "x" .\n',
        (("result:np", "kg:reportedIn"),),
        "Name the paper that reports",
    ),
    Fault(
        "result of two models",
        _make("result", "tm", "fair4ml:evaluatedMLModel model:good, model:c")
        + "model:good fair4ml:hasEvaluation result:tm .\nmodel:c fair4ml:hasEvaluation result:tm .\n",
        (("result:tm", "fair4ml:evaluatedMLModel"),),
        "A result is of one model",
    ),
    Fault(
        "end before start",
        _make("result", "eb", "oa:start 5 ; oa:end 5"),
        (("result:eb", "oa:start"), ("result:eb", "oa:end")),
        "oa:start and oa:end go",
    ),
    Fault(
        "claim of what is not stated",
        _make("claim", "ns", _claim("model:c", "kg:outperforms", "model:good")),
        (("claim:ns", "rdf:object"),),
        "The graph does not hold",
    ),
    Fault(
        "claim with an unknown predicate",
        _make("model", "up", "rdfs:comment dataset:good")
        + _make("claim", "up", _claim("model:up", "rdfs:comment", "dataset:good")),
        (("claim:up", "rdf:predicate"),),
        "Give the claim one rdf:predicate",
    ),
    Fault(
        "a paper speaks for another",
        _make("paper", "sa") + _stated("paper:sa", "kg:introduces", "model:good", "paper:other"),
        (("claim:paper-sa-kg-introduces-model-good", "prov:wasDerivedFrom"),),
        "What a paper does itself",
    ),
]
