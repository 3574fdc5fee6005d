"""Whatever is written through it is XML that parsers take."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest

from kg.export.clean_xml import CleanXml

TEXT = "a\r\nb\r\x00\x08\x0b\x0c\x1f \t\ufffe\uffff\ufffd é 中 \U0001f600"
READ = "a\r\nb\r\ufffd\ufffd\ufffd\ufffd\ufffd \t\ufffd\ufffd\ufffd é 中 \U0001f600"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_any_text_survives_in_pieces_of_any_size(size: int) -> None:
    data, output = f"<x>{TEXT}</x>".encode(), io.BytesIO()
    clean = CleanXml(output)
    for start in range(0, len(data), size):
        assert clean.write(data[start : start + size]) == len(data[start : start + size])
    clean.close()
    assert ElementTree.fromstring(output.getvalue()).text == READ
