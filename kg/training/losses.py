"""What the encoder is told it got wrong, summed over the questions it answers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.pair_features import PREDICATES as FITTING
from kg.extract.reading import PREDICATES
from kg.spelling import name_key
from kg.training.examples import NONE, Example, GoldNumber, place_of
from kg.training.network import SEEK, SHARE, Network

__all__ = ["loss"]

WEIGHTS = {"tags": 4.0, "roles": 0.3, "concepts": 20.0, "numbers": 0.15, "relations": 0.4, "seeking": 0.1}
"""Of each question in the sum; chosen so that none drowns the others."""


def loss(network: Network, examples: Sequence[Example]) -> Tensor:
    """The loss over a batch of papers."""
    state, sizes = _read(network, examples)
    padded = nn.utils.rnn.pad_sequence(list(state), batch_first=True)
    parts = {name: torch.zeros(()) for name in WEIGHTS}
    tags = _column([e.tags for e in examples])
    parts["tags"] = functional.cross_entropy(network.tags(padded).transpose(1, 2), tags, ignore_index=NONE)
    roles = _column([e.roles for e in examples])
    if bool((roles != NONE).any()):
        logits = network.roles(padded).transpose(1, 2)
        parts["roles"] = functional.cross_entropy(logits, roles, ignore_index=NONE)
    parts["concepts"] = _concepts(network, padded, sizes, examples)
    for own, example in zip(state, examples, strict=True):
        parts["numbers"] = parts["numbers"] + _numbers(network, own, example.numbers) / len(examples)
        parts["relations"] = parts["relations"] + _relations(network, own, example) / len(examples)
        parts["seeking"] = parts["seeking"] + _seeking(network, own, example) / len(examples)
    return torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()


def _read(network: Network, examples: Sequence[Example]) -> tuple[list[Tensor], list[int]]:
    """One matrix a paper, one row a token."""
    parts = [s for e in examples for s in e.stretches]
    pieces = _column([s.pieces for s in parts], 0)
    mask = _column([[1] * len(s.pieces) for s in parts], 0).float()
    first = _column([s.first for s in parts], 0)
    shapes = torch.zeros(*first.shape, len(examples[0].shapes[0]))
    row = 0
    for e in examples:
        start = 0
        for s in e.stretches:
            shapes[row, : len(s.first)] = torch.tensor(e.shapes[start : start + len(s.first)])
            start += len(s.first)
            row += 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        state = network.read(pieces, mask, first, shapes).float()
    found, row = [], 0
    for e in examples:
        rows = [state[row + k, : len(s.first)] for k, s in enumerate(e.stretches)]
        found.append(torch.cat(rows))
        row += len(e.stretches)
    return found, [len(f) for f in found]


def _column(rows: Sequence[Sequence[int]], padding: int = NONE) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.tensor(r) for r in rows], batch_first=True, padding_value=padding)


def _concepts(network: Network, padded: Tensor, sizes: Sequence[int], examples: Sequence[Example]) -> Tensor:
    there = torch.arange(padded.shape[1])[None] < torch.tensor(sizes)[:, None]
    looks = network.looks(padded).masked_fill(~there[..., None], -1e4).softmax(1)
    logits = (looks * network.says(padded)).sum(1)
    said = torch.tensor([[float(c in e.concepts) for c in network.concepts] for e in examples])
    return functional.binary_cross_entropy_with_logits(logits, said)


def _numbers(network: Network, state: Tensor, numbers: Sequence[GoldNumber]) -> Tensor:
    if not numbers:
        return torch.zeros(())
    logits = network.numbers(state[[n.first for n in numbers]])
    result = torch.tensor([float(bool(n.results)) for n in numbers])
    total = functional.binary_cross_entropy_with_logits(logits[:, 0], result, reduction="sum")
    real = [i for i, n in enumerate(numbers) if n.results]
    if real:
        gain = torch.tensor([float(any(r.gain for r in numbers[i].results)) for i in real])
        total = total + 0.3 * functional.binary_cross_entropy_with_logits(
            logits[real, 1], gain, reduction="sum"
        )
    return total


def _pooled(state: Tensor, places: Sequence[tuple[int, int]]) -> Tensor:
    return torch.cat([state[a:b] for a, b in places]).mean(0)


def _relations(network: Network, state: Tensor, example: Example) -> Tensor:
    """Over all pairs of names whose kinds admit the predicate."""
    names = [i for i, n in enumerate(example.names) if n.places]
    if len(names) < 2:
        return torch.zeros(())
    pooled = torch.stack([_pooled(state, example.names[i].places) for i in names])
    a = network.subjects(pooled).view(len(names), len(PREDICATES), SHARE)
    b = network.objects(pooled).view(len(names), len(PREDICATES), SHARE)
    logits = torch.einsum("apk,bpk->abp", a, b) / sqrt(SHARE) + network.bias
    said, fits = torch.zeros_like(logits), torch.zeros_like(logits)
    for x, i in enumerate(names):
        for y, j in enumerate(names):
            kinds = (example.names[i].kind, example.names[j].kind)
            for predicate in FITTING.get(kinds, ()) if x != y else ():
                p = PREDICATES.index(predicate)
                fits[x, y, p] = 1
                said[x, y, p] = float((i, predicate, j) in example.relations)
    each = functional.binary_cross_entropy_with_logits(logits, said, reduction="none")
    return (each * fits).sum()


def _seeking(network: Network, state: Tensor, example: Example) -> Tensor:
    """Which model and which metric each result belongs to."""
    total = torch.zeros(())
    real = [n for n in example.numbers if n.results]
    models = [i for i, n in enumerate(example.names) if n.kind == "model" and n.places]
    asked: list[tuple[int, int]] = []
    for n in real:
        for r in n.results:
            at = place_of(example.names, r.model, "model")
            if r.model is None or at in models:
                asked.append((n.first, 0 if at is None else 1 + models.index(at)))
                break
    if models and asked:
        keys = network.models(torch.stack([_pooled(state, example.names[i].places) for i in models]))
        keys = torch.cat([network.unnamed_model[None], keys])
        logits = network.scored(state[[i for i, _ in asked]]) @ keys.T / sqrt(SEEK)
        right = torch.tensor([k for _, k in asked])
        total = total + functional.cross_entropy(logits, right, reduction="sum")
    labels = [(n.first, {r.metric and name_key(r.metric) for r in n.results}) for n in real]
    known = [(i, said) for i, said in labels if None in said or any(m.key in said for m in example.metrics)]
    if example.metrics and known:
        keys = network.metrics(torch.stack([_pooled(state, [(m.first, m.last)]) for m in example.metrics]))
        keys = torch.cat([network.unnamed_metric[None], keys])
        scores = (network.measuring(state[[i for i, _ in known]]) @ keys.T / sqrt(SEEK)).log_softmax(-1)
        fits = torch.tensor([[None in said, *(m.key in said for m in example.metrics)] for _, said in known])
        total = total - scores.masked_fill(~fits, -1e4).logsumexp(-1).sum()
    return total
