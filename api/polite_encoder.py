"""An encoder for work in the background, which lets questions go first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from retriever.encoder_base import Encoder, EncoderFingerprint, TokenEmbedding

SLICE = 64
"""Texts embedded in one go: about a third of a second of work on two cores, after which a question
can come in between, and a server that is told to stop does."""


class PoliteEncoder:
    """Embeds passages a slice at a time.

    Args:
        encoder: does the work; its questions are passed on as they are.
        give_way: called before each slice; it may wait, or raise to give the work up.
        size: texts of a slice.
    """

    def __init__(self, encoder: Encoder, give_way: Callable[[], None], size: int = SLICE) -> None:
        self._encoder = encoder
        self._slice = size
        self._give_way = give_way

    @property
    def fingerprint(self) -> EncoderFingerprint:
        """Identity of the model."""
        return self._encoder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions; see ``Encoder.encode_queries``."""
        return self._encoder.encode_queries(texts)

    def embed_query(self, text: str) -> TokenEmbedding:
        """Embed one question; see ``Encoder.embed_query``."""
        return self._encoder.embed_query(text)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages; see ``Encoder.encode_passages``."""
        vectors = np.empty((len(texts), self.fingerprint.dimension), dtype=np.float32)
        done = 0
        for rows in self._slices(texts):
            vectors[rows] = self._encoder.encode_passages([texts[row] for row in rows])
            done += len(rows)
            if progress is not None:
                progress(done)
        return vectors

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """Embed passages and their tokens; see ``Encoder.embed_passages``."""
        embedded: dict[int, TokenEmbedding] = {}
        for rows in self._slices(texts):
            found = self._encoder.embed_passages([texts[row] for row in rows])
            embedded.update(zip(rows, found, strict=True))
        return [embedded[row] for row in range(len(texts))]

    def _slices(self, texts: Sequence[str]) -> Iterator[list[int]]:
        """Yield the rows of each slice; texts of like length together leave little to pad."""
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for at in range(0, len(order), self._slice):
            self._give_way()
            yield order[at : at + self._slice]
