"""A SPARQL endpoint somewhere else, asked over HTTP like the store at hand."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
import requests

from kg.answer import Answer, Results
from kg.graph import BASE
from kg.lines import UNSEEN, shortened
from kg.query import QueryError, check_form
from kg.rdf import prefixes
from kg.rdf.terms import FOLDERS, KG
from kg.tokens import declared_prefixes, operations, tokens

__all__ = ["Endpoint", "EndpointError"]

LIMIT = 2_000_000_000
"""Bytes of an answer, unpacked, at most."""

_REDIRECTS = 5
_CONNECT = 10.0
"""Seconds to wait for a connection."""


class EndpointError(OSError):
    """An endpoint that cannot be reached, refuses, or answers what is no answer."""


class Endpoint:
    """Any SPARQL 1.1 endpoint.

    Args:
        url: its address, ``http:`` or ``https:``.
        timeout: seconds until the whole answer must be there.
        limit: bytes of an answer, unpacked, at most.

    Raises:
        ValueError: the address is none of the web.
    """

    def __init__(self, url: str, timeout: float = 60.0, limit: int = LIMIT) -> None:
        _check_address(url)
        self.url, self.timeout, self.limit = url, timeout, limit

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """The well-known prefixes; those of things under the base that the endpoint's graph says it has."""
        spaces = []
        # What is wrong with the endpoint, the query itself will tell.
        with suppress(EndpointError, QueryError):
            spaces = self._ask(
                "SELECT ?space WHERE { ?graph <http://rdfs.org/ns/void#uriSpace> ?space ; "
                f"<http://purl.org/dc/terms/conformsTo> <{KG.rstrip('#')}> }} ORDER BY ?space LIMIT 1"
            )
        return prefixes(spaces[0][0] if spaces else BASE)

    def query(self, sparql: str) -> Answer:
        """Send a query and read the whole answer; prefixes as in :meth:`kg.store.Store.query`.

        Raises:
            QueryError: the endpoint found fault with the query.
            EndpointError: it cannot be reached, took too long, answered too much, or what is no answer.
        """
        try:
            return Answer.of(self.results(sparql), self.prefixes)
        except SyntaxError as error:
            raise EndpointError(f"{self.url}: the answer is broken: {error}") from None

    def results(self, sparql: str) -> Results:
        """Send a query; the answer is read from the network while it is used.

        An update is never sent. Whether a query may call other endpoints (``SERVICE``) is left to this one.

        Raises:
            QueryRefused: it is an update.
            QueryError, EndpointError: as for :meth:`query`; reading the results raises the latter too, and
                ``SyntaxError`` when they are broken.
        """
        check_form(sparql)
        form = operations(sparql)[0]
        results = self._send(self._declared(sparql), form in ("CONSTRUCT", "DESCRIBE"))
        return self._boolean(results) if form == "ASK" else results

    def holds(self, iri: str) -> bool:
        """Whether a statement of the default graph is about this."""
        return bool(self._ask(f"SELECT ?p WHERE {{ {ox.NamedNode(iri)} ?p ?o }} LIMIT 1"))

    def called(self, name: str, kind: str | None = None) -> list[str]:
        """IRIs of the things with this label or alias, in any case of letters; labels go before aliases.

        Raises:
            LookupError: there is none.
        """
        forms = sorted({str(ox.Literal(name)), str(ox.Literal(name, language="en"))})
        for properties in ("rdfs:label|skos:prefLabel", "skos:altLabel"):
            for pattern in (
                f"VALUES ?form {{ {' '.join(forms)} }} ?thing {properties} ?form",
                f"?thing {properties} ?form FILTER(LCASE(STR(?form)) = LCASE({ox.Literal(name)}))",
            ):
                found = self._ask(
                    _NAMES + f"SELECT DISTINCT ?thing WHERE {{ {pattern} }} ORDER BY ?thing LIMIT 50"
                )
                if things := [iri for (iri,) in found if ":" in iri]:
                    return things
        raise LookupError(f"no {kind or 'thing'} is called {name!r} at {self.url}; an IRI works too")

    def _boolean(self, results: Results) -> Results:
        """The answer to an ASK, also of an engine that puts it into a table."""
        if not isinstance(results, ox.QuerySolutions):
            return results
        rows = [[term.value for term in row] for row in results]
        said = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else None
        if said not in _BOOLEANS:
            raise EndpointError(f"{self.url}: answered an ASK with a table instead of yes or no")
        truth = b'{"head":{},"boolean":%s}' % (b"true" if _BOOLEANS[said] else b"false")
        return ox.parse_query_results(truth, ox.QueryResultsFormat.JSON)

    def _ask(self, sparql: str) -> list[tuple[str, ...]]:
        try:
            return Answer.of(self._send(sparql, False)).strings()
        except SyntaxError as error:
            raise EndpointError(f"{self.url}: the answer is broken: {error}") from None

    def _declared(self, sparql: str) -> str:
        """The query with declarations of the prefixes that it uses and does not declare."""
        found = tokens(sparql)
        used = {token.text.partition(":")[0] for token in found if token.kind == "name"}
        missing = used - declared_prefixes(found).keys() - {"", "_"}
        # The base is asked for only when a query needs it.
        known = self.prefixes if missing & set(FOLDERS) else prefixes(BASE)
        lines = [f"PREFIX {prefix}: <{known[prefix]}> " for prefix in sorted(missing & known.keys())]
        # On the first line, so that complaints about a line are about that line.
        return "".join(lines) + sparql

    def _send(self, sparql: str, graph: bool) -> Results:
        accept = _ACCEPT_GRAPH if graph else _ACCEPT
        deadline = time.monotonic() + self.timeout
        with _explained(self):
            response = self._post(sparql, accept)
        if response.status_code >= 300:
            raise self._refusal(response, deadline)
        body: Any = _Body(self, response, deadline)
        type_ = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if type_ == "application/json":  # what some call the standard results
            type_ = "application/sparql-results+json"
        try:
            if type_.startswith("application/sparql-results"):
                return ox.parse_query_results(body, ox.QueryResultsFormat.from_media_type(type_))
            if rdf := ox.RdfFormat.from_media_type(type_):
                return _triples(ox.parse(body, rdf, base_iri=response.url))
        except SyntaxError as error:
            raise EndpointError(f"{self.url}: the answer is broken: {error}") from None
        what = f"with {_safe(type_, 60)!r}" if type_ else "without saying what it is"
        hint = "; is that the address of a page about the endpoint?" if "html" in type_ else ""
        raise EndpointError(f"{self.url}: answered {what} instead of the results of a query{hint}")

    def _post(self, sparql: str, accept: str) -> requests.Response:
        """The answer to the query, sent the usual way or as the endpoint insists."""
        ways: list[dict[str, Any]] = [
            {"data": {"query": sparql}},
            {"data": sparql.encode(), "headers": {"Content-Type": "application/sparql-query"}},
        ]
        for way in ways:
            url = self.url
            for _ in range(_REDIRECTS + 1):
                response = requests.post(
                    url,
                    data=way["data"],
                    headers={"Accept": accept, **way.get("headers", {})},
                    timeout=(min(_CONNECT, self.timeout), self.timeout),
                    stream=True,
                    # A client that follows by itself turns the query into a GET without one.
                    allow_redirects=False,
                )
                if not response.is_redirect:
                    break
                url = urljoin(url, response.headers["Location"])
                response.close()
                _check_address(url)
            else:
                raise EndpointError(f"{self.url}: sends from address to address; give it the last one")
            if response.status_code != 415:
                break
        return response

    def _refusal(self, response: requests.Response, deadline: float) -> Exception:
        with _explained(self):
            text = _Body(self, response, deadline).read(4000).decode("utf-8", "replace")
        response.close()
        if "html" in response.headers.get("Content-Type", ""):
            text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
        said = f": {shown}" if (shown := _safe(text, 400)) else ""
        code = f"{response.status_code} {_safe(response.reason or '', 60)}".strip()
        if response.status_code == 400:
            return QueryError(f"{self.url} refused the query ({code}){said}")
        return EndpointError(f"{self.url} answered {code}{said}")


