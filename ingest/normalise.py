"""Decoded file text to ``Document.text``, with the way back to the file.

Only what cannot be seen or typed is changed, so that a quote is what the page shows: NFC, one
line end, no invisible characters, no terminal escape sequences, plain spaces. Quotes, dots and
full-width forms stay as written.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingest.escapes import ESCAPES

# Line ends of every system, page and section breaks, and Unicode's own line separators.
_LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
# Looks blank and is typed as a blank in Korean documents, but is not in category Zs.
_HANGUL_FILLER = "\u3164"
_SUSPECT = re.compile(r"[^\n\t\x20-\x7e가-힣]")
_CRLF = "\r\n"
# Unicode's stream-safe limit: no script puts more marks on one letter, and putting them in order
# takes time in the square of their number.
_CLUSTER_MARKS = 30


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text and where each code point of it came from.

    Let ``first(i)`` be the first index with the same origin as ``i``. Then for all
    ``a <= b``, normalising ``decoded[origins[a]:origins[b]]`` gives ``text[first(a):first(b)]``.
    ``first(i)`` is ``i`` except behind a base character that keeps combining marks of its own:
    the code points of such a cluster share the origin of its base.

    Attributes:
        text: the normalised text.
        origins: one offset into the decoded text for each code point, and one that closes the
            last; never falling.
    """

    text: str
    origins: tuple[int, ...]


def normalise(decoded: str) -> Normalised:
    """Normalises decoded text; doing it twice changes nothing more."""
    if not _SUSPECT.search(decoded):
        return Normalised(decoded, tuple(range(len(decoded) + 1)))
    chars, origins = _visible(decoded)
    text = "".join(chars)
    if not unicodedata.is_normalized("NFC", text):
        text, origins = _compose(text, origins)
    return Normalised(text, (*origins, len(decoded)))


def _visible(decoded: str) -> tuple[list[str], list[int]]:
    chars: list[str] = []
    origins: list[int] = []
    previous = ""
    marks = 0
    escaped = {at for found in ESCAPES.finditer(decoded) for at in range(*found.span())}
    for offset, char in enumerate(decoded):
        shown = "" if offset in escaped or previous + char == _CRLF else _shown(char)
        previous = char
        if shown:
            marks = marks + 1 if unicodedata.combining(shown) else 0
        if marks > _CLUSTER_MARKS:
            continue
        if shown:
            chars.append(shown)
            origins.append(offset)
    return chars, origins


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    if char in _LINE_ENDS:
        return "\n"
    if char == "\t":
        return char
    category = unicodedata.category(char)
    if category == "Zs" or char == _HANGUL_FILLER:
        return " "
    return "" if category in {"Cc", "Cf"} else char


def _compose(text: str, origins: list[int]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    composed: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and not _starts_cluster(text[end]):
            continue
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        composed.extend([origins[start]] * len(piece))
        start = end
    return "".join(pieces), composed


@lru_cache(maxsize=4096)
def _starts_cluster(char: str) -> bool:
    """Says whether a character can never merge with or move before the one ahead of it."""
    first = unicodedata.normalize("NFD", char)[0]
    return not unicodedata.combining(first) and first not in _second_parts()


@lru_cache(maxsize=1)
def _second_parts() -> frozenset[str]:
    """Characters that composition appends to the one before: vowel and final jamo, vowel signs."""
    jamo = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    parts = (unicodedata.decomposition(chr(code)).split() for code in range(sys.maxunicode + 1))
    pairs = (part for part in parts if len(part) > 1 and not part[0].startswith("<"))
    return frozenset(jamo | {chr(int(pair[1], 16)) for pair in pairs})
