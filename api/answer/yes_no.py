"""예 or 아니요 before an answer, only where the sentence says all that is asked."""

from __future__ import annotations

import re

from api.answer.evidence_signs import coverage
from api.answer.selection import Candidate
from retriever.hit import SearchResult

YES, NO = "예", "아니요"
_ASKS = re.compile(r"(?:나요|습니까|ㅂ니까|[가-힣]가요|까요|니|냐|어요|아요|지요|죠|입니까)\s?\?*$")
_ASKS_WHAT = re.compile(
    r"무엇|무슨|뭐|뭘|뭔|왜|어떤|어떻|어느|어디|어땠|누구|누가|언제|얼마|몇|까닭|이유|방법|알려|설명"
    r"|이름|의미|뜻|차이|비교|비율|비중|규모|[가-힣](?:은|는)\?*$"
)
_NEGATED = re.compile(r"않|못(?:하|함|한|했)|없|아니|아닌|미(?:도입|확정|정|실시|완료)|불가")
# What is only planned, foreseen, partly so or so under a condition is no plain yes.
_HEDGED = re.compile(
    r"예정|계획|전망|목표|예상|기대|검토|추진 중|가능성|일부|다만|반면|만약|경우|듯|추정|우려|한계"
)
# Everything asked stands in the sentence; rounding aside.
_ALL = 0.999
_MIN_WORDS = 3
# A negation this near the end is that of the sentence, not of something in it.
_LAST_WORD_CHARS = 8


def yes_or_no(question: str, candidate: Candidate, result: SearchResult) -> str:
    """Return 예 or 아니요 where it is sure which, else an empty string.

    Args:
        question: the question.
        candidate: the sentence that answers.
        result: the search; every word of the question must stand in the sentence itself.
    """
    if not _ASKS.search(question) or _ASKS_WHAT.search(question):
        return ""
    text = candidate.sentence.text
    if len(result.terms) < _MIN_WORDS or coverage(candidate.match.terms, result.terms) < _ALL:
        return ""
    negated = _NEGATED.findall(text)
    if _HEDGED.search(text) or _NEGATED.search(question):
        return ""
    if not negated:
        return YES
    return NO if len(negated) == 1 and _NEGATED.search(text[-_LAST_WORD_CHARS:]) else ""
