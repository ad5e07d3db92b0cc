"""Ways to leave a figure as it is and say it of something else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from eval.grounding.figure_text import figures_of
from eval.grounding.material import RIGHT, Material

_ELSEWHERE = ("우리나라", "일본", "미국", "독일", "인도", "브라질", "노르웨이")
_OUR_COUNTRY = ("우리", "한국", "국내", "대한민국")
_GROUPS = ("대기업", "중소기업", "수도권", "농촌", "청년층", "민간", "여성")
_AMOUNT = r"(?:약 )?\d[\d,.]*\s?(?:%p|%|[만억조]?\s?(?:명|개|건|원|달러|톤|곳|배))"
_YEARS_AND_VALUES = re.compile(
    rf"(?P<first>(?:19|20)\d\d년[^\d,]{{0,12}})(?P<drop>{_AMOUNT}.{{1,25}}?(?:19|20)\d\d년[^\d,]{{0,12}})"
    rf"(?={_AMOUNT})"
)
_ITEMS_AND_VALUES = re.compile(
    rf"(?P<first>[가-힣A-Za-z]{{2,}}\s?\(?)(?P<drop>{_AMOUNT}\)?(?:, |과 |와 |이고,? |이며,? )"
    rf"[가-힣A-Za-z ]{{2,15}}?\(?)(?={_AMOUNT})"
)
_ENDS = re.compile(rf"(?P<low>{_AMOUNT})에서 (?P<middle>[^\d]{{0,12}})(?P<high>{_AMOUNT})(?=으?로)")
_RISES = "증가|감소|늘|줄|상승|하락|확대|축소|성장"
_TURNED = {
    "증가": "감소", "감소": "증가", "늘": "줄", "줄": "늘", "상승": "하락", "하락": "상승",
    "확대": "축소", "축소": "확대", "높": "낮", "낮": "높", "많": "적", "적": "많",
}  # fmt: skip
_PERIODS = (
    ("연평균", "월평균"), ("월평균", "연평균"), ("연간", "월간"), ("월간", "연간"),
    ("매년", "매달"), ("매월", "매년"), ("하루", "한 달"), ("1년에", "한 달에"),
    ("전년", "전월"), ("전월", "전년"), ("1인당", "가구당"),
)  # fmt: skip
_TIMES = (("까지", "부터"), ("부터", "까지"), (" 이후", " 이전"), (" 이전", " 이후"))
_OVER = (
    (r"([을를이가]?) ?넘(?:는|어서|어|긴|기|을|었)", "에 못 미치는"),
    (r"에 (?:불과|그치)", "를 넘기"),
    (r"([을를]?) ?웃도는", "를 밑도는"),
)


def _new(words: Sequence[str], material: Material) -> list[str]:
    scope = " ".join((material.all_text, material.text))
    ours = any(word in scope for word in _OUR_COUNTRY)
    return [w for w in words if w not in scope and not (ours and w == _ELSEWHERE[0])]


def _unit(amount: str) -> str:
    return re.sub(r"약|[\d.,\s만억조]", "", amount)


def _has_amount(text: str) -> bool:
    return re.search(_AMOUNT, text) is not None


def subject_of_nowhere(material: Material, chooser: random.Random) -> Iterator[str]:
    """The sentence is said of a country that no passage names."""
    found = re.match(r"^(?P<subject>[^,]{2,30}?[가-힣A-Za-z)])(?P<particle>[은이]) ", material.text)
    others = _new(_ELSEWHERE, material)
    if found and others and _has_amount(material.text[found.end() :]):
        yield f"{chooser.choice(others)}의 경우 {material.text[found.end() :]}"


def scope_added(material: Material, chooser: random.Random) -> Iterator[str]:
    """The figure is given for a country or a group that no passage names."""
    others = _new(_ELSEWHERE, material) + _new(_GROUPS, material)
    if others and _has_amount(material.text):
        yield f"{chooser.choice(others)}의 경우 {material.text}"
        yield f"{chooser.choice(others)}에서는 {material.text}"


def denominator_changed(material: Material, chooser: random.Random) -> Iterator[str]:
    """A share is one of something else: 수출의 12% becomes 일본의 12%."""
    found = re.search(r"(?P<of>[가-힣A-Za-z]{2,})의 (?=(?:약 )?\d[\d.,]*\s?%(?!p))", material.text)
    others = _new(_GROUPS + _ELSEWHERE, material)
    if found and others:
        start, end = found.span("of")
        yield material.text[:start] + chooser.choice(others) + material.text[end:]


def _joined_across(pattern: re.Pattern[str]) -> Callable[[Material, random.Random], Iterator[str]]:
    def way(material: Material, _chooser: random.Random) -> Iterator[str]:
        found = pattern.search(material.text)
        amounts = re.findall(_AMOUNT, material.text[found.start("drop") :]) if found else []
        if found and amounts[0] != amounts[1] and _unit(amounts[0]) == _unit(amounts[1]):
            yield material.text[: found.start("drop")] + material.text[found.end("drop") :]

    return way


def ends_exchanged(material: Material, _chooser: random.Random) -> Iterator[str]:
    """From 4 to 6 becomes from 6 to 4, and what rose then falls."""
    found = _ENDS.search(material.text)
    if found and found["low"] != found["high"]:
        turned = f"{found['high']}에서 {found['middle']}{found['low']}"
        text = material.text[: found.start()] + turned + material.text[found.end() :]
        yield text
        yield _reversed(text, found.end())


def _reversed(text: str, after: int) -> str:
    words = "|".join(_TURNED)
    return text[:after] + re.sub(words, lambda m: _TURNED[m[0]], text[after:], count=1)


def trend_reversed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What a figure rose by is what it fell by."""
    found = re.search(rf"{_AMOUNT}(?:으로|로|씩|나|까지)?\s?(?=(?:{_RISES}))", material.text)
    if found:
        yield _reversed(material.text, found.end())


