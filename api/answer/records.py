"""What an answer is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words an answer rests on.

    Attributes:
        marker: the number in ``[n]``.
        quote: exact text of the passage, ``passage[start:end]``.
        passage: the whole passage.
        start, end: offsets of the quote in the passage.
        document_start, document_end: offsets of the quote in the document's text.
        score: how well the quote answers, 0..1.
    """

    marker: int
    passage_id: str
    document_id: str
    title: str
    heading_path: tuple[str, ...]
    quote: str
    passage: str
    start: int
    end: int
    document_start: int
    document_end: int
    score: float


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of the answer with the citations under it."""

    text: str
    markers: tuple[int, ...]
    supported: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A grounded answer, or a refusal.

    Attributes:
        text: sentences ending in ``[n]`` markers, or the words of the refusal.
        answerable: whether the documents answer the question.
        refusal_reason: stable code where they do not, such as ``not_in_corpus``.
        citations: numbered from 1; for a refusal, what the corpus says nearby.
        sentences: the parts of ``text``.
        confidence: 0..1 that the documents answer the question.
        rewritten_question: the question as it was searched.
        model: ``extractive`` or the language model's name.
        timings_ms: time by stage.
    """

    text: str
    answerable: bool
    refusal_reason: str | None
    citations: tuple[Citation, ...]
    sentences: tuple[AnswerSentence, ...]
    confidence: float
    rewritten_question: str
    model: str
    timings_ms: Mapping[str, float]
