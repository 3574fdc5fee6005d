"""Statements of papers with their sentences, and the results that are reported of a thing."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.rdf.terms import FAIR4ML, KG
from kg.server.rows import Row, Rows, texts

__all__ = ["RESULT_ENDS", "Result", "Said", "reported", "said", "stated"]

RESULTS, STATED = 50, 50
"""Results and statements of a paper that are shown."""

RESULT_ENDS = {
    "model": FAIR4ML + "evaluatedMLModel",
    "dataset": FAIR4ML + "evaluationDataset",
    "metric": KG + "metric",
    "paper": KG + "reportedIn",
}
"""The kinds of thing that a result refers to, and by which property."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that makes a statement, and the paper that it is in."""

    sentence: str
    paper: str
    """IRI; empty when no paper is known."""
    confidence: float | None = None
    subject: str = ""
    predicate: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A reported number; ends that the text does not tell are empty."""

    iri: str
    model: str
    dataset: str
    metric: str
    paper: str
    written: str
    condition: str
    gain: bool
    sentence: str


async def reported(iri: NamedNode, kind: str, rows: Rows) -> tuple[tuple[Result, ...], int]:
    """The first results of a thing of a kind of :data:`RESULT_ENDS`, and how many there are."""
    joint = f"?result <{RESULT_ENDS[kind]}> {iri} ."
    count = int((await rows(f"SELECT (COUNT(DISTINCT ?result) AS ?count) {{ {joint} }}"))[0]["count"].value)
    if not count:
        return (), 0
    ends = " ".join(f"OPTIONAL {{ ?result <{term}> ?{name} }}" for name, term in RESULT_ENDS.items())
    query = f"""SELECT * WHERE {{
      {{ SELECT DISTINCT ?result WHERE {{ {joint} }} ORDER BY ?result LIMIT {RESULTS} }}
      {ends} OPTIONAL {{ ?result kg:asWritten ?text }} OPTIONAL {{ ?result schema:value ?value }}
      OPTIONAL {{ ?result kg:condition ?condition }} OPTIONAL {{ ?result kg:isGain ?gain }}
      OPTIONAL {{ ?result oa:exact ?sentence }} }} ORDER BY ?result"""
    found: dict[str, Result] = {}
    for row in await rows(query):
        text = texts(row)
        found.setdefault(
            text["result"],
            Result(
                iri=text["result"],
                **{name: text.get(name, "") for name in RESULT_ENDS},
                written=text.get("text") or text.get("value", ""),
                condition=text.get("condition", ""),
                gain=text.get("gain") in ("true", "1"),
                sentence=text.get("sentence", ""),
            ),
        )
    return tuple(found.values()), count


async def stated(iri: NamedNode, rows: Rows) -> tuple[tuple[Said, ...], int]:
    """The first things that a paper states of others than itself, and how many there are."""
    claims = f"""?claim prov:wasDerivedFrom {iri} ; a kg:Claim ; rdf:subject ?subject ;
      rdf:predicate ?property ; rdf:object ?object . FILTER(?subject != {iri} && isIRI(?object))"""
    count = int((await rows(f"SELECT (COUNT(DISTINCT ?claim) AS ?count) {{ {claims} }}"))[0]["count"].value)
    query = f"""SELECT ?claim ?subject ?property ?object ?sentence ?confidence WHERE {{ {claims}
      OPTIONAL {{ ?claim oa:exact ?sentence }} OPTIONAL {{ ?claim kg:confidence ?confidence }}
      OPTIONAL {{ ?claim oa:start ?start }} }} ORDER BY ?start ?claim LIMIT {STATED}"""
    return tuple(said({**row, "paper": iri}) for row in await rows(query)) if count else (), count


def said(row: Row) -> Said:
    """A statement from a row with its parts."""
    text = texts(row)
    try:
        confidence = float(text["confidence"])
    except (KeyError, ValueError):
        confidence = None
    ends = (text.get(name, "") for name in ("subject", "property", "object"))
    return Said(text.get("sentence", ""), text.get("paper", ""), confidence, *ends)
