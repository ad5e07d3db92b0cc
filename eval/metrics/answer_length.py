"""How long an answer is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.sentences import split_sentences

_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class AnswerLength:
    """Length of an answer without its citation markers.

    Attributes:
        characters: code points, blanks counted, those at the ends not.
        sentences: as Korean sentences are split, line by line.
    """

    characters: int
    sentences: int


def answer_length(answer: str) -> AnswerLength:
    """Return the length of an answer; ``[n]`` markers do not count."""
    text = _MARKER.sub("", answer).strip()
    sentences = sum(len(split_sentences(line, 0, len(line))) for line in text.splitlines())
    return AnswerLength(len(text), sentences)
