"""Quantities in Korean text, whatever way they are written.

``4,300억``, ``4300억`` and ``4천300억`` are one value; ``2.6만`` is 26,000; ``'24년`` is 2024년;
``3분의 1`` and ``1/3`` are one share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_TENS = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
_MYRIADS = {
    "만": Decimal(10**4),
    "억": Decimal(10**8),
    "조": Decimal(10**12),
    "경": Decimal(10**16),
}

# Spellings of one unit, longest first where one is the start of another.
_UNITS = {
    "퍼센트포인트": "%p",
    "%포인트": "%p",
    "%p": "%p",
    "퍼센트": "%",
    "프로": "%",
    "%": "%",
    "달러": "달러",
    "유로": "유로",
    "위안": "위안",
    "파운드": "파운드",
    "엔": "엔",
    "원": "원",
    "개월": "개월",
    "개국": "개국",
    "개사": "개사",
    "가지": "가지",
    "개": "개",
    "명": "명",
    "건": "건",
    "곳": "곳",
    "년대": "년대",
    "년": "년",
    "월": "월",
    "일": "일",
    "배": "배",
    "위": "위",
    "톤": "톤",
    "시간": "시간",
    "분": "분",
    "초": "초",
    "주": "주",
    "차원": "차원",
    "D": "차원",
    "d": "차원",
    "단": "단",
    "세대": "세대",
    "세기": "세기",
    "세": "세",
    "호": "호",
    "대": "대",
    "회": "회",
    "차": "차",
    "권": "권",
    "급": "급",
}

_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SMALL = rf"{_NUM}(?:\s?[천백십](?:{_NUM})?)*"
_MYRIAD = r"\s?[만억조경](?![가-힣]*[력래성물])"
# What may follow a myriad without one of its own: 3만 5천, 1만 2,345, but not 2조 3개.
_REST = rf"(?:\d,\d{{3}}|\d{{3,4}}|{_NUM}\s?[천백십](?:{_NUM})?)(?![\d,.])"
# 프로 is spoken for per cent, and starts many other words.
_PER_CENT_WORD = "프로(?!젝|그램|세스|세싱|필|듀|토|덕|모션|텍)"
# 3D, and not 3 D or 3DS.
_DIMENSIONS = r"(?<=\d)[Dd](?![A-Za-z\d])"
_UNIT = "|".join(
    {"프로": _PER_CENT_WORD, "D": _DIMENSIONS, "d": _DIMENSIONS}.get(unit, re.escape(unit))
    for unit in _UNITS
)
_QUANTITY = re.compile(
    rf"(?<![A-Za-z\d.])(?P<short>['’‘´`](?=\d{{2}}\s?년))?"
    rf"(?P<number>(?:{_SMALL}|(?<![가-힣])[천백십](?=[만억조]))"
    rf"(?:{_MYRIAD}(?:\s?{_SMALL}(?={_MYRIAD})|\s?{_REST}(?!년))?)*)"
    rf"(?P<unit>여?\s?(?:%\s포인트|{_UNIT}))?"
)
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\.\s?(\d{1,2})(?:\.|월)(?:\s?(\d{1,2})(?:\.|(?=\D|$)))?"
)
FRACTION = "분수"
"""Unit of a share that is written with its denominator."""
# A slash also stands in days (3/15), seasons (2024/25) and quarters (1/4분기): it divides where
# the words behind it measure.
_MEASURES = (
    r"이상|이하|이내|미만|초과|안팎|수준|정도|가량|남짓|배|밖에|까지|만\s|만[큼이]|[을를이가]\s"
    r"|에\s?불과|에\s?그[쳐치]|로\s?(?:줄|감|축소|단축|떨어|낮)"
)
_FRACTION = re.compile(
    r"(?<![\d,./])(?:(?P<whole>\d{1,4})\s?분의\s?(?P<part>\d{1,3})(?![\d.,]*\d)"
    rf"|(?P<over>\d{{1,3}})/(?P<under>\d{{1,4}})(?=\s?(?:{_MEASURES})))"
)
_SMALL_PART = re.compile(rf"({_NUM})?\s?([천백십])?")
_GROUP = re.compile(rf"({_SMALL}|[천백십](?=[만억조]))\s?([만억조경])?")
_CENTURY = Decimal(2000)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number found in text.

    Attributes:
        start, end: code-point offsets of the whole expression, its unit included.
        value: the exact value, magnitudes applied.
        unit: canonical unit (``%``, ``원``, ``년`` ...), or empty.
    """

    start: int
    end: int
    value: Decimal
    unit: str

    @property
    def key(self) -> str:
        """The value alone in one spelling, equal for equal values: ``430000000000``."""
        return format(self.value.normalize(), "f")


def find_quantities(text: str) -> list[Quantity]:
    """Return every quantity in ``text`` in order; a date gives its year, month and day."""
    found = [*_dates(text), *_fractions(text)]
    taken = [(q.start, q.end) for q in found]
    for match in _QUANTITY.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        value = _value(match["number"])
        unit = _UNITS.get(re.sub(r"^여?\s*|\s", "", match["unit"] or ""), "")
        if match["short"]:
            value += _CENTURY
        found.append(Quantity(match.start(), match.end(), value, unit))
    return sorted(found, key=lambda q: q.start)


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        for group, unit in ((1, "년"), (2, "월"), (3, "일")):
            if match[group]:
                yield Quantity(match.start(group), match.end(group), Decimal(match[group]), unit)


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        part, whole = (
            Decimal(match[a] or match[b]) for a, b in (("part", "over"), ("whole", "under"))
        )
        if 0 < part < whole:
            yield Quantity(match.start(), match.end(), part / whole, FRACTION)


def _value(number: str) -> Decimal:
    return sum(
        (
            _small_value(match[1]) * _MYRIADS.get(match[2], Decimal(1))
            for match in _GROUP.finditer(number)
        ),
        Decimal(0),
    )


def _small_value(number: str) -> Decimal:
    total = Decimal(0)
    for match in _SMALL_PART.finditer(number):
        if match[1] or match[2]:
            digits = Decimal(match[1].replace(",", "")) if match[1] else Decimal(1)
            total += digits * _TENS.get(match[2], Decimal(1))
    return total
