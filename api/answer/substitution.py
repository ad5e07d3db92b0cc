"""Another thing or another year put in the place of its like in an earlier question."""

from __future__ import annotations

import re

from api.answer.ellipsis import only_subject, subjects
from api.answer.entity_agreement import PLACES
from retriever.analysis import KoreanAnalyzer
from retriever.particles import refit

_YEAR = re.compile(r"(?:19|20)\d{2}\s?년?")
_SHIFTS = (
    (re.compile(r"^(?:그\s?)?(?:전해|전\s?해|전년|전년도|이전\s?해|직전\s?해|한\s?해\s?전)$"), -1),
    (re.compile(r"^(?:그\s?)?(?:다음\s?해|이듬해|한\s?해\s?뒤)$"), 1),
)
_SINCE = re.compile(r"^(?:그로부터\s?)?(?P<years>\d{1,2})년\s?(?P<way>전|뒤|후)$")
_FROM_NOW = {"올해": 0, "금년": 0, "작년": -1, "지난해": -1, "재작년": -2, "내년": 1}
# One thing set aside for another: AI 말고 바이오 전체로 보면?
_CONTRAST = re.compile(
    r"^(?P<old>\S(?:.{0,28}?\S)?)\s?(?:말고|빼고|[이가]?\s?아니라|[이가]?\s?아닌)[,\s]+(?P<new>.+)$"
)
_WORD = re.compile(r"[가-힣A-Za-z0-9&·/-]+")
# What ties a phrase to its class: 국가바이오위원회 and 국가인공지능위원회, 제조업 and 정보통신업.
_CLASS_CHARS = 2
_CLASS_SUFFIXES = frozenset("업국사시도군구청부처원률율비액학법")
_OF_NO_CLASS = ("기업", "사업", "산업", "작업", "영업", "취업", "창업", "국가")
# Words for the country that the documents come from: another country takes their place.
_HOME = frozenset({"국내", "우리나라", "우리"})


def shifted_year(words: str, spoken: str, this_year: int | None) -> str | None:
    """Return the year that ``words`` count to, or None.

    Args:
        words: such as ``그 전해`` or ``작년``.
        spoken: holds the year that the first kind counts from.
        this_year: what the second kind counts from.
    """
    if words in _FROM_NOW and this_year is not None:
        return f"{this_year + _FROM_NOW[words]}년"
    said = _YEAR.search(spoken)
    if said is None:
        return None
    year = int(said[0][:4])
    for pattern, shift in _SHIFTS:
        if pattern.match(words):
            return f"{year + shift}년"
    since = _SINCE.match(words)
    if since is None:
        return None
    return f"{year + int(since['years']) * (-1 if since['way'] == '전' else 1)}년"


def substituted(other: str, question: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return a question asked of ``other``, or None where it holds nothing of its kind."""
    if _YEAR.fullmatch(other) or other in _FROM_NOW:
        said = _YEAR.search(question)
        if said:
            return question.replace(said[0], other, 1)
        return f"{other} {question}"
    alike = _alike(other, question, analyzer)
    if alike is None or alike == other:
        return None
    return replaced(question, alike, other)


def is_place(word: str) -> bool:
    """Tell whether a word names a place, or the country that the documents come from."""
    return word in _HOME or word in PLACES


def contrasted(rest: str, question: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return a question asked of Y where ``rest`` says no more than ``X 말고 Y는?``, or None.

    What X stands in gives way as a whole where Y repeats a word of it: ``AI 말고 바이오 전체`` in
    the place of ``AI 바이오``.
    """
    match = _CONTRAST.match(rest)
    other = only_subject(match["new"], views=True) if match else None
    if match is None or other is None or match["old"] not in question:
        return None
    old = match["old"]
    for phrase in subjects(question, analyzer):
        words = phrase.split()
        if old in words and set(words) & set(other.split()):
            last = max(n for n, word in enumerate(words) if word in {old, *other.split()})
            old = " ".join(words[words.index(old) : last + 1])
    return replaced(question, old, other) if other not in question else None


def _alike(other: str, question: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return the words of a question that are of the same kind as ``other``."""
    phrases = [p for p in subjects(question, analyzer) if not p[0].isdigit()]
    words: list[str] = [word for phrase in phrases for word in _WORD.findall(phrase)]
    for candidate in [*phrases, *words]:
        if candidate[-_CLASS_CHARS:] == other[-_CLASS_CHARS:]:
            return _with_modifier(candidate, other, question, analyzer)
    if is_place(other):
        place = next((word for word in words if is_place(word)), None)
        if place is not None or other in _HOME:
            return place
    if not analyzer.is_name(other):
        return next((w for w in words if _of_class(w) == _of_class(other) != ""), None)
    if " " in other:
        return None
    named = [word for word in words if analyzer.is_name(word) and not word.isascii()]
    return next((word for word in named or words if named or word in _HOME), None)


def _of_class(word: str) -> str:
    """Return the ending that tells a word's class, or nothing: 제조업 is no kind of 기업."""
    return "" if word.endswith(_OF_NO_CLASS) or word[-1] not in _CLASS_SUFFIXES else word[-1]


def _with_modifier(candidate: str, other: str, question: str, analyzer: KoreanAnalyzer) -> str:
    """Return words of a question with the name before them, where ``other`` has a name there too.

    일본 정부 takes the place of 미국 정부, and not of 정부 alone.
    """
    before = question[: question.find(candidate)].split()
    if " " not in other or " " in candidate or not before:
        return candidate
    modifier = before[-1]
    named = is_place(modifier) or analyzer.is_name(modifier)
    return (
        f"{modifier} {candidate}" if named and f"{modifier} {candidate}" in question else candidate
    )


def replaced(question: str, old: str, new: str) -> str:
    """Put a word in the place of another, with the particle that fits it."""
    start = question.find(old)
    return question[:start] + refit(new, question[start + len(old) :])
