"""The component that reads a document with a small transformer before anything is decided.

The network is four layers of MiniLM, fine-tuned by :mod:`kg.training.encoder` on the annotated papers, in
eight-bit integers. It runs in ONNX Runtime on one thread.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.findings import findings
from kg.extract.reading import Reading
from kg.extract.wordpieces import Stretch, WordPieces, stretches

__all__ = ["SHIPPED", "Encoder", "shapes", "shipped_encoder"]

SHIPPED = Path(__file__).parent / "data" / "encoder.onnx"
"""The network that comes with the product."""
PIECES = Path(__file__).parent / "data" / "pieces.txt"
Array = NDArray[Any]


class Encoder:
    """Sets the reading of ``doc._.kg``.

    Args:
        path: a network as ``kg.training`` writes it.

    Raises:
        FileNotFoundError: no network there.
    """

    def __init__(self, path: Path = SHIPPED) -> None:
        import onnxruntime

        if not path.is_file():
            raise FileNotFoundError(f"{path}: the encoder's weights are missing; install the package again")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        about = json.loads(self._session.get_modelmeta().custom_metadata_map["kg"])
        self._concepts: list[str] = about["concepts"]
        self._columns: dict[str, tuple[int, int]] = {k: (a, b) for k, (a, b) in about["columns"].items()}
        self._constants = {k: np.asarray(v, dtype=np.float32) for k, v in about["constants"].items()}
        self.cut = pieces()

    def __call__(self, doc: Doc) -> Doc:
        findings(doc).reading = self.read(doc)
        return doc

    def read(self, doc: Doc) -> Reading | None:
        """What the network says of a document; None when there is no word in it."""
        parts = stretches(doc, self.cut)
        if not parts:
            return None
        words = [token.text for token in doc]
        rows = []
        start = 0
        for part in parts:
            stop = start + len(part.first)
            (out,) = self._session.run(None, inputs(part, words[start:stop]))
            rows.append(out[0])
            start = stop
        return self._reading(np.concatenate(rows))

    def _reading(self, table: Array) -> Reading:
        part = {name: table[:, a:b] for name, (a, b) in self._columns.items()}
        looks = part["looks"] - part["looks"].max(axis=0)
        share = np.exp(looks)
        logits = (share / share.sum(axis=0) * part["concepts"]).sum(axis=0)
        return Reading(
            tags=_log_softmax(part["tags"]),
            roles=_log_softmax(part["roles"]),
            concepts=dict(zip(self._concepts, logits.tolist(), strict=True)),
            numbers=part["numbers"],
            subjects=part["subjects"],
            objects=part["objects"],
            bias=self._constants["bias"],
            scored=part["scored"],
            models=part["models"],
            unnamed_model=self._constants["unnamed_model"],
            measuring=part["measuring"],
            metrics=part["metrics"],
            unnamed_metric=self._constants["unnamed_metric"],
        )


def inputs(stretch: Stretch, words: list[str]) -> dict[str, Array]:
    """What the network is given for one stretch."""
    return {
        "pieces": np.asarray([stretch.pieces], dtype=np.int64),
        "first": np.asarray([stretch.first], dtype=np.int64),
        "shapes": np.asarray([[shapes(word) for word in words]], dtype=np.float32),
    }


def shapes(word: str) -> list[float]:
    """What lower-casing loses: capitals, digits, punctuation."""
    return [
        float(word.isupper() and len(word) > 1),
        float(word[:1].isupper() and not word.isupper()),
        float(any(c.isupper() for c in word[1:]) and not word.isupper()),
        float(any(c.isdigit() for c in word)),
        float(word.islower()),
        float(not any(c.isalnum() for c in word)),
    ]


def _log_softmax(logits: Array) -> Array:
    shifted = logits - logits.max(axis=1, keepdims=True)
    found: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return found


@cache
def pieces() -> WordPieces:
    """The shipped vocabulary of word pieces."""
    return WordPieces(PIECES.read_text(encoding="utf-8").split("\n"))


@cache
def shipped_encoder() -> Encoder:
    """The network that comes with the product, loaded once a process."""
    return Encoder()


@Language.factory("kg_encoder")
def make_encoder(nlp: Language, name: str) -> Encoder:
    """The component with the shipped network."""
    return shipped_encoder()
