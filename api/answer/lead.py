"""The figure or the date that a question asks for, where a sentence leaves no doubt which it is.

What stands in front of an answer is what a hurried reader takes home, so a doubtful figure is left
where it stands in the sentence. Put before the likeliest sentences of `tune` questions, those with
no answer among them, 9 of 9 figures over reports and an encyclopaedia in its words were the ones
asked for, and of 12 for natural questions 11: one year is that of another source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from api.answer.expected import Expected, fitting
from retriever.answer_kind import AnswerKind
from retriever.folding import fold
from retriever.numbers import Quantity

_DATE = re.compile(
    r"(?:(?:1\d|20)\d{2}년|['’]\d{2}년)(?:\s?\d{1,2}월)?(?:\s?\d{1,2}일)?(?=[^\d]|$)"
)
# A span of time is said as one.
_RANGE = re.compile(r"\d\s?[~∼-]\s?['’]?\d|년\s?[~∼-]|부터.{0,12}까지")
_BEFORE = re.compile(r"(?:약|대략|거의|총|최대|최소|연간|연평균|평균|무려|약\s?총)\s?$")
_AFTER = re.compile(r"^(?:\s?(?:이상|이하|미만|초과|내외|안팎|정도|수준|가량|남짓|규모))")
_CLAUSE_END = re.compile(
    r"(?:(?<=며)|(?<=나)|(?<=지만)|(?<=는데)|(?<=은데)|(?<=고)|(?<=해)|(?<=하여)|(?<=되어)),\s"
    r"|(?<=있으며)\s|(?<=이며)\s|(?<=하며)\s|(?<=하였으며)\s|(?<=었으며)\s|[.;]\s"
)
_SUBJECT = r"(?:은|는|이|가|도)(?=\s|,|$)"
_CHANGE = re.compile(
    r"늘[어었려리]|늘[은는]|늘고|증가|증액|확대|불어|커[지졌]|줄[어었]|줄[인임]|감소|감액|축소|단축"
    r"|올[라랐]|상승|하락|내[려렸]|떨어|차이"
)
_ASKS_SPAN = re.compile(r"걸[리려렸]|동안|기간|재위|만에|얼마나|몇\s?(?:년|개월|일|주)\s?간")
# A change is told right behind its figure; further off it is that of something else.
_CHANGE_REACH = 12
_COUNTS = re.compile(r"의\s(\S+)")
# What the question calls its answer, which a sentence that answers need not say.
_CALLED = frozenset(
    [
        *("날짜", "날", "해", "년", "년도", "연도", "시기", "시점", "때"),
        *("횟수", "수", "개수", "인원", "인원수", "사람", "수치", "값", "정도"),
        *("금액", "돈", "비율", "비중", "퍼센트", "규모"),
    ]
)
_STEM_MARK = "/v"
_NUMBER_MARK = "#"


def lead(
    question: str,
    kind: AnswerKind,
    wanted: Expected,
    text: str,
    terms: Mapping[str, float],
    held: Collection[str],
) -> str:
    """Return the figure or date to begin an answer with, as ``text`` writes it, or nothing.

    Args:
        question: the question.
        kind: what is asked for.
        wanted: what it must hold.
        text: the sentence to be said.
        terms: the question's words with their idf.
        held: those of them that stand in the sentence or above it; a sentence that lacks one of
            the nouns and numbers is only near.
    """
    needed = [t for t in terms if t not in _CALLED and not t.endswith(_STEM_MARK)]
    if _RANGE.search(text) or not all(term in held for term in needed):
        return ""
    nouns = [term for term in needed if not term.startswith(_NUMBER_MARK)]
    if kind is AnswerKind.NUMBER:
        return _figure(question, wanted, text, nouns)
    # A date is that of an event, and of a verb as often as not: 태어나다, 짓다.
    happens = all(term in held for term in terms if term.endswith(_STEM_MARK))
    if kind is AnswerKind.TIME and happens and not _ASKS_SPAN.search(question):
        return _date(text, nouns)
    return ""


def _date(text: str, nouns: Sequence[str]) -> str:
    dates = list(_DATE.finditer(text))
    if len(dates) != 1 or not _is_said_of(nouns, text, dates[0].start()):
        return ""
    return dates[0][0]


def _figure(question: str, wanted: Expected, text: str, nouns: Sequence[str]) -> str:
    found = [q for q in fitting(wanted, text) if not _counts_another(nouns, text, q)]
    if len(found) > 1:
        found = _said_most_of(nouns, text, found)
    if len(found) != 1 or not _is_said_of(nouns, text, found[0].start):
        return ""
    change = _CHANGE.search(text[found[0].end : found[0].end + _CHANGE_REACH])
    agrees = bool(change) == bool(_CHANGE.search(question))
    return _written(text, found[0]) if agrees else ""


def _counts_another(nouns: Sequence[str], text: str, quantity: Quantity) -> bool:
    """Tell whether a figure counts a thing that is not asked for, as 3개의 준주 does."""
    counted = _COUNTS.match(text, quantity.end)
    return counted is not None and not fold(counted[1]).startswith(tuple(nouns))


def _said_most_of(nouns: Sequence[str], text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures with all the nouns in front of them that any of the figures has so."""
    starts = [0, *(quantity.end for quantity in found[:-1])]
    own = [
        fold(text[max(start, _clause(text, quantity.start)[0]) : quantity.start])
        for start, quantity in zip(starts, found, strict=True)
    ]
    told = [noun for noun in nouns if any(noun in words for words in own)]
    if not told or told[-1] != nouns[-1]:
        return []
    return [
        quantity
        for quantity, words in zip(found, own, strict=True)
        if all(noun in words for noun in told)
    ]


def _is_said_of(nouns: Sequence[str], text: str, offset: int) -> bool:
    """Tell whether the clause at ``offset`` is about the nouns as far as the sentence has them.

    One that only another clause has may belong to both, unless it is what that clause is about.
    """
    start, end = _clause(text, offset)
    clause, elsewhere = fold(text[start:end]), fold(f"{text[:start]} {text[end:]}")
    return not any(
        noun not in clause and re.search(rf"{re.escape(noun)}\S*?{_SUBJECT}", elsewhere)
        for noun in nouns
    )


def _clause(text: str, offset: int) -> tuple[int, int]:
    """Return start and end of the clause that ``offset`` falls in."""
    cuts = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    return next((a, b) for a, b in pairwise(cuts) if offset < b or b == len(text))


def _written(text: str, quantity: Quantity) -> str:
    before = _BEFORE.search(text[: quantity.start])
    start = before.start() if before else quantity.start
    after = _AFTER.match(text[quantity.end :])
    return text[start : quantity.end + (after.end() if after else 0)].strip()
