"""Whether all that a sentence says beside a figure stands in its evidence.

A sentence with a figure may leave words out and say some otherwise, but one new word beside the
figure is enough to make another figure of it: 평균 120억 원, 해외 기업 612개, 120건을 등록.
"""

from __future__ import annotations

from collections.abc import Iterator

from api.answer.grounding.coverage import OtherNames, stands
from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure import Figure
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# So many words before a figure and behind it tell what it is a figure of.
_BEFORE, _BEHIND = 4, 3


def company_problems(part: Part, unit: Unit, other_names: OtherNames) -> Iterator[Problem]:
    """Yield the words beside the amounts of a part that its evidence does not say."""
    amounts = [f for f in part.figures if not f.is_time]
    beside = {word.start: word for figure in amounts for word in _beside(figure, part)}
    for _, word in sorted(beside.items()):
        if not _is_said(word, unit, other_names):
            yield Problem("figure_of_other", word.run)


def _is_said(word: Word, unit: Unit, other_names: OtherNames) -> bool:
    if word.is_prefixed:
        return word.run in unit.squeezed
    hedges = wording().hedges
    if word.key in hedges and not word.role and unit.own.keys & hedges:
        return True
    return word.key in wording().counting or stands(word, unit, other_names)


def _beside(figure: Figure, part: Part) -> Iterator[Word]:
    """Yield the words of the figure's clause that stand nearer to it than another amount."""
    reading = part.reading
    first, last = _reach(figure, reading)
    near = [w for w in part.words if first <= w.start < last]
    yield from [w for w in near if w.end <= figure.start][-_BEFORE:]
    yield from [w for w in near if w.start >= figure.end][:_BEHIND]


def _reach(figure: Figure, reading: Reading) -> tuple[int, int]:
    start, end = reading.clauses[reading.clause_of(figure.start)]
    others = [f for f in reading.figures if not f.is_time and f != figure]
    return (
        max([start, *(f.end for f in others if f.end <= figure.start)]),
        min([end, *(f.start for f in others if f.start >= figure.end)]),
    )
