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
    "한달간 한달동안 1개월간",
    "일년간 1년간 일년동안 1년동안 한해동안",
    "하루 매일 일일",
    "전년 지난해 작년",
    "전월 지난달",
    "전분기 직전분기",
    "인당 사람당",
    "가구당 세대당",
)
# 기업당 2억 원, 한 곳당 3명: by what a figure is divided, written right behind it.
_COUNTED = "기업|업체|회사|가구|세대|명|인|개|곳|건|과제|학교|기관|시간|분|초|점포|농가|사람"
_EACH = re.compile(
    r"(?<![가-힣])(?P<of>[가-힣a-z\d]{1,6})\s?당\s?(?=(?:평균|약|총|최대|최소|월|연)?\s?\d)"
    rf"|(?P<counted>{_COUNTED})\s?당\s(?=(?:[가-힣]+\s){{1,2}}(?:약\s)?\d)"
)
_COMPARES = re.compile(r"(?:같은기간|동기)?(?:의[가-힣]+)?(?:대비|보다|에비[해하]|과비교|와비교)")
_NO_EACH = frozenset({"해", "담", "정", "상", "할", "배"})
_GROUP = {word: line.split()[0] for line in _SAME for word in line.split()}
_RATE = re.compile("|".join(sorted(map(re.escape, _GROUP), key=len, reverse=True)))


def rate_problems(part: Part, unit: Unit) -> Iterator[Problem]:
    """Yield what the figures of a part are reckoned by and those of the evidence are not."""
    if not part.figures:
        return
    first, last = part.span
    stated = dict(_rates(unit.squeezed))
    for rate, said in _rates(part.reading.text[first:last].replace(" ", "")):
        if rate not in stated:
            yield Problem("figure_of_other", said)
    for match in _EACH.finditer(part.reading.text, first, last):
        each = match["of"] or match["counted"]
        known = each in _NO_EACH or (_GROUP.get(f"{each}당"), False) in stated
        if not known and f"{each}당" not in unit.squeezed:
            yield Problem("figure_of_other", match[0].strip())


def _rates(squeezed: str) -> Iterator[tuple[tuple[str, bool], str]]:
    """Yield what a text without spaces reckons by, and whether it only compares with it."""
    for match in _RATE.finditer(squeezed):
        yield (_GROUP[match[0]], _COMPARES.match(squeezed, match.end()) is not None), match[0]
