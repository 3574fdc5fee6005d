"""Fetch YASGUI from its npm package into the pages of the endpoint, with the licences of all it holds.

    python scripts/refresh_yasgui.py [VERSION]

Needs npm. Without a version it fetches the one that is there already, so that the files can be checked.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "@zazuko/yasgui"
TARGET = Path(__file__).parent.parent / "kg" / "server" / "assets" / "yasgui"
NOTES = TARGET.parent / "THIRD_PARTY.md"
OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund")
HEAD = """# Software that ships with the pages of the endpoint

`yasgui/` holds the built script and style sheet of {package} {version} (MIT licence), unchanged but for
the pointer to its source map, which is left out. `python scripts/refresh_yasgui.py` fetched them. The script
has the packages below inside; their licences follow. Graphs are drawn by the vis-network that pyvis installs;
it is not copied here.
"""


def main(version: str | None) -> None:
    version = version or _present()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "install", *OPTIONS, "--prefix", folder, f"{PACKAGE}@{version}"],
            check=True,
        )
        modules = Path(folder, "node_modules")
        build = modules / PACKAGE / "build"
        TARGET.mkdir(parents=True, exist_ok=True)
        for name in ("yasgui.min.js", "yasgui.min.css"):
            text = (build / name).read_text(encoding="utf-8")
            text = re.sub(r"^(//|/\*)# sourceMappingURL=.*$", "", text, flags=re.MULTILINE).rstrip() + "\n"
            (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
        found = sorted(path.parent for path in modules.rglob("package.json") if _is_package(path, modules))
        sections = [_section(path, _mit_terms(modules)) for path in found]
    NOTES.write_text(HEAD.format(package=PACKAGE, version=version) + "".join(sections), encoding="utf-8")


def _present() -> str:
    match = re.search(re.escape(PACKAGE) + r" (\S+)", NOTES.read_text(encoding="utf-8"))
    assert match, f"{NOTES} names no version"
    return match[1]


def _is_package(path: Path, modules: Path) -> bool:
    """Whether this is the root of an installed package; those that hold types alone are not in the script."""
    name = json.loads(path.read_text(encoding="utf-8")).get("name") or ""
    return path.parent == modules / name and not name.startswith("@types/")


def _mit_terms(modules: Path) -> str:
    """The licence's terms, as a package states them that has its licence in a file."""
    text = (modules / "redux" / "LICENSE.md").read_text(encoding="utf-8")
    return text[text.index("Permission is hereby granted") :]


def _section(package: Path, mit_terms: str) -> str:
    about: dict[str, Any] = json.loads((package / "package.json").read_text(encoding="utf-8"))
    files = sorted(path for path in package.iterdir() if re.match(r"licen[cs]e", path.name, re.IGNORECASE))
    licence = about.get("license") or "MIT"
    if files:
        text = files[0].read_text(encoding="utf-8").strip()
    elif licence == "MIT":
        text = f"Copyright (c) {_people(about)}\n\n{mit_terms}"
    else:
        text = f"{licence}, by {_people(about)}"
    text = "\n".join(line.rstrip() for line in text.splitlines()).replace("```", "'''")
    return f"\n## {about['name']} {about['version']} ({licence})\n\n```text\n{text}\n```\n"


def _people(about: dict[str, Any]) -> str:
    people = [about.get("author"), *about.get("contributors", ())]
    names = [person["name"] if isinstance(person, dict) else person for person in people if person]
    return ", ".join(dict.fromkeys(re.sub(r"\s*[<(].*", "", name) for name in names)) or about["name"]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
