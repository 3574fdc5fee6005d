"""What people install: wheel and source archive hold every file that the product reads."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest

pytest.importorskip("hatchling")  # it brings packaging along
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LIST = """
import hashlib, sys
from pathlib import Path
import kg
from kg.resources import ontology
package = Path(kg.__file__).parent
assert Path(sys.prefix) in package.parents, package
for file in sorted(package.rglob("*")):
    if file.is_file() and "__pycache__" not in file.parts:
        print(hashlib.sha256(file.read_bytes()).hexdigest(), file.relative_to(package).as_posix())
assert ontology("ontology.ttl").is_file()
"""
"""Said by the installed package: all its files."""


def run(*command: str | Path, folder: Path = ROOT) -> str:
    given = [str(part) for part in command]
    done = subprocess.run(given, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def built(kind: str, to: Path, checkout: Path = ROOT) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", to, folder=checkout)
    (made,) = to.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def in_checkout() -> dict[str, str]:
    """Digest of each file that belongs into the package, by its path there."""
    found = {}
    for folder, prefix in ((ROOT / "kg", ""), (ROOT / "ontology", "ontology/")):
        for file in folder.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                path = prefix + file.relative_to(folder).as_posix()
                found[path] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


def test_the_installed_package_holds_every_file(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    (python,) = [path for path in (tmp_path / "venv").glob("*/python*") if path.stem == "python"]
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--quiet", "--disable-pip-version-check"]
    run(*pip, "install", "--no-deps", "--no-index", wheel)
    listed = run(python, "-I", "-c", LIST, folder=tmp_path).splitlines()
    installed = {path: digest for digest, path in (line.split(" ", 1) for line in listed)}
    assert installed == in_checkout()
    data = [path for path in installed if not path.endswith(".py")]
    assert {"py.typed", "extract/data/weights.npz", "ontology/shapes.ttl"} <= set(data)


def test_the_command_and_the_licences_come_along(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = [name for name in archive.namelist() if name.endswith("/entry_points.txt")]
        assert "kg = kg.cli:main" in archive.read(entry_points).decode()
        licences = {name.partition("/licenses/")[2] for name in archive.namelist()} - {""}
    assert {"LICENSE", "kg/server/assets/THIRD_PARTY.md"} <= licences


def test_a_wheel_built_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    source = built("sdist", tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (checkout,) = (tmp_path / "unpacked").iterdir()
    assert not (checkout / ".ci").exists()
    again = built("wheel", tmp_path / "wheel", checkout)
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert {i.filename: i.CRC for i in one.infolist()} == {i.filename: i.CRC for i in other.infolist()}


def asked() -> list[Requirement]:
    """What the project depends on, extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    every = map(Requirement, [*project["dependencies"], *(r for extra in extras for r in extra)])
    return [requirement for requirement in every if requirement.name != project["name"]]


def locked() -> dict[str, str]:
    """Versions of the lock."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    versions = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in versions}


def test_the_lock_fits_the_bounds_and_names_every_dependency() -> None:
    versions = locked()
    for requirement in asked():
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement
        assert {spec.operator for spec in requirement.specifier} >= {">=", "<"}, requirement


def test_the_lock_names_what_dependencies_need_in_turn() -> None:
    versions, seen, left = locked(), set(), asked()
    while left:
        requirement = left.pop()
        name = canonicalize_name(requirement.name)
        if (name, *requirement.extras) in seen:
            continue
        seen.add((name, *requirement.extras))
        assert name in versions, f"{requirement} is needed and not in constraints.txt: run make lock"
        try:
            needs = map(Requirement, requires(name) or ())
        except PackageNotFoundError:
            continue
        extras = requirement.extras or {""}
        left += [n for n in needs if not n.marker or any(n.marker.evaluate({"extra": e}) for e in extras)]
    assert len(seen) > len(asked())
