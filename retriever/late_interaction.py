"""Late interaction: each word of the question looks for its own nearest word in a text.

The score of a text is the mean, over the tokens of the question, of the cosine with the nearest of
the text's tokens: MaxSim of ColBERT (Khattab and Zaharia, SIGIR 2020), here over the token vectors
of an ordinary sentence embedding model, which need no further training for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retriever.token_codes import TokenCodes, products


@dataclass(frozen=True, slots=True)
class LateMatch:
    """How a passage meets a question, word by word.

    Attributes:
        whole: with each word's nearest anywhere in the passage.
        sentences: (sentences,) with each word's nearest in that sentence.
        tokens: (sentences, query tokens) those nearest, token by token; kept by searches.
    """

    whole: float
    sentences: NDArray[np.float32]
    tokens: NDArray[np.float32] = field(
        default_factory=lambda: np.empty((0, 0), dtype=np.float32), compare=False
    )

    @property
    def score(self) -> float:
        """Mean of the whole passage's and of the best sentence's."""
        best = float(self.sentences.max()) if self.sentences.size else self.whole
        return (self.whole + best) / 2


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """Token vectors of all sentences, in the order of the sentences; they stay on disk.

    Attributes:
        starts: (sentences + 1,) where each sentence's tokens start; no sentence is without.
        codes: (tokens, dimension / 2) uint8.
        scales: (tokens,) float16.
    """

    starts: NDArray[np.int64]
    codes: NDArray[np.uint8]
    scales: NDArray[np.float16]

    @classmethod
    def of(cls, sentences: Sequence[TokenCodes]) -> Self:
        """Put the sentences' tokens after one another."""
        sizes = [len(sentence.scales) for sentence in sentences]
        return cls(
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            np.concatenate([sentence.codes for sentence in sentences]),
            np.concatenate([sentence.scales for sentence in sentences]),
        )

    def write(self, starts: Path, codes: Path, scales: Path) -> None:
        """Write the three arrays."""
        for path, array in ((starts, self.starts), (codes, self.codes), (scales, self.scales)):
            np.save(path, array)

    @classmethod
    def load(cls, starts: Path, codes: Path, scales: Path) -> Self:
        """Open arrays that ``write`` wrote."""
        return cls(
            np.load(starts),
            np.asarray(np.load(codes, mmap_mode="r")),
            np.asarray(np.load(scales, mmap_mode="r")),
        )

    def matches(
        self, query: NDArray[np.float32], passages: Sequence[tuple[int, int]]
    ) -> list[LateMatch]:
        """Compare a question with passages.

        Args:
            query: (query tokens, dimension) L2-normalised; where there are none, all matches are 0.
            passages: first sentence and end of each passage; one without sentences matches nothing.
        """
        found = iter(self._found(query, [(f, e) for f, e in passages if f < e]))
        nothing = LateMatch(0.0, np.empty(0, dtype=np.float32))
        return [next(found) if first < end else nothing for first, end in passages]

    def _found(
        self, query: NDArray[np.float32], passages: Sequence[tuple[int, int]]
    ) -> list[LateMatch]:
        if not passages:
            return []
        sentences = np.concatenate([np.arange(first, end) for first, end in passages])
        firsts = np.concatenate([[0], np.cumsum([end - first for first, end in passages])])[:-1]
        if not len(query):
            nearest = np.zeros((len(sentences), 1), dtype=np.float32)
        else:
            nearest = self._nearest(query, sentences)
        means = nearest.mean(axis=1)
        wholes = np.maximum.reduceat(nearest, firsts, axis=0).mean(axis=1)
        parts = np.split(means, firsts[1:])
        tokens = np.split(nearest[:, : len(query)], firsts[1:])
        return [
            LateMatch(float(whole), part, own)
            for whole, part, own in zip(wholes, parts, tokens, strict=True)
        ]

    def _nearest(
        self, query: NDArray[np.float32], sentences: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the (sentences, query tokens) greatest cosines."""
        starts, ends = self.starts[sentences], self.starts[sentences + 1]
        sizes = ends - starts
        firsts = np.cumsum(sizes) - sizes
        rows = np.arange(int(sizes.sum())) + np.repeat(starts - firsts, sizes)
        cosines = products(self.codes[rows], self.scales[rows], query)
        nearest: NDArray[np.float32] = np.maximum.reduceat(cosines, firsts, axis=0)
        return nearest
