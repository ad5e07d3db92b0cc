"""Figures of a sentence with all that they must agree in: value, unit, bound, date, range.

What ``retriever.numbers`` reads is read on: numerals in words (세 곳, 두 배, 이천이십사년, 절반),
fractions, ranges, signs of currency, units that no list holds, 이상 and 미만, 약 and 여.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from api.answer.grounding.units import CURRENCY_SIGNS, KNOWN_UNITS, canonical_unit
from retriever.folding import fold
from retriever.numbers import find_quantities
from retriever.query_edit import QueryToken

FIRST_YEAR, LAST_YEAR = Decimal(1000), Decimal(2100)
_HALF = Decimal(50)
_ONES = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]
_TENS_NAMES = ["열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"]
_NATIVE_TENS = {ten: 10 * i for i, ten in enumerate(_TENS_NAMES, start=1)} | {
    ten + one: 10 * i + j
    for i, ten in enumerate(_TENS_NAMES, start=1)
    for j, one in enumerate(_ONES, start=1)
}
_NATIVE = {
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
NATIVE_NUMERALS = frozenset(_NATIVE) - {"한", "첫", "하나", "너", "서"}
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
    rf"(?<![가-힣])(?P<number>{'|'.join(sorted(_NATIVE, key=len, reverse=True))})"
    rf"(?P<gap>\s?)(?P<unit>{'|'.join(_COUNTERS)}){_ENDS_COUNTER}"
)
_SINO_DIGITS = {c: Decimal(i) for i, c in enumerate("영일이삼사오육칠팔구")} | {"공": Decimal(0)}
_SINO_TENS = {"십": Decimal(10), "백": Decimal(100), "천": Decimal(1000)}
_SINO_MYRIADS = {"만": Decimal(10**4), "억": Decimal(10**8), "조": Decimal(10**12)}
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
_SOME = "수"
_SHORT_DATE = re.compile(r"'(\d\d)\.(?=\s?\d{1,2}(?:[.월]|$))")
# Units whose first syllable is a unit of its own.
_LONGER_UNITS = {"세": "기", "단": "계", "주": "년", "분": "기", "배": "럴", "호": "선"}
_FRACTION = re.compile(
    r"(?P<below>\d+|[이삼사오육칠팔구십]|두|세|네)\s?분의\s?(?P<above>\d+|[일이삼사오육칠팔구])"
    r"|(?<![\d/.])(?P<top>\d{1,2})[/⁄](?P<bottom>\d{1,3})(?![\d/])"
)
_HALF_WORD = re.compile(r"(?<![가-힣])(?:절반|반수)")
_RANGE = re.compile(r"\s?(?:~|-|내지)\s?")
_LATIN_UNIT = re.compile(r"\s?([a-zµμ°℃℉]+(?:/[a-z]+)?[23]?(?![a-z0-9]))")
_TOUCHING_UNIT_TAGS = frozenset({"NNB", "NNG", "XSN"})
_SPACED_NO_UNITS = frozenset(
    [
        "등",
        "것",
        "수",
        "데",
        "바",
        "중",
        "내",
        "때",
        "간",
        "외",
        "및",
        "뿐",
        "채",
        "만",
        "씩",
        "쯤",
        "대",
        "점",
        "차",
    ]
)
_BEFORE = re.compile(
    r"(?P<above>최소|적어도|최저)(?:한)?\s?$|(?P<below>최대|많아야|최고)\s?$|(?P<about>약|대략|거의|대체로)\s?$"
)
_BEFORE_CHARS = 6
_AFTER = re.compile(
    r"\s?(?:정도|가량)?\s?(?:(?P<strict>이상|이하|초과|미만)"
    r"|(?P<inside>이내)|(?:[을를이가]?\s?)(?P<over>넘[는은어긴기을었]|넘게|웃[도돈돌])|(?P<under>[을를]\s?밑|에\s?못\s?미|에\s?미치지|미달)"
    r"|(?P<about>가량|안팎|내외|남짓|정도|가까이))"
)
_ABOUT_UNIT = re.compile(r"여\s?[^\d여]*$")
_APPROXIMATE_UNIT = re.compile(r"여\s?")
_ABOVE, _BELOW = "초과~이상", "미만~이하"
_STRICT_SIDE = {"이상": _ABOVE, "초과": _ABOVE, "이하": _BELOW, "미만": _BELOW}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is said.

    Attributes:
        start, end: offsets in the text, unit included.
        value: exact value, magnitudes applied.
        unit: canonical unit, or empty.
        bound: 이상, 초과, 이하, 미만, or a side for words that only tell the side; else empty.
        about: it is said to be approximate.
        end_of_range: ``low`` or ``high`` for the ends of a range, else empty.
        date: the year, month and day that are written together with it; else empty.
        vague: it is no number but a magnitude or a share: 수백 명, 절반.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    bound: str = ""
    about: bool = False
    end_of_range: str = ""
    date: tuple[tuple[str, Decimal], ...] = ()
    vague: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it can only be a calendar year."""
        whole = self.value == self.value.to_integral_value()
        return self.unit in ("년", "") and whole and FIRST_YEAR <= self.value <= LAST_YEAR

    @property
    def key(self) -> str:
        """Value and unit in one spelling; a year is one with and without 년."""
        unit = "년" if self.is_year else self.unit
        return f"#{format(self.value.normalize(), 'f')}{unit}"