_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_ACCEPT_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_NAMES = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
_BOOLEANS = {"0": False, "1": True, "false": False, "true": True}
_REASONS = {"refused": "the connection was refused", "resolve": "no such host"}
"""Words in the complaint of a failed connection, which is long and speaks of pools and retries."""


class _Body(io.RawIOBase):
    """What an endpoint sends, unpacked, as a file that ends in an error past the limits."""

    def __init__(self, endpoint: Endpoint, response: requests.Response, deadline: float) -> None:
        self._endpoint, self._response, self._deadline = endpoint, response, deadline
        self._left = endpoint.limit

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if time.monotonic() > self._deadline:
            raise _late(self._endpoint)
        with _explained(self._endpoint):
            # What is there, rather than all that is asked for: a slow sender is to be seen in time.
            data: bytes = self._response.raw.read1(size if size >= 0 else None, decode_content=True)
        self._left -= len(data)
        if self._left < 0:
            raise EndpointError(
                f"{self._endpoint.url}: the answer is over {self._endpoint.limit:,} bytes; set a LIMIT"
            )
        return data


class _explained:
    """Turns failures of the network into one line."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        import urllib3

        url = self._endpoint.url
        if isinstance(error, EndpointError):
            return
        if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
            raise _late(self._endpoint) from None
        if isinstance(error, requests.ConnectionError):
            said = str(error)
            reason = next((plain for word, plain in _REASONS.items() if word in said), _safe(said, 200))
            raise EndpointError(f"{url}: cannot be reached: {reason}") from None
        if isinstance(error, requests.RequestException | urllib3.exceptions.HTTPError):
            raise EndpointError(f"{url}: the request failed: {_safe(str(error), 200)}") from None


def _late(endpoint: Endpoint) -> EndpointError:
    return EndpointError(
        f"{endpoint.url}: no whole answer within {endpoint.timeout:g} s; allow more, or ask for less"
    )


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(
            f"{_safe(url, 100)!r} is no endpoint: give an address like https://example.org/sparql"
        )


def _triples(quads: Iterator[ox.Quad]) -> Iterator[ox.Triple]:
    for quad in quads:
        yield quad.triple


def _safe(text: str, length: int) -> str:
    """One line, without what a terminal would obey."""
    return shortened(UNSEEN.sub(" ", text), length)
