"""SPARQL that the pages hand to their readers: complete with its PREFIX lines, and meant to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from kg.rdf.terms import RDF
from kg.server.neighbours import Group
from kg.tokens import declared_prefixes, tokens

__all__ = ["editor", "of_group", "of_results", "of_statements", "of_thing", "prefixed", "shortened"]

_PLAIN = re.compile(r"[A-Za-z0-9_](?:[\w-]*[A-Za-z0-9_])?", re.ASCII)


def prefixed(sparql: str, prefixes: Mapping[str, str]) -> str:
    """The query with a PREFIX line for each known prefix that it uses and does not declare."""
    found = tokens(sparql)
    used = {token.text.partition(":")[0] for token in found if token.kind == "name"}
    missing = sorted((used - declared_prefixes(found).keys()) & prefixes.keys())
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in missing) + sparql


def editor(sparql: str, title: str, root: str = "") -> str:
    """The address at which the front page opens with a query and runs it."""
    return f"{root}/#query={quote(sparql, safe='')}&tabTitle={quote(title[:40], safe='')}"


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI as it stands in a query: with a prefix if it can be, the longest namespace first."""
    for name, namespace in sorted(prefixes.items(), key=lambda item: -len(item[1])):
        if iri.startswith(namespace) and _PLAIN.fullmatch(iri[len(namespace) :]):
            return f"{name}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def of_thing(iri: str, prefixes: Mapping[str, str]) -> str:
    """What the graph states of a thing, and what it states of others with it."""
    thing = shortened(iri, prefixes)
    pattern = f"""  {{ {thing} ?property ?value . BIND({thing} AS ?subject) }}
  UNION
  {{ ?subject ?property {thing} . BIND({thing} AS ?value) }}"""
    return prefixed(f"SELECT ?subject ?property ?value WHERE {{\n{pattern}\n}} LIMIT 1000\n", prefixes)


def of_group(iri: str, group: Group, prefixes: Mapping[str, str]) -> str:
    """All things of a group, with the papers that say so."""
    thing, property_ = shortened(iri, prefixes), shortened(group.predicate, prefixes)
    subject, object_ = ("?thing", thing) if group.back else (thing, "?thing")
    class_ = f"  ?thing {shortened(RDF + 'type', prefixes)} {shortened(group.class_, prefixes)} .\n"
    pattern = f"""  {subject} {property_} {object_} .
{class_ if group.class_ else ""}  OPTIONAL {{ ?thing rdfs:label ?label }}
  OPTIONAL {{
    ?claim rdf:subject {subject} ; rdf:predicate {property_} ; rdf:object {object_} ;
      prov:wasDerivedFrom ?paper ; oa:exact ?sentence .
  }}"""
    return prefixed(
        f"SELECT ?thing ?label ?paper ?sentence WHERE {{\n{pattern}\n}} ORDER BY ?label\n", prefixes
    )


def of_results(iri: str, property_: str, prefixes: Mapping[str, str]) -> str:
    """All results that refer to a thing by a property."""
    joint = f"?result {shortened(property_, prefixes)} {shortened(iri, prefixes)} ."
    pattern = f"""  {joint}
  OPTIONAL {{ ?result fair4ml:evaluatedMLModel ?model }}
  OPTIONAL {{ ?result fair4ml:evaluationDataset ?dataset }}
  OPTIONAL {{ ?result kg:metric ?metric }}
  OPTIONAL {{ ?result kg:asWritten ?value }}
  OPTIONAL {{ ?result kg:reportedIn ?paper }}"""
    return prefixed(f"SELECT ?model ?dataset ?metric ?value ?paper WHERE {{\n{pattern}\n}}\n", prefixes)


def of_statements(iri: str, prefixes: Mapping[str, str]) -> str:
    """All that a paper states."""
    pattern = f"""  ?claim prov:wasDerivedFrom {shortened(iri, prefixes)} ;
    rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object .
  OPTIONAL {{ ?claim oa:exact ?sentence }}"""
    return prefixed(f"SELECT ?subject ?property ?object ?sentence WHERE {{\n{pattern}\n}}\n", prefixes)
