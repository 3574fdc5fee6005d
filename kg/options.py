"""What a graph was built with, kept in its folder so that papers can be added and removed the same way."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from kg.graph import BASE
from kg.locking import HOME

__all__ = ["Options"]

_FILE = "options.json"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of :func:`kg.build` that decide what is in the files it writes."""

    base: str = BASE
    page: bool = True
    min_confidence: float = 0.0
    gazetteer: bool = True
    corrections: str | None = None
    """The path of the file, absolute."""

    @classmethod
    def of(cls, directory: Path) -> Options:
        """Those that the graph in a folder was built with.

        Raises:
            FileNotFoundError: there is no such graph.
            ValueError: it is not known what it was built with.
        """
        path = directory / HOME / _FILE
        if not (directory / "papers.jsonl").is_file():
            raise FileNotFoundError(f'no graph in {directory}: run "kg build INPUT... -o {directory}" first')
        try:
            kept = json.loads(path.read_bytes())
            types = {field.name: field.type for field in fields(cls)}
            if types.keys() != kept.keys():
                raise ValueError
            return cls(**kept)
        except (OSError, ValueError, TypeError, AttributeError):
            raise ValueError(
                f"{path} does not say how {directory} was built: build it once more with kg build"
            ) from None

    def write(self, home: Path) -> None:
        """Keep them in the hidden folder of an output folder.

        Raises:
            OSError: it cannot be written.
        """
        new = home / f"{_FILE}.new"
        new.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        new.replace(home / _FILE)
