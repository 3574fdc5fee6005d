"""Annotations without the abstracts they were made on, and the two joined again.

    python -m kg.training.annotations GOLD.jsonl ... -o ANNOTATIONS.jsonl
    python -m kg.training.annotations ANNOTATIONS.jsonl --texts PAPERS ... -o GOLD.jsonl

The texts belong to their authors and do not ship; what was read in them does. An abstract is known by two
digests: of its beginning, by which :mod:`kg.evaluate` pairs papers, and of all its letters and digits. Both,
and the places of names, leave spaces, punctuation and case aside, so that copies from different publishers
are the same text.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.evaluate import Annotation
from kg.records import Document, PaperRecord
from kg.sentences import sentences
from kg.staging import staged_file
from kg.training.places import counted, letters, mentions_of, places

__all__ = ["Joined", "annotate", "join", "read_lines", "write_lines"]

KINDS = ("models", "datasets")
PARTS = ("title", "abstract")
FEWEST_WORDS = 4
"""Of a sentence, to be told from a name that stands alone."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Annotated papers with their texts again, and those left without."""

    records: list[dict[str, Any]]
    """As ``python -m kg.training`` reads them, in the order of the annotations."""
    absent: list[str]
    """Papers, by id, of which no text was given."""
    changed: list[str]
    """Papers whose abstract begins as the annotated one did but is not the same; they are left out."""


def annotate(record: Mapping[str, Any], source: str = "") -> dict[str, Any]:
    """What ships of one annotated paper: everything but the abstract, and where each name stands.

    Args:
        record: the annotated paper, with its abstract.
        source: where it was published, for a record that does not say so.

    Returns:
        The record without the beginning of the abstract (``start``); ``abstract`` holds digests in place of
        the text, and each model and dataset ``mentions``: for ``title`` and ``abstract`` the stretches where
        its name or an alias stands, counted in letters and digits (:func:`kg.training.places.places`).

    Raises:
        ValueError: there is no abstract, or a field quotes a whole sentence of it.
    """
    abstract = record.get("abstract")
    if not abstract:
        raise ValueError(f"paper {record.get('id')!r} has no abstract: annotations are made from its text")
    rest = {key: value for key, value in record.items() if key not in ("abstract", "start")}
    _refuse_quotations(rest, abstract)
    head: dict[str, Any] = {key: rest.pop(key) for key in ("id", "title", "source") if key in rest}
    if source:
        head.setdefault("source", source)
    for kind in KINDS:
        rest[kind] = [dict(entity) for entity in record.get(kind, ())]
    entities = rest["models"] + rest["datasets"]
    for part in PARTS:
        text = record.get(part, "")
        found = mentions_of([(entity["name"], *entity.get("aliases", ())) for entity in entities], text)
        for entity, stretches in zip(entities, found, strict=True):
            entity.setdefault("mentions", {})[part] = counted(text, stretches)
    return {**head, "abstract": _digests(abstract), **rest}


