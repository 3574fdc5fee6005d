"""Inputs made from valid ones: cut, spliced, bytes flipped, tokens of the format put in, parts repeated."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

__all__ = ["MOST", "mutated"]

MOST = 1 << 16
"""The longest input in bytes: long enough that work which grows with the square of it takes minutes."""
_REPEATED = 0.04
"""How often something is repeated very many times, which shows work that grows with the square."""

# What means something in many formats, or to a decoder.
_TOKENS = (
    b"\x00 \xff \xfe\xff \xff\xfe \xef\xbb\xbf \xc3 \xed\xa0\x80 \xf0\x9f\x98\x80 \xe2\x80\xae \x1b[31m "
    b"\\ \\\\ \" ' ` { } [ ] ( ) < > </ /> <![CDATA[ ]]> <!-- --> & &amp; &#0; &#x110000; &a; "
    b"% # $ @ ~ ^ _ * | - = + : ; , . ... 0 -1 1e999 99999999999999999999 NaN null true \\u0000 "
    b"\\ud800 \\n \\t and 10.1000/x arXiv:2506.10573 https://a.org/x 2025-02-30 "
    b"Abstract Abstract: Title: # ## --- === ER PMID- TY"
).split(b" ")
_ENDS = (b"\n", b"\r", b"\r\n", b"\n\n", b"\t", b" ", b"\x0b", b"\x0c", b"\xc2\x85", b"\xe2\x80\xa8")
_WORDS = re.compile(rb"[A-Za-z_:]{2,30}|[^\sA-Za-z0-9]{1,4}")

Mutation = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def mutated(data: bytes, noise: random.Random, samples: Sequence[bytes], most: int = MOST) -> bytes:
    """One to eight changes to an input.

    Args:
        data: the input; empty for one of the samples.
        noise: where chance comes from: the same gives the same.
        samples: valid inputs, to splice with and to take tokens from.
        most: the longest input in bytes.
    """
    changed = bytearray(data or noise.choice(samples))
    for _ in range(min(8, 1 + int(noise.expovariate(0.5)))):
        noise.choice(_MUTATIONS)(changed, noise, samples)
        if not changed:
            changed += noise.choice(samples)
    if noise.random() < _REPEATED:
        _repeat(changed, noise, most)
    return bytes(changed[:most])


def _flip(data: bytearray, noise: random.Random, _: Sequence[bytes]) -> None:
    for _i in range(noise.randrange(1, 5)):
        data[noise.randrange(len(data))] ^= 1 << noise.randrange(8)


def _delete(data: bytearray, noise: random.Random, _: Sequence[bytes]) -> None:
    start, stop = _part(data, noise)
    del data[start:stop]


def _truncate(data: bytearray, noise: random.Random, _: Sequence[bytes]) -> None:
    del data[noise.randrange(len(data)) :]


def _double(data: bytearray, noise: random.Random, _: Sequence[bytes]) -> None:
    start, stop = _part(data, noise)
    data[start:start] = data[start:stop] * noise.randrange(1, 5)


def _swap(data: bytearray, noise: random.Random, _: Sequence[bytes]) -> None:
    """Two lines in each other's place."""
    lines = bytes(data).split(b"\n")
    i, j = noise.randrange(len(lines)), noise.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    data[:] = b"\n".join(lines)


def _splice(data: bytearray, noise: random.Random, samples: Sequence[bytes]) -> None:
    other = noise.choice(samples)
    start, stop = _part(other, noise)
    at, _ = _part(data, noise)
    data[at:at] = other[start:stop]


def _token(data: bytearray, noise: random.Random, samples: Sequence[bytes]) -> None:
    start, stop = _part(data, noise) if noise.random() < 0.3 else (noise.randrange(len(data) + 1),) * 2
    data[start : min(stop, start + 20)] = _any_token(noise, samples)


def _number(data: bytearray, noise: random.Random, _: Sequence[bytes]) -> None:
    """A number in the place of another: lengths, counts and offsets that are not so."""
    numbers = list(re.finditer(rb"\d+", bytes(data)))
    if numbers:
        found = noise.choice(numbers)
        value = noise.choice((0, 1, -1, 2**31, 2**63, 10**30, noise.randrange(100), int(found[0][:18]) + 1))
        data[found.start() : found.end()] = str(value).encode()


def _repeat(data: bytearray, noise: random.Random, most: int) -> None:
    start, stop = _part(data, noise)
    unit = bytes(data[start : min(stop, start + noise.choice((1, 1, 2, 4, 10, 40)))])
    if noise.random() < 0.5:
        unit = noise.choice((*_ENDS, *_TOKENS))
    if unit:
        data[start:start] = unit * (noise.choice((1_000, 20_000, most)) // len(unit))


_MUTATIONS: tuple[Mutation, ...] = (
    _flip, _delete, _truncate, _double, _swap, _splice, _splice, _token, _token, _token, _number,
)  # fmt: skip


def _part(data: bytes | bytearray, noise: random.Random) -> tuple[int, int]:
    start = noise.randrange(len(data) + 1)
    return start, min(len(data), start + noise.choice((1, 4, 20, 100, 1000)))


def _any_token(noise: random.Random, samples: Sequence[bytes]) -> bytes:
    kind = noise.random()
    if kind < 0.4:
        return noise.choice(_WORDS.findall(noise.choice(samples)) or _TOKENS)
    return noise.choice(_TOKENS if kind < 0.8 else _ENDS)
