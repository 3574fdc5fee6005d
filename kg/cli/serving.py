"""The command that answers queries over HTTP: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.output import GraphFolder, guarded, note, say

__all__ = ["serve"]


@guarded
def serve(
    graph: GraphFolder = "output",
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; by default only this machine can ask.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 is any that is free.")] = 7878,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="How long a query may run.")] = 30,
    max_answer: Annotated[int, typer.Option(metavar="MB", min=1, help="How large an answer may be.")] = 100,
    memory: Annotated[
        int, typer.Option(metavar="MB", min=10, help="How much memory a query may take.")
    ] = 1000,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="How many queries may run at once; else one a core, and no fewer than 4."),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Whose pages may ask from a browser, such as https://example.org (repeatable); else "
            "anybody's. 'none' is nobody's.",
        ),
    ] = None,
) -> None:
    """Answer SPARQL queries over HTTP, at /sparql, and show the graph in a browser.

    The graph cannot be changed through it. Stop it with Ctrl-C (exit code 130) or SIGTERM (0);
    queries that run have 3 seconds to finish, and a second Ctrl-C ends them at once.

    \b
    Example:
      kg serve --graph output
      curl http://127.0.0.1:7878/sparql --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 3'
      kg serve --port 8000 --timeout 10
    """
    try:
        from kg.server import Settings
        from kg.server import serve as serve_until_stopped
        from kg.server.running import is_local
        from kg.server.stopping import LAST_ANSWERS
    except ModuleNotFoundError as error:
        raise ValueError(
            f"serving needs the module {error.name}: run pip install 'biomed-kg[server]'"
        ) from None
    from kg.server.settings import MEGABYTE

    limits = {} if workers is None else {"workers": workers}
    settings = Settings(
        timeout=timeout,
        answer_bytes=max_answer * MEGABYTE,
        memory_bytes=memory * MEGABYTE,
        cors=tuple(origin for origin in cors or ["*"] if origin != "none"),
        **limits,
    )
    if not is_local(host):
        note(f"warning: other machines can reach {host}; anybody there may read the graph")

    def ready(address: str) -> None:
        say(f"{address} shows the graph, {address}sparql answers queries; stop with Ctrl-C")

    def stopping(queries: int) -> None:
        what = "a query runs" if queries == 1 else f"{queries} queries run"
        note(f"{what} and may finish within {LAST_ANSWERS:g} s; Ctrl-C again stops at once")

    serve_until_stopped(graph, host=host, port=port, settings=settings, ready=ready, stopping=stopping)
    note("stopped")
