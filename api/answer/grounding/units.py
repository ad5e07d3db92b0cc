"""Units of figures: their spellings, and which counters count the same things."""

from __future__ import annotations

import re

CURRENCY_SIGNS = {"$": "달러", "₩": "원", "€": "유로", "¥": "엔", "£": "파운드"}

# The first of a line stands for all of it.
_SAME_UNITS = (
    "개 곳 군데 개소 개사 개기업 기업 회사 개기관",
    "명 인 사람",
    "가지 종 종류",
    "개국 나라 국",
    "회 번 차례 회차",
    "개월 달",
    "년 해 년도 년간 개년",
    "번째 째",
    "배 곱절 갑절",
    "세 살",
    "시간",
    "% 퍼센트 프로",
    "%p 퍼센트포인트 %포인트",
    "원",
    "달러",
    "유로",
    "엔",
    "위안",
    "파운드",
    "km 킬로미터 킬로",
    "m 미터",
    "cm 센티미터",
    "mm 밀리미터",
    "km2 제곱킬로미터 평방킬로미터",
    "m2 제곱미터 평방미터",
    "kg 킬로그램",
    "g 그램",
    "t 톤",
    "ha 헥타르",
    "l 리터",
    "℃ °c 도",
)
_CANONICAL = {unit: line.split()[0] for line in _SAME_UNITS for unit in line.split()}
KNOWN_UNITS = frozenset(_CANONICAL)
_ANY_UNIT = "|".join(sorted(map(re.escape, _CANONICAL), key=len, reverse=True))
_STATED = re.compile(
    r"단위\s?[:;]?\s?([십백천만억조]*)\s?([가-힣a-z%/$]*(?:2|3)?)"
    rf"|\(\s?([십백천만억조]*)\s?({_ANY_UNIT})\s?\)"
)


def canonical_unit(unit: str) -> str:
    """Return the one spelling of a unit: 곳 and 개 count alike, % and %p do not."""
    return _CANONICAL.get(unit, unit)


def stated_unit(text: str) -> tuple[str, str] | None:
    """Return magnitude and unit that a caption or a column states: ``(단위: 억 원)``, or None."""
    found = _STATED.search(text)
    if found is None:
        return None
    magnitude, unit = found[1] or found[3] or "", found[2] or found[4] or ""
    return (magnitude, canonical_unit(unit)) if magnitude or unit else None
