"""The fuzzer finds what a reader should not do, and what it found once stays mended."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from fuzzed import attempt
from fuzzing import fuzzing
from mutations import MOST, mutated
from samples import READERS, samples

CASES = sorted((Path(__file__).parents[1] / "sources" / "cases").glob("*-*"))


@pytest.mark.parametrize("reader", READERS)
def test_each_sample_is_read_by_its_reader(reader):
    for sample in samples(reader):
        assert attempt(reader, sample)[0] > 0


def test_the_readers_are_all_that_there_are():
    from kg.sources import formats

    modules = {getattr(shape, "__name__", "") for shape in formats()}
    own = {name.rpartition(".")[2] for name in modules if name.startswith("kg.sources.")}
    assert own | {"any"} == set(READERS)


def test_the_same_chance_gives_the_same_inputs_and_none_is_too_long():
    valid = samples("any")

    def some(seed):
        noise = random.Random(seed)
        return [mutated(b"", noise, valid) for _ in range(200)]

    assert some(1) == some(1) != some(2)
    assert len(set(some(1))) > 150
    assert max(map(len, some(1))) <= MOST


def test_an_exception_that_no_reader_documents_is_told(monkeypatch):
    from kg.sources import ris

    def broken(file):
        raise KeyError("of its own making")

    def refusing(file):
        raise ValueError("too long")

    monkeypatch.setattr(ris, "read", refusing)
    assert attempt("ris", b"TY  - X") == (0, 1)
    monkeypatch.setattr(ris, "read", broken)
    with pytest.raises(KeyError):
        attempt("ris", b"TY  - X")


FAULTS = {
    "KeyError": "raise KeyError('planted')",
    "slow": "\n        while True: pass",
    "ended": "import os; os.kill(os.getpid(), 11)",
    "MemoryError": "bytes(8 << 30)",
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounds are those of Linux")
@pytest.mark.parametrize(("named", "fault"), FAULTS.items(), ids=FAULTS.keys())
def test_a_reader_that_fails_hangs_or_crashes_is_found_with_the_input(tmp_path, monkeypatch, named, fault):
    # Python loads this at the start of each process that is given the path.
    (tmp_path / "sitecustomize.py").write_text(
        "import kg.sources.ris as ris\nwhole = ris.read\n"
        "def read(file):\n    if 'PLANTED' in file.head:\n        " + fault + "\n    yield from whole(file)\n"
        "ris.read = read\n"
        "import mutations\nplain = mutations.mutated\n"
        "mutations.mutated = lambda *args: plain(*args)[:100] + b'PLANTED'\n"
    )
    paths = [str(tmp_path), str(Path(__file__).parents[2] / "benchmarks"), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, paths)))
    tried = fuzzing("ris", "plain", seconds=2, seed=0, limit=1, into=tmp_path)
    assert tried.inputs >= 1
    assert any(named in name for name in tried.found)
    assert b"PLANTED" in Path(tried.found[0]).read_bytes()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_was_found_once_is_read_or_refused_now(case):
    attempt(case.name.partition("-")[0], case.read_bytes())
