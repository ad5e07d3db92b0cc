"""Which terms stand in each sentence, as arrays that stay on disk until they are touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TermTable:
    """Term ids by row.

    Attributes:
        starts: (rows + 1,) where each row's terms start.
        terms: term ids of all rows, each once a row, sorted within a row.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], vocabulary: Mapping[str, int]) -> Self:
        """Make a table of lists of terms, all of them in ``vocabulary``."""
        ids = [np.unique([vocabulary[term] for term in row]).astype(np.int32) for row in rows]
        starts = np.concatenate([[0], np.cumsum([len(row) for row in ids])]).astype(np.int64)
        return cls(starts, np.concatenate([*ids, np.array([], dtype=np.int32)]))

    def write(self, starts: Path, terms: Path) -> None:
        """Write both arrays."""
        np.save(starts, self.starts)
        np.save(terms, self.terms)

    @classmethod
    def load(cls, starts: Path, terms: Path) -> Self:
        """Open arrays that ``write`` wrote."""
        # A plain view: indexing a memmap object costs 20 times as much.
        return cls(np.load(starts), np.asarray(np.load(terms, mmap_mode="r")))

    def among(self, row: int, wanted: Mapping[int, str]) -> frozenset[str]:
        """Return which of the ``wanted`` terms, by id, stand in a row."""
        found = self.terms[int(self.starts[row]) : int(self.starts[row + 1])]
        return frozenset(wanted[i] for i in found.tolist() if i in wanted)

    def standing(
        self, row: int, wanted: Mapping[int, Sequence[tuple[str, float]]]
    ) -> dict[str, float]:
        """Return the greatest share of each term that one of ``wanted``, by id, gives in a row."""
        if not wanted:
            return {}
        best: dict[str, float] = {}
        for i in self.terms[int(self.starts[row]) : int(self.starts[row + 1])].tolist():
            for term, share in wanted.get(i, ()):
                best[term] = max(share, best.get(term, 0.0))
        return best
