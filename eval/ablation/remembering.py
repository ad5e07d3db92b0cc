"""Models that remember what they have worked out, so that many variants can share it.

All variants embed the same questions and compare their tokens with mostly the same sentences, and
those that rerank read mostly the same passages: together that is most of a search. Each memory
says how much time it has spared, which is added back to what a search took, so that the times of a
variant are those it would take by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from retriever.encoder_base import Encoder, EncoderFingerprint, TokenEmbedding
from retriever.late_interaction import LateMatch, TokenIndex
from retriever.rerank import Reranker
from retriever.search import Retriever

Clock = Callable[[], float]
"""Gives seconds since some moment."""

_Value = TypeVar("_Value")

# The variants take turns at each question, so what was worked out for earlier ones can go; this
# holds all that 17 variants need for a question, 30 reranked passages each.
_MOST_KNOWN = 1_000


class Memory(Generic[_Value]):
    """Values worked out once, with the seconds that each of them took.

    Attributes:
        spared_seconds: what the values took that were known when they were asked for.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[Hashable, tuple[_Value, float]] = {}
        self.spared_seconds = 0.0

    def values(
        self, keys: Sequence[Hashable], compute: Callable[[list[int]], Sequence[_Value]]
    ) -> list[_Value]:
        """Return the value of each key.

        Args:
            keys: one a value.
            compute: gives the values of the places in ``keys`` that are not known yet.
        """
        missing = [place for place, key in enumerate(keys) if key not in self._known]
        known = {key: self._known[key] for key in keys if key in self._known}
        self.spared_seconds += sum(seconds for _, seconds in known.values())
        if missing:
            start = self._clock()
            values = compute(missing)
            share = (self._clock() - start) / len(missing)
            known |= {keys[i]: (v, share) for i, v in zip(missing, values, strict=True)}
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known |= known
        return [known[key][0] for key in keys]


class RememberingEncoder:
    """An encoder that embeds each question once.

    Args:
        encoder: embeds.
        clock: times it.
    """

    def __init__(self, encoder: Encoder, clock: Clock = time.perf_counter) -> None:
        self._encoder = encoder
        self.memory: Memory[TokenEmbedding] = Memory(clock)

    @property
    def fingerprint(self) -> EncoderFingerprint:
        """Identity of the encoder behind it."""
        return self._encoder.fingerprint

    def embed_query(self, text: str) -> TokenEmbedding:
        """Embed one question and its tokens; see ``Encoder.embed_query``."""
        return self.memory.values([text], lambda _: [self._encoder.embed_query(text)])[0]

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions anew; see ``Encoder.encode_queries``."""
        return self._encoder.encode_queries(texts)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages anew; see ``Encoder.encode_passages``."""
        return self._encoder.encode_passages(texts, progress=progress)

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """Embed passages anew; see ``Encoder.embed_passages``."""
        return self._encoder.embed_passages(texts)


class RememberingReranker:
    """A reranker that reads each passage once for a question.

    Args:
        reranker: reads.
        clock: times it.
    """

    def __init__(self, reranker: Reranker, clock: Clock = time.perf_counter) -> None:
        self._reranker = reranker
        self.name = reranker.name
        self.memory: Memory[np.float32] = Memory(clock)

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Judge each passage by itself; see ``Reranker.scores``."""
        values = self.memory.values(
            [(query, passage) for passage in passages],
            lambda missing: list(self._reranker.scores(query, [passages[i] for i in missing])),
        )
        return np.array(values, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class RememberingTokens(TokenIndex):
    """Token vectors that compare a question with the same passages once.

    Attributes:
        memory: of this index only.
    """

    memory: Memory[list[LateMatch]]

    def matches(
        self, query: NDArray[np.float32], passages: Sequence[tuple[int, int]]
    ) -> list[LateMatch]:
        """Compare a question with passages; see ``TokenIndex.matches``."""
        key = (query.tobytes(), tuple(passages))
        # The method of a slotted dataclass cannot find its parent without naming it.
        compare = TokenIndex.matches
        return self.memory.values([key], lambda _: [compare(self, query, passages)])[0]


def remember_tokens(retriever: Retriever, memory: Memory[list[LateMatch]]) -> None:
    """Let a retriever compare each question with the same passages once.

    Args:
        retriever: no other index may share its memory.
        memory: keeps the matches.
    """
    tokens = retriever.indexes.tokens
    shared = RememberingTokens(tokens.starts, tokens.codes, tokens.scales, memory)
    retriever.indexes = replace(retriever.indexes, tokens=shared)
