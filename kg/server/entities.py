"""A thing of the graph at its own address: a page for people, RDF for programs.

The answer comes at once (200) with its own address in Content-Location, not by way of a redirect (303): the
thing's IRI is elsewhere (``https://w3id.org/…`` redirects here), so the address on this server names the
description, nobody takes it for the thing, and a client saves a round trip.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.export.jsonld import to_jsonld
from kg.rdf.terms import OA, SCHEMA
from kg.server import questions, wording
from kg.server.addresses import Addresses, web_address
from kg.server.formats import content_type
from kg.server.negotiation import best
from kg.server.rows import rows_for
from kg.server.search import by_name, near
from kg.server.statements import RESULT_ENDS
from kg.server.templates import page
from kg.server.thing import Thing, names, thing

__all__ = ["FORMATS", "entity", "find"]

HTML, JSON, JSON_LD = "text/html", "application/json", "application/ld+json"
FORMATS = {
    "html": HTML,
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": JSON_LD,
    "rdf": "application/rdf+xml",
}
"""Suffixes of addresses, and the media types that are on offer, those preferred first."""
_OFFERED = (*FORMATS.values(), JSON)
"""Media types on offer; plain JSON is another name of JSON-LD."""
_COMPACTED = 200_000
"""Bytes of JSON-LD that get short names; a larger description would keep the server from others for long."""
FORMAT_NAMES = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


async def entity(request: Request) -> Response:
    """``/id/KEY``, ``/id/KEY.ttl`` …, or ``/id?iri=…`` for what is not under the base."""
    prefixes = request.app.state.workers.prefixes
    addresses = Addresses.of(prefixes, request.scope.get("root_path", "").rstrip("/"))
    path, rows = request.path_params.get("key", ""), rows_for(request)
    try:
        iri = NamedNode(addresses.iri(path) if path else request.query_params.get("iri", ""))
    except ValueError:
        return await _unknown(request, path or request.query_params.get("iri", ""), addresses)
    suffix = request.query_params.get("format", "") if not path else ""
    found = await _exists(iri, request)
    name, dot, ending = path.rpartition(".")
    if not found and name and dot and ending in FORMATS:
        iri, suffix = NamedNode(addresses.iri(name)), ending
        found = await _exists(iri, request)
    if not found:
        return await _unknown(request, iri.value.removeprefix(addresses.base), addresses)
    media_type = FORMATS.get(suffix) or best(request.headers.get("accept"), _OFFERED)
    if media_type is None:
        offered = ", ".join(FORMATS.values())
        return PlainTextResponse(f"this thing is described in {offered}\n", 406, {"Vary": "Accept"})
    address = addresses.page(iri.value)
    if media_type != HTML:
        return await _rdf(request, iri, media_type, address)
    about = await thing(iri, rows)
    assert about is not None
    forms = {label: _form(address, ending) for ending, label in FORMAT_NAMES.items()}
    headers = {
        "Vary": "Accept",
        "Content-Location": _form(address, "html"),
        "Link": ", ".join(
            f'<{_form(address, ending)}>; rel="alternate"; type="{FORMATS[ending]}"'
            for ending in FORMAT_NAMES
        ),
    }
    shown = _Shown(about, addresses, prefixes)
    return page(request, "entity.html", headers=headers, thing=about, show=shown, forms=forms)


async def find(request: Request) -> Response:
    """``/find?name=…``: the page of the thing that goes by a name, or those of names like it."""
    name = request.query_params.get("name", "").strip()
    rows = rows_for(request)
    addresses = Addresses.of(
        request.app.state.workers.prefixes, request.scope.get("root_path", "").rstrip("/")
    )
    exact = await by_name(name, rows) if name else []
    if len(exact) == 1:
        return RedirectResponse(addresses.page(exact[0]), 303)
    things = exact or (await near(name, rows) if name else [])
    labels = await names(things, rows)
    listed = [_listed(iri, labels, addresses) for iri in things]
    return page(request, "found.html", name=name, exact=bool(exact), things=listed)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the template asks for: names and addresses of what a thing refers to."""

    thing: Thing
    addresses: Addresses
    prefixes: Mapping[str, str]

    def name(self, iri: str) -> str:
        return self.thing.labels.get(iri) or iri.removeprefix(self.addresses.base)

    def link(self, iri: str) -> str:
        """The page of what the graph names; of others the address itself, if it is one."""
        here = iri.startswith(self.addresses.base) or iri in self.thing.labels
        return self.addresses.page(iri) if here else self.addresses.term(iri)

    def term(self, iri: str) -> str:
        return self.addresses.term(iri)

    def short(self, iri: str) -> str:
        return questions.shortened(iri, self.prefixes).strip("<>")

    def heading(self, group: Any) -> str:
        return wording.property_phrase(group.predicate, group.back)

    def class_name(self, group: Any) -> str:
        return wording.class_name(group.class_, group.count)

    def phrase(self, property_: str) -> str:
        return wording.property_phrase(property_, False)

    def facts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Headings with values, and for each value the address that it is, if any."""
        facts = []
        for property_ in wording.in_order(self.thing.literals):
            if property_ not in wording.HIDDEN and property_ != SCHEMA + "abstract":
                values = self.thing.literals[property_]
                shown = wording.plain if property_ == OA + "exact" else str
                pairs = [(shown(value.value), _address(property_, value)) for value in values]
                facts.append((wording.fact(property_), pairs))
        return facts

    def abstract(self) -> str:
        return "\n".join(
            self.plain(value.value) for value in self.thing.literals.get(SCHEMA + "abstract", ())
        )

    def plain(self, text: str) -> str:
        return wording.plain(text)

    def all_of(self, group: Any) -> str:
        return self._editor(questions.of_group(self.thing.iri, group, self.prefixes))

    def all_results(self) -> str:
        end = RESULT_ENDS[self.thing.kind]
        return self._editor(questions.of_results(self.thing.iri, end, self.prefixes))

    def all_statements(self) -> str:
        return self._editor(questions.of_statements(self.thing.iri, self.prefixes))

    def ask(self) -> str:
        return self._editor(questions.of_thing(self.thing.iri, self.prefixes))

    def _editor(self, sparql: str) -> str:
        return questions.editor(sparql, self.name(self.thing.iri), self.addresses.root)


def _address(property_: str, value: Literal) -> str:
    text = value.value
    if property_ == SCHEMA + "identifier":
        scheme, _, rest = text.partition(":")
        places = {"doi": "https://doi.org/", "arXiv": "https://arxiv.org/abs/"}
        return places[scheme] + rest if scheme in places else ""
    return web_address(text)


def _listed(iri: str, labels: Mapping[str, str], addresses: Addresses) -> dict[str, str]:
    key = iri.removeprefix(addresses.base)
    return {"name": labels.get(iri, key), "address": addresses.page(iri), "key": key}


def _form(address: str, ending: str) -> str:
    """The address of one form of a description."""
    return f"{address}&format={ending}" if "?" in address else f"{address}.{ending}"


async def _exists(iri: NamedNode, request: Request) -> bool:
    query = (
        f"SELECT ?other WHERE {{ {{ {iri} ?property ?other }} UNION {{ ?other ?property {iri} }} }} LIMIT 1"
    )
    return bool(await rows_for(request)(query))


async def _rdf(request: Request, iri: NamedNode, media_type: str, address: str) -> Response:
    """The statements about a thing, the claims that make them, and the names of what they lead to."""
    query = f"""CONSTRUCT {{ ?subject ?property ?value }} WHERE {{
      {{ {iri} ?property ?value . BIND({iri} AS ?subject) }}
      UNION {{ ?subject rdf:subject {iri} ; a kg:Claim ; ?property ?value }}
      UNION {{ {iri} ?joint ?subject . ?subject rdfs:label ?value . BIND(rdfs:label AS ?property) }}
    }}"""
    client = request.client.host if request.client else "unknown"
    form = JSON_LD if media_type == JSON else media_type
    reply = await request.app.state.workers.query(query, accept=(form,), client=client)
    body = reply.body
    if form == JSON_LD and reply.size <= _COMPACTED:
        body = await asyncio.to_thread(_compacted, body)
    ending = next(ending for ending, offered in FORMATS.items() if offered == form)
    headers = {
        "Vary": "Accept",
        "Content-Location": _form(address, ending),
        "Cache-Control": "no-cache",
        # RDF and XML hold texts from anywhere, which must not run when a browser shows them.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(body, headers=headers, media_type=content_type(media_type))


def _compacted(expanded: bytes) -> bytes:
    """JSON-LD with short names, and the context that tells what they stand for."""
    return to_jsonld(quad.triple for quad in parse(expanded, RdfFormat.JSON_LD)).encode()


async def _unknown(request: Request, key: str, addresses: Addresses) -> Response:
    rows = rows_for(request)
    name = key.rstrip("/").rpartition("/")[2].rpartition(".")[0 if _has_suffix(key) else 2]
    things = await near(name.replace("-", " "), rows)
    if best(request.headers.get("accept"), _OFFERED) not in (HTML, None):
        hint = f"; did you mean {' or '.join(things[:3])}?" if things else ""
        return PlainTextResponse(f"the graph says nothing of this thing{hint}\n", 404, {"Vary": "Accept"})
    labels = await names(things, rows)
    listed = [_listed(iri, labels, addresses) for iri in things]
    headers = {"Vary": "Accept"}
    return page(request, "unknown.html", status=404, headers=headers, key=key, things=listed)


def _has_suffix(key: str) -> bool:
    return key.rpartition(".")[2] in FORMATS
