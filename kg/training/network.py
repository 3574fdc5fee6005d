"""The encoder's network: layers of MiniLM with small heads, and its way into an ONNX file.

MiniLM (Wang et al. 2020, arXiv:2002.10957) comes from a package with its weights; torch, transformers and
onnx are needed here and nowhere else.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, BertModel

from kg.extract.reading import PREDICATES, ROLES, TAGS

__all__ = ["LAYERS", "Network", "export"]

LAYERS = 4
"""Of the six that MiniLM has: the more, the slower the build."""
WIDTH = 384
SHARE = 32
"""Size of the vector a predicate is told by."""
SEEK = 64
"""Size of the vectors by which numbers seek models and metrics."""
SHAPES = 6


def attention(
    module: Any, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scaling: float, **_: Any
) -> tuple[Tensor, None]:
    """Plain attention in the type of its inputs; in half precision faster here than torch's own."""
    with torch.autocast("cpu", enabled=False):
        scores = torch.matmul(query * scaling, key.transpose(-1, -2))
        if mask is not None and mask.dtype == torch.bool:
            scores = scores + torch.zeros_like(mask, dtype=scores.dtype).masked_fill(~mask, -1e4)
        elif mask is not None:
            scores = scores + mask.to(scores.dtype)
        return torch.matmul(scores.softmax(-1), value).transpose(1, 2).contiguous(), None


AttentionInterface.register("plain", attention)


class Network(nn.Module):  # type: ignore[misc]
    """MiniLM with heads for tags, roles, concepts, numbers, relations and what numbers belong to.

    Args:
        base: folder of MiniLM.
        concepts: kind and label of those it learns.
    """

    def __init__(self, base: Path, concepts: Sequence[str]) -> None:
        super().__init__()
        self.concepts = list(concepts)
        self.body = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="plain")
        self.body.embeddings.word_embeddings.weight.requires_grad_(False)
        self.body.encoder.layer = self.body.encoder.layer[:LAYERS]
        self.shapes = nn.Linear(SHAPES, WIDTH, bias=False)
        nn.init.zeros_(self.shapes.weight)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.metrics = nn.Linear(WIDTH, SEEK)
        self.measuring = nn.Linear(WIDTH, SEEK)
        self.unnamed_metric = nn.Parameter(torch.zeros(SEEK))
        self.roles = nn.Linear(WIDTH, len(ROLES))
        self.numbers = nn.Linear(WIDTH, 2)
        self.looks = nn.Linear(WIDTH, len(self.concepts))
        self.says = nn.Linear(WIDTH, len(self.concepts))
        self.subjects = nn.Linear(WIDTH, len(PREDICATES) * SHARE)
        self.objects = nn.Linear(WIDTH, len(PREDICATES) * SHARE)
        self.bias = nn.Parameter(torch.full((len(PREDICATES),), -3.0))
        self.scored = nn.Linear(WIDTH, SEEK)
        self.models = nn.Linear(WIDTH, SEEK)
        self.unnamed_model = nn.Parameter(torch.zeros(SEEK))

    def read(self, pieces: Tensor, mask: Tensor | None, first: Tensor, shapes: Tensor) -> Tensor:
        """One vector a token; ``first`` says where its first piece is."""
        embedded = self.body.embeddings.word_embeddings(pieces)
        shape = self.shapes(shapes).to(embedded.dtype) * (shapes.abs().sum(-1, keepdim=True) > 0)
        embedded = embedded.scatter_add(1, first[..., None].expand(-1, -1, WIDTH), shape)
        state = self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        found: Tensor = self.drop(torch.gather(state, 1, first[..., None].expand(-1, -1, WIDTH)))
        return found


HEADS = ("tags", "roles", "numbers", "looks", "says", "subjects", "objects", "scored", "models", "measuring",
         "metrics")  # fmt: skip
CONSTANTS = ("bias", "unnamed_model", "unnamed_metric")


class _Table(nn.Module):  # type: ignore[misc]
    """The heads side by side: one row a token."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        heads = [getattr(network, head) for head in HEADS]
        self.heads = nn.Linear(WIDTH, sum(h.out_features for h in heads))
        self.heads.weight.data = torch.cat([h.weight.data for h in heads])
        self.heads.bias.data = torch.cat([h.bias.data for h in heads])

    def forward(self, pieces: Tensor, first: Tensor, shapes: Tensor) -> Tensor:
        table: Tensor = self.heads(self.network.read(pieces, None, first, shapes))
        return table


def export(network: Network, path: Path) -> None:
    """Write the network in eight-bit integers, with what its columns are.

    Weights take seven bits: processors without VNNI would overflow at eight.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers import optimizer

    network.eval()
    table = _Table(network).eval()
    example = (torch.ones(1, 9, dtype=torch.long), torch.arange(1, 6)[None], torch.zeros(1, 5, SHAPES))
    axes = {"pieces": {1: "pieces"}, "first": {1: "tokens"}, "shapes": {1: "tokens"}}
    with tempfile.TemporaryDirectory() as folder:
        whole, fused = str(Path(folder) / "whole.onnx"), str(Path(folder) / "fused.onnx")
        torch.onnx.export(
            table, example, whole, input_names=list(axes), output_names=["table"], dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        optimizer.optimize_model(
            whole, model_type="bert", num_heads=12, hidden_size=WIDTH, opt_level=0
        ).save_model_to_file(fused)
        quantize_dynamic(
            fused, str(path), weight_type=QuantType.QInt8, reduce_range=True, per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
    columns, start = {}, 0
    for head in HEADS:
        size = getattr(network, head).out_features
        columns["concepts" if head == "says" else head] = [start, start + size]
        start += size
    constants = {name: getattr(network, name).detach().tolist() for name in CONSTANTS}
    model = onnx.load(path)
    about = {"columns": columns, "concepts": network.concepts, "constants": constants}
    onnx.helper.set_model_props(model, {"kg": json.dumps(about)})
    onnx.save(model, path)
