"""Whether letters abbreviate words, and how much Korean a few letters stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# A Korean noun has two syllables, and an abbreviation a letter for each noun.
_SYLLABLES_PER_LETTER = 2
_MIN_SYLLABLES = 2
# Less of that than this was cut off by a particle: 상실을 통한 성장(GTLA).
_ENOUGH = 0.6
_MAX_WORDS = 7
_SMALL_WORDS = frozenset(
    ("of", "the", "and", "for", "in", "on", "to", "a", "an", "with", "by", "de")
)

# The letters for which a word in front of an organisation's name may stand; with any other letter
# the word is where the organisation is, and no part of its name.
_PLACES = {
    "국제": "IU",
    "세계": "WIU",
    "글로벌": "GW",
    "유럽": "E",
    "미국": "AUN",
    "한국": "K",
    "대한": "K",
    "대한민국": "KR",
    "국가": "NS",
    "국립": "N",
    "전국": "N",
    "연방": "FB",
    "중앙": "C",
    "영국": "UB",
    "독일": "DG",
    "일본": "JN",
    "중국": "C",
    "프랑스": "F",
    "아시아": "A",
    "국내": "",
    "해외": "",
}
# What ends a Korean phrase before a bracket without being the name of what is in it.
_LABELS = (
    "출처 자료 자료원 참고 참조 주 단위 기준 제공 예 예시 경우 이후 이전 현재 기간 결과 등 전체"
    " 합계 소계 평균 비중 증가 감소 이상 이하 미만 초과 관련 포함 제외 대비 표 그림 부록 별첨 붙임"
    " 시각 주식회사"
)
_ROLES = (
    "교수 박사 대표 연구원 위원 장관 의원 회장 사장 이사 기자 소장 원장 센터장 국장 과장 팀장 선수"
    " 감독"
)
_COUNTRIES = (
    "미국 한국 중국 일본 영국 독일 프랑스 유럽 국내 해외 대한민국 캐나다 호주 인도 스위스 이스라엘"
)
_NO_ENDS = frozenset(f"{_LABELS} {_ROLES} {_COUNTRIES}".split())
# Codes of places, which may stand behind them.
_PLACE_CODES = frozenset({"us", "usa", "uk", "eu", "uae", "rok", "prc"})


def fits_initials(short: str, long: str) -> bool:
    """Tell whether the letters of ``short`` stand in ``long`` in order, at sensible places.

    The first letters must agree, and each letter must begin a word or follow one that matched:
    LYTAC fits Lysosome-TArgeting Chimera.
    """
    letters = re.sub(r"[^a-z0-9]", "", short.lower())
    words = [w for w in re.split(r"[^a-z0-9]+", long.lower()) if w]
    if not letters or not words or len(words) > max(_MAX_WORDS, len(letters)):
        return False
    return words[0][0] == letters[0] and _fits(letters, words)


def _fits(letters: str, words: Sequence[str]) -> bool:
    """Match letters to the words from the left: each word gives some of its letters, or none.

    Small words may give none; any other word must give its first.
    """
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in _SMALL_WORDS and _fits(letters, rest):
        return True
    if not letters or letters[0] != word[0]:
        return False
    at, taken = 0, 0
    while taken < len(letters) and (at := word.find(letters[taken], at)) >= 0:
        at, taken = at + 1, taken + 1
        if _fits(letters[taken:], rest):
            return True
    return False


def needed_syllables(short: str) -> int:
    """Return how many syllables of Korean an abbreviation of this many letters stands for."""
    letters = sum(letter.isupper() for letter in short) or len(short)
    return _SYLLABLES_PER_LETTER * letters


def korean_name(
    phrase: str,
    short: str,
    long: str,
    *,
    belongs: Callable[[str, str], bool] = lambda _left, _right: False,
) -> str:
    """Return the last words of a noun phrase that the bracket behind it names, or nothing.

    Args:
        phrase: the nouns before the bracket.
        short: the abbreviation in the bracket, empty where there is none.
        long: the English name in the bracket, empty where there is none.
        belongs: tells whether a word is part of the term that the next word begins.
    """
    words = phrase.split()
    if not words or (words[-1] in _NO_ENDS and short.lower() not in _PLACE_CODES):
        return ""
    wanted = _wanted_syllables(short, long)
    taken: list[str] = []
    while words and (not taken or _syllables(taken) < wanted):
        if taken and words[-1] in _PLACES:
            break
        taken.insert(0, words.pop())
    initial = (short or long)[0].upper()
    while words and (
        initial in _PLACES[words[-1]] and bool(short)
        if words[-1] in _PLACES
        else belongs(words[-1], taken[0])
    ):
        taken.insert(0, words.pop())
    enough = _syllables(taken) >= max(_MIN_SYLLABLES, _ENOUGH * wanted)
    return " ".join(taken) if enough else ""


def same_digits(one: str, other: str) -> bool:
    """Tell whether two names hold the same numbers: 코로나19 and COVID-19, not 화물기 and DC3."""
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)


def _wanted_syllables(short: str, long: str) -> int:
    words = [w for w in re.split(r"[ \-]", long) if w and w.lower() not in _SMALL_WORDS]
    by_words = _SYLLABLES_PER_LETTER * len(words) if len(words) > 1 else 0
    return max(by_words, needed_syllables(short) if short else 0)


def _syllables(words: Sequence[str]) -> int:
    return sum(len(re.findall(r"[가-힣0-9A-Za-z]", word)) for word in words)
