"""Files where Hadoop has them: on this disk, in HDFS or in an object store, by the address they go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["Files", "InputFile", "plain"]


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file below an input."""

    parts: tuple[str, ...]
    """Its path from the input: the file's name alone where the input is the file."""
    address: str
    size: int
    changed: int
    """When it was last written to, in milliseconds."""

    @property
    def label(self) -> str:
        """A short name, the same on every machine."""
        return "/".join(self.parts)


class Files:
    """File operations through the Hadoop client that Spark runs with.

    Paths are addresses (``hdfs://…``, ``s3a://…``) or, without a scheme, paths of the default file system.
    What goes wrong there comes as the exceptions of ``py4j``.
    """

    def __init__(self, spark: SparkSession) -> None:
        context: Any = spark.sparkContext
        self._path = context._jvm.org.apache.hadoop.fs.Path
        self._configuration = context._jsc.hadoopConfiguration()

    def below(self, path: str) -> list[InputFile]:
        """The file, or all files below the folder, in the order of their names; hidden ones are left out.

        Raises:
            FileNotFoundError: nothing is there.
        """
        place, system = self._at(path)
        if not system.exists(place):
            raise FileNotFoundError(f"{path}: no such file or folder; check the address")
        if system.getFileStatus(place).isFile():
            return [_file(system.getFileStatus(place), (place.getName(),))]
        return sorted(self._in_folder(system, place, ()))

    def exists(self, path: str) -> bool:
        """Whether something is there."""
        place, system = self._at(path)
        return bool(system.exists(place))

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, sorted; nothing where there is none."""
        place, system = self._at(folder)
        if not system.exists(place):
            return []
        return sorted(status.getPath().getName() for status in system.listStatus(place))

    def delete(self, path: str) -> None:
        """Remove a file, or a folder with all in it; nothing there is no fault."""
        place, system = self._at(path)
        system.delete(place, True)

    def move(self, old: str, new: str) -> None:
        """Rename.

        Raises:
            OSError: it cannot be renamed.
        """
        place, system = self._at(old)
        target, _ = self._at(new)
        system.mkdirs(target.getParent())
        if not system.rename(place, target):
            raise OSError(f"{old} cannot be moved to {new}")

    def touch(self, path: str) -> None:
        """Make an empty file."""
        place, system = self._at(path)
        system.create(place, True).close()

    def upload(self, file: Path, to: str) -> None:
        """Copy a file of this machine."""
        place, system = self._at(to)
        system.copyFromLocalFile(False, True, self._path(file.absolute().as_uri()), place)

    def download(self, path: str, to: Path) -> None:
        """Copy a file to this machine."""
        place, system = self._at(path)
        # The last argument leaves out the file of checksums beside the copy.
        system.copyToLocalFile(False, place, self._path(to.absolute().as_uri()), True)

    def _at(self, path: str) -> tuple[Any, Any]:
        place = self._path(path)
        return place, place.getFileSystem(self._configuration)

    def _in_folder(self, system: Any, folder: Any, parts: tuple[str, ...]) -> Iterator[InputFile]:
        for status in system.listStatus(folder):
            place = status.getPath()
            name = place.getName()
            if name.startswith((".", "_")):
                continue
            if status.isFile():
                yield _file(status, (*parts, name))
            else:
                yield from self._in_folder(system, place, (*parts, name))


def plain(address: str) -> str:
    """An address with one slash for none: files of this machine are given as ``file:/…`` and ``file:///…``."""
    return "file:" + address.removeprefix("file://") if address.startswith("file:///") else address


def _file(status: Any, parts: tuple[str, ...]) -> InputFile:
    address = plain(status.getPath().toUri().toString())
    return InputFile(parts, address, status.getLen(), status.getModificationTime())
