"""The words that stand in a corpus, and which of them a mistyped word is close to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retriever.keyboard import letters
from retriever.slips import LIKELY_EDIT, distance

# Shorter words have too many others one letter away.
_HANGUL_WORD = re.compile(r"[가-힣]{2,}")

# An exchange takes one letter out of a word and puts one in.
_LETTERS_PER_EDIT = 2
# Single letters stand in one block of Unicode.
_FIRST_LETTER = ord("ㄱ")
_LETTERS = ord("ㅣ") - _FIRST_LETTER + 1


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of the corpus near to one that was typed.

    Attributes:
        word: as it stands in the corpus.
        cost: of the edits between the two.
        frequency: in how many passages it stands.
    """

    word: str
    cost: float
    frequency: int


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What rules most words out before any is compared letter by letter.

    Attributes:
        words: Hangul words.
        lengths: (words,) how many letters each has.
        sets: (words,) a bit for each letter that stands in the word.
        counts: (words, letters) how often each letter stands in it.
    """

    words: list[str]
    lengths: NDArray[np.int16]
    sets: NDArray[np.uint64]
    counts: NDArray[np.int8]


class WordList:
    """Words of one index; safe to share between threads.

    Args:
        terms: all search terms; those that are no Hangul words are never proposed.
        frequency: gives in how many passages a term stands.
    """

    def __init__(self, terms: Iterable[str], frequency: Callable[[str], int]) -> None:
        self._terms = terms
        self.frequency = frequency

    def __contains__(self, word: str) -> bool:
        return self.frequency(word) > 0

    def warm(self) -> None:
        """Prepare ``nearest`` now (1 s at 200,000 words) instead of at its first call."""
        _ = self._shapes

    def nearest(self, word: str, limit: float) -> NearWord | None:
        """Return the word with the cheapest edits from ``word``, the most frequent of equals.

        None where none costs up to ``limit``, a multiple of the cheapest edit. A word of whole
        syllables is near only to words of as many.
        """
        typed = letters(word)
        syllables = len(word) if _HANGUL_WORD.fullmatch(word) else None
        cost = LIKELY_EDIT
        while cost <= limit:
            near = [
                w
                for w in self._plausible(typed, cost)
                if syllables in (None, len(w)) and distance(typed, letters(w), cost) <= cost
            ]
            if near:
                best = min(near, key=lambda w: (-self.frequency(w), w))
                return NearWord(best, cost, self.frequency(best))
            cost += LIKELY_EDIT
        return None

    def _plausible(self, typed: str, limit: float) -> list[str]:
        """Return the words that their letters, taken without order, do not rule out."""
        shapes = self._shapes
        if not shapes.words or not all(0 <= ord(c) - _FIRST_LETTER < _LETTERS for c in typed):
            return []
        differ = int(limit / LIKELY_EDIT) * _LETTERS_PER_EDIT
        counts = np.bincount([ord(c) - _FIRST_LETTER for c in typed], minlength=_LETTERS)
        letter_set = np.bitwise_or.reduce(_bits(np.flatnonzero(counts)))
        near = np.flatnonzero(np.bitwise_count(shapes.sets ^ letter_set) <= differ)
        near = near[np.abs(shapes.lengths[near] - len(typed)) <= limit]
        near = near[np.abs(shapes.counts[near] - counts).sum(axis=1) <= differ]
        return [shapes.words[i] for i in near]

    @cached_property
    def _shapes(self) -> _Shapes:
        words = [term for term in self._terms if _HANGUL_WORD.fullmatch(term)]
        spelt = [letters(word) for word in words]
        lengths = np.fromiter(map(len, spelt), dtype=np.int16, count=len(spelt))
        found = np.frombuffer("".join(spelt).encode("utf-32-le"), dtype=np.uint32) - _FIRST_LETTER
        rows = np.repeat(np.arange(len(words)), lengths)
        counts = np.zeros((len(words), _LETTERS), dtype=np.int8)
        np.add.at(counts, (rows, found), 1)
        sets = np.zeros(len(words), dtype=np.uint64)
        np.bitwise_or.at(sets, rows, _bits(found))
        return _Shapes(words, lengths, sets, counts)


def _bits(letter_numbers: NDArray[np.integer]) -> NDArray[np.uint64]:
    return np.uint64(1) << letter_numbers.astype(np.uint64)
