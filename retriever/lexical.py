"""BM25 over terms: morphemes and character bigrams each have an index of this kind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# Okapi's usual saturation and length constants; they are not tuned.
K1 = 1.2
B = 0.75
_NO_STAND_INS: Mapping[str, Mapping[str, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Precomputed BM25 weights of each (term, passage) pair, by term.

    Attributes:
        passages: how many passages are indexed.
        vocabulary: term to term id.
        starts: (terms + 1,) where each term's postings start.
        postings: passage ordinals, by term.
        weights: float32 BM25 weight of each posting.
    """

    passages: int
    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    postings: NDArray[np.int32]
    weights: NDArray[np.float32]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read an index that ``build`` wrote; arrays stay on disk until they are touched."""
        import bm25s

        return cls._of(bm25s.BM25.load(folder, mmap=True, show_progress=False))

    @classmethod
    def _of(cls, bm25: Any) -> Self:
        return cls(
            passages=int(bm25.scores["num_docs"]),
            vocabulary=bm25.vocab_dict,
            # Plain views: indexing a memmap object costs 20 times as much.
            starts=np.asarray(bm25.scores["indptr"]),
            postings=np.asarray(bm25.scores["indices"]),
            weights=np.asarray(bm25.scores["data"]),
        )

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]], folder: Path | None = None) -> Self:
        """Index one list of terms per passage; with ``folder``, write the arrays there too."""
        import bm25s

        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in d] for d in documents]
        vocabulary.setdefault("", len(vocabulary))  # bm25s scores empty passages by this term
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        bm25.index((ids, vocabulary), show_progress=False)
        if folder is not None:
            bm25.save(folder, show_progress=False)
        return cls._of(bm25)

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the (passages,) BM25 scores of a query of weighted terms; unknown terms add 0."""
        total = np.zeros(self.passages, dtype=np.float32)
        for term, weight in terms.items():
            start, end = self._span(term)
            total[self.postings[start:end]] += np.float32(weight) * self.weights[start:end]
        return total

    def mass(
        self,
        terms: Mapping[str, float],
        stand_ins: Mapping[str, Mapping[str, float]] = _NO_STAND_INS,
    ) -> NDArray[np.float32]:
        """Return for each passage (passages,) the summed weights of the terms it holds.

        Args:
            terms: their weights.
            stand_ins: for terms, the words that may stand for each, with the share of its weight
                that the best of them counts in a passage without the term itself.
        """
        total = np.zeros(self.passages, dtype=np.float32)
        for term, weight in terms.items():
            start, end = self._span(term)
            if others := stand_ins.get(term):
                share = self._best_share(others)
                share[self.postings[start:end]] = 1
                total += np.float32(weight) * share
            else:
                total[self.postings[start:end]] += np.float32(weight)
        return total

    def _best_share(self, words: Mapping[str, float]) -> NDArray[np.float32]:
        """Return for each passage (passages,) the greatest share of the words it holds."""
        best = np.zeros(self.passages, dtype=np.float32)
        for word, share in sorted(words.items(), key=itemgetter(1)):
            start, end = self._span(word)
            best[self.postings[start:end]] = np.float32(share)
        return best

    def frequency(self, term: str) -> int:
        """Return in how many passages ``term`` stands."""
        start, end = self._span(term)
        return end - start

    def contains(self, term: str, passage: int) -> bool:
        """Tell whether ``term`` stands in the passage of this ordinal."""
        start, end = self._span(term)
        return bool((self.postings[start:end] == passage).any())

    def idf(self, term: str) -> float:
        """Return Lucene's inverse document frequency, ``ln(1 + (N - n + .5) / (n + .5))``."""
        n = self.frequency(term)
        return math.log1p((self.passages - n + 0.5) / (n + 0.5))

    def _span(self, term: str) -> tuple[int, int]:
        i = self.vocabulary.get(term)
        return (0, 0) if i is None else (int(self.starts[i]), int(self.starts[i + 1]))
