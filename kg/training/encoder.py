"""Train the encoder: ``python -m kg.training.encoder GOLD... --base MINILM -o FOLDER``.

Writes into the folder one network for each fold of the papers, trained without that fold, and
``encoder.onnx``, trained on all. The classifiers learn from what the fold's network reads in a paper, so that
they see readings as good as those of new papers; the last one is shipped.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from time import monotonic

import torch

from kg.extract.encoder import pieces
from kg.training.examples import Example, example
from kg.training.losses import loss
from kg.training.network import Network, export
from kg.training.papers import background, read_papers, texts
from kg.training.train import fold_of
from kg.vocabulary import load

__all__ = ["fit_encoder"]

EPOCHS = 6
BATCH = 8
RATE, RATE_OF_HEADS = 3e-4, 1e-3
WARM_UP = 0.1
FEWEST = 5
"""Papers that must have a concept for the encoder to learn it."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.training.encoder", description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="annotated papers with abstracts, JSON Lines")
    parser.add_argument("--base", type=Path, required=True, help="folder of MiniLM: config and weights")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder the networks go into")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, nargs="*", help="these folds alone; -1 is the whole")
    arguments = parser.parse_args()
    vocabulary = load()
    papers = read_papers(arguments.gold, background(texts(arguments.gold)), vocabulary)
    cut = pieces()
    examples = [example(paper, cut, vocabulary) for paper in papers]
    folds = fold_of(len(papers), arguments.folds)
    arguments.output.mkdir(parents=True, exist_ok=True)
    for k in arguments.only or [*range(arguments.folds), -1]:
        rest = [e for e, fold in zip(examples, folds, strict=True) if fold != k]
        network = fit_encoder(rest, arguments.base)
        path = arguments.output / ("encoder.onnx" if k < 0 else f"fold{k}.onnx")
        export(network, path)
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB from {len(rest)} papers", flush=True)


def fit_encoder(examples: Sequence[Example], base: Path, seed: int = 0) -> Network:
    """A network trained on annotated papers; the same papers and seed give the same network.

    Args:
        examples: the annotated papers.
        base: folder of MiniLM.
        seed: of the order of papers and the start of the heads.
    """
    torch.set_num_threads(1)  # sums in another order are another network
    torch.manual_seed(seed)
    order = random.Random(seed)
    counts = Counter(c for e in examples for c in e.concepts)
    network = Network(base, sorted(c for c, n in counts.items() if n >= FEWEST))
    body: list[torch.Tensor] = []
    heads: list[torch.Tensor] = []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            (body if name.startswith("body.") else heads).append(weight)
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": heads, "lr": RATE_OF_HEADS}], weight_decay=0.01, fused=True
    )
    steps = EPOCHS * ceil(len(examples) / BATCH)

    def pace(step: int) -> float:
        return min(step / (WARM_UP * steps + 1), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, pace)
    for epoch in range(EPOCHS):
        began, total = monotonic(), 0.0
        network.train()
        for batch in _batches(examples, order):
            value = loss(network, batch)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(value.detach())
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {total:.1f}, {monotonic() - began:.0f} s", flush=True)
    return network


def _batches(examples: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """Papers of like length together, in a new order each time."""
    shuffled = list(examples)
    order.shuffle(shuffled)
    batches = []
    for i in range(0, len(shuffled), 8 * BATCH):
        part = sorted(shuffled[i : i + 8 * BATCH], key=lambda e: e.pieces)
        batches += [part[j : j + BATCH] for j in range(0, len(part), BATCH)]
    order.shuffle(batches)
    return batches


if __name__ == "__main__":
    main()
