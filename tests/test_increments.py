"""Papers added and removed: the same files to the byte as a build of the same papers; one build at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stand_in import extract

import kg.extract
from kg.building import build
from kg.increments import UnknownPaper, add, remove
from kg.locking import HOME, held
from kg.options import Options
from kg.papers import BuildError, read_records
from kg.sources import Report, read

SEEDS = Path(__file__).parents[1] / "seeds"


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder that are for readers."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def listing(path: Path, *papers: dict[str, str]) -> Path:
    path.write_text(json.dumps(list(papers)), encoding="utf-8")
    return path


def paper(number: int, **more: str) -> dict[str, str]:
    return {
        "title": f"Paper {number}",
        "abstract": f"Number {number} trains Net-{number} on Omega-12.",
        **more,
    }


@pytest.fixture(scope="module")
def abstracts(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Some real papers, as JSON has them."""
    return [{"title": d.title, "abstract": d.abstract} for d in list(read(SEEDS))[:12]]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The papers that extraction was asked for, in this process."""
    asked: list[str] = []
    real = kg.extract.extract

    def counting(documents, **options):  # type: ignore[no-untyped-def]
        documents = list(documents)
        asked.extend(document.title for document in documents)
        return real(documents, **options)

    monkeypatch.setattr("kg.extract.extract", counting)
    return asked


def test_a_build_again_extracts_only_what_changed_and_gives_the_bytes_of_a_fresh_one(
    abstracts: list[dict[str, str]], tmp_path: Path, counted: list[str]
) -> None:
    source = listing(tmp_path / "a.json", *abstracts[:6])
    build(source, output=tmp_path / "out", jobs=0)
    assert len(counted) == 6
    counted.clear()
    build(source, output=tmp_path / "out", jobs=0)
    assert counted == []
    # One goes, one changes, two come, and all stand in other places.
    changed = {**abstracts[3], "abstract": abstracts[3]["abstract"] + " It was trained on CheXpert."}
    listing(source, *abstracts[8:10], *abstracts[:2], changed, *abstracts[4:6])
    build(source, output=tmp_path / "out", jobs=0)
    assert len(counted) == 3
    build(source, output=tmp_path / "fresh", jobs=0)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_other_options_are_another_extraction_or_none(
    abstracts: list[dict[str, str]], tmp_path: Path, counted: list[str]
) -> None:
    source = listing(tmp_path / "a.json", *abstracts[:4])
    build(source, output=tmp_path / "out", jobs=0)
    counted.clear()
    build(source, output=tmp_path / "out", jobs=0, min_confidence=0.8, base="https://example.org/")
    assert counted == []
    build(source, output=tmp_path / "out", jobs=0, gazetteer=False)
    assert len(counted) == 4
    build(source, output=tmp_path / "fresh", jobs=0, gazetteer=False)
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_papers_added_and_removed_give_the_bytes_of_a_build(
    abstracts: list[dict[str, str]], tmp_path: Path, counted: list[str]
) -> None:
    corrections = tmp_path / "corrections.yaml"
    corrections.write_text("- add: {entity: Invented-1, kind: model}\n")
    options = {"base": "https://example.org/", "min_confidence": 0.5, "corrections": corrections}
    first, second = (
        listing(tmp_path / "a.json", *abstracts[:5]),
        listing(tmp_path / "b.json", *abstracts[4:9]),
    )
    build([first, second], output=tmp_path / "whole", jobs=0, **options)  # type: ignore[arg-type]
    build(first, output=tmp_path / "out", jobs=0, **options)  # type: ignore[arg-type]
    one = contents(tmp_path / "out")
    counted.clear()
    report = Report()
    graph = add(second, tmp_path / "out", jobs=0, report=report)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert "model/invented-1" in graph.nx
    assert (report.read, report.skipped) == (4, 1)
    assert len(counted) == 4
    added = [r.document.id for r in read_records(tmp_path / "out" / "papers.jsonl")][5:]
    remove(added, tmp_path / "out", jobs=0)
    assert contents(tmp_path / "out") == one
    assert len(counted) == 4


def test_a_title_alone_comes_last_and_gives_way_to_the_whole_paper(tmp_path: Path) -> None:
    first = listing(tmp_path / "a.json", {"title": "Only a title here"}, {"title": "Another one"}, paper(1))
    second = listing(
        tmp_path / "b.json", {"title": "Another one", "abstract": "With its text."}, {"title": "A third"}
    )
    build([first, second], output=tmp_path / "whole", extract=extract)
    build(first, output=tmp_path / "out", extract=extract)
    add(second, tmp_path / "out", extract=extract)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_what_only_a_removed_paper_says_goes_with_it(tmp_path: Path) -> None:
    output = tmp_path / "out"
    source = listing(tmp_path / "a.json", paper(1, doi="10.1000/One"), paper(2), paper(3))
    build(source, output=output, jobs=0)
    ids = [record.document.id for record in read_records(output / "papers.jsonl")]
    for name in ("https://doi.org/10.1000/one", "  paper 2"):
        remove(name, output, jobs=0)
    assert [record.document.id for record in read_records(output / "papers.jsonl")] == ids[2:]
    for file in ("graph.nq", "graph.ttl", "graph.graphml", "graph.html", "papers.jsonl"):
        text = (output / file).read_text(encoding="utf-8")
        assert "Number 3" in text
        assert "Number 1" not in text
        assert "Number 2" not in text


def test_a_paper_is_named_in_many_ways_and_must_be_one(tmp_path: Path) -> None:
    output = tmp_path / "out"
    twins = [
        {"title": "Editorial", "abstract": f"A text of its own, number {n}, on nothing else."} for n in (1, 2)
    ]
    source = listing(tmp_path / "a.json", paper(1, arxiv_id="2401.00001"), *twins)
    build(source, output=output, extract=extract)
    before = contents(output)
    with pytest.raises(UnknownPaper, match=r"2 papers go by 'editorial': name one by its id, editorial-"):
        remove("editorial", output, extract=extract)
    with pytest.raises(UnknownPaper, match="no paper has the id, key, DOI, arXiv id or title 'nothing'"):
        remove(["Editorial", "nothing"][1], output, extract=extract)
    assert contents(output) == before
    for name in ("2401.00001", "arXiv:2401.00001", "paper/arxiv-2401-00001", "arxiv-2401.00001"):
        remove(name, output, extract=extract)
        assert len(list(read_records(output / "papers.jsonl"))) == 2
        build(source, output=output, extract=extract)
    assert contents(output) == before


def test_what_cannot_be_done_leaves_the_graph_as_it_was(tmp_path: Path) -> None:
    output = tmp_path / "out"
    build(listing(tmp_path / "a.json", paper(1)), output=output, extract=extract)
    before = contents(output)
    with pytest.raises(BuildError, match="no paper would be left: delete"):
        remove("Paper 1", output, extract=extract)
    with pytest.raises(BuildError, match=r"no papers in .*gone\.bib"):
        add(tmp_path / "gone.bib", output, extract=extract)
    assert contents(output) == before
    with pytest.raises(FileNotFoundError, match=r'no graph in .*none: run "kg build'):
        add(tmp_path / "a.json", tmp_path / "none", extract=extract)
    assert not (tmp_path / "none").exists()


def test_a_graph_that_does_not_say_how_it_was_built_is_not_guessed(tmp_path: Path) -> None:
    output = tmp_path / "out"
    source = listing(tmp_path / "a.json", paper(1))
    build(source, output=output, extract=extract)
    for wrong in ("", "[]", '{"base": 1}', '{"base": "x", "more": 1}'):
        (output / HOME / "options.json").write_text(wrong)
        with pytest.raises(ValueError, match=r"does not say how .* was built: build it once more"):
            add(source, output, extract=extract)
    build(source, output=output, extract=extract, min_confidence=0.25, page=False)
    assert Options.of(output) == Options(min_confidence=0.25, page=False)


def test_of_two_builds_into_one_folder_the_second_ends_in_one_line(tmp_path: Path) -> None:
    output = tmp_path / "out"
    source = listing(tmp_path / "a.json", paper(1))
    build(source, output=output, extract=extract)
    program = "import sys, kg.cli; sys.argv = ['kg', *sys.argv[1:]]; kg.cli.main()"
    command = [sys.executable, "-c", program]
    with held(output):
        for arguments in (["build", str(source), "-o"], ["add", str(source), "-g"], ["remove", "x", "-g"]):
            ended = subprocess.run([*command, *arguments, str(output)], capture_output=True, text=True)
            assert (ended.returncode, ended.stdout) == (1, "")
            reason = "another kg writes there now: wait for it to end, or choose another folder"
            assert ended.stderr == f"error: {output}: {reason}\n"
    build(source, output=output, extract=extract)


def test_a_folder_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from kg.locking import held\n"
        "with held(Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(BlockingIOError), held(tmp_path):
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with held(tmp_path) as home:
        assert home.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_what_killed_runs_left_aside_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    from kg.staging import staged

    left = tmp_path / ".writing-left"
    left.mkdir()
    (left / ".lock").touch()
    (left / "half.txt").write_text("half")
    bare = tmp_path / ".writing-bare"
    bare.mkdir()
    os.utime(bare, (time.time() - 3600,) * 2)
    fresh = tmp_path / ".writing-fresh"
    fresh.mkdir()
    with staged(tmp_path) as one:
        (one / "one.txt").write_text("one")
        with staged(tmp_path) as two:
            (two / "two.txt").write_text("two")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".writing-fresh", "one.txt", "two.txt"]
