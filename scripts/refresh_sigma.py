"""Fetch sigma.js and graphology from their npm packages into the network page, with their licences.

    python scripts/refresh_sigma.py [SIGMA_VERSION GRAPHOLOGY_VERSION]

Needs npm. Without versions it fetches those that are there already, so that the files can be checked.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).parent.parent / "kg" / "views" / "assets" / "vendor"
NOTES = TARGET / "THIRD_PARTY.md"
FILES = {"sigma": "dist/sigma.min.js", "graphology": "dist/graphology.umd.min.js"}
INSIDE = ("events", "graphology-utils")
OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund")
HEAD = """# Software that ships with the network page

Scripts of sigma.js and graphology as their npm packages have them, unchanged but for the pointers to source
maps, which are left out; `python scripts/refresh_sigma.py` fetched them. They are on a page only when it is
written with `--renderer webgl`. The script of sigma.js has its own packages for node and edge shapes inside
(same authors, same licence) and those below. Other pages are drawn by the vis-network that pyvis installs; it
is not copied here.
"""


def main(versions: list[str]) -> None:
    wanted = dict(zip(FILES, versions, strict=True)) if versions else {name: _present(name) for name in FILES}
    with tempfile.TemporaryDirectory() as folder:
        packages = [f"{name}@{version}" for name, version in wanted.items()]
        subprocess.run(["npm", "install", *OPTIONS, "--prefix", folder, *packages], check=True)
        modules = Path(folder, "node_modules")
        TARGET.mkdir(parents=True, exist_ok=True)
        for name, file in FILES.items():
            text = (modules / name / file).read_text(encoding="utf-8")
            text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE).rstrip() + "\n"
            (TARGET / Path(file).name).write_text(text, encoding="utf-8", newline="\n")
        sections = [_section(modules / name) for name in (*FILES, *INSIDE)]
    NOTES.write_text(HEAD + "".join(sections), encoding="utf-8", newline="\n")


def _present(name: str) -> str:
    match = re.search(rf"^## {name} (\S+)", NOTES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert match, f"{NOTES} names no version of {name}"
    return match[1]


def _section(package: Path) -> str:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    file = next(path for path in sorted(package.iterdir()) if path.name.lower().startswith("licen"))
    text = "\n".join(line.rstrip() for line in file.read_text(encoding="utf-8").strip().splitlines())
    return f"\n## {about['name']} {about['version']} ({about['license']})\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    main(sys.argv[1:])
