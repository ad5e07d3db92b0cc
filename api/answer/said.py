"""What is said to one question, before times and tokens are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.answer.records import AnswerPart, AnswerSentence, Citation


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences with what they rest on.

    Attributes:
        parts: their texts joined are the answer's text.
        confidence: 0..1 that the documents answer the question.
        reason: stable code of a refusal, or None.
    """

    parts: tuple[AnswerPart, ...]
    confidence: float
    reason: str | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(part.text for part in self.parts)

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        """The sentences of the text."""
        return tuple(part.sentence for part in self.parts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        return tuple(citation for part in self.parts for citation in part.citations)


def unchecked(text: str, confidence: float, reason: str | None = None) -> Said:
    """Return words of ours, which rest on no document."""
    return Said((line_of(text, first=True),), confidence, reason)


def line_of(text: str, *, first: bool = False) -> AnswerPart:
    """Return a line of an answer in words of ours, which rest on no document."""
    return AnswerPart(text if first else f"\n{text}", AnswerSentence(text, (), supported=True))


def part_of(
    text: str,
    markers: Sequence[int],
    citations: Sequence[Citation],
    *,
    first: bool,
    added: Sequence[str] = (),
) -> AnswerPart:
    """Return one sentence as a line of the answer, its markers behind it."""
    sentence = AnswerSentence(text, tuple(markers), supported=True, added=tuple(added))
    signs = "".join(f"[{marker}]" for marker in markers)
    lead = "" if first else "\n"
    return AnswerPart(f"{lead}{text} {signs}", sentence, tuple(citations))
