"""A file made from a text or bytes and read: what every test of a format does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.records import Document
from kg.sources import Report, read

Reading = tuple[list[Document], Report]


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Reading]:
    def read_content(content: str | bytes, name: str = "input") -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        report = Report()
        return list(read([path], report)), report

    return read_content
