"""A reranker of simple taste."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Prefers:
    """A reranker that finds passages with a word relevant, and keeps what it was given."""

    name = "모델/낱말"

    def __init__(self, word: str) -> None:
        self._word = word
        self.read: list[str] = []

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.read += [f"{query}|{passage}" for passage in passages]
        return np.array([0.9 if self._word in p else 0.1 for p in passages], dtype=np.float32)