def level_as_growth(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What a figure rose to is what it rose by."""
    found = re.search(rf"(?P<value>{_AMOUNT})(?P<to>으?로) (?=(?:{_RISES}))", material.text)
    if found:
        yield material.text[: found.start("to")] + material.text[found.end("to") :]


def growth_as_level(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What a figure rose by is what it rose to."""
    found = re.search(rf"{_AMOUNT}(?= (?:{_RISES}))", material.text)
    if found:
        ending = "로" if re.search(r"[%p배개]$", found[0]) else "으로"
        yield material.text[: found.end()] + ending + material.text[found.end() :]


def points_as_percent(material: Material, _chooser: random.Random) -> Iterator[str]:
    """%p becomes %."""
    if re.search(r"\d\s?%(?:p|포인트)", material.text):
        yield re.sub(r"(?<=\d)(\s?%)(?:p|포인트)", r"\1", material.text, count=1)


def period_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A yearly figure becomes a monthly one, or one for each household."""
    for old, new in _PERIODS:
        if old in material.text and new not in material.all_text and figures_of(material.text):
            yield material.text.replace(old, new, 1)
            return


def time_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """Until a year becomes from that year on."""
    for old, new in _TIMES:
        found = re.search(rf"(?<!\d)(?:19|20)\d\d년{old}", material.text)
        if found:
            text = found[0].removesuffix(old) + new
            yield material.text[: found.start()] + text + material.text[found.end() :]
            return


def limit_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """More than a figure becomes less than it, in words."""
    for old, new in _OVER:
        found = re.search(rf"({_AMOUNT}){old}", material.text)
        if found:
            yield material.text[: found.end(1)] + new + " " + material.text[found.end() :].lstrip()
            return


def other_title_added(material: Material, chooser: random.Random) -> Iterator[str]:
    """The figure is given under the name of another document's title."""
    titles = [s.title for n, s in material.sources.items() if n != RIGHT]
    near = material.sources[RIGHT]
    fresh = [t for t in titles if t[:2] not in near.title + near.passage.text + material.text]
    if fresh and _has_amount(material.text):
        yield f"{chooser.choice(fresh)}의 경우 {material.text}"


MOVED_WAYS: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    "subject_of_nowhere": subject_of_nowhere,
    "scope_added": scope_added,
    "denominator_changed": denominator_changed,
    "value_of_other_year": _joined_across(_YEARS_AND_VALUES),
    "value_of_neighbour": _joined_across(_ITEMS_AND_VALUES),
    "ends_exchanged": ends_exchanged,
    "trend_reversed": trend_reversed,
    "level_as_growth": level_as_growth,
    "growth_as_level": growth_as_level,
    "points_as_percent": points_as_percent,
    "period_changed": period_changed,
    "time_turned": time_turned,
    "limit_turned": limit_turned,
    "other_title_added": other_title_added,
}
