"""The front page: what the graph holds, and an editor for queries with those that ship as examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from kg.parameters import Parameter, bind, declared, number, question
from kg.query import NamedQuery, named_queries
from kg.rdf.terms import (
    ATTRIBUTES,
    CLASSES,
    EVIDENCE,
    FOLDERS,
    IMPLIED,
    INVERSE,
    KG,
    PREDICATES,
    PROV,
    RDF,
    SCHEMA,
    SCHEMES,
    SKOS,
    TUPLES,
)
from kg.server import wording
from kg.server.addresses import Addresses
from kg.server.questions import prefixed
from kg.server.rows import Rows, rows_for
from kg.server.search import by_name, near
from kg.server.templates import data, page
from kg.server.thing import names
from kg.tokens import tokens

__all__ = ["front"]

ROWS = 1000
"""Rows that an example asks for; a browser shows so many at ease."""
SHOWN = "# rows shown here; a download holds all"
"""Marks a limit that is the page's, not the query's: a download goes without it."""

FIRST = """# The datasets that most papers name, and how many do. Run it, change it, or take an example.
SELECT ?dataset ?name (COUNT(DISTINCT ?paper) AS ?papers)
WHERE {
  ?dataset a schema:Dataset ; rdfs:label ?name .
  ?paper schema:mentions ?dataset .
}
GROUP BY ?dataset ?name
ORDER BY DESC(?papers) ?name
LIMIT 20
"""
"""What the editor holds when it opens for the first time."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value of a parameter that names nothing, and what may have been meant."""

    value: str
    suggestions: tuple[str, ...]


async def front(request: Request) -> Response:
    """``/``: the front page; ``/?example=NAME&PARAMETER=VALUE`` opens it with a named query."""
    prefixes = request.app.state.workers.prefixes
    addresses = Addresses.of(prefixes, request.scope.get("root_path", "").rstrip("/"))
    rows = rows_for(request)
    queries = named_queries()
    opened, unknown = None, None
    if wanted := queries.get(request.query_params.get("example", "")):
        filled = await _filled(wanted, request.query_params, addresses, rows)
        if isinstance(filled, Unknown):
            unknown = filled
        else:
            opened = {"name": wanted.name, "sparql": _text(filled, prefixes)}
    settings = {
        "first": prefixed(FIRST, prefixes),
        "prefixes": dict(prefixes),
        "terms": _terms(),
        "base": addresses.base,
        "examples": {query.name: _text(query.sparql, prefixes) for query in queries.values()},
        "opened": opened,
        "shown": SHOWN,
    }
    return page(
        request,
        "front.html",
        scripted=True,
        counts=[wording.counted(number_, kind) for kind, number_ in (await _counts(rows)).items()],
        examples=[_example(query) for query in queries.values()],
        unknown=unknown,
        settings=data(settings),
        endpoint=str(request.url_for("sparql")),
    )


def _example(query: NamedQuery) -> dict[str, Any]:
    """What the list of examples shows of a named query."""
    asked, mark, _ = question(query.sparql).partition("?")
    return {"name": query.name, "question": asked + mark, "parameters": declared(query.sparql)}


def _text(sparql: str, prefixes: Mapping[str, str]) -> str:
    """A named query as the editor shows it: with its prefixes, a limit, and nothing that is for programs."""
    lines = [line for line in sparql.splitlines() if not line.startswith("# param ")]
    if not any(token.is_word("LIMIT") for token in tokens(sparql)):
        lines.append(f"LIMIT {ROWS} {SHOWN}")
    return prefixed("\n".join([*lines, ""]), prefixes)


async def _filled(
    query: NamedQuery, given: Mapping[str, str], addresses: Addresses, rows: Rows
) -> str | Unknown:
    """The query with the values that were given for its parameters; empty ones are none."""
    values: dict[str, list[NamedNode | Literal]] = {}
    for parameter in declared(query.sparql):
        text = given.get(parameter.name, "").strip()
        if not text:
            continue
        if parameter.kind == "number":
            literal = number(text)
            found: list[NamedNode | Literal] = [literal] if literal is not None else []
        else:
            found = [NamedNode(iri) for iri in await _things(text, addresses, rows)]
        if not found:
            meant = await near(text, rows, 5, _kinds(parameter)) if parameter.kind == "thing" else []
            labels = await names(meant, rows)
            return Unknown(text, tuple(dict.fromkeys(labels[iri] for iri in meant if iri in labels)))
        values[parameter.name] = found
    return bind(query.sparql, values)


def _kinds(parameter: Parameter) -> tuple[str, ...]:
    """The kinds of thing that a parameter is named by, or its description; none when it tells none."""
    if parameter.name in wording.KINDS:
        return (parameter.name,)
    words = re.findall(r"\w+", parameter.about.lower())
    kinds = [kind for kind in wording.KINDS if kind in words]
    return (*kinds, *(SCHEMES if "concept" in words else ()))


async def _things(text: str, addresses: Addresses, rows: Rows) -> list[str]:
    """The things that a text means: an IRI, the path of one under the base, or a name."""
    text = text.removeprefix("<").removesuffix(">")
    try:
        if text.startswith(("http://", "https://")):
            return [NamedNode(text).value]
    except ValueError:
        return []
    if found := await by_name(text, rows):
        return found
    return [addresses.iri(text)] if text.partition("/")[0] in FOLDERS else []


async def _counts(rows: Rows) -> dict[str, int]:
    """How many things there are of each kind that the graph holds."""
    kinds = {class_: kind for kind, class_ in CLASSES.items() if kind not in SCHEMES}
    kinds |= {scheme: kind for kind, scheme in SCHEMES.items()}
    classes = " ".join(f"<{class_}>" for kind, class_ in CLASSES.items() if kind not in SCHEMES)
    schemes = " ".join(f"<{scheme}>" for scheme in SCHEMES.values())
    query = f"""SELECT ?group (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
      {{ VALUES ?group {{ {classes} }} ?thing a ?group }}
      UNION {{ VALUES ?group {{ {schemes} }} ?thing skos:inScheme ?group }}
    }} GROUP BY ?group"""
    found = {kinds[row["group"].value]: int(row["count"].value) for row in await rows(query)}
    return {kind: found[kind] for kind in wording.KINDS if found.get(kind)}


def _terms() -> dict[str, list[str]]:
    """The classes and properties that a graph uses, for the editor to complete."""
    attributes = [
        attribute.property for attribute in (*ATTRIBUTES.values(), *TUPLES.values(), *EVIDENCE.values())
    ]
    properties = {*attributes, *PREDICATES.values(), *IMPLIED.values(), *INVERSE.values()}
    properties |= {RDF + name for name in ("type", "subject", "predicate", "object")}
    properties |= {SKOS + "prefLabel", SKOS + "inScheme", SCHEMA + "author", SCHEMA + "position"}
    properties |= {SCHEMA + "identifier", PROV + "wasGeneratedBy"}
    classes = {*CLASSES.values(), KG + "Claim", SCHEMA + "Person", PROV + "Activity", SKOS + "ConceptScheme"}
    return {"property": sorted(properties), "class": sorted(classes)}
