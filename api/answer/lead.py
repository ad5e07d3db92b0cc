"""The figure or the date that a question asks for, where a sentence leaves little doubt of it.

What stands in front of an answer is what a hurried reader takes home, so a doubtful figure is left
where it stands in the sentence. Put before the likeliest sentences of `tune` questions of all
kinds, those with no answer among them, 33 of 34 figures over reports were the ones asked for, and
57 of 65 over an encyclopaedia, where three of the others are no worse than the answer noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from api.answer.expected import Expected, fitting
from retriever.answer_kind import AnswerKind
from retriever.folding import fold
from retriever.numbers import Quantity
from retriever.term_kind import is_word

_DATE = re.compile(
    r"(?:(?<!\d)\d{3,4}년대?|['’]\d{2}년)(?:\s?\d{1,2}월)?(?:\s?\d{1,2}일)?(?=[^\d]|$)"
)
# A span of time is said as one.
_RANGE = re.compile(r"\d\s?[~∼-]\s?['’]?\d|[년월일]\s?[~∼-]|부터.{0,12}까지")
# The mark of a range stands right beside its figures, a blank between at most.
_TILDE = re.compile(r"[~∼]")
_TILDE_REACH = 2
_BEFORE = re.compile(r"(?:약|대략|거의|총|최대|최소|연간|연평균|평균|무려|약\s?총)\s?$")
_AFTER = re.compile(r"^(?:\s?(?:이상|이하|미만|초과|내외|안팎|정도|수준|가량|남짓|규모))")
_CLAUSE_END = re.compile(
    r"(?:(?<=며)|(?<=나)|(?<=지만)|(?<=는데)|(?<=은데)|(?<=고)|(?<=해)|(?<=하여)|(?<=되어)),\s"
    r"|(?<=있으며)\s|(?<=이며)\s|(?<=하며)\s|(?<=하였으며)\s|(?<=었으며)\s|[.;]\s"
)
_SUBJECT = r"(?:은|는|이|가|도)(?=\s|,|$)"
# A clause without a subject of its own is about what the one before it is about; so is one that
# begins with a word for that.
_ANY_SUBJECT = re.compile(
    r"(?!(?:이|그|여기|이것|그것)는\s)(?<![가-힣])[가-힣A-Za-z\d·()%]{2,}?(?:은|는|이|가)(?=\s|,)"
)
_CHANGE = re.compile(
    r"늘[어었려리]|늘[은는]|늘고|증가|증액|확대|불어|커[지졌]|줄[어었]|줄[인임]|감소|감액|축소|단축"
    r"|올[라랐]|상승|하락|내[려렸]|떨어|차이|뛰[었는]|뛸|급증|급감|치솟|절감"
)
_ASKS_SPAN = re.compile(r"걸[리려렸]|동안|기간|재위|만에|얼마나|몇\s?(?:년|개월|일|주)\s?간")
# A change is told right behind its figure; further off it is that of something else.
_CHANGE_REACH = 12
# What it has become is not by how much it changed: 120억 달러 규모로 커짐.
_REACHED = re.compile(r"\s?(?:규모|수준|정도|가량|이상|선)?(?:으?로|까지)\s")
_COUNTS = re.compile(r"의\s(?:(?:높|낮|많|적|작)은\s|큰\s)?(\S+)")
_COUNTED_BEHIND = re.compile(r"(?:의|\s)\s?[가-힣A-Za-z]+")
# What measures is not counted: 19.1%의 성장률.
_MEASURE = re.compile(r"\S*?(?:[률율]|비중|규모|수준|속도|금액|예산|자금|투자|비용)(?![가-힣]{2})")
# A sum of money said again in another currency, and questions that want it so.
_RESTATES = re.compile(r"\s?\((?:한화|우리 돈|원화)?(?:로)?\s?(?:약|총)?\s?")
_IN_WON = re.compile(r"우리\s?돈|한화|원화|한국\s?돈")
_WON = "원"
_YEAR = re.compile(r"(?<!\d)(?:\d{4}|['’]\d{2})\s?년")
# What the question calls its answer, which a sentence that answers need not say.
_CALLED = frozenset(
    [
        *("날짜", "날", "해", "년", "년도", "연도", "시기", "시점", "때"),
        *("횟수", "수", "개수", "인원", "인원수", "사람", "수치", "값", "정도"),
        *("금액", "돈", "비율", "비중", "퍼센트", "규모"),
    ]
)


def lead(
    question: str,
    kind: AnswerKind,
    wanted: Expected,
    text: str,
    terms: Mapping[str, float],
) -> str:
    """Return the figure or date to begin an answer with, as ``text`` writes it, or nothing.

    Args:
        question: the question.
        kind: what is asked for.
        wanted: what it must hold.
        text: the sentence to be said.
        terms: the question's words with their idf.
    """
    nouns = [term for term in terms if term not in _CALLED and is_word(term)]
    if kind is AnswerKind.NUMBER:
        return _figure(question, wanted, text, nouns)
    if kind is AnswerKind.TIME and not _RANGE.search(text) and not _ASKS_SPAN.search(question):
        return _date(text, nouns)
    return ""


def _date(text: str, nouns: Sequence[str]) -> str:
    dates = list(_DATE.finditer(text))
    if len(dates) != 1 or not _is_said_of(nouns, text, dates[0].start()):
        return ""
    return dates[0][0]


def _figure(question: str, wanted: Expected, text: str, nouns: Sequence[str]) -> str:
    found = [q for q in fitting(wanted, text) if not _counts_another(nouns, text, q)]
    found = _in_one_currency(question, text, found)
    if len(found) > 1:
        found = _of_the_year(question, text, found)
    if len(found) > 1:
        found = _said_most_of(nouns, text, found)
    if len({q.value for q in found}) != 1 or not _is_said_of(nouns, text, found[0].start):
        return ""
    figure = found[0]
    agrees = _tells_change(text, figure) == bool(_CHANGE.search(question))
    return _written(text, figure) if agrees and not _is_of_a_range(text, figure) else ""


def _tells_change(text: str, figure: Quantity) -> bool:
    behind = text[figure.end : figure.end + _CHANGE_REACH]
    return bool(_CHANGE.search(behind)) and not _REACHED.match(behind)


def _is_of_a_range(text: str, quantity: Quantity) -> bool:
    before = text[max(0, quantity.start - _TILDE_REACH) : quantity.start]
    behind = text[quantity.end : quantity.end + _TILDE_REACH]
    return bool(_TILDE.search(before + behind))


def _in_one_currency(question: str, text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Leave out the sum said again in brackets; where won is asked for, the one before it."""
    left_out: set[Quantity] = set()
    for first, second in pairwise(found):
        if first.unit != second.unit and _RESTATES.fullmatch(text, first.end, second.start):
            in_won = bool(_IN_WON.search(question)) and second.unit == _WON
            left_out.add(first if in_won else second)
    return [quantity for quantity in found if quantity not in left_out]


