"""Write the named queries into docs/queries.md, each with what it answers on the graph of the seeds.

    python scripts/refresh_queries_page.py

What stands below the mark in the page is replaced; what stands above it is written by hand.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

from kg.answer import Answer
from kg.graph import KnowledgeGraph
from kg.query import NamedQuery, named_queries
from kg.store import Store
from kg.things import with_values

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "queries.md"
MARK = "<!-- What follows is written by scripts/refresh_queries_page.py: change the .rq files instead. -->\n"

EXAMPLES = {
    "dependents": ["dataset=ORION"],
    "ancestry": ["thing=BiomedCoOp"],
    "evidence": ["subject=BiomedCoOp", "predicate=basedOn"],
    "reported-results": ["model=SAM-VMNet"],
    "leaderboard": ["dataset=Pan-CK", "metric=F1"],
    "datasets-by-modality": ["modality=X-ray"],
    "models-by-modality-and-task": ["modality=CT", "task=segmentation"],
    "metrics-by-task": ["task=segmentation"],
}
"""Values to ask the examples with; other queries are asked about everything."""
ROWS = 5
"""Rows that are shown, at most."""


def section(graph: KnowledgeGraph) -> str:
    """The part of the page below the mark, for a graph of the seeds."""
    store = Store.of(graph)
    return "\n".join(_shown(query, store) for query in named_queries().values())


def _shown(query: NamedQuery, store: Store) -> str:
    values = EXAMPLES.get(query.name, [])
    answer = store.query(with_values(query.sparql, values, store))
    command = " ".join(["kg query", query.name, *(f"--param {value!s}" for value in values)])
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
