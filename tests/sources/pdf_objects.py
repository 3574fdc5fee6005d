"""PDFs written object by object, so that a test can make one that no program would write."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["made", "page", "stream"]


def made(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects, numbered from 1; ``%START%`` in the trailer stands for the table's place."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer << /Size %d %s >>" % (size, trailer.replace(b"%START%", b"%d" % len(out)))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        end,
        len(out),
    )


def stream(raw: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(raw), entries, raw)


def page(contents: bytes, kids: bytes = b"[3 0 R]", count: int = 1, resources: bytes = b"") -> list[bytes]:
    """Catalog, tree, page, its contents (a stream object) and a font, numbered 1 to 5."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %s >> >>" % resources,
        contents,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
    ]
