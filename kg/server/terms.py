"""The ontology at its own address: the page of its terms, and the files that define them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from kg.rdf.terms import KG, OWL, RDF, RDFS, SKOS
from kg.resources import ontology
from kg.server.addresses import Addresses
from kg.server.formats import GRAPHS, content_type
from kg.server.negotiation import best
from kg.server.questions import shortened
from kg.server.templates import page

__all__ = ["terms", "vocabulary_file"]

HTML = "text/html"
OFFERED = (HTML, "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
FILE_TYPES = {".ttl": "text/turtle; charset=utf-8", ".jsonld": "application/ld+json", ".rq": "text/plain"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of our own."""

    name: str
    kind: str
    """``class`` or ``property``."""
    definition: str
    links: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings and IRIs: what it is narrower than, from what to what it leads."""


async def terms(request: Request) -> Response:
    """``/ontology``: the terms as a page, or the whole ontology as RDF."""
    media_type = best(request.headers.get("accept"), OFFERED)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if media_type is None:
        return PlainTextResponse(f"the ontology is on offer as {', '.join(OFFERED)}\n", 406, headers)
    if media_type != HTML:
        return Response(_rdf(media_type), headers=headers, media_type=content_type(media_type))
    prefixes = request.app.state.workers.prefixes
    addresses = Addresses.of(prefixes, request.scope.get("root_path", "").rstrip("/"))
    files = sorted(path.name for path in ontology().iterdir() if path.suffix in (".ttl", ".jsonld"))

    def short(iri: str) -> str:
        return shortened(iri, prefixes).strip("<>")

    shown = {
        name: namespace for name, namespace in prefixes.items() if not namespace.startswith(addresses.base)
    }
    return page(
        request,
        "terms.html",
        headers=headers,
        terms=_terms(),
        prefixes=shown,
        base=addresses.base,
        files=files,
        short=short,
        link=addresses.term,
    )


async def vocabulary_file(request: Request) -> Response:
    """``/ontology/NAME``: one of the files that the ontology consists of."""
    wanted = request.path_params["name"]
    for path in ontology().iterdir():
        if path.name == wanted and path.suffix in FILE_TYPES:
            return FileResponse(
                path, media_type=FILE_TYPES[path.suffix], headers={"Cache-Control": "no-cache"}
            )
    raise HTTPException(404, "the ontology has no such file")


@cache
def _rdf(media_type: str) -> bytes:
    import pyoxigraph as ox

    path = ontology("ontology.ttl")
    if media_type == "text/turtle":
        return path.read_bytes()
    triples = (quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    return ox.serialize(triples, format=GRAPHS[media_type]) or b""


@cache
def _terms() -> tuple[Term, ...]:
    """Our own terms, classes first, by name."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=ontology("ontology.ttl"), format=ox.RdfFormat.TURTLE)

    def values(subject: ox.NamedNode, property_: str) -> list[str]:
        found = store.quads_for_pattern(subject, ox.NamedNode(property_), None)
        objects = (quad.object for quad in found)
        return sorted(term.value for term in objects if isinstance(term, ox.NamedNode | ox.Literal))

    terms = []
    for subject in {quad.subject for quad in store if isinstance(quad.subject, ox.NamedNode)}:
        kinds = [kind for kind in values(subject, RDF + "type") if kind.startswith(OWL)]
        if not subject.value.startswith(KG) or not kinds:
            continue
        headings = {
            "narrower than": [RDFS + "subClassOf", RDFS + "subPropertyOf"],
            "from": [RDFS + "domain"],
            "to": [RDFS + "range"],
            "inverse of": [OWL + "inverseOf"],
        }
        links = tuple(
            (heading, tuple(iri for property_ in properties for iri in values(subject, property_)))
            for heading, properties in headings.items()
        )
        definitions = values(subject, RDFS + "comment") or values(subject, SKOS + "definition") or [""]
        terms.append(
            Term(
                subject.value[len(KG) :],
                "class" if OWL + "Class" in kinds else "property",
                definitions[0],
                tuple((heading, iris) for heading, iris in links if iris),
            )
        )
    return tuple(sorted(terms, key=lambda term: (term.kind, term.name.lower())))
