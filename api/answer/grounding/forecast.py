"""Whether a figure that is only expected is said to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure import Figure
from api.answer.grounding.part import Part
from api.answer.grounding.reading import Reading
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording

# 할 전망임, 계획을 발표함: a forecast is one of so many words that end a clause.
_LAST_WORDS = 2
_WILL_BE = re.compile(r"[가-힣] 것(?:입니다|이다|으로|임)")


def forecast_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield the amounts of a part that its evidence only expects."""
    for figure in part.figures:
        places = [f for f in unit.own.figures if f.key == figure.key]
        stated = places and all(_is_expected(f, unit.own) for f in places)
        if stated and not figure.is_time and not _is_hedged(figure, part):
            yield Problem("certainty", part.reading.text[figure.start : figure.end])


def _is_hedged(figure: Figure, part: Part) -> bool:
    """Tell whether the clause of a figure, or one behind it, says that something is expected.

    A bare figure is one of what was asked, whose words the part has.
    """
    reading = part.reading
    clause = reading.clause_of(figure.start)
    said = {w.key for w in reading.words if w.clause >= clause}
    asked = set() if reading.words else {w.key for w in part.words}
    later = _WILL_BE.search(reading.text, reading.clauses[clause][0])
    return bool((said | asked) & wording().hedges) or later is not None


def condition_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield the amounts of a part that its evidence gives only for a condition."""
    if part.reading.conditions:
        return
    for figure in part.figures:
        places = [f for f in unit.own.figures if f.key == figure.key]
        if not figure.is_time and places and all(_is_conditional(f, unit.own) for f in places):
            yield Problem("certainty", part.reading.text[figure.start : figure.end])


def _is_conditional(figure: Figure, stated: Reading) -> bool:
    start = stated.clauses[stated.clause_of(figure.start)][0]
    return any(start < end <= figure.start for end in stated.conditions)


def _is_expected(figure: Figure, stated: Reading) -> bool:
    clause = stated.clause_of(figure.start)
    comma = stated.text.find(",", figure.end)
    end = comma if comma >= 0 else len(stated.text)
    words = [w for w in stated.words if w.clause == clause and figure.end <= w.start < end]
    telling = [w for w in words if w.key in wording().forecasts or w.key not in wording().generic]
    return any(w.key in wording().forecasts for w in telling[-_LAST_WORDS:])
