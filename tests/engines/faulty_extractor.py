"""An extractor that does to its process what a document's title says."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator

from kg.records import Document, Entity, PaperRecord

__all__ = ["PLACE", "extract"]

PLACE = "faulty_extractor:extract"


def extract(documents: Iterable[Document], gazetteer: bool = True) -> Iterator[PaperRecord]:
    """One model a document, named by the process that found it and by the option."""
    for document in documents:
        match document.title:
            case "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case "leave":
                os._exit(3)
            case "hang":
                time.sleep(60)
            case "raise":
                raise ValueError("no\nsuch thing")
            case "chatter":
                print("what a library prints")
        name = f"M-{os.getpid()}" if document.title == "who" else f"M-{document.id}-{gazetteer}"
        yield PaperRecord(document, models=(Entity(name, "used"),))
