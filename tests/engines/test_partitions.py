"""What a cluster does to one partition, without a cluster."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import kg.extract
from kg.graph import BASE, KnowledgeGraph
from kg.link import link
from kg.link.linking import resolve
from kg.link.occurrences import read as read_names
from kg.rdf import quads
from kg.records import Claim, Concept, Document, Entity, Evidence, PaperRecord, Result

pa = pytest.importorskip("pyarrow")

from kg.engines import arrow  # noqa: E402
from kg.engines.naming import check_memory  # noqa: E402
from kg.engines.partitions import (  # noqa: E402
    LOST,
    MADE,
    Extraction,
    Places,
    extract_partition,
    light,
    read_partition,
    state_graph,
    state_partition,
)
from kg.papers import BuildError  # noqa: E402

NASTY = 'x" <b> \\ \n <u> . # \x00 \u202e 中 \ud800'
ADDRESS = "file:/in/a.jsonl"
TITLES = ["First paper on a thing", "Second paper, of another", "Third paper: nothing like them"]


def rows(batches: Iterable[Any]) -> list[dict[str, Any]]:
    return [row for batch in batches for row in batch.to_pylist()]


def lines(*texts: str, block: int = 0, path: str = ADDRESS) -> list[dict[str, Any]]:
    return [{"text": text, "path": path, "block": block} for text in texts]


def read(*given: dict[str, Any]) -> list[dict[str, Any]]:
    schema = pa.schema([("text", pa.string()), ("path", pa.string()), ("block", pa.int64())])
    batch = pa.RecordBatch.from_pylist(list(given), schema)
    return rows(read_partition([batch.slice(0, 1), batch.slice(1)], {ADDRESS: 0, "file:/in/b.jsonl": 1}))


def paper(title: str, abstract: str = "Some text.") -> str:
    return json.dumps({"title": title, "abstract": abstract})


def read_papers() -> Iterator[Any]:
    return arrow.batches(read(*lines(*map(paper, TITLES))), arrow.documents())


def extracted(timeout: float = 60.0) -> list[dict[str, Any]]:
    papers = (batch.filter(pa.compute.is_valid(batch["id"])) for batch in read_papers())
    return rows(extract_partition(papers, Places(["a.jsonl"], {(0, 0): 7}), Extraction(doc_timeout=timeout)))


def test_lines_are_counted_from_where_the_partition_began_and_blank_ones_count() -> None:
    found = read(
        *lines(paper("One"), "", paper("Two"), block=64), *lines(paper("Three"), path="file:///in/b.jsonl")
    )
    papers = {row["title"]: (row["file"], row["block"], row["line"]) for row in found if row["id"]}
    assert papers == {"One": (0, 64, 0), "Two": (0, 64, 2), "Three": (1, 0, 0)}
    assert {(r["file"], r["block"]): r["lines"] for r in found if r["lines"]} == {(0, 64): 3, (1, 0): 1}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("7", "not a paper: not an object"),
        ('{"a": 1}', "not a paper: neither a title nor an abstract"),
        ('{"abstract": "a", "models": 1, "datasets": [], "relations": [], "source": "s"}', "not a paper"),
    ],
)
def test_a_line_that_is_no_paper_is_named_and_the_rest_is_read(line: str, reason: str) -> None:
    found = read(*lines(line, paper("Left")))
    assert [row["reason"][: len(reason)] for row in found if row["failed"]] == [reason]
    assert [row["title"] for row in found if row["id"]] == ["Left"]


def test_halves_of_surrogate_pairs_pass_through() -> None:
    (found,) = [row for row in read(*lines('{"title": "A \\ud800 b", "abstract": "c"}')) if row["id"]]
    assert "\ud800" not in found["title"]
    (batch,) = arrow.batches([{"id": NASTY, "authors": [NASTY]}], arrow.documents())
    assert batch.to_pylist()[0]["authors"] == [NASTY.replace("\ud800", "\ufffd")]


def test_a_record_says_in_which_line_its_paper_stood() -> None:
    assert [row["source"] for row in extracted()] == ["a.jsonl:8", "a.jsonl:9", "a.jsonl:10"]


def failing_at(title: str, do: Any) -> Any:
    extract = kg.extract.extract

    def run(documents: Iterable[Document], **options: Any) -> Iterator[PaperRecord]:
        for document in documents:
            if document.title == title:
                do()
            yield from extract([document], **options)

    return run


def test_a_paper_that_the_extractor_fails_at_is_set_aside_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("too\nmuch")

    monkeypatch.setattr(kg.extract, "extract", failing_at(TITLES[1], fail))
    found = {row["source"]: (row["outcome"], row["reason"]) for row in extracted()}
    assert [found["a.jsonl:8"], found["a.jsonl:10"]] == [(MADE, None)] * 2
    outcome, reason = found["a.jsonl:9"]
    assert outcome == LOST
    assert "RuntimeError: too" in reason
    assert "much" not in reason


def test_a_paper_that_the_extractor_hangs_in_is_set_aside_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    extracted()  # so that the time that the pipeline takes to load does not count
    monkeypatch.setattr(kg.extract, "extract", failing_at(TITLES[0], lambda: time.sleep(60)))
    found = [(row["outcome"], row["reason"]) for row in extracted(timeout=1.5)]
    assert [outcome for outcome, _ in found] == [LOST, MADE, MADE]
    assert "took longer than 1.5 s" in found[0][1]


def records() -> list[PaperRecord]:
    def said(text: str) -> Evidence:
        return Evidence(0, len(text), text)

    first = PaperRecord(
        Document(
            "a/1", NASTY, "Alphanet (AN) was trained on Gamma.", authors=(NASTY,), links=("https://x.org",)
        ),
        models=(
            Entity("Alphanet", "introduced", ("AN", NASTY), (said("Alphanet"),), 0.9),
            Entity("FLAIR", "used", (), (), 0.4),
        ),
        datasets=(Entity("Gamma dataset", "used", (), (said("Gamma"),), 0.8),),
        concepts=(Concept("modality", "MRI", (said("MRI"),), 0.7), Concept("task", NASTY, (), 0.6)),
        relations=(Claim("Alphanet", "trainedOn", "Gamma", said(NASTY), "rule", 0.5),),
        results=(Result("Alphanet", "AUROC", "0.91", said("0.91"), dataset="Gamma", condition=NASTY),),
    )
    second = PaperRecord(
        Document("a.1", "Betanet", "It beats alphanet.", issued="2024", source="b:2"),
        models=(
            Entity("Betanet", "introduced", (), (said("Betanet"),), 0.9),
            Entity("alphanet", "compared", (), (), 0.9),
        ),
        relations=(Claim("Betanet", "outperforms", "alphanet", said("It beats alphanet."), "rule", 0.5),),
        results=(Result("Betanet", "odd measure", "3 to 4", said("3 to 4")),),
    )
    return [first, second]


def stated_apart(given: list[PaperRecord]) -> list[dict[str, Any]]:
    """Linked by names alone, then each paper stated by itself, as on a cluster."""
    (batch,) = arrow.batches([record.to_json() for record in given], arrow.papers())
    kept = batch.to_pylist()
    for row in kept:
        row["measured"] = [result["metric"] for result in row["results"]]
    graph = KnowledgeGraph()
    papers = read_names(light(row) for row in kept)
    concepts = resolve(papers, graph)
    nodes = {p.record.document.id: p for p in papers}
    labels = {key: each["label"] for key, each in graph.nodes()}
    found = rows(state_graph(graph))
    for row in kept:
        named = nodes[row["id"]]
        row["node"] = named.node
        row["things"] = [{"kind": o.kind, "key": o.key, "node": o.node} for o in named.occurrences if o.node]
        fields = [*arrow.papers(), pa.field("node", pa.string()), arrow.nodes_of_names().field("things")]
        alone = pa.RecordBatch.from_pylist([row], pa.schema(fields))
        found += rows(state_partition([alone], concepts, labels, BASE))
    return found


def test_papers_stated_one_by_one_make_the_graph_of_all() -> None:
    found = stated_apart(records())
    kept = rows(arrow.batches((record.to_json() for record in records()), arrow.papers()))
    whole = link(PaperRecord.from_json(row) for row in kept)
    lines = "\n".join(row["quads"] for row in found if row["quads"]).split("\n")
    assert sorted(lines) == sorted(f"{quad} ." for quad in quads(whole))
    edges = [edge for row in found for edge in row["edges"] or ()]
    names = ("predicate", "paper", "exact", "confidence")
    assert {(e["subject"], e["object"], *(e[name] for name in names)) for e in edges} == {
        (subject, object_, *map(attributes.get, names)) for subject, object_, attributes in whole.edges()
    }
    nodes = {node["key"]: node for row in found for node in row["nodes"] or ()}
    assert nodes.keys() == set(whole.nx)
    for key, attributes in whole.nodes():
        said = {name: value for name, value in nodes[key].items() if value is not None}
        plain = {name: list(v) if isinstance(v, tuple) else v for name, v in attributes.items()}
        assert said == {**plain, "key": key}


def test_linking_that_does_not_fit_is_refused_and_one_that_does_is_not() -> None:
    check_memory(1_000, 3_000, 3_000, limit=1)
    with pytest.raises(BuildError, match=r"40,000,000 papers .* more than the 64\.0 of --driver-limit"):
        check_memory(40_000_000, 80_000_000, 80_000_000, limit=64)
