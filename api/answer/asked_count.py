"""How many things a question asks for: 세 가지, 4대 분야."""

from __future__ import annotations

import re

_NATIVE_NUMBERS = {
    **{"두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6},
    **{"일곱": 7, "여덟": 8, "아홉": 9, "열": 10},
}
NUMERAL = rf"(?P<number>{'|'.join(_NATIVE_NUMBERS)}|\d{{1,2}})"
_COUNTED = "가지|개사|개국|개|곳|군데|대|명|분야|갈래|종류|단계|축|부류|나라|회사"
# 제 3대 and 두 번째 name one of many.
_NAMED = re.compile(
    rf"(?<![가-힣\d.,])(?<!제\s){NUMERAL}\s?(?:{_COUNTED})(?![가-힣]*(?:째|년|월|일))"
)
# One is no list, and more are a statistic.
_LEAST, _MOST = 2, 12


def asked_count(question: str) -> int:
    """Return the last number of things that ``question`` names, or 0 where it names none."""
    named = [value_of(match) for match in _NAMED.finditer(question)]
    return next((n for n in reversed(named) if _LEAST <= n <= _MOST), 0)


def value_of(match: re.Match[str]) -> int:
    """Return the number that ``NUMERAL`` found."""
    return _NATIVE_NUMBERS.get(match["number"]) or int(match["number"])
