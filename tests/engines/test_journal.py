"""What was extracted is kept: found again for the same document, noticed when damaged, and not for ever."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.engines import extract, journal
from kg.engines.journal import Journal
from kg.records import Document

PAPER = Document("p", "A title", "A text.", source="list.txt:1")
OTHER = Document("q", "Another", "Half a \ud83d pair.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal that knows one paper."""
    with Journal(tmp_path / "j.sqlite") as kept:
        kept.put(PAPER, b"found")
    return tmp_path / "j.sqlite"


def test_what_was_kept_is_found_again_and_nothing_else(path: Path) -> None:
    with Journal(path) as kept:
        assert kept.get(PAPER) == b"found"
        assert kept.get(OTHER) is None
        kept.put(OTHER, b"else")
        assert kept.get(OTHER) == b"else"


def test_no_file_is_made_before_there_is_something_to_keep(tmp_path: Path) -> None:
    with Journal(tmp_path / "j.sqlite") as kept:
        assert kept.get(PAPER) is None
        kept.forget_unused()
    assert list(tmp_path.iterdir()) == []


def test_where_a_paper_stands_makes_no_difference_and_what_it_says_does(path: Path) -> None:
    with Journal(path) as kept:
        assert kept.get(replace(PAPER, source="list.txt:7")) == b"found"
        for changed in ({"title": "A Title"}, {"abstract": "A text"}, {"issued": "2025"}, {"id": "q"}):
            assert kept.get(replace(PAPER, **changed)) is None


def test_other_options_another_extractor_or_version_know_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for options in ({"gazetteer": False}, {"extractor": "other:extract"}):
        with Journal(path, **options) as kept:  # type: ignore[arg-type]
            assert kept.get(PAPER) is None
    monkeypatch.setattr(journal, "pipeline_version", lambda: "later")
    with Journal(path) as kept:
        assert kept.get(PAPER) is None


def test_the_version_changes_with_code_and_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = journal.pipeline_version.__wrapped__()
    (tmp_path / "terms.ttl").write_text("# one")
    monkeypatch.setattr(journal, "ontology", lambda: tmp_path)
    first = journal.pipeline_version.__wrapped__()
    (tmp_path / "terms.ttl").write_text("# two")
    second = journal.pipeline_version.__wrapped__()
    monkeypatch.setattr(journal, "_CODE", ("extract/data",))
    assert len({before, first, second, journal.pipeline_version.__wrapped__()}) == 4


def test_what_was_not_used_is_forgotten_and_its_space_given_back(path: Path) -> None:
    with Journal(path) as kept:
        for number in range(300):
            kept.put(replace(OTHER, id=str(number)), os.urandom(2000))
    before = path.stat().st_size
    with Journal(path) as kept:
        assert kept.get(PAPER) == b"found"
        kept.forget_unused()
        assert kept.get(replace(OTHER, id="7")) is None
        assert kept.get(PAPER) == b"found"
    assert path.stat().st_size < before / 10


def test_a_damaged_entry_counts_as_none_and_is_told(path: Path) -> None:
    whole = path.read_bytes()
    assert whole.count(b"found") >= 1
    at = whole.rindex(b"found\x00") if b"found\x00" in whole else whole.rindex(b"found")
    path.write_bytes(whole[:at] + b"fOUND" + whole[at + 5 :])
    told: list[str] = []
    with Journal(path, remark=told.append) as kept:
        assert kept.get(PAPER) is None
        kept.put(PAPER, b"anew")
        assert kept.get(PAPER) == b"anew"
    assert told == ["an entry is damaged: its paper is extracted anew"]


@pytest.mark.parametrize("damage", ["text", "pages", "cut"])
def test_a_damaged_file_is_set_aside_and_begun_anew(path: Path, damage: str) -> None:
    with Journal(path) as kept:
        for number in range(200):
            kept.put(replace(OTHER, id=str(number)), os.urandom(500))
    whole = path.read_bytes()
    match damage:
        case "text":
            path.write_bytes(b"no database at all" * 1000)
        case "pages":
            path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
        case "cut":
            path.write_bytes(whole[:5000])
    told: list[str] = []
    with Journal(path, remark=told.append) as kept:
        found = [kept.get(replace(OTHER, id=str(number))) for number in range(200)]
        assert None in found
        kept.put(PAPER, b"anew")
        assert kept.get(PAPER) == b"anew"
    assert len(told) == 1
    assert "set aside as j.sqlite.damaged" in told[0]
    assert path.with_name("j.sqlite.damaged").exists()
    with Journal(path, remark=told.append) as kept:
        assert kept.get(PAPER) == b"anew"
    assert len(told) == 1


def test_what_was_put_outlasts_a_process_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from kg.engines.journal import Journal\n"
        "from kg.records import Document\n"
        "kept = Journal(Path(sys.argv[1]))\n"
        "kept.put(Document('p', 'A title', 'A text.'), b'found')\n"
        "print('put', flush=True)\n"
        "time.sleep(60)\n"
    )
    path = tmp_path / "j.sqlite"
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"put\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Journal(path) as kept:
        assert kept.get(PAPER) == b"found"


def test_a_journal_that_cannot_be_written_is_an_error_in_words(path: Path) -> None:
    with Journal(path) as kept:
        assert kept._db is not None
        kept._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(OSError, match="no space is left: free some and run the command again"):
            for number in range(100):
                kept.put(replace(OTHER, id=str(number)), os.urandom(2000))


def test_a_limit_on_the_size_of_files_is_told_as_no_space_left(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from kg.engines.journal import Journal\n"
        "from kg.records import Document\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "with Journal(Path(sys.argv[1])) as kept:\n"
        "    for number in range(1000):\n"
        "        kept.put(Document(str(number), 'A title', 'A text.'), bytes(2000))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "j.sqlite")]
    said = subprocess.run(command, capture_output=True, text=True).stderr
    assert "no space is left: free some and run the command again" in said.splitlines()[-1]


def test_a_fault_of_the_disk_that_has_room_is_told_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = sqlite3.OperationalError("disk I/O error")
    broken.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ

    def fail(path: Path) -> sqlite3.Connection:
        raise broken

    monkeypatch.setattr(journal, "_open", fail)
    with Journal(tmp_path / "k.sqlite") as kept, pytest.raises(OSError, match="read: disk I/O error"):
        kept.put(PAPER, b"found")


def test_known_documents_are_not_extracted_again(tmp_path: Path) -> None:
    papers = [replace(OTHER, id=str(number), title="who") for number in range(30)]
    options = {"jobs": 1, "place": "faulty_extractor:extract"}
    with Journal(tmp_path / "j.sqlite") as kept:
        first = list(extract(papers[:20], known=kept, **options))  # type: ignore[arg-type]
    moved = [replace(paper, source=f"list.txt:{paper.id}") for paper in papers]
    with Journal(tmp_path / "j.sqlite") as kept:
        second = list(extract(reversed(moved), known=kept, **options))  # type: ignore[arg-type]
    assert [record.document for record in second] == moved[::-1]
    # The name tells the process that extracted.
    assert {r.document.id: r.models for r in second if int(r.document.id) < 20} == {
        r.document.id: r.models for r in first
    }
    assert {r.models for r in second if int(r.document.id) >= 20} - {r.models for r in first}
