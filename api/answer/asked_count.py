"""How many things a question asks for: 세 가지, 4대 분야."""

from __future__ import annotations

import re

_NATIVE_NUMBERS = {
    **{"두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6},
    **{"일곱": 7, "여덟": 8, "아홉": 9, "열": 10},
}
NUMERAL = rf"(?P<number>{'|'.join(_NATIVE_NUMBERS)}|\d{{1,2}})"
_COUNTED = "가지|개사|개국|개|곳|군데|대|명|분야|갈래|종류|단계|축|부류|나라|회사"
# 제 3대 and 두 번째 name one of many, and 네 분야 중 asks for what is among them.
_AMONG = r"(?!(?:들)?(?:\s?[가-힣]{2,8})?\s(?:중|가운데)(?:에서?|에는|의)?\s)"
_NAMED = re.compile(
    rf"(?<![가-힣\d.,])(?<!제\s){NUMERAL}\s?(?:{_COUNTED})(?![가-힣]*(?:째|년|월|일)){_AMONG}"
    r"|(?<![가-힣])(?P<alone>둘|셋|넷|다섯|여섯|일곱)(?=[은을를]?\s?(?:[?]|$|무엇|뭐|알려|말해|꼽|들어))"
)
# One is no list, and more are a statistic.
_LEAST, _MOST = 2, 12


def asked_count(question: str) -> int:
    """Return the last number of things that ``question`` names, or 0 where it names none."""
    named = [
        _NATIVE_NUMBERS[match["alone"]] if match["alone"] else value_of(match)
        for match in _NAMED.finditer(question)
    ]
    return next((n for n in reversed(named) if _LEAST <= n <= _MOST), 0)


def value_of(match: re.Match[str]) -> int:
    """Return the number that ``NUMERAL`` found."""
    return _NATIVE_NUMBERS.get(match["number"]) or int(match["number"])
