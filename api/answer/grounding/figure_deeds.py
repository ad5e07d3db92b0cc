"""What is told of a figure behind it: what happened in a year, what was done with an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure import Figure
from api.answer.grounding.frame import meaning
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.verdict import Problem, ProblemCode
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# Another figure's words hold this much more of what the sentence tells.
_CLEARLY_MORE = 0.5
# The first of two figures has a verb of its own: 120건을 출원하고 45건을 등록함.
_VERB = re.compile(
    r"[하되](?:고|며|여|어|였|지만)|[해돼했됐한된]\s|[았었였했됐]고|으며|이[고며]\s?"
)

Deed = tuple[Figure, tuple[str, ...]]
"""A figure with the meanings of the words behind it, in order."""


def deed_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield the figures of a part of which it tells what the evidence tells of another one."""
    if unit.is_row:
        return
    for years in (True, False):
        stated = [deed for segment in unit.segments for deed in _deeds(segment, years=years)]
        for figure, said in _deeds(part.reading, years=years):
            if figure in part.figures and said and _is_of_other(figure, said, stated):
                code: ProblemCode = "figure_date" if years else "figure_of_other"
                yield Problem(code, part.reading.text[figure.start : figure.end])


def _is_of_other(figure: Figure, said: tuple[str, ...], stated: Sequence[Deed]) -> bool:
    own = [keys for other, keys in stated if other.key == figure.key]
    rivals = [keys for f, keys in stated if f.key != figure.key and _alike(f, figure)]

    def share(deeds: list[tuple[str, ...]]) -> float:
        return max((len({*said} & {*keys}) for keys in deeds), default=0) / len({*said})

    last = said[-1]
    moved = any(last in keys for keys in rivals) and not any(last in keys for keys in own)
    return bool(own) and (moved or share(rivals) > share(own) + _CLEARLY_MORE)


def _alike(one: Figure, other: Figure) -> bool:
    return one.is_year == other.is_year and (one.is_year or one.unit == other.unit)


def _deeds(reading: Reading, *, years: bool) -> Iterator[Deed]:
    """Yield the years or the amounts of a text, each with the words from it to its verb.

    Figures with no verb between them share that of the last: 31%, 9%를 차지한다.
    """
    figures = [f for f in reading.figures if f.is_year == years and f.side != "base"]
    waiting: list[tuple[Figure, tuple[str, ...]]] = []
    for figure, following in zip_longest(figures, figures[1:]):
        end = following.start if following else len(reading.text)
        words = [w for w in reading.words if figure.end <= w.start < end and _tells(w)]
        keys = tuple(meaning(w.key) for w in words)
        waiting = [(f, (*before, *keys)) for f, before in waiting] + [(figure, keys)]
        if following is None or _VERB.search(reading.text, figure.end, end):
            yield from waiting
            waiting = []


def _tells(word: Word) -> bool:
    return word.key not in wording().generic and not word.bracketed
