"""What a question-answering system gives back, whether it runs in this process or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from eval.gold_set import GoldQuestion

# Ranks are looked for this far down; the cut-offs of the ranking figures lie within.
SEARCH_DEPTH = 20
FIRST_SENTENCE = "first_sentence"
"""Name among the stages: until the first sentence could be shown."""


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation; ``passage[start:end]`` should be the quote."""

    marker: int
    passage_id: str
    title: str
    heading_path: tuple[str, ...]
    quote: str
    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage among the hits, with its fused score."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """One answered or refused question.

    Attributes:
        sentence_markers: the markers of each sentence of the answer.
        hits: the ``SEARCH_DEPTH`` best passages for the rewritten question, best first.
        top_similarity: highest cosine of the question with anything found; None where unknown.
        coverage: greatest share of the question's idf mass in one of the passages found; None
            where unknown.
        timings_ms: by stage, ``total`` among them.
    """

    text: str
    answerable: bool
    refusal_reason: str | None
    rewritten_question: str
    citations: tuple[CitedQuote, ...]
    sentence_markers: tuple[tuple[int, ...], ...]
    confidence: float
    hits: tuple[FoundPassage, ...]
    top_similarity: float | None
    coverage: float | None
    unknown_terms: tuple[str, ...]
    timings_ms: Mapping[str, float]


class AskedSystem(Protocol):
    """Something that answers gold questions."""

    @property
    def index(self) -> Mapping[str, Any]:
        """What is known of its index, plain values; equal where two runs can be compared."""
        ...

    @property
    def version(self) -> str:
        """Version of the service."""
        ...

    def ask(self, gold: GoldQuestion) -> Reply:
        """Answer one question.

        Raises:
            GeungeoError: when it cannot.
        """
        ...

    def passages(self) -> Mapping[str, str]:
        """Return the text of every passage that is searched, by id."""
        ...
