"""When two spellings are one name: cleaning, comparison keys and slugs.

Names come out of abstracts with LaTeX in them, with and without hyphens, in any case and with a trailing
"dataset". :func:`key` maps the spellings of one name to one string and keeps apart what a version or
size number keeps apart; :func:`slug` makes the readable end of an IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from kg.link.wordlists import ARTICLES, DATA_WORDS, GREEK, KIND_WORDS, SPLIT_WORDS

__all__ = ["bare", "clean", "drop_v", "is_distinctive", "key", "slug", "words"]

SLUG_LENGTH = 80
"""Slugs longer than this are cut and told apart by a hash."""

NAME_LENGTH = 1000
"""Characters of a name that are looked at; what is longer is no name, but must not cost time either."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣-"), "-")
_QUOTES = {ord(c): "'" for c in "‘’ʼ`´"} | {ord(c): '"' for c in "“”"}
_TEX_WRAP = re.compile(
    r"\\(?:text|math)?(?:bf|it|rm|sf|tt|sc|cal|normal|emph|text|underline|operatorname)\s*\{([^{}]*)\}"
)
_TEX_SYMBOL = re.compile(r"\\([A-Za-z]+)\s*")
_TEX_TORN = re.compile(r"([a-z]?)\{([a-z]+)\}")
_TEX_MARKUP = re.compile(r"[${}\x22]|\\(?=[^A-Za-z])|(?<!\w)\^|\^(?=[\w+{])")
_WORD = re.compile(r"[^\W_]+(?:\.\d+)*\+*")
_VERSION_V = re.compile(r"(?<=[^\W\d_])[vV](?=\d)|(?<![^\W_])[vV](?=\d)")


def clean(name: str) -> str:
    """A name as a person would write it: no LaTeX, control characters, articles or quotation marks around it.

    >>> clean(r"the $\\beta$-VAE")
    'β-VAE'
    """
    text = unicodedata.normalize("NFKC", name[:NAME_LENGTH].translate(_DASHES).translate(_QUOTES))
    text = "".join(c if unicodedata.category(c) not in ("Cc", "Cf") else " " * c.isspace() for c in text)
    while (unwrapped := _TEX_WRAP.sub(r"\1", text)) != text:
        text = unwrapped
    text = _TEX_SYMBOL.sub(lambda m: _greek(m[1]) or m[1] + " ", text)
    # "\beta" read by a careless program leaves "b{eta}" or "{beta}" behind
    text = _TEX_TORN.sub(lambda m: _greek(m[1] + m[2]) or m[1] + (_greek(m[2]) or m[2]), text)
    text = " ".join(_TEX_MARKUP.sub("", text).replace("~", " ").split()).strip(" '.,;:-_")
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in ARTICLES and not first.isupper() else text


@lru_cache(maxsize=1 << 13)
def bare(name: str) -> str:
    """A clean name without trailing words that only say what kind of thing it is.

    >>> bare("MIMIC-CXR dataset"), bare("Swin-T model"), bare("Residual Network")
    ('MIMIC-CXR', 'Swin-T', 'Residual Network')
    """
    text = clean(name)
    while True:
        head, _, last = text.rpartition(" ")
        last = last.lower()
        shaped = is_distinctive(head)
        phrase = shaped or sum(word[:1].isupper() for word in head.split()) > 1
        if (last in DATA_WORDS and phrase) or (last in KIND_WORDS and shaped and " " not in head):
            text = head
        elif last in SPLIT_WORDS and phrase and _names_a_part(text):
            text = re.sub(r"[\s-]+\w+[\s-]+\w+$", "", text)
        else:
            return text


@lru_cache(maxsize=1 << 13)
def key(name: str) -> str:
    """What all spellings of one name share; empty when no letter or digit is left.

    Case, accents, spaces and hyphens go; numbers stay apart from each other (``GPT-3.5`` is no
    ``GPT-35``), a version's ``v`` goes (``SAM v2``, ``SAM2``) and ``+`` counts (``U-Net++``).

    >>> key("nnU-Net") == key("nnUNet model"), key("BraTS 2019"), key("U-Net++"), key("Qwen2.5-7B")
    (True, 'brats2019', 'unetplusplus', 'qwen2.5.7b')
    """
    text = _ascii(drop_v(bare(name))).lower().replace("&", " and ").replace("+", "plus")
    text = re.sub(r"(?<=\d)[\W_]+(?=\d)", ".", text)
    return re.sub(r"[^\w.]|_|(?<!\d)\.|\.(?!\d)", "", text)


def slug(text: str) -> str:
    """The readable ASCII end of an IRI: lower-case words and numbers joined by ``-``, never empty.

    >>> slug("H&E histopathology"), slug("U-Net++"), slug("β-VAE")
    ('h-and-e-histopathology', 'u-net-plusplus', 'beta-vae')
    """
    folded = _ascii(text).lower().replace("&", " and ").replace("'", "").replace("’", "")
    folded = re.sub(r"\++", lambda m: "-" + "plus" * len(m[0]) + "-", folded)
    made = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    lost = sum(c.isalnum() for c in text if not _ascii(c).isascii())
    if made and len(made) <= SLUG_LENGTH and not lost:
        return made
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{made[: SLUG_LENGTH - 9].strip('-')}-{mark}".lstrip("-")


def words(name: str) -> list[str]:
    """The words and numbers of a clean name, as written; ``+`` stays with its word."""
    return _WORD.findall(name)


def drop_v(name: str) -> str:
    """A name with the ``v`` of its version numbers made a space: ``SAM v2`` → ``SAM  2``."""
    return _VERSION_V.sub(" ", name)


def is_distinctive(name: str) -> bool:
    """Whether some word has the shape of a name: two capitals, a capital inside, or a letter with a digit.

    >>> is_distinctive("PixCell"), is_distinctive("ViT"), is_distinctive("Vision model")
    (True, True, False)
    """
    return any(
        any(c.isalpha() for c in word)
        and (any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word) or not word.isascii())
        for word in re.split(r"[\s/]+", name)
    )


def _names_a_part(text: str) -> bool:
    """Whether the last two words are "test set", "validation split" and the like."""
    tail = re.split(r"[\s-]+", text.lower())[-2:]
    return len(tail) == 2 and all(word in SPLIT_WORDS for word in tail)


def _greek(name: str) -> str | None:
    """The Greek letter of that name."""
    return next((letter for letter, called in GREEK.items() if called == name.lower()), None)


def _ascii(text: str) -> str:
    """Greek letters spelled out, accents dropped; what has no ASCII form stays."""
    decomposed = unicodedata.normalize(
        "NFKD", text.lower() if any(c.lower() in GREEK for c in text) else text
    )
    return "".join(GREEK.get(c, c) for c in decomposed if not unicodedata.combining(c))