def _of_the_year(question: str, text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Of figures that each have a year of their own return those of the year asked for."""
    starts = [0, *(quantity.end for quantity in found[:-1])]
    years = [
        [_plain(year[0]) for year in _YEAR.finditer(text[start : quantity.start])]
        for start, quantity in zip(starts, found, strict=True)
    ]
    if not all(years):
        return list(found)
    asked = {_plain(year[0]) for year in _YEAR.finditer(question)}
    return [q for q, told in zip(found, years, strict=True) if {told[-1]} == asked]


def _plain(year: str) -> str:
    return re.sub(r"\D", "", year)[-2:]


def _counts_another(nouns: Sequence[str], text: str, quantity: Quantity) -> bool:
    """Tell whether a figure counts a thing that is not asked for, as 3개의 준주 does."""
    counted = _COUNTS.match(text, quantity.end)
    if counted is None or _MEASURE.match(counted[1]):
        return False
    return not fold(counted[1]).startswith(tuple(nouns))


def _said_most_of(nouns: Sequence[str], text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the figures beside the last noun, and of these the ones beside most before it."""
    runs = [
        len(list(takewhile(words.__contains__, reversed(nouns)))) for words in _beside(text, found)
    ]
    longest = max(runs)
    return [q for q, run in zip(found, runs, strict=True) if run == longest and run]


def _beside(text: str, found: Sequence[Quantity]) -> Iterator[str]:
    """Yield the words in front of each figure up to the one before, and what it counts."""
    start = 0
    for quantity in found:
        counted = _COUNTED_BEHIND.match(text, quantity.end)
        end = counted.end() if counted else quantity.end
        before = text[max(start, _clause(text, quantity.start)[0]) : quantity.start]
        yield "".join(fold(before + text[quantity.end : end]).split())
        start = end


def _is_said_of(nouns: Sequence[str], text: str, offset: int) -> bool:
    """Tell whether the clause at ``offset`` is about the nouns as far as the sentence has them.

    One that only another clause has may belong to both, unless it is what that clause is about
    and this one is about something else.
    """
    start, end = _clause(text, offset)
    clause, elsewhere = fold(text[start:end]), fold(f"{text[:start]} {text[end:]}")
    if start and not _ANY_SUBJECT.search(clause):
        return True
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
