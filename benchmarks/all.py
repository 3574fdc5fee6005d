"""All comparisons with others in one run: extraction, build, query, view and start-up.

    python benchmarks/all.py [INPUT ...] [--only GROUP ...] [--quick] [--json FILE] [--plot FILE]
    python benchmarks/all.py --from FILE [--plot FILE]

Each is a ratio within the run, so that another machine gives about the same. Takes some ten minutes of a
machine that does nothing else. Prints Markdown tables, keeps the figures as JSON with machine, versions and
commit, and draws them. With --only or --quick nothing is kept or drawn but where --json and --plot say. A
group that fails is named, the others go on, and the exit is 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comparisons import Comparison, tables, tell
from machine import commit, machine, versions
from plot import plot

__all__ = ["GROUPS", "read", "write"]

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
GROUPS = ("extraction", "build", "query", "view", "start-up")
PICTURE = ROOT / "docs" / "images" / "performance.svg"


@dataclass(frozen=True)
class Sizes:
    """How much of everything is measured."""

    repeat: int
    """Runs of which the median counts, of what is quick to run."""
    abstracts: int | None
    """That extraction reads; all when left out."""
    builds: tuple[int, ...]
    """Papers of each build."""
    triples: int
    """That are queried."""
    query_limit: float
    """Seconds that rdflib has for a query."""
    pages: tuple[int, ...]
    """Papers on each page."""
    page_limit: float
    """Seconds that a page has to open."""
    starts: int
    """Runs of each command, of which the median counts."""


FULL = Sizes(3, None, (115, 1_000, 3_000), 100_000, 10, (115, 1_000), 60, 7)
QUICK = Sizes(1, 5, (2, 3), 2_000, 5, (2,), 20, 1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="*", type=Path, default=[ROOT / "seeds"], help="papers, else seeds/")
    parser.add_argument("--only", nargs="+", choices=GROUPS, metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--quick", action="store_true", help="so little that the figures mean nothing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where the figures go")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="where the picture goes")
    parser.add_argument("--from", type=Path, metavar="FILE", dest="kept", help="figures that were kept")
    arguments = parser.parse_args()
    whole = not (arguments.only or arguments.quick or arguments.kept)
    try:
        if arguments.kept:
            figures = read(arguments.kept)
        else:
            figures = _measured(
                arguments.inputs, arguments.only or GROUPS, QUICK if arguments.quick else FULL
            )
        print(tables(figures["comparisons"]), end="")
        if file := arguments.json or (_file(figures) if whole else None):
            file.parent.mkdir(parents=True, exist_ok=True)
            write(figures, file)
        if picture := arguments.plot or (PICTURE if whole else None):
            picture.write_text(plot(figures["comparisons"], _caption(figures)), encoding="utf-8")
    except (OSError, ValueError) as error:
        sys.exit(f"error: {error}")
    if figures["failed"]:
        sys.exit(f"error: not measured: {', '.join(figures['failed'])}")


def read(file: Path) -> dict[str, Any]:
    """Figures that :func:`write` wrote.

    Raises:
        OSError: the file cannot be read.
        ValueError: it holds no figures.
    """
    try:
        figures = json.loads(file.read_text(encoding="utf-8"))
        figures["comparisons"] = [Comparison(**one) for one in figures["comparisons"]]
        figures["failed"] = dict(figures["failed"])
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{file}: no figures of benchmarks/all.py: {error}") from error
    return figures


def write(figures: dict[str, Any], file: Path) -> None:
    """Keep figures as JSON."""
    kept = figures | {"comparisons": [asdict(one) for one in figures["comparisons"]]}
    file.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _measured(inputs: Sequence[Path], groups: Sequence[str], sizes: Sizes) -> dict[str, Any]:
    began = datetime.now(UTC).date().isoformat()
    comparisons: list[Comparison] = []
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in groups:
            place = Path(folder, name)
            place.mkdir()
            # In a process of its own: what one group loads or leaves behind costs the next one nothing.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                try:
                    comparisons += pool.apply(_group, (name, inputs, sizes, place))
                except Exception as error:  # whatever it is, the minutes that the others took are not lost
                    failed[name] = f"{type(error).__name__}: {error}"
                    tell(f"error: {name}: {failed[name]}")
    return {
        "date": began,
        "commit": commit(),
        "machine": machine(),
        "versions": versions(),
        "sizes": asdict(sizes),
        "comparisons": comparisons,
        "failed": failed,
    }


def _group(name: str, inputs: Sequence[Path], sizes: Sizes, folder: Path) -> list[Comparison]:
    """The comparisons of one group. It alone loads what they need."""
    match name:
        case "extraction":
            import extraction

            return extraction.measure(inputs, sizes.repeat, sizes.abstracts)
        case "build":
            import building

            return building.measure(inputs, sizes.builds, folder)
        case "query":
            import questions

            return questions.measure(sizes.triples, sizes.query_limit, sizes.repeat, folder)
        case "view":
            import pages

            return pages.measure(inputs, sizes.pages, sizes.repeat, sizes.page_limit, folder)
        case "start-up":
            import startup

            return startup.measure(inputs, sizes.starts, folder)
    raise ValueError(f"no group {name}: there are {', '.join(GROUPS)}")


def _file(figures: dict[str, Any]) -> Path:
    """Where a whole run is kept, by day and commit."""
    return RESULTS / f"{figures['date']}-{(figures['commit'] or 'unknown').rstrip('+')}.json"


def _caption(figures: dict[str, Any]) -> str:
    where = figures["machine"]
    return (
        f"{where['processor']}, {where['cores']} cores, {where['memory GiB']} GiB; "
        f"{figures['versions']['python']}; {figures['date']}"
    )


if __name__ == "__main__":
    main()