def join(
    annotations: Iterable[Mapping[str, Any]], documents: Iterable[Document], mentions: bool = False
) -> Joined:
    """Put texts and annotations together again.

    Args:
        annotations: as :func:`annotate` makes them.
        documents: the papers, in any order; those that nobody annotated are passed over.
        mentions: whether names keep their places, as evidence in the text as given; the annotated papers
            had none.

    Raises:
        ValueError: two annotated papers have the same abstract.
        KeyError: an annotation lacks a field.
    """
    wanted: dict[str, Mapping[str, Any]] = {}
    for annotation in annotations:
        if (other := wanted.setdefault(annotation["abstract"]["start"], annotation)) is not annotation:
            raise ValueError(
                f"papers {other['id']!r} and {annotation['id']!r} have the same abstract: keep one of them"
            )
    texts: dict[str, str] = {}
    changed: dict[str, None] = {}
    for document in documents:
        digests = _digests(document.abstract)
        found = wanted.get(str(digests["start"]))
        if found is None:
            continue
        if found["abstract"] == digests:
            texts.setdefault(found["id"], document.abstract)
        else:
            changed[found["id"]] = None
    return Joined(
        records=[_joined(a, texts[a["id"]], mentions) for a in wanted.values() if a["id"] in texts],
        absent=[a["id"] for a in wanted.values() if a["id"] not in texts.keys() | changed.keys()],
        changed=[paper for paper in changed if paper not in texts],
    )


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no JSON object; the message names file and line.
    """
    with _opened(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: not JSON: {error}") from error
            if not isinstance(record, dict):
                raise ValueError(f"{path}:{number}: not an object: one annotated paper a line is read")
            yield record


def write_lines(records: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write objects one a line, with gzip where the name ends in ``.gz``; the same objects, the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    with staged_file(path) as aside:
        aside.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: see the top of this module."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training.annotations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", type=Path, help="annotated papers; with --texts, annotations")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON Lines, gzipped if it ends .gz")
    parser.add_argument("--texts", nargs="+", help="papers, in any shape that kg build reads: join with them")
    parser.add_argument("--mentions", action="store_true", help="with --texts: keep the places of names")
    parser.add_argument(
        "--sources", nargs="*", type=Path, default=[], help="JSON Lines that say the source of an abstract"
    )
    chosen = parser.parse_args(arguments)
    try:
        if chosen.texts:
            _join_files(chosen.files, chosen.texts, chosen.output, chosen.mentions)
        else:
            _annotate_files(chosen.files, chosen.sources, chosen.output)
    except KeyError as error:
        sys.exit(f"error: an annotation has no {error}: give files that this command wrote")
    except (OSError, ValueError) as error:
        sys.exit(f"error: {error}")


def _annotate_files(files: Sequence[Path], sources: Sequence[Path], output: Path) -> None:
    known = {
        _digests(record["abstract"])["start"]: record["source"]
        for path in sources
        for record in read_lines(path)
        if record.get("abstract") and record.get("source")
    }
    annotations = [
        annotate(record, known.get(_digests(record.get("abstract", ""))["start"], ""))
        for path in files
        for record in read_lines(path)
    ]
    write_lines(annotations, output)
    print(f"{output}: {len(annotations)} papers")


def _join_files(files: Sequence[Path], texts: Sequence[str], output: Path, mentions: bool) -> None:
    from kg.sources import read

    joined = join((a for path in files for a in read_lines(path)), read(texts), mentions)
    if not joined.records:
        raise ValueError("none of the texts is an annotated one: give titles and abstracts, see --help")
    write_lines(joined.records, output)
    print(f"{output}: {len(joined.records)} papers")
    for papers, why in ((joined.absent, "no text given"), (joined.changed, "another version of the text")):
        if papers:
            some = " ".join(papers[:10]) + (" …" if len(papers) > 10 else "")
            print(f"left out, {why}: {len(papers)}: {some}", file=sys.stderr)


def _digests(abstract: str) -> dict[str, str | int]:
    start = Annotation.of(PaperRecord(Document("", "", abstract))).start
    every = letters(abstract).text
    return {"start": _digest(start), "letters": _digest(every), "length": len(every)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_quotations(rest: Mapping[str, Any], abstract: str) -> None:
    """
    Raises:
        ValueError: a field other than the title quotes a sentence of the abstract.
    """
    held = [letters(text).text for key, value in rest.items() if key != "title" for text in _strings(value)]
    for start, end in sentences(abstract):
        sentence = abstract[start:end]
        spoken = letters(sentence).text
        if spoken and len(sentence.split()) >= FEWEST_WORDS and any(spoken in text for text in held):
            raise ValueError(f"paper {rest.get('id')!r} quotes its abstract: shorten {sentence[:60]!r}")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _strings(part)


def _joined(annotation: Mapping[str, Any], abstract: str, mentions: bool) -> dict[str, Any]:
    record = {**annotation, "abstract": abstract}
    document = Document(annotation["id"], annotation["title"], abstract)
    shift = {"title": 0, "abstract": len(document.text) - len(abstract)}
    for kind in KINDS:
        record[kind] = [{k: v for k, v in entity.items() if k != "mentions"} for entity in annotation[kind]]
        if not mentions:
            continue
        for entity, annotated in zip(record[kind], annotation[kind], strict=True):
            entity["mentions"] = [
                {"start": a + shift[part], "end": b + shift[part], "text": record[part][a:b]}
                for part in PARTS
                for a, b in places(record[part], annotated["mentions"][part])
            ]
    return record


def _opened(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


if __name__ == "__main__":
    main()
