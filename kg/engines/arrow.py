"""Papers, records and statements as Arrow tables: what partitions hold and Parquet files keep.

The columns of papers are the fields of :mod:`kg.records`, those of nodes and edges the attributes of
:mod:`kg.graph`, so that neither is listed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import islice
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from kg.records import Document, PaperRecord

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["batches", "documents", "names", "nodes_of_names", "papers", "places", "statements"]

ROWS = 256
"""Of a batch that is written: records are some 10 kB each."""


@cache
def documents() -> pa.Schema:
    """A paper as it was read and where it stood, what is wrong with the place, or how long a block is.

    ``file`` counts the input files in their order; ``block`` is where in the file a partition began to read,
    ``line`` counts the lines from there, ``item`` the papers of a line.
    """
    import pyarrow as pa

    marks = pa.list_(pa.struct([("kind", pa.string()), ("digest", pa.int64())]))
    return pa.schema(
        [
            *_place(),
            ("lines", pa.int64()),
            ("failed", pa.bool_()),
            ("reason", pa.string()),
            ("marks", marks),
            ("title_mark", pa.int64()),
            *_columns(Document),
        ]
    )


@cache
def places() -> pa.Schema:
    """Where papers stand that repeat an earlier one, and what they share with it."""
    import pyarrow as pa

    return pa.schema([*_place(), ("kind", pa.string())])


@cache
def papers() -> pa.Schema:
    """A paper's record, as ``papers.jsonl`` has it, and what was wrong with one that is set aside."""
    import pyarrow as pa

    labels = [(name, pa.list_(pa.string())) for name in ("modalities", "metrics", "tasks")]
    own = [(f.name, f.type) for f in pa.schema(_columns(PaperRecord)) if f.name != "document"]
    reason = ("reason", pa.string())
    return pa.schema([*_columns(Document), *labels, *own, reason, ("outcome", pa.string())])


@cache
def names() -> pa.Schema:
    """What linking has to see of a paper: :func:`kg.engines.partitions.light`."""
    import pyarrow as pa

    single = [(name, pa.string()) for name in ("id", "issued", "source")]
    thing = pa.struct([("name", pa.string()), ("role", pa.string()), ("aliases", pa.list_(pa.string()))])
    concept = pa.struct([("kind", pa.string()), ("name", pa.string())])
    several = [("models", thing), ("datasets", thing), ("concepts", concept), ("measured", pa.string())]
    return pa.schema([*single, *((name, pa.list_(type_)) for name, type_ in several)])


@cache
def nodes_of_names() -> pa.Schema:
    """The node that a paper became, and the nodes that its names became."""
    import pyarrow as pa

    thing = pa.struct([(name, pa.string()) for name in ("kind", "key", "node")])
    return pa.schema([("id", pa.string()), ("node", pa.string()), ("things", pa.list_(thing))])


@cache
def statements() -> pa.Schema:
    """Nodes, edges and N-Quads that belong to one paper, or to none."""
    import pyarrow as pa

    from kg.rdf.terms import ATTRIBUTES, EVIDENCE, IDENTIFIERS, TUPLES

    texts = pa.list_(pa.string())
    types = {"text": pa.string(), "date": pa.string(), "address": pa.string(), "flag": pa.bool_()}
    single = {name: types.get(term.type, pa.float64()) for name, term in ATTRIBUTES.items()}
    single |= dict.fromkeys(IDENTIFIERS, pa.string()) | dict.fromkeys(("start", "end"), pa.int64())
    several = dict.fromkeys(("authors", *TUPLES), texts)
    node = pa.struct([("key", pa.string()), ("kind", pa.string()), *(single | several).items()])
    ends = [(name, pa.string()) for name in ("subject", "predicate", "object", "paper")]
    edge = pa.struct([*ends, *((name, single[name]) for name in EVIDENCE)])
    return pa.schema([("nodes", pa.list_(node)), ("edges", pa.list_(edge)), ("quads", pa.string())])


def batches(
    rows: Iterable[Mapping[str, Any]], schema: pa.Schema, size: int = ROWS
) -> Iterator[pa.RecordBatch]:
    """Rows in batches of a schema; a column that a row does not name is null.

    Halves of surrogate pairs, which UTF-8 cannot hold, become U+FFFD.
    """
    import pyarrow as pa

    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        try:
            yield pa.RecordBatch.from_pylist(some, schema)
        except UnicodeEncodeError:
            yield pa.RecordBatch.from_pylist([_encodable(row) for row in some], schema)


def _place() -> list[tuple[str, pa.DataType]]:
    import pyarrow as pa

    numbers = [("file", pa.int32()), ("block", pa.int64()), ("line", pa.int64()), ("item", pa.int32())]
    return [("title_only", pa.bool_()), *numbers]


def _columns(cls: type[Any]) -> list[tuple[str, pa.DataType]]:
    """Name and type of the fields of a dataclass."""
    hints = get_type_hints(cls)
    return [(field.name, _type(hints[field.name])) for field in fields(cls)]


def _type(hint: Any) -> pa.DataType:
    """The Arrow type of what a field is declared as."""
    import pyarrow as pa

    plain: dict[Any, pa.DataType] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
    }
    if hint in plain:
        return plain[hint]
    if is_dataclass(hint):
        return pa.struct(_columns(hint))  # type: ignore[arg-type]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return pa.list_(_type(inner[0]))
    if origin is Literal:
        return pa.string()
    if origin is UnionType:
        return _type(next(option for option in inner if option is not NoneType))
    raise TypeError(f"no Arrow type for {hint}")


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {name: _encodable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
