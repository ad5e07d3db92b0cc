"""A sentence cut into parts that can each be borne out by another sentence."""

from __future__ import annotations

from dataclasses import dataclass

from api.answer.grounding.figure import Figure
from api.answer.grounding.reading import Reading
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word


@dataclass(frozen=True, slots=True)
class Part:
    """The whole sentence, or a clause of it.

    Attributes:
        reading: the whole sentence.
        words: those of the part that need evidence.
        figures: those of the part.
        subjects: what it is about, taken from the clause before where it does not say so itself.
        span: start and end in the sentence.
        inherited: whether the subjects come from the clause before.
    """

    reading: Reading
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    subjects: tuple[Word, ...]
    span: tuple[int, int]
    inherited: bool = False


def whole(reading: Reading) -> Part:
    """Return the sentence as one part."""
    words = _telling(reading.words)
    span = (0, len(reading.text))
    return Part(reading, words, reading.figures, _subjects(words), span)


def clauses(reading: Reading) -> tuple[Part, ...]:
    """Return the clauses that say something, each with what it is about."""
    parts: list[Part] = []
    subjects: tuple[Word, ...] = ()
    for number in range(len(reading.clauses)):
        words = _telling(tuple(w for w in reading.words if w.clause == number))
        figures = tuple(f for f in reading.figures if reading.clause_of(f.start) == number)
        span = reading.clauses[number]
        numerals = any(span[0] <= start < span[1] for start, _ in reading.numerals)
        if not (words or figures or numerals):
            continue
        own = _subjects(words)
        parts.append(Part(reading, words, figures, own or subjects, span, not own))
        subjects = own or subjects
    return tuple(parts)


def _telling(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(w for w in words if w.key not in wording().generic or w.negated or w.name)


def _subjects(words: tuple[Word, ...]) -> tuple[Word, ...]:
    return tuple(w for w in words if w.role == "subject")
