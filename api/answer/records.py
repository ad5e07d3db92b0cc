"""What an answer is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AnswerForm = Literal["answer", "refusal", "small_talk"]


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
        related: a nearby fact shown with a refusal, not the ground of an answer.
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
    related: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of the answer with the citations under it.

    Attributes:
        text: the sentence without its markers.
        markers: numbers of the citations that it rests on.
        supported: whether the check of its support passed.
        added: words of ``text`` that stand not in the quotes but in the headings above them.
    """

    text: str
    markers: tuple[int, ...]
    supported: bool
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One sentence of an answer, checked and released for showing.

    Attributes:
        text: what it adds to the answer's text, markers and separators included.
        sentence: the sentence.
        citations: those that no earlier part brought.
    """

    text: str
    sentence: AnswerSentence
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """What a language model consumed for one answer.

    Attributes:
        prompt_tokens: tokens sent.
        completion_tokens: tokens received.
        cost: in US dollars, or None where no prices are set.
    """

    prompt_tokens: int
    completion_tokens: int
    cost: float | None = None


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
        kind: what was said.
        dropped_sentences: sentences of a language model that failed their checks.
        fallback_reason: why these are not the language model's words although one is set; where
            ``model`` names it nevertheless, why it broke off after these.
        usage: tokens that the language model consumed.
        suggestions: questions that the corpus answers, to be asked next.
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
    kind: AnswerForm = "answer"
    dropped_sentences: int = 0
    fallback_reason: str | None = None
    usage: TokenUsage | None = None
    suggestions: tuple[str, ...] = ()
