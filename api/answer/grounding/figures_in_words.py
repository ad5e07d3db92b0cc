"""Figures written in words: 세 곳, 두 배, 이천이십사년, 절반, 삼분의 일, 수백 명."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from api.answer.grounding.figure import Figure
from api.answer.grounding.figures_in_digits import unit_behind
from api.answer.grounding.numerals import NATIVE, numeral_value, sino_value
from api.answer.grounding.units import canonical_unit
from retriever.query_edit import QueryToken

_HALF = Decimal(50)
_COUNTERS = [
    "가지",
    "군데",
    "개국",
    "개사",
    "개소",
    "개월",
    "개",
    "곳",
    "명",
    "사람",
    "번째",
    "번",
    "배",
    "달",
    "해",
    "대",
    "건",
    "권",
    "차례",
    "나라",
    "편",
    "마리",
    "그루",
    "쌍",
    "종류",
    "종",
    "단계",
    "척",
    "채",
    "장",
    "주",
    "시간",
    "살",
    "쪽",
    "곱절",
    "팀",
    "군",
    "축",
    "방향",
    "측면",
    "분야",
    "부문",
    "갈래",
    "요소",
    "항목",
    "째",
    "회사",
    "기업",
]
# Together with a numeral these would be other words: 세대, 열대, 한편, 한해.
_NEVER_TOUCHING = frozenset(
    [
        "대",
        "해",
        "편",
        "주",
        "단계",
        "장",
        "채",
        "척",
        "종",
        "종류",
        "팀",
        "군",
        "축",
        "방향",
        "살",
        "쪽",
        "시간",
        "건",
        "권",
    ]
)
# 한 before these only says "a": 한 기업.
_NOT_COUNTED_ONCE = frozenset(
    [
        "회사",
        "기업",
        "팀",
        "분야",
        "방향",
        "측면",
        "부문",
        "요소",
        "항목",
        "사람",
        "나라",
        "축",
        "갈래",
        "군",
        "편",
        "쪽",
        "단계",
    ]
)
_ENDS_COUNTER = (
    r"(?=[^가-힣]|$|[은는이가을를의에로도와과만씩째임라며으나든니]|인\s|까지|부터|보다"
    r"|정도|이상|이하|미만|가량|입니)"
)
_NATIVE_FIGURE = re.compile(
    rf"(?<![가-힣])(?P<number>{'|'.join(sorted(NATIVE, key=len, reverse=True))})"
    rf"(?P<gap>\s?)(?P<unit>{'|'.join(_COUNTERS)}){_ENDS_COUNTER}"
)
_SINO_UNITS = [
    "퍼센트포인트",
    "퍼센트",
    "프로",
    "개월",
    "개국",
    "개사",
    "개",
    "명",
    "년",
    "월",
    "일",
    "원",
    "달러",
    "유로",
    "엔",
    "위안",
    "파운드",
    "배",
    "위",
    "건",
    "곳",
    "톤",
    "시간",
    "분",
    "초",
    "세기",
    "세",
    "호",
    "대",
    "회",
    "차",
    "권",
    "주",
]
_SINO_FIGURE = re.compile(
    rf"(?<![가-힣\d])(?<!\d\s)(?!만일|백일|천일)(?P<number>[일이삼사오육칠팔구십백천만억조]*[십백천만억조][일이삼사오육칠팔구십백천만억조]*"
    rf"|[삼사오육칠팔구](?=\s?(?:년|퍼센트|개월|배\b|위\b))|[일이](?=\s년\s|\s?퍼센트|\s?개월))"
    rf"\s?(?P<unit>{'|'.join(_SINO_UNITS)})"
)
_VAGUE = re.compile(
    rf"(?<![가-힣])(?:수|몇)\s?(?P<size>[십백천만억조]+)\s?(?P<unit>(?:{'|'.join(_SINO_UNITS)})?)"
    rf"|(?<![가-힣])(?:몇\s?|수(?=[년배개])|수\s(?=배))(?P<few>배|곱절|년|개월|개국|명|곳|건)"
    rf"{_ENDS_COUNTER}"
)
# The unit of a vague figure begins so, whichever of 수 and 몇 is written.
SOME = "수"
_FRACTION = re.compile(
    r"(?P<below>\d+|[이삼사오육칠팔구십]|두|세|네)\s?분의\s?(?P<above>\d+|[일이삼사오육칠팔구])"
    r"|(?<![\d/.])(?P<top>\d{1,2})[/⁄](?P<bottom>\d{1,3})(?![\d/])"
)
_HALF_WORD = re.compile(r"(?<![가-힣])(?:절반|반수)")


def figures_in_words(text: str, starts: dict[int, QueryToken]) -> Iterator[Figure]:
    """Yield the figures that are written in words; two of them may overlap.

    Args:
        text: folded.
        starts: its morphemes, by where they begin.
    """
    for match in _FRACTION.finditer(text):
        yield Figure(match.start(), match.end(), _fraction(match), "분수", vague=True)
    for match in _HALF_WORD.finditer(text):
        yield Figure(match.start(), match.end(), _HALF, "%", vague=True)
    for match in _VAGUE.finditer(text):
        yield _vague(text, match, starts)
    for match in _NATIVE_FIGURE.finditer(text):
        if not match["gap"] and match["unit"] in _NEVER_TOUCHING:
            continue
        if match["number"] == "한" and match["unit"] in _NOT_COUNTED_ONCE:
            continue
        unit = canonical_unit(match["unit"])
        yield Figure(match.start(), match.end(), Decimal(NATIVE[match["number"]]), unit)
    for match in _SINO_FIGURE.finditer(text):
        unit = canonical_unit(match["unit"])
        yield Figure(match.start(), match.end(), sino_value(match["number"]), unit)


def _vague(text: str, match: re.Match[str], starts: dict[int, QueryToken]) -> Figure:
    if match["few"]:
        unit = SOME + canonical_unit(match["few"])
        return Figure(match.start(), match.end(), Decimal(1), unit, vague=True)
    unit, end = canonical_unit(match["unit"]), match.end()
    if not unit:
        unit, end, _ = unit_behind(text, match.end("size"), starts)
    return Figure(match.start(), end, sino_value(match["size"]), SOME + unit, vague=True)


def _fraction(match: re.Match[str]) -> Decimal:
    above, below = match["above"] or match["top"], match["below"] or match["bottom"]
    return numeral_value(above) / (numeral_value(below) or Decimal(1))
