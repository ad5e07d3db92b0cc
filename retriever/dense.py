"""Vectors in FAISS: one of each whole passage, followed by one of each of its sentences."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# Exact search over this many 384-wide vectors takes about 3 ms on one thread; above it a graph
# (recall@10 .999 at 0.1 ms over 100,000 vectors) is worth its build time.
EXACT_LIMIT = 50_000
# Fused hit@1 with shares 0, .25 and .5: .739, .745 and .750 on 1,585 `tune` questions over
# encyclopaedia passages, .917, .917 and .861 on 36 questions over reports.
WHOLE_SHARE = 0.25
_HNSW_LINKS = 32
_HNSW_SEARCH = 64


@dataclass(frozen=True, slots=True)
class PassageSimilarities:
    """Cosines of one query with one passage.

    Attributes:
        whole: with the passage as a whole.
        sentences: (sentences,) with each sentence.
    """

    whole: float
    sentences: NDArray[np.float32]

    @property
    def score(self) -> float:
        """The best sentence's cosine, with a share of the whole passage's."""
        best = float(self.sentences.max()) if self.sentences.size else self.whole
        return WHOLE_SHARE * self.whole + (1 - WHOLE_SHARE) * best


class DenseIndex:
    """Cosine search over passages by their own and their sentences' vectors.

    Args:
        index: a FAISS index of L2-normalised rows under inner product.
        first_rows: (passages + 1,) row where each passage's vectors start.
    """

    def __init__(self, index: Any, first_rows: NDArray[np.int64]) -> None:
        self._index = index
        self._first_rows = first_rows

    @classmethod
    def build(cls, vectors: NDArray[np.float32], first_rows: NDArray[np.int64]) -> Self:
        """Index (rows, dimension) L2-normalised vectors."""
        faiss = _faiss()
        dimension = vectors.shape[1]
        if len(vectors) <= EXACT_LIMIT:
            index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, _HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efSearch = _HNSW_SEARCH
        index.add(vectors)
        return cls(index, first_rows)

    def write(self, path: Path) -> None:
        """Write the FAISS index; ``first_rows`` is kept by the caller."""
        path.write_bytes(_faiss().serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path, first_rows: NDArray[np.int64]) -> Self:
        """Open an index that ``write`` wrote, memory-mapped where FAISS can."""
        faiss = _faiss()
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC), first_rows)

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    def first_sentence(self, passage: int) -> int:
        """Return the place of a passage's first sentence among all sentences."""
        return int(self._first_rows[passage]) - passage

    def nearest(
        self, query: NDArray[np.float32], rows: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Return the ordinals of passages with a vector among the ``rows`` nearest, best first.

        Args:
            query: (dimension,) L2-normalised.
            rows: how many vectors to look at.
            allowed: (passages,) where given, only these passages are looked at.
        """
        faiss = _faiss()
        parameters = None
        row_allowed = None
        if allowed is not None:
            row_allowed = np.repeat(allowed, np.diff(self._first_rows))
            bits = np.packbits(row_allowed, bitorder="little")
            kind = (
                faiss.SearchParametersHNSW
                if hasattr(self._index, "hnsw")
                else faiss.SearchParameters
            )
            parameters = kind(sel=faiss.IDSelectorBitmap(bits))
        if row_allowed is not None and row_allowed.sum() <= EXACT_LIMIT:
            # A graph walk may pass by the few rows that are allowed, so look at each of them.
            few = np.flatnonzero(row_allowed)
            if not few.size:
                return few
            cosines = self._index.reconstruct_batch(few) @ query
            nearest = few[np.argsort(-cosines, kind="stable")[:rows]]
        else:
            _, found = self._index.search(
                query[np.newaxis, :], min(rows, self.rows), params=parameters
            )
            nearest = found[0][found[0] >= 0]
        passages = np.searchsorted(self._first_rows, nearest, side="right") - 1
        _, first_seen = np.unique(passages, return_index=True)
        return np.asarray(passages[np.sort(first_seen)], dtype=np.int64)

    def similarities(
        self, query: NDArray[np.float32], passages: NDArray[np.int64]
    ) -> list[PassageSimilarities]:
        """Return exact cosines of ``query`` with every vector of the given passages."""
        starts, ends = self._first_rows[passages], self._first_rows[passages + 1]
        rows = np.concatenate([np.arange(a, b) for a, b in zip(starts, ends, strict=True)])
        cosines = (self._index.reconstruct_batch(rows) @ query).astype(np.float32)
        parts = np.split(cosines, np.cumsum(ends - starts)[:-1])
        return [PassageSimilarities(float(part[0]), part[1:]) for part in parts]


def _faiss() -> Any:
    """Import FAISS late and untyped: its stubs describe C++ calls that its Python lacks."""
    return importlib.import_module("faiss")
