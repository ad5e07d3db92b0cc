"""Questions that look answerable but ask about another year or a name the corpus never mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.answer.question import AnswerKind
from api.answer.selection import Candidate
from retriever.folding import fold
from retriever.hit import SearchResult
from retriever.numbers import find_quantities

# A question may say in which language it wants the answer, or of which language a text is.
_LANGUAGES = frozenset({"영어", "영문", "한국어", "국어", "우리말", "한글", "일본어", "중국어"})
# Above this the documents answer in all likelihood, and the name is one they write otherwise
# (엔비디아 for NVIDIA).
_LIKELY_ANSWERED = 0.5
_EARLIEST, _LATEST = 1900, 2100
_RANGE = re.compile(
    r"((?:19|20)\d{2})\s?년?\s?(?:~|-|부터|에서)\s?((?:19|20)\d{2})\s?년?(?:\s?까지)?"
)


@dataclass(frozen=True, slots=True)
class Trap:
    """Why a question cannot be answered although passages resemble it.

    Attributes:
        reason: stable code, ``other_year`` or ``unknown_name``.
        message: what is missing, in Korean.
    """

    reason: str
    message: str


def find_trap(
    question: str, kind: AnswerKind, result: SearchResult, best: Candidate, confidence: float
) -> Trap | None:
    """Return what the documents do not speak of, or None.

    A name counts only when the corpus does not hold it at all. A year counts only where a figure
    is asked for and the best sentence speaks of other years alone.
    """
    unknown = [name for name in result.unknown_names if name not in _LANGUAGES]
    if unknown and confidence < _LIKELY_ANSWERED:
        names = ", ".join(f"'{name}'" for name in unknown)
        return Trap("unknown_name", f"{names}에 관한 내용은 문서에 없습니다.")
    asked = years_in(question)
    stated = years_in(" ".join((*best.sentence.path, best.sentence.text)))
    if kind is AnswerKind.NUMBER and asked and stated and not asked & stated:
        wanted = ", ".join(f"{year}년" for year in sorted(asked))
        return Trap("other_year", f"{wanted}의 값은 문서에 없습니다.")
    return None


def years_in(text: str) -> frozenset[int]:
    """Return the years that a text names; a range counts with all its years."""
    years = {
        int(quantity.value)
        for quantity in find_quantities(text)
        if quantity.unit == "년" and _EARLIEST <= quantity.value <= _LATEST
    }
    for first, last in _RANGE.findall(fold(text)):
        years.update(range(int(first), int(last) + 1))
    return frozenset(years)
