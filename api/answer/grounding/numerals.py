"""Numbers in words: 세, 스물, 이천이십사."""

from __future__ import annotations

from decimal import Decimal

_ONES = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
_TENS_NAMES = ["열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
_NATIVE_TENS = {ten: 10 * i for i, ten in enumerate(_TENS_NAMES, start=1)} | {
    ten + one: 10 * i + j
    for i, ten in enumerate(_TENS_NAMES, start=1)
    for j, one in enumerate(_ONES, start=1)
}
NATIVE = {
    **dict(
        zip(
            ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"],
            range(1, 11),
            strict=True,
        )
    ),
    **{"석": 3, "서": 3, "넉": 4, "너": 4, "스무": 20},
    **_NATIVE_TENS,
    **{"첫": 1, "하나": 1, "둘": 2, "셋": 3, "넷": 4},
}
# Those that a determiner may be; 한 and 첫 have other uses.
NATIVE_NUMERALS = frozenset(NATIVE) - {"한", "첫", "하나", "너", "서"}
_DIGITS = {c: Decimal(i) for i, c in enumerate("영일이삼사오육칠팔구")} | {"공": Decimal(0)}
_TENS = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
MYRIADS = {"만": Decimal(10**4), "억": Decimal(10**8), "조": Decimal(10**12)}


def sino_value(number: str) -> Decimal:
    """Return the value of Sino-Korean numerals: 이천이십사 is 2024."""
    total = group = digit = Decimal(0)
    for sign in number:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            group += (digit or Decimal(1)) * _TENS[sign]
            digit = Decimal(0)
        else:
            total += (group + digit or Decimal(1)) * MYRIADS[sign]
            group = digit = Decimal(0)
    return total + group + digit


def numeral_value(word: str) -> Decimal:
    """Return the value of digits, a native numeral or a Sino-Korean one."""
    if word.isdecimal():
        return Decimal(word)
    return Decimal(NATIVE[word]) if word in NATIVE else sino_value(word)