def figure_text(text: str) -> str:
    """Return a text folded, with the century of a short date written out: ``'24.3`` is 2024.3."""
    return _SHORT_DATE.sub(r"20\1.", fold(text))


def find_figures(text: str, tokens: Sequence[QueryToken]) -> list[Figure]:
    """Return every figure of a folded text in order.

    Args:
        text: as ``figure_text`` returns it.
        tokens: its morphemes, which tell the units that no list holds.
    """
    starts = {token.start: token for token in tokens}
    found: list[Figure] = []
    for figure in (*_in_words(text, starts), *_in_digits(text, starts)):
        if not any(f.start < figure.end and figure.start < f.end for f in found):
            found.append(figure)
    ordered = _ranged(text, sorted(found, key=lambda f: f.start))
    return _dated(text, [_qualified(text, figure) for figure in ordered])


def _in_words(text: str, starts: dict[int, QueryToken]) -> Iterator[Figure]:
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
        yield Figure(match.start(), match.end(), Decimal(_NATIVE[match["number"]]), unit)
    for match in _SINO_FIGURE.finditer(text):
        unit = canonical_unit(match["unit"])
        yield Figure(match.start(), match.end(), _sino(match["number"]), unit)


def _vague(text: str, match: re.Match[str], starts: dict[int, QueryToken]) -> Figure:
    if match["few"]:
        unit = _SOME + canonical_unit(match["few"])
        return Figure(match.start(), match.end(), Decimal(1), unit, vague=True)
    unit, end = canonical_unit(match["unit"]), match.end()
    if not unit:
        unit, end, _ = _unit_behind(text, match.end("size"), starts)
    return Figure(match.start(), end, _sino(match["size"]), _SOME + unit, vague=True)


def _fraction(match: re.Match[str]) -> Decimal:
    above, below = match["above"] or match["top"], match["below"] or match["bottom"]
    return _small(above) / (_small(below) or Decimal(1))


def _small(word: str) -> Decimal:
    if word.isdecimal():
        return Decimal(word)
    return Decimal(_NATIVE[word]) if word in _NATIVE else _sino(word)


def _sino(number: str) -> Decimal:
    """Return the value of Sino-Korean numerals: 이천이십사 is 2024."""
    total = group = digit = Decimal(0)
    for sign in number:
        if sign in _SINO_DIGITS:
            digit = _SINO_DIGITS[sign]
        elif sign in _SINO_TENS:
            group += (digit or Decimal(1)) * _SINO_TENS[sign]
            digit = Decimal(0)
        else:
            total += (group + digit or Decimal(1)) * _SINO_MYRIADS[sign]
            group = digit = Decimal(0)
    return total + group + digit


def _in_digits(text: str, starts: dict[int, QueryToken]) -> Iterator[Figure]:
    for quantity in find_quantities(text):
        about = False
        unit, end = quantity.unit, quantity.end
        if unit:
            about = bool(_ABOUT_UNIT.search(text[quantity.start : end]))
            longer = _LONGER_UNITS.get(unit)
            if longer and text[end : end + 1] == longer:
                unit, end = unit + longer, end + 1
            unit = canonical_unit(unit)
        else:
            unit, end, about = _unit_behind(text, end, starts)
            sign = CURRENCY_SIGNS.get(text[quantity.start - 1 : quantity.start])
            unit = sign if sign and unit not in KNOWN_UNITS else unit
        yield Figure(quantity.start, end, quantity.value, unit, about=about)


