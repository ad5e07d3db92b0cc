"""Texts to vectors, those that are known from the cache and the others from the encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.encoder_base import Encoder
from retriever.late_interaction import TokenIndex
from retriever.passage_text import PassageText
from retriever.text_cache import TextCache
from retriever.token_codes import CODES_VERSION, TokenCodes

# Small enough that little is lost when a long ingestion is stopped and begun again.
_BATCH = 256


@dataclass(frozen=True, slots=True)
class EmbeddedTexts:
    """All vectors of an index.

    Attributes:
        vectors: (rows, dimension) of each whole passage, followed by each of its sentences.
        first_rows: (passages + 1,) row where each passage's vectors start.
        tokens: token vectors of all sentences.
    """

    vectors: NDArray[np.float32]
    first_rows: NDArray[np.int64]
    tokens: TokenIndex


class Embedding:
    """One embedding of many passages.

    Args:
        encoder: the model.
        cache: what it gave before; new vectors are kept there batch by batch.
        progress: told how many texts are embedded, of how many.

    Attributes:
        embedded, reused: texts that the encoder read now, and that the cache knew.
    """

    def __init__(
        self, encoder: Encoder, cache: TextCache, progress: Callable[[int, int], None]
    ) -> None:
        self._encoder = encoder
        self._digest = encoder.fingerprint.digest()
        self._codes_digest = f"{self._digest}/codes{CODES_VERSION}"
        self._cache = cache
        self._progress = progress
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._codes: dict[str, TokenCodes] = {}
        self.embedded = 0
        self.reused = 0

    def embed(self, texts: Sequence[PassageText]) -> EmbeddedTexts:
        """Return the vectors of all passages in order."""
        wholes = list(dict.fromkeys(text.whole_to_embed for text in texts))
        sentences = list(dict.fromkeys(s for text in texts for s in text.sentences_to_embed))
        self._vectors = self._cache.vectors(self._digest, [*wholes, *sentences])
        self._codes = self._cache.token_codes(self._codes_digest, sentences)
        new = [s for s in sentences if s not in self._vectors or s not in self._codes]
        # Without headings a passage of one sentence is that sentence.
        to_come = frozenset(new)
        new_wholes = [t for t in wholes if t not in self._vectors and t not in to_come]
        total = len(new) + len(new_wholes)
        self._embed_wholes(new_wholes, total)
        self._embed_sentences(new, total)
        self.reused = len(set(wholes) | set(sentences)) - self.embedded
        rows = [row for t in texts for row in (t.whole_to_embed, *t.sentences_to_embed)]
        sizes = [1 + len(t.sentences_to_embed) for t in texts]
        return EmbeddedTexts(
            np.stack([self._vectors[row] for row in rows]).astype(np.float32, copy=False),
            np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            TokenIndex.of([self._codes[s] for t in texts for s in t.sentences_to_embed]),
        )

    def _embed_wholes(self, texts: Sequence[str], total: int) -> None:
        for at in range(0, len(texts), _BATCH):
            batch = texts[at : at + _BATCH]
            vectors = self._encoder.encode_passages(batch)
            self._cache.add_vectors(self._digest, batch, vectors)
            self._vectors.update(zip(batch, vectors, strict=True))
            self._advance(len(batch), total)

    def _embed_sentences(self, texts: Sequence[str], total: int) -> None:
        for at in range(0, len(texts), _BATCH):
            batch = texts[at : at + _BATCH]
            found = self._encoder.embed_passages(batch)
            vectors = np.stack([own.vector for own in found])
            codes = [TokenCodes.of(own.tokens) for own in found]
            self._cache.add_vectors(self._digest, batch, vectors)
            self._cache.add_token_codes(self._codes_digest, batch, codes)
            self._vectors.update(zip(batch, vectors, strict=True))
            self._codes.update(zip(batch, codes, strict=True))
            self._advance(len(batch), total)

    def _advance(self, count: int, total: int) -> None:
        self.embedded += count
        self._progress(self.embedded, total)
