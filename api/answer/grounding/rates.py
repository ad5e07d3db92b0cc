"""What a figure is reckoned by: a year or a month, a person or a household."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.answer.grounding.evidence import Unit
from api.answer.grounding.part import Part
from api.answer.grounding.verdict import Problem

# The words of a line say the same.
_SAME = (
    "연평균 해마다평균",
    "월평균",
    "일평균 하루평균",
    "연간 매년 해마다 1년에",
    "월간 매월 매달 한달에",
    "주간 매주",
    "하루 매일 일일",
    "전년 지난해 작년",
    "전월 지난달",
    "전분기 직전분기",
    "인당 사람당",
    "가구당 세대당",
)
_GROUP = {word: line.split()[0] for line in _SAME for word in line.split()}
_RATE = re.compile("|".join(sorted(map(re.escape, _GROUP), key=len, reverse=True)))


def rate_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield what the figures of a part are reckoned by and those of the evidence are not."""
    if not part.figures:
        return
    first, last = part.span
    stated = {_GROUP[m[0]] for m in _RATE.finditer(unit.squeezed)}
    for match in _RATE.finditer(part.reading.text[first:last].replace(" ", "")):
        if _GROUP[match[0]] not in stated:
            yield Problem("figure_of_other", match[0])
