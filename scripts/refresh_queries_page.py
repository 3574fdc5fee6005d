"""Write the named queries into docs/queries.md, each with what it answers on the graph of the seeds.

    python scripts/refresh_queries_page.py

What stands below the mark in the page is replaced; what stands above it is written by hand.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from shlex import quote
from textwrap import wrap

from kg.answer import Answer
from kg.graph import KnowledgeGraph
from kg.query import NamedQuery, QueryError, named_queries
from kg.rdf.known import shortened
from kg.store import Store
from kg.things import with_values

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "queries.md"
MARK = "<!-- What follows is written by scripts/refresh_queries_page.py: change the .rq files instead. -->\n"

EXAMPLES = {
    "dependents": ["dataset"],
    "ancestry": ["thing"],
    "evidence": ["subject", "predicate"],
    "reported-results": ["model"],
    "leaderboard": ["dataset", "metric"],
    "datasets-by-modality": ["modality"],
    "models-by-modality-and-task": ["modality", "task"],
    "metrics-by-task": ["task"],
}
"""Parameters that the examples give values for, those with most rows; other queries ask about everything."""
ROWS = 5
"""Rows that are shown, at most."""


def section(graph: KnowledgeGraph) -> str:
    """The part of the page below the mark, for a graph of the seeds."""
    store = Store.of(graph)
    return "\n".join(_shown(query, store) for query in named_queries().values())


def _shown(query: NamedQuery, store: Store) -> str:
    values = _values(query, EXAMPLES.get(query.name, []), store)
    answer = store.query(with_values(query.sparql, values, store))
    command = " ".join(["kg query", query.name, *(f"--param {quote(value)}" for value in values)])
    kept = Answer("select", answer.variables, answer.rows[:ROWS], prefixes=answer.prefixes)
    lines = [f"$ {command}", *kept.to("table").splitlines()]
    if not answer.rows:
        lines.append("(no rows on the seeds)")
    if len(answer.rows) > ROWS:
        lines.append(f"… {len(answer.rows)} rows in all")
    parameters = "\n".join(f"- `{each.name}`: {each.about}" for each in query.parameters)
    body = "".join(line for line in query.sparql.splitlines(True) if not _heading(line))
    question = "\n".join(wrap(query.question, 118))
    return (
        f"## {query.name}\n\n{question}\n\nParameters:\n\n{parameters}\n\n"
        f"```console\n" + "\n".join(lines) + f"\n```\n\n```sparql\n{body}```\n"
    )


def _values(query: NamedQuery, names: list[str], store: Store) -> list[str]:
    """Values that the query has most rows for, of equals the first; none when it has no rows at all."""
    answer = store.query(query.sparql)
    places = [answer.variables.index(name) for name in names]
    found = Counter(tuple(row[place] for place in places) for row in answer.rows)
    terms = found.most_common(1)[0][0] if names and found else ()
    return [_written(name, term.value, query, store) for name, term in zip(names, terms, strict=False)]


def _written(parameter: str, iri: str, query: NamedQuery, store: Store) -> str:
    """The value as people give it: by its label, where that means nothing else."""
    labels = store.query(f"SELECT ?label WHERE {{ <{iri}> rdfs:label ?label }} ORDER BY ?label").strings()
    for (label,) in labels:
        value = f"{parameter}={label}"
        with suppress(QueryError, LookupError):
            if f"{{ <{iri}> }}" in with_values(query.sparql, [value], store):
                return value
    return f"{parameter}={shortened(iri, store.prefixes)}"


def _heading(line: str) -> bool:
    """Whether it is of the comment at the top: those inside a query are indented."""
    return line.startswith("#")


def main() -> None:
    from kg.building import build

    above, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    if not mark:
        raise SystemExit(f"{PAGE} has lost its mark: put this line where the queries begin:\n{MARK}")
    PAGE.write_text(f"{above}{MARK}\n{section(build([ROOT / 'seeds']))}", encoding="utf-8")


if __name__ == "__main__":
    main()
