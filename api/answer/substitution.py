"""Another thing or another year put in the place of its like in an earlier question."""

from __future__ import annotations

import re

from api.answer.antecedent import Antecedent
from api.answer.ellipsis import subjects
from retriever.analysis import KoreanAnalyzer
from retriever.particles import refit

_YEAR = re.compile(r"(?:19|20)\d{2}\s?년?")
_SHIFTS = (
    (re.compile(r"^(?:그\s?)?(?:전해|전\s?해|전년|전년도|이전\s?해|직전\s?해|한\s?해\s?전)$"), -1),
    (re.compile(r"^(?:그\s?)?(?:다음\s?해|이듬해|한\s?해\s?뒤)$"), 1),
)
_SINCE = re.compile(r"^(?:그로부터\s?)?(?P<years>\d{1,2})년\s?(?P<way>전|뒤|후)$")
_FROM_NOW = {"올해": 0, "금년": 0, "작년": -1, "지난해": -1, "재작년": -2, "내년": 1}
_WORD = re.compile(r"[가-힣A-Za-z0-9&·/-]+")
# What ties a phrase to its class: 국가바이오위원회 and 국가인공지능위원회, 제조업 and 정보통신업.
_CLASS_CHARS = 2
_CLASS_SUFFIXES = frozenset("업국사시도군구청부처원률율비액학법")
# Words for the country that the documents come from: another country takes their place.
_HOME = frozenset({"국내", "우리나라"})


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


def substituted(other: str, before: Antecedent, analyzer: KoreanAnalyzer) -> str | None:
    """Return the last question asked of ``other``, or None where it holds nothing of its kind."""
    if _YEAR.fullmatch(other) or other in _FROM_NOW:
        said = _YEAR.search(before.question)
        if said:
            return before.question.replace(said[0], other, 1)
        return f"{other} {before.question}"
    alike = _alike(other, before.question, analyzer)
    if alike is None or alike == other:
        return None
    return _replaced(before.question, alike, other)


def _alike(other: str, question: str, analyzer: KoreanAnalyzer) -> str | None:
    """Return the words of a question that are of the same kind as ``other``."""
    phrases = [p for p in subjects(question, analyzer) if not p[0].isdigit()]
    words: list[str] = [word for phrase in phrases for word in _WORD.findall(phrase)]
    for candidate in [*phrases, *words]:
        if candidate[-_CLASS_CHARS:] == other[-_CLASS_CHARS:]:
            return candidate
    if not analyzer.is_name(other):
        return next((w for w in words if w[-1] == other[-1] and w[-1] in _CLASS_SUFFIXES), None)
    named = [word for word in words if analyzer.is_name(word) and not word.isascii()]
    return next((word for word in named or words if named or word in _HOME), None)


def _replaced(question: str, old: str, new: str) -> str:
    """Put a word in the place of another, with the particle that fits it."""
    start = question.find(old)
    return question[:start] + refit(new, question[start + len(old) :])
