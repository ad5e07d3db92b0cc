"""What every encoder shares: its interface, its identity, and the cleaning of texts."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

CHARS_PER_TOKEN: Final = 16
"""Longest piece of the XLM-R vocabulary: text beyond this many per token is cut off anyway."""
DIGEST_LENGTH: Final = 16
MOST_THREADS: Final = 16
"""Beyond this a model this small gains nothing."""


@dataclass(frozen=True, slots=True)
class EncoderFingerprint:
    """What makes vectors comparable.

    Attributes:
        model: name for people; not part of the digest, since a folder may move.
        dimension: length of a vector.
        query_prompt: put before each question.
        passage_prompt: put before each passage.
        max_tokens: longest input; the rest is cut off.
        weights: short SHA-256 of the weights, or the hub revision.
    """

    model: str
    dimension: int
    query_prompt: str
    passage_prompt: str
    max_tokens: int
    weights: str

    def digest(self) -> str:
        """Return a short hexadecimal name; two encoders with the same one share vectors."""
        content = {name: value for name, value in asdict(self).items() if name != "model"}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:DIGEST_LENGTH]

    def differences(self, other: EncoderFingerprint) -> tuple[str, ...]:
        """Name the fields that keep two encoders' vectors from being compared."""
        mine, theirs = asdict(self), asdict(other)
        return tuple(name for name in mine if name != "model" and mine[name] != theirs[name])


@dataclass(frozen=True, slots=True)
class TokenEmbedding:
    """A text's own vector and those of its tokens.

    Attributes:
        vector: (dimension,) float32, length 1.
        tokens: (tokens, dimension) float32, rows of length 1; only tokens that say something: no
            special tokens, none of the prompt, no punctuation; possibly none (0, dimension).
        spans: start and end of each of ``tokens`` in the text, of questions alone.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...] = ()


class Encoder(Protocol):
    """Turns questions and passages into unit vectors; safe to call from many threads."""

    @property
    def fingerprint(self) -> EncoderFingerprint:
        """Identity of the model, its prompts and its weights."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed questions.

        Args:
            texts: any strings.

        Returns:
            float32 (n, dimension), rows of length 1.
        """
        ...

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Embed passages.

        Args:
            texts: any strings.
            progress: called with the number of passages done so far.

        Returns:
            float32 (n, dimension), rows of length 1, in the order of ``texts``.
        """
        ...

    def embed_query(self, text: str) -> TokenEmbedding:
        """Embed one question and its tokens.

        Args:
            text: any string.

        Returns:
            The vector that ``encode_queries`` gives and the vectors of the tokens that say
            something; without tokens where the model has no vectors for them.
        """
        ...

    def embed_passages(self, texts: Sequence[str]) -> list[TokenEmbedding]:
        """Embed passages and their tokens.

        Args:
            texts: any strings; a few hundred at once, since all token vectors are held.

        Returns:
            As ``embed_query`` with the vectors of ``encode_passages``, in the order of ``texts``.
        """
        ...


def clean_text(text: str, max_tokens: int) -> str:
    """Make a string safe for a tokenizer.

    Lone surrogates, which cannot be written as UTF-8, become U+FFFD. Text far longer than the
    model reads is cut, its white space joined first so that blank space does not use up the room.

    Args:
        text: any string.
        max_tokens: longest input of the model.

    Returns:
        The string, unchanged in all ordinary cases.
    """
    limit = max_tokens * CHARS_PER_TOKEN
    if len(text) > limit:
        text = " ".join(text.split())[:limit]
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def available_cores() -> int:
    """Return how many cores this process may use: affinity, then the container's quota."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("ascii").split()
        cores = min(cores, max(1, int(quota) // int(period)))
    except (OSError, ValueError):
        pass  # no container, or no quota ("max")
    return cores


def bounded_threads(threads: int | None) -> int:
    """Return the threads to compute with: the wish if there is one, within sensible bounds."""
    return max(1, min(threads or available_cores(), MOST_THREADS))
