"""Where the data files that ship with the product lie."""

from pathlib import Path

__all__ = ["ontology"]


def ontology(*parts: str) -> Path:
    """A path in the ontology folder: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    folder = package / "ontology"
    return (folder if folder.is_dir() else package.parent / "ontology").joinpath(*parts)