def _unit_behind(text: str, end: int, starts: dict[int, QueryToken]) -> tuple[str, int, bool]:
    """Return the unit behind a bare number, where it ends, and whether 여 stands before it."""
    about = _APPROXIMATE_UNIT.match(text, end)
    at = about.end() if about else end
    latin = _LATIN_UNIT.match(text, at)
    if latin:
        return canonical_unit(latin[1]), latin.end(), bool(about)
    if at in starts and starts[at].tag in _TOUCHING_UNIT_TAGS:
        return canonical_unit(starts[at].form), starts[at].end, bool(about)
    spaced = starts.get(at + 1) if text[at : at + 1] == " " else starts.get(at)
    if spaced is None:
        return "", end, False
    is_unit = spaced.tag == "NNB" and spaced.form not in _SPACED_NO_UNITS
    if is_unit or spaced.form in KNOWN_UNITS:
        return canonical_unit(spaced.form), spaced.end, bool(about)
    return "", end, False


def _ranged(text: str, figures: list[Figure]) -> list[Figure]:
    """Give the first number of a range the unit and the magnitude that are written once."""
    for i in range(len(figures) - 1):
        low, high = figures[i], figures[i + 1]
        if not _RANGE.fullmatch(text, low.end, high.start):
            continue
        if low.vague and high.vague and low.unit == _SOME:
            figures[i] = replace(low, unit=high.unit)
        elif low.unit in ("", high.unit) and not (low.is_year and high.is_year):
            value = low.value
            scale = _magnitude(text[high.start : high.end])
            if not low.unit and scale and value < high.value / scale:
                value *= scale
            if value <= high.value:
                figures[i] = replace(low, value=value, unit=high.unit, end_of_range="low")
                figures[i + 1] = replace(high, end_of_range="high")
    return figures


def _magnitude(said: str) -> Decimal:
    match = re.search(r"[만억조]", said)
    return _SINO_MYRIADS[match[0]] if match else Decimal(1)


def _qualified(text: str, figure: Figure) -> Figure:
    before = _BEFORE.search(text, max(0, figure.start - _BEFORE_CHARS), figure.start)
    after = _AFTER.match(text, figure.end)
    bound, about = "", figure.about
    if before:
        bound = _ABOVE if before["above"] else _BELOW if before["below"] else ""
        about = about or bool(before["about"])
    if after:
        about = about or after["about"] in ("가량", "안팎", "내외", "남짓")
        if after["strict"]:
            bound = after["strict"]
        elif after["inside"] or after["under"]:
            bound = _BELOW
        elif after["over"]:
            bound = _ABOVE
    return replace(figure, bound=bound, about=about)


def same_bound(said: str, stated: str) -> bool:
    """Tell whether two bounds do not contradict each other; 이상 and 초과 do."""
    if said == stated:
        return True
    sides = _STRICT_SIDE.get(said, said), _STRICT_SIDE.get(stated, stated)
    both_strict = said in _STRICT_SIDE and stated in _STRICT_SIDE
    return sides[0] == sides[1] and not both_strict


def _dated(text: str, figures: list[Figure]) -> list[Figure]:
    """Tie the year, the month and the day of one date together."""
    order = ["년", "월", "일"]
    groups: list[list[int]] = []
    for i, figure in enumerate(figures):
        last = figures[groups[-1][-1]] if groups else None
        if (
            last is not None
            and groups[-1][-1] == i - 1
            and last.unit in order
            and figure.unit in order[order.index(last.unit) + 1 :]
            and not text[last.end : figure.start].strip(" .,월년")
        ):
            groups[-1].append(i)
        else:
            groups.append([i])
    dated = list(figures)
    for group in groups:
        if len(group) > 1:
            date = tuple((figures[i].unit, figures[i].value) for i in group)
            for i in group:
                dated[i] = replace(figures[i], date=date)
    return dated
